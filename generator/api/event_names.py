"""Where deliveries carry the name of their event, and which name that is.

In: events, and what their payloads say. Out: the events under their names on the wire,
and the property that holds the name: one that is typed by the enumeration of all names,
else a constant, else a discriminator, else what `x-codegen: {event: {property: …}}` says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from generator.api.event_rules import HINT
from generator.api.events import naming, record_of
from generator.api.model import (
    Alias,
    Definition,
    Enumeration,
    Event,
    EventNaming,
    Property,
)
from generator.api.types import Choice, Literals, Named, Nullable, Type
from generator.diagnostics import Sink


def on_the_wire(
    events: Iterable[Event], definitions: Mapping[str, Definition], sink: Sink
) -> tuple[Event, ...]:
    """Name events by the constant that their payloads carry, where that is another.

    A webhook's key is only a label of the document. The constant counts if every
    payload has it, each with a value of its own, and no other property is like that.
    """
    found = tuple(events)
    if naming(found, definitions).property:
        return found
    constants = [_constants(each, definitions) for each in found]
    shared = [
        name
        for name in (constants[0] if constants else ())
        if all(name in each for each in constants)
        and len({each[name] for each in constants}) == len(found)
    ]
    if len(shared) != 1:
        return found
    names = [each[shared[0]] for each in constants]
    for event, name in zip(found, names, strict=True):
        sink.note(
            "event-renamed",
            f"the event {event.name!r} is called {name!r}, as its payload says",
            at=event.about.origin,
            hint=f"its property {shared[0]!r} has no other value",
        )
    pairs = zip(found, names, strict=True)
    return tuple(replace(each, name=name, label=each.name) for each, name in pairs)


def with_property(
    known: EventNaming,
    events: Sequence[Event],
    definitions: Mapping[str, Definition],
    sink: Sink,
) -> EventNaming:
    """Find the property of names where no enumeration and no constant shows it."""
    wanted = known.property or _tagged(events, definitions) or _hinted(events)
    for event in events:
        record = record_of(event.payload, definitions)
        if record is None or record.extra is not None or HINT in dict(event.hints):
            continue
        if not wanted or wanted not in {each.wire for each in record.properties}:
            sink.note(
                "event-without-name",
                f"a delivery of the event {event.name!r} does not say what it is",
                at=event.about.origin,
                hint="it is an UnknownEvent, unless x-codegen: {event-when: …} tells it",
            )
    return replace(known, property=wanted)


def _constants(event: Event, definitions: Mapping[str, Definition]) -> dict[str, str]:
    record = record_of(event.payload, definitions)
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


def _tagged(events: Iterable[Event], definitions: Mapping[str, Definition]) -> str:
    """Give the discriminator that most payloads have, for a value that is the name."""
    found = Counter(
        choice.tag.property
        for event in events
        for choice in [_choice(event.payload, definitions)]
        if choice is not None and choice.tag is not None
        if event.name in dict(choice.tag.mapping)
    )
    return found.most_common(1)[0][0] if found else ""


def _choice(type_: Type, definitions: Mapping[str, Definition]) -> Choice | None:
    seen: set[str] = set()
    while isinstance(type_, Named) and type_.key not in seen:
        seen.add(type_.key)
        found = definitions.get(type_.key)
        if not isinstance(found, Alias):
            return None
        type_ = found.type
    return type_ if isinstance(type_, Choice) else None


def _hinted(events: Iterable[Event]) -> str:
    hints = (dict(event.hints).get("event") for event in events)
    wanted = (each.get("property") for each in hints if isinstance(each, Mapping))
    return next((each for each in wanted if isinstance(each, str)), "")
