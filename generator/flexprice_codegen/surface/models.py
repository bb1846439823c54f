"""The models of a client: the classes for all schemas.

In: the `Api`, names, and the direction of every schema. Out: the classes, sorted by
name. They have no modules yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from flexprice_codegen.api.model import (
    AliasSchema,
    Api,
    EnumSchema,
    NamedSchema,
    ObjectSchema,
)
from flexprice_codegen.api.reachability import SchemaUsage
from flexprice_codegen.api.types import Scalar
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.classes import build_model_class, build_union_class
from flexprice_codegen.surface.constants import ConstantFinder
from flexprice_codegen.surface.discriminators import Discriminators
from flexprice_codegen.surface.enums import build_enum_class
from flexprice_codegen.surface.model import (
    EnumClass,
    ModelClass,
    ModelDefinition,
    UnionClass,
    Use,
)
from flexprice_codegen.surface.previous_names import NameRegistry
from flexprice_codegen.surface.renamed_keys import SENT_SUFFIX
from flexprice_codegen.surface.type_mapping import TypeMapper


def build_models(
    api: Api,
    type_mapper: TypeMapper,
    discriminators: Discriminators,
    reach: SchemaUsage,
    memory: NameRegistry,
) -> tuple[ModelDefinition, ...]:
    """Build the classes of all schemas, sorted by name.

    Args:
        api: The API.
        type_mapper: Maps types; it has the names of classes.
        discriminators: The discriminators of unions.
        reach: Which schemas are sent and received.
        memory: The names of fields and enum members of an earlier run.
    """
    enums = [
        build_enum_class(definition, name, "", memory.get_members(definition))
        for definition, name in type_mapper.iter_classes()
        if isinstance(definition, EnumSchema)
    ]
    members = {each.name: _format_members(each) for each in enums}
    builder = _ClassBuilder(
        type_mapper,
        ConstantFinder(
            api.schemas,
            discriminators,
            {
                key: members[name]
                for key, name in type_mapper.names.items()
                if name in members
            },
        ),
        reach,
        memory,
    )
    made = [
        *enums,
        *(
            each
            for definition, name in type_mapper.iter_classes()
            for each in builder.build_classes(definition, name)
        ),
    ]
    return tuple(sorted(made, key=lambda each: each.name))


def _format_members(enum: EnumClass) -> dict[Scalar, str]:
    """Return the members of an enum as code, by value."""
    return {each.value: f"{enum.name}.{each.name}" for each in enum.members}


def _get_use(key: str, reach: SchemaUsage) -> Use:
    """Return the direction of a schema; one that nothing uses counts as received."""
    if key not in reach.sent:
        return "received"
    return "both" if key in reach.received else "sent"


@frozen_value
class _ClassBuilder:
    """Builds the dataclasses and unions of schemas."""

    type_mapper: TypeMapper
    constants: ConstantFinder
    reach: SchemaUsage
    memory: NameRegistry

    def build_classes(
        self, definition: NamedSchema, name: str
    ) -> Iterator[ModelClass | UnionClass]:
        """Yield the classes of a schema: two if it is split by direction."""
        key = definition.key
        sent = self.type_mapper.sent_names.get(key)
        use = "received" if sent else _get_use(key, self.reach)
        match definition:
            case ObjectSchema():
                yield self._build_model(definition, name, use)
                if sent:
                    yield self._build_model(definition, sent, "sent", SENT_SUFFIX)
            case AliasSchema():
                yield self._build_union(definition, name, use)
                if sent:
                    yield self._build_union(definition, sent, "sent")
            case EnumSchema():
                return
            case _:
                assert_never(definition)

    def _build_model(
        self, definition: ObjectSchema, name: str, use: Use, suffix: str = ""
    ) -> ModelClass:
        known = self.memory.fields.get(definition.key + suffix, {})
        mapper = self.type_mapper.enter_schema(definition.key)
        return build_model_class(definition, name, use, mapper, self.constants, known)

    def _build_union(self, definition: AliasSchema, name: str, use: Use) -> UnionClass:
        found = self.constants.discriminators.by_union.get(definition.key)
        mapper = self.type_mapper.enter_schema(definition.key)
        return build_union_class(definition, name, use, mapper, found)
