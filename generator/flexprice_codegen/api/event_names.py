"""Where deliveries carry the name of their event, and which name that is.

In: events, and what their payloads say. Out: the events under their names on the wire,
and the property that holds the name: one that is typed by the enumeration of all names,
else a constant, else a discriminator, else what `x-codegen: {event: {property: …}}` says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from flexprice_codegen.api.event_rules import HINT
from flexprice_codegen.api.event_variants import Variants, choice_of, variants
from flexprice_codegen.api.events import naming, record_of
from flexprice_codegen.api.model import Definition, Event, EventNaming
from flexprice_codegen.diagnostics import Sink


def on_the_wire(
    events: Iterable[Event], definitions: Mapping[str, Definition], sink: Sink
) -> tuple[Event, ...]:
    """Name events by what their payloads say, where that is another name.

    A webhook's key is only a label of the document, and one webhook may deliver several
    events. A property counts if every payload that says something says it there, each
    with values of its own, and if no other property is like that.
    """
    found = tuple(events)
    told = [variants(each, definitions) for each in found]
    wanted = _shared([each for each in told if each], len(found))
    if not wanted or naming(found, definitions).property not in {"", wanted}:
        return found
    pairs = zip(found, told, strict=True)
    made = [_named(event, each.get(wanted, ()), wanted) for event, each in pairs]
    if not _all_differ([each.name for several in made for each in several]):
        return found
    for event, several in zip(found, made, strict=True):
        _note(event, several, wanted, sink)
    return tuple(each for several in made for each in several)


def _shared(told: Sequence[Mapping[str, Variants]], events: int) -> str:
    """Give the one property that names most of the events, each another way."""
    shared = [
        name
        for name in (told[0] if told else ())
        if all(name in each for each in told)
        and _all_differ([value for each in told for value, _ in each[name]])
    ]
    return shared[0] if len(shared) == 1 and len(told) > events / 2 else ""


def _all_differ(values: Sequence[str]) -> bool:
    return len(set(values)) == len(values)


def _named(event: Event, found: Variants, property_: str) -> tuple[Event, ...]:
    """Give the event under its name on the wire, or the events that it stands for."""
    hint = dict(event.hints).get("event")
    is_named = isinstance(hint, str) or (isinstance(hint, Mapping) and "name" in hint)
    if not found or is_named or event.name in dict(found):
        return (event,)
    hints = (*event.hints, ("event", {"property": property_}))
    return tuple(
        replace(event, name=name, label=event.name, payload=payload, hints=hints)
        for name, payload in found
    )


def _note(event: Event, made: Sequence[Event], property_: str, sink: Sink) -> None:
    if made[0] is event:
        return
    names = ", ".join(repr(each.name) for each in made)
    sink.note(
        "event-renamed" if len(made) == 1 else "event-split",
        (
            f"the event {event.name!r} is called {names}, as its payload says"
            if len(made) == 1
            else f"the webhook {event.name!r} delivers the events {names}"
        ),
        at=event.about.origin,
        hint=f"these are the values of its property {property_!r}",
    )


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


def _tagged(events: Iterable[Event], definitions: Mapping[str, Definition]) -> str:
    """Give the discriminator that most payloads have, for a value that is the name."""
    found = Counter(
        choice.tag.property
        for event in events
        for choice in [choice_of(event.payload, definitions)]
        if choice is not None and choice.tag is not None
        if event.name in dict(choice.tag.mapping)
    )
    return found.most_common(1)[0][0] if found else ""


def _hinted(events: Iterable[Event]) -> str:
    hints = (dict(event.hints).get("event") for event in events)
    wanted = (each.get("property") for each in hints if isinstance(each, Mapping))
    return next((each for each in wanted if isinstance(each, str)), "")
