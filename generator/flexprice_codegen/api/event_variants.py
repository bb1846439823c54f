"""Event names that payloads declare.

In: an event. Out: its variants, by the property that selects them: a constant is one
variant with one name; a union has one for each value of its discriminator, or for each
constant of its variants.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from flexprice_codegen.api.events import find_object_schema
from flexprice_codegen.api.model import (
    AliasSchema,
    EnumSchema,
    NamedSchema,
    Property,
    WebhookEvent,
)
from flexprice_codegen.api.types import Literals, Nullable, Reference, Type, Union

EventVariants: TypeAlias = tuple[tuple[str, Type], ...]
"""Names on the wire, each with its payload."""


def find_event_variants(
    event: WebhookEvent, definitions: Mapping[str, NamedSchema]
) -> dict[str, EventVariants]:
    """Return the variants of an event for each property that could select them.

    Args:
        event: The event.
        definitions: The definitions of its payload.

    Returns:
        Pairs of a name on the wire and a payload, by property.
    """
    choice = find_union(event.payload, definitions)
    if choice is None:
        found = _find_constants(event.payload, definitions)
        return {name: ((value, event.payload),) for name, value in found.items()}

    if choice.discriminator is not None:
        mapping = choice.discriminator.mapping
        return {
            choice.discriminator.property: tuple(
                (v, Reference(key=key)) for v, key in mapping
            )
        }

    options = [(each, _find_constants(each, definitions)) for each in choice.variants]
    return {
        name: tuple((found[name], each) for each, found in options)
        for name in options[0][1]
        if all(name in found for _, found in options)
    }


def find_union(type_: Type, definitions: Mapping[str, NamedSchema]) -> Union | None:
    """Return the union that a type refers to, or None."""
    seen: set[str] = set()
    while isinstance(type_, Reference) and type_.key not in seen:
        seen.add(type_.key)
        found = definitions.get(type_.key)
        if not isinstance(found, AliasSchema):
            return None
        type_ = found.type
    return type_ if isinstance(type_, Union) else None


def _find_constants(
    type_: Type, definitions: Mapping[str, NamedSchema]
) -> dict[str, str]:
    record = find_object_schema(type_, definitions)
    properties: tuple[Property, ...] = () if record is None else record.properties
    found = {each.wire: _get_constant(each.type, definitions) for each in properties}
    return {name: value for name, value in found.items() if value}


def _get_constant(type_: Type, definitions: Mapping[str, NamedSchema]) -> str:
    match type_:
        case Nullable():
            return _get_constant(type_.inner, definitions)
        case Literals(values=(str() as value,)):
            return value
        case Reference():
            found = definitions.get(type_.key)
            if isinstance(found, EnumSchema) and len(found.values) == 1:
                return str(found.values[0].value)
            if isinstance(found, AliasSchema) and not isinstance(found.type, Reference):
                return _get_constant(found.type, definitions)
            return ""
        case _:
            return ""
