"""Fields of request and response bodies that hints name, such as `pagination.total`.

In: a type of the document, and a path of property names; `events[]` is each element of
`events`. Out: the type at the path.
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
    """Return the type of the field at a path; None if it does not exist.

    Args:
        definitions: The schemas, by key.
        type_: The type that the path starts from, if there is one.
        path: Property names, joined by periods. `[]` after a name selects the elements
            of its list. An empty path selects `type_` itself.
        sent: Whether to ignore `readOnly` properties.
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
    definitions: NamedSchemas, type_: Type
) -> Iterator[ObjectSchema | Type]:
    """Yield the types behind references, aliases, `null`, and unions.

    Each definition counts once: unions of unions can lead to it on many ways.

    Args:
        definitions: The schemas, by key.
        type_: The type.
    """
    pending = [type_]
    seen: set[str] = set()
    while pending:
        match pending.pop():
            case Reference(key=key):
                if key in seen:
                    continue
                seen.add(key)
                definition = definitions.get(key)
                if isinstance(definition, ObjectSchema):
                    yield definition
                elif isinstance(definition, AliasSchema):
                    pending.append(definition.type)
            case Nullable(inner=inner):
                pending.append(inner)
            case Union(variants=options):
                # The first option is taken next.
                pending += reversed(options)
            case other:
                yield other


def _get_property_type(
    owner: ObjectSchema | Type, name: str, *, sent: bool
) -> Type | None:
    """Return the type of a property; any value has any property."""
    if isinstance(owner, AnyValue):
        return owner
    if not isinstance(owner, ObjectSchema):
        return None

    for each in owner.properties:
        if each.wire == name and not (sent and each.read_only):
            return each.type
    return None


def _get_element_type(definitions: NamedSchemas, type_: Type) -> Type | None:
    """Return the type of the elements of a list; None if the type is not a list."""
    lists = (
        each for each in resolve_aliases(definitions, type_) if isinstance(each, Array)
    )
    return next((each.item for each in lists), None)
