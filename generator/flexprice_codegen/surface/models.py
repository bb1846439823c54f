"""The models of a client: every class that a definition becomes.

In: the `Api`, names, and the direction of every definition. Out: the classes, sorted by
name, each with its module.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from flexprice_codegen.api.model import Alias, Api, Definition, Enumeration, Record
from flexprice_codegen.api.walk import Reach
from flexprice_codegen.surface.annotate import Annotator
from flexprice_codegen.surface.classes import model_class, union_class
from flexprice_codegen.surface.enums import enum_class
from flexprice_codegen.surface.memory import Memory
from flexprice_codegen.surface.model import ModelDefinition, Use
from flexprice_codegen.surface.modules import modules_of
from flexprice_codegen.surface.moves import SENT


def models(
    api: Api, annotator: Annotator, reach: Reach, memory: Memory
) -> tuple[ModelDefinition, ...]:
    """Make the classes of all definitions."""
    made = [
        each
        for key, name in annotator.names.items()
        for each in _of(api.definitions[key], name, annotator, _use(key, reach), memory)
    ]
    modules = modules_of(made)
    return tuple(
        sorted(
            (replace(each, module=modules[each.name]) for each in made),
            key=lambda each: each.name,
        )
    )


def _use(key: str, reach: Reach) -> Use:
    if key not in reach.sent:
        return "received"
    return "both" if key in reach.received else "sent"


def _of(
    definition: Definition,
    name: str,
    annotator: Annotator,
    use: Use,
    memory: Memory,
) -> Iterator[ModelDefinition]:
    sent = annotator.sent_names.get(definition.key)
    match definition:
        case Record():
            known = memory.fields.get(definition.key, {})
            use = "received" if sent else use
            yield model_class(definition, name, use, annotator, known)
            if sent:
                known = memory.fields.get(definition.key + SENT, {})
                yield model_class(definition, sent, "sent", annotator, known)
        case Enumeration():
            yield enum_class(definition, name, "", memory.prefixes.get(definition.key))
        case Alias():
            yield union_class(definition, name, "received" if sent else use, annotator)
            if sent:
                yield union_class(definition, sent, "sent", annotator)
        case _:
            assert_never(definition)
