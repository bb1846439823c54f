"""The values that a type lists: `const`, `enum`, also behind references and null.

In: a type and the schemas. Out: its literals or its enum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from flexprice_codegen.api.model import AliasSchema, EnumSchema, NamedSchema
from flexprice_codegen.api.types import (
    Boolean,
    Literals,
    Nullable,
    Number,
    Reference,
    Scalar,
    String,
    Type,
)

NamedSchemas: TypeAlias = Mapping[str, NamedSchema]


def iter_definitions(
    schemas: NamedSchemas, type_: Type
) -> Iterator[NamedSchema | Literals]:
    """Yield the schemas that a type refers to, each after the one before.

    Literals come last; they have no schema of their own.

    Args:
        schemas: The schemas, by key.
        type_: The type, which can be nullable.
    """
    seen: set[str] = set()
    while True:
        match type_:
            case Nullable(inner=inner):
                type_ = inner
            case Reference(key=key) if key in schemas and key not in seen:
                seen.add(key)
                definition = schemas[key]
                yield definition
                if not isinstance(definition, AliasSchema):
                    return
                type_ = definition.type
            case Literals():
                yield type_
                return
            case _:
                return


def find_listing(schemas: NamedSchemas, type_: Type) -> EnumSchema | Literals | None:
    """Return the enum or the literals that a type means, if it lists values."""
    # Most types are scalars, which list none.
    if isinstance(type_, (String, Number, Boolean)):
        return None
    for each in iter_definitions(schemas, type_):
        if isinstance(each, EnumSchema | Literals):
            return each
    return None


def list_values(schemas: NamedSchemas, type_: Type) -> tuple[Scalar, ...]:
    """Return the values that a type lists, without null; none if it allows others."""
    match find_listing(schemas, type_):
        case EnumSchema() as found:
            return tuple(each.value for each in found.values)
        case Literals() as found:
            return found.values
        case None:
            return ()
