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
    ObjectSchema,
    Property,
    WebhookEvent,
)
from flexprice_codegen.api.types import Literals, Nullable, Reference, Type, Union
from flexprice_codegen.frozen_values import frozen_value, replace

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


@frozen_value
class _FoundNames:
    """The names that one place of an object can have, whichever payload holds it.

    Attributes:
        path: The place, from the object on.
        names: The values of an enum or a constant, or those of a discriminator.
        enumeration: The key of the enum, or nothing.
        selects: Whether each value selects a payload.
    """

    path: EventPath
    names: tuple[str, ...]
    enumeration: str
    selects: bool


class NamePlaceFinder:
    """Finds the places of payloads that can hold the names of their events.

    Payloads have most of their objects in common, so each object is searched once.
    """

    def __init__(self, definitions: Mapping[str, NamedSchema]) -> None:
        """Create a finder.

        Args:
            definitions: The definitions of all payloads.
        """
        self._definitions = definitions
        self._known: dict[tuple[str, int], tuple[_FoundNames, ...]] = {}

    def find_name_places(self, event: WebhookEvent) -> dict[EventPath, NamePlace]:
        """Return the places of a payload that can hold the name of its event."""
        choice = find_union(event.payload, self._definitions)
        if choice is None:
            return self._find_places(event.payload)

        if choice.discriminator is not None:
            mapping = choice.discriminator.mapping
            variants = tuple((value, Reference(key=key)) for value, key in mapping)
            return {(choice.discriminator.property,): _build_place(variants)}

        options = [self._find_places(each) for each in choice.variants]
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

    def _find_places(self, payload: Type) -> dict[EventPath, NamePlace]:
        """Return the places of a payload that is not a union."""
        return {
            each.path: NamePlace(
                frozenset(each.names),
                tuple((name, payload) for name in each.names) if each.selects else (),
                each.enumeration,
            )
            for each in self._list_names(payload, 1)
        }

    def _list_names(self, type_: Type, depth: int) -> tuple[_FoundNames, ...]:
        """Return what an object says of names, and the objects that it holds."""
        record = find_object_schema(type_, self._definitions)
        if record is None:
            return ()
        place = (record.key, depth)
        if place not in self._known:
            self._known[place] = tuple(self._iter_names(record, depth))
        return self._known[place]

    def _iter_names(self, record: ObjectSchema, depth: int) -> Iterator[_FoundNames]:
        for each in record.properties:
            listed = _find_strings(each.type, self._definitions)
            if listed is not None:
                enumeration, names = listed
                yield _FoundNames((each.wire,), names, enumeration, len(names) == 1)
            elif depth < _DEEPEST:
                for found in self._list_names(each.type, depth + 1):
                    yield replace(found, path=(each.wire, *found.path))
                yield from _find_discriminator(each, self._definitions)


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


def _find_discriminator(
    holder: Property, definitions: Mapping[str, NamedSchema]
) -> Iterator[_FoundNames]:
    """Yield the place of the discriminator of a union within a payload."""
    type_ = holder.type
    inner = type_.inner if isinstance(type_, Nullable) else type_
    choice = find_union(inner, definitions)
    if choice is not None and choice.discriminator is not None:
        names = tuple(name for name, _ in choice.discriminator.mapping)
        path = (holder.wire, choice.discriminator.property)
        yield _FoundNames(path, names, "", selects=True)


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
