"""Values that hold lists or objects within lists or objects.

In: a type of a parameter or of a form field. Out: whether a value of it can have such
parts, which RFC 6570 and the styles of OpenAPI do not define.
"""

from __future__ import annotations

from collections.abc import Iterator

from flexprice_codegen.api.model import ObjectSchema
from flexprice_codegen.api.types import AnyValue, Array, Map, Type
from flexprice_codegen.surface.field_paths import NamedSchemas, resolve_aliases


def can_nest(definitions: NamedSchemas, type_: Type) -> bool:
    """Return whether an element or property of a value can be a list or an object.

    Args:
        definitions: The schemas, by key.
        type_: The type of the value.
    """
    return any(
        isinstance(part, AnyValue) or _has_parts(part)
        for part in _iter_parts(definitions, type_)
    )


def must_nest(definitions: NamedSchemas, type_: Type) -> bool:
    """Return whether the document declares a list or an object within the value."""
    return any(map(_has_parts, _iter_parts(definitions, type_)))


def can_be_list(definitions: NamedSchemas, type_: Type) -> bool:
    """Return whether the document declares a list as the value."""
    return any(isinstance(each, Array) for each in resolve_aliases(definitions, type_))


def _has_parts(type_: ObjectSchema | Type) -> bool:
    return isinstance(type_, Array | Map | ObjectSchema)


def _iter_parts(
    definitions: NamedSchemas, type_: Type
) -> Iterator[ObjectSchema | Type]:
    """Yield the types of the elements and properties of a value."""
    for each in resolve_aliases(definitions, type_):
        match each:
            case ObjectSchema():
                for part in each.properties:
                    yield from resolve_aliases(definitions, part.type)
                if each.extra is not None:
                    yield from resolve_aliases(definitions, each.extra)
            case Array():
                yield from resolve_aliases(definitions, each.item)
            case Map():
                yield from resolve_aliases(definitions, each.value)
            case _:
                pass
