"""What the payloads of events say of their names.

In: an event. Out: its variants, by the property that tells them: a constant is one
variant of one name; a choice has one for each value of its discriminator, or for each
constant of its options.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from flexprice_codegen.api.events import record_of
from flexprice_codegen.api.model import Alias, Definition, Enumeration, Event, Property
from flexprice_codegen.api.types import Choice, Literals, Named, Nullable, Type

Variants: TypeAlias = tuple[tuple[str, Type], ...]
"""Names on the wire, each with its payload."""


def variants(
    event: Event, definitions: Mapping[str, Definition]
) -> dict[str, Variants]:
    """Give the variants of an event for each property that could tell them."""
    choice = choice_of(event.payload, definitions)
    if choice is None:
        found = _constants(event.payload, definitions)
        return {name: ((value, event.payload),) for name, value in found.items()}
    if choice.tag is not None:
        mapping = choice.tag.mapping
        return {choice.tag.property: tuple((v, Named(key=key)) for v, key in mapping)}
    options = [(each, _constants(each, definitions)) for each in choice.options]
    return {
        name: tuple((found[name], each) for each, found in options)
        for name in options[0][1]
        if all(name in found for _, found in options)
    }


def choice_of(type_: Type, definitions: Mapping[str, Definition]) -> Choice | None:
    """Give the choice behind a type, through names."""
    seen: set[str] = set()
    while isinstance(type_, Named) and type_.key not in seen:
        seen.add(type_.key)
        found = definitions.get(type_.key)
        if not isinstance(found, Alias):
            return None
        type_ = found.type
    return type_ if isinstance(type_, Choice) else None


def _constants(type_: Type, definitions: Mapping[str, Definition]) -> dict[str, str]:
    record = record_of(type_, definitions)
    properties: tuple[Property, ...] = () if record is None else record.properties
    found = {each.wire: _constant(each.type, definitions) for each in properties}
    return {name: value for name, value in found.items() if value}


def _constant(type_: Type, definitions: Mapping[str, Definition]) -> str:
    match type_:
        case Nullable():
            return _constant(type_.inner, definitions)
        case Literals(values=(str() as value,)):
            return value
        case Named():
            found = definitions.get(type_.key)
            if isinstance(found, Enumeration) and len(found.members) == 1:
                return str(found.members[0].value)
            if isinstance(found, Alias) and not isinstance(found.type, Named):
                return _constant(found.type, definitions)
            return ""
        case _:
            return ""
