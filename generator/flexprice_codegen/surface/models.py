"""The models of a client: the classes for all schemas.

In: the `Api`, names, and the direction of every schema. Out: the classes, sorted by
name, each with its module.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from flexprice_codegen.api.model import (
    AliasSchema,
    Api,
    EnumSchema,
    NamedSchema,
    ObjectSchema,
)
from flexprice_codegen.api.reachability import SchemaUsage
from flexprice_codegen.surface.classes import build_model_class, build_union_class
from flexprice_codegen.surface.enums import build_enum_class
from flexprice_codegen.surface.model import ModelDefinition, Use
from flexprice_codegen.surface.modules import assign_modules
from flexprice_codegen.surface.previous_names import NameRegistry
from flexprice_codegen.surface.renamed_keys import SENT_SUFFIX
from flexprice_codegen.surface.type_mapping import TypeMapper


def build_models(
    api: Api, annotator: TypeMapper, reach: SchemaUsage, memory: NameRegistry
) -> tuple[ModelDefinition, ...]:
    """Build the classes of all schemas, sorted by name.

    Args:
        api: The API.
        annotator: Maps types; it has the names of classes.
        reach: Which schemas are sent and received.
        memory: The names of fields and enum prefixes of an earlier run.
    """
    made = [
        each
        for key, name in annotator.names.items()
        for each in _build_classes(
            api.schemas[key], name, annotator, _get_use(key, reach), memory
        )
    ]
    modules = assign_modules(made)
    return tuple(
        sorted(
            (replace(each, module=modules[each.name]) for each in made),
            key=lambda each: each.name,
        )
    )


def _get_use(key: str, reach: SchemaUsage) -> Use:
    """Return the direction of a schema; one that nothing uses counts as received."""
    if key not in reach.sent:
        return "received"
    return "both" if key in reach.received else "sent"


def _build_classes(
    definition: NamedSchema,
    name: str,
    annotator: TypeMapper,
    use: Use,
    memory: NameRegistry,
) -> Iterator[ModelDefinition]:
    """Yield the classes of a schema: two if it is split by direction."""
    sent = annotator.sent_names.get(definition.key)
    match definition:
        case ObjectSchema():
            known = memory.fields.get(definition.key, {})
            use = "received" if sent else use
            yield build_model_class(definition, name, use, annotator, known)
            if sent:
                known = memory.fields.get(definition.key + SENT_SUFFIX, {})
                yield build_model_class(definition, sent, "sent", annotator, known)
        case EnumSchema():
            yield build_enum_class(
                definition, name, "", memory.prefixes.get(definition.key)
            )
        case AliasSchema():
            yield build_union_class(
                definition, name, "received" if sent else use, annotator
            )
            if sent:
                yield build_union_class(definition, sent, "sent", annotator)
        case _:
            assert_never(definition)
