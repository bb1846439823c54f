"""Variants of a union that the client cannot distinguish.

In: the schemas, and the discriminators of their unions. Out: a note for each union with
such variants. They have the same properties, and only keywords differ that clients do
not read: lengths, limits, patterns.
"""

from __future__ import annotations

from collections.abc import Iterator

from flexprice_codegen.api.model import NamedSchema, ObjectSchema
from flexprice_codegen.api.types import (
    Array,
    Map,
    Nullable,
    Reference,
    Type,
    Union,
)
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.discriminators import Discriminators, get_union
from flexprice_codegen.surface.listed_values import list_values
from flexprice_codegen.surface.type_mapping import TypeMapper


def note_similar_variants(
    mapper: TypeMapper, discriminators: Discriminators, sink: DiagnosticSink
) -> None:
    """Report each union that has two variants which are read alike.

    Args:
        mapper: Maps types; it has the schemas and the names of classes.
        discriminators: The discriminators of the unions.
        sink: Receives a note for each union.
    """
    comparison = _Comparison(mapper)
    for key, definition in mapper.schemas.items():
        union = get_union(definition)
        if union is None or key in discriminators.by_union:
            continue
        pair = next(comparison.iter_similar(union), None)
        if pair is not None:
            one, other = (mapper.names.get(each.key, each.key) for each in pair)
            sink.add_note(
                "similar-variants",
                f"nothing distinguishes {one} from {other}; such a value is "
                f"read as {one}",
                at=definition.about.origin,
                hint="add a property with a different constant to each in an overlay",
            )


@frozen_value
class _Comparison:
    """Compares types by what a client reads of their values."""

    mapper: TypeMapper

    def iter_similar(self, union: Union) -> Iterator[tuple[ObjectSchema, ObjectSchema]]:
        """Yield pairs of variants that are read alike; the first is the preferred one."""
        # Only schemas with the same properties are compared, so that a union of many
        # variants does not take quadratic time.
        first: dict[object, ObjectSchema] = {}
        for each in union.variants:
            schema = self._get_schema(each)
            if not isinstance(schema, ObjectSchema):
                continue
            names = frozenset((each.wire, each.required) for each in schema.properties)
            known = first.setdefault((names, schema.closed), schema)
            if known is not schema and self._are_alike(known, schema):
                yield known, schema

    def _get_schema(self, type_: Type) -> NamedSchema | None:
        inner = type_.inner if isinstance(type_, Nullable) else type_
        return self.mapper.schemas.get(
            inner.key if isinstance(inner, Reference) else ""
        )

    def _are_alike(self, one: ObjectSchema, other: ObjectSchema) -> bool:
        """Return whether all properties are read alike, also those of properties."""
        pending = [(one, other)]
        # One difference is enough, so a pair that was compared needs no second look.
        seen = {(one.key, other.key)}
        while pending:
            first, second = pending.pop()
            types = {each.wire: each.type for each in second.properties}
            if types.keys() != {each.wire for each in first.properties}:
                return False

            for each in first.properties:
                nested = self._compare_types(each.type, types[each.wire])
                if nested is False:
                    return False
                if nested is not True and (key := _get_keys(nested)) not in seen:
                    seen.add(key)
                    pending.append(nested)
        return True

    def _compare_types(
        self, one: Type, other: Type
    ) -> bool | tuple[ObjectSchema, ObjectSchema]:
        """Return whether two types are read alike, or the objects that decide it."""
        while True:
            match one, other:
                case (
                    (Nullable(inner=one), Nullable(inner=other))
                    | (Array(item=one), Array(item=other))
                    | (Map(value=one), Map(value=other))
                ):
                    continue
                case _:
                    break

        schemas = self.mapper.schemas
        values = list_values(schemas, one)
        if values or list_values(schemas, other):
            return set(values) == set(list_values(schemas, other))

        first = self._get_schema(one)
        second = self._get_schema(other)
        if isinstance(first, ObjectSchema) and isinstance(second, ObjectSchema):
            return first is second or (first, second)
        return self.mapper.map_type(one, "both") == self.mapper.map_type(other, "both")


def _get_keys(pair: tuple[ObjectSchema, ObjectSchema]) -> tuple[str, str]:
    return pair[0].key, pair[1].key
