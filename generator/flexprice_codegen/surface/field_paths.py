"""Fields of bodies and answers that hints name, as `pagination.total`.

In: a type of the wire and a path of wire names; `events[]` is each event. Out: the type
of what stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flexprice_codegen.api.model import AliasSchema, NamedSchema, ObjectSchema
from flexprice_codegen.api.types import (
    AnyValue,
    Array,
    Nullable,
    Reference,
    Type,
    Union,
)

NamedSchemas = Mapping[str, NamedSchema]


def get_type_at_path(
    definitions: NamedSchemas, type_: Type | None, path: str, *, sent: bool = False
) -> Type | None:
    """Give the type of the field at a path; None where there is no such field.

    With `sent`, fields that are only received are none.
    """
    if type_ is None or not path:
        return type_
    name, _, rest = path.partition(".")
    for each in resolve_aliases(definitions, type_):
        found = _get_property_type(each, name.removesuffix("[]"), sent=sent)
        if found is not None and name.endswith("[]"):
            found = _get_element_type(definitions, found)
        found = get_type_at_path(definitions, found, rest, sent=sent)
        if found is not None:
            return found
    return None


def resolve_aliases(
    definitions: NamedSchemas, type_: Type, seen: frozenset[str] = frozenset()
) -> Iterator[ObjectSchema | Type]:
    """Look through names, aliases, null and choices."""
    match type_:
        case Reference(key=key) if key not in seen:
            definition = definitions.get(key)
            if isinstance(definition, ObjectSchema):
                yield definition
            elif isinstance(definition, AliasSchema):
                yield from resolve_aliases(definitions, definition.type, seen | {key})
        case Nullable(inner=inner):
            yield from resolve_aliases(definitions, inner, seen)
        case Union(variants=options):
            for each in options:
                yield from resolve_aliases(definitions, each, seen)
        case Reference():
            pass
        case _:
            yield type_


def _get_property_type(
    owner: ObjectSchema | Type, name: str, *, sent: bool
) -> Type | None:
    if isinstance(owner, AnyValue):
        return owner
    if not isinstance(owner, ObjectSchema):
        return None
    named = (
        each.type
        for each in owner.properties
        if each.wire == name and not (sent and each.read_only)
    )
    return next(named, None)


def _get_element_type(definitions: NamedSchemas, type_: Type) -> Type | None:
    lists = (
        each for each in resolve_aliases(definitions, type_) if isinstance(each, Array)
    )
    return next((each.item for each in lists), None)
