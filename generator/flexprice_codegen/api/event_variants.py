"""Event names that payloads declare, at each place of a payload.

In: an event. Out: the names that a delivery can have there, and the event's variants: a
constant is one variant with one name; a union has one for each value of its
discriminator, or for each constant of its variants.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from flexprice_codegen.api.events import find_object_schema
from flexprice_codegen.api.model import (
    AliasSchema,
    EnumSchema,
    NamedSchema,
    WebhookEvent,
)
from flexprice_codegen.api.types import Literals, Nullable, Reference, Type, Union
from flexprice_codegen.frozen_values import frozen_value

EventPath: TypeAlias = tuple[str, ...]
"""The property that holds a name, through the objects around it."""
EventVariants: TypeAlias = tuple[tuple[str, Type], ...]
"""Names on the wire, each with its payload."""

_DEEPEST = 3
"""Names are in the body, in its data, or in an envelope around it; never deeper."""


@frozen_value
class NamePlace:
    """What a payload says of one place.

    Attributes:
        names: All values that the place can have.
        variants: The payloads that these values select; none for a list of all names.
        enumeration: The key of the enum that lists the names, or nothing.
    """

    names: frozenset[str]
    variants: EventVariants = ()
    enumeration: str = ""


def find_name_places(
    event: WebhookEvent, definitions: Mapping[str, NamedSchema]
) -> dict[EventPath, NamePlace]:
    """Return the places of a payload that can hold the name of its event.

    Args:
        event: The event.
        definitions: The definitions of its payload.
    """
    choice = find_union(event.payload, definitions)
    if choice is None:
        return dict(_iter_places(event.payload, event.payload, definitions, ()))

    if choice.discriminator is not None:
        mapping = choice.discriminator.mapping
        variants = tuple((value, Reference(key=key)) for value, key in mapping)
        return {(choice.discriminator.property,): _build_place(variants)}

    options = [
        dict(_iter_places(each, each, definitions, ())) for each in choice.variants
    ]
    shared = [
        path
        for path, place in options[0].items()
        if all(path in each and each[path].variants for each in options)
    ]
    return {
        path: _build_place(
            tuple(variant for each in options for variant in each[path].variants)
        )
        for path in shared
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


def _build_place(variants: EventVariants) -> NamePlace:
    return NamePlace(frozenset(name for name, _ in variants), variants)


def _iter_places(
    type_: Type,
    payload: Type,
    definitions: Mapping[str, NamedSchema],
    above: EventPath,
) -> Iterator[tuple[EventPath, NamePlace]]:
    """Yield the places in an object, and in the objects that it holds."""
    record = find_object_schema(type_, definitions)
    for each in () if record is None else record.properties:
        path = (*above, each.wire)
        listed = _find_strings(each.type, definitions)

        if listed is not None:
            enumeration, names = listed
            is_constant = len(names) == 1
            variants = ((names[0], payload),) if is_constant else ()
            yield path, NamePlace(frozenset(names), variants, enumeration)
        elif len(path) < _DEEPEST:
            yield from _iter_places(each.type, payload, definitions, path)
            yield from _find_discriminator(each.type, payload, definitions, path)


def _find_discriminator(
    type_: Type,
    payload: Type,
    definitions: Mapping[str, NamedSchema],
    above: EventPath,
) -> Iterator[tuple[EventPath, NamePlace]]:
    """Yield the place of the discriminator of a union within a payload."""
    inner = type_.inner if isinstance(type_, Nullable) else type_
    choice = find_union(inner, definitions)
    if choice is not None and choice.discriminator is not None:
        variants = tuple((name, payload) for name, _ in choice.discriminator.mapping)
        yield (*above, choice.discriminator.property), _build_place(variants)


def _find_strings(
    type_: Type, definitions: Mapping[str, NamedSchema]
) -> tuple[str, tuple[str, ...]] | None:
    """Return the key and the values of the enum that a type refers to, or None.

    The key is empty for literals.
    """
    match type_:
        case Nullable():
            return _find_strings(type_.inner, definitions)
        case Literals():
            return "", tuple(str(value) for value in type_.values)
        case Reference():
            found = definitions.get(type_.key)
            if isinstance(found, EnumSchema):
                return type_.key, tuple(str(each.value) for each in found.values)
            if isinstance(found, AliasSchema) and not isinstance(found.type, Union):
                return _find_strings(found.type, definitions)
            return None
        case _:
            return None
