"""Event names in deliveries.

In: events and their payloads. Out: the events under their names on the wire, and the
property that holds the name: one with the enum of all names, else a constant, else a
discriminator, else the one of the hint `x-codegen: {event: {property: …}}`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from flexprice_codegen.api.event_rules import EVENT_RULE_HINT
from flexprice_codegen.api.event_variants import (
    EventVariants,
    find_event_variants,
    find_union,
)
from flexprice_codegen.api.events import find_event_naming, find_object_schema
from flexprice_codegen.api.model import EventNaming, NamedSchema, WebhookEvent
from flexprice_codegen.diagnostics import Cause, DiagnosticSink


def apply_wire_names(
    events: Iterable[WebhookEvent],
    definitions: Mapping[str, NamedSchema],
    sink: DiagnosticSink,
) -> tuple[WebhookEvent, ...]:
    """Return events under the names that their payloads declare.

    The key of a webhook is only a label in the document, and one webhook may deliver
    several events. A property counts if every payload with variants has it, each with
    different values, and if no other property qualifies.

    Args:
        events: The events under their names in the document.
        definitions: The definitions of their payloads.
        sink: Receives a note for each renamed event.

    Returns:
        The events; one webhook may have become several.
    """
    found = tuple(events)
    told = [find_event_variants(each, definitions) for each in found]
    wanted = _find_shared_property([each for each in told if each], len(found))
    if not wanted or find_event_naming(found, definitions).property not in {"", wanted}:
        return found

    pairs = zip(found, told, strict=True)
    made = [_rename_event(event, each.get(wanted, ()), wanted) for event, each in pairs]

    if not _are_distinct([each.name for several in made for each in several]):
        return found

    for event, several in zip(found, made, strict=True):
        _note_renamed_event(event, several, wanted, sink)

    return tuple(each for several in made for each in several)


def _find_shared_property(
    told: Sequence[Mapping[str, EventVariants]], events: int
) -> str:
    """Return the one property that names most events, each differently, or nothing."""
    shared = [
        name
        for name in (told[0] if told else ())
        if all(name in each for each in told)
        and _are_distinct([value for each in told for value, _ in each[name]])
    ]
    # A majority is required, so that one payload with a constant does not rename its
    # event.
    return shared[0] if len(shared) == 1 and len(told) > events / 2 else ""


def _are_distinct(values: Sequence[str]) -> bool:
    return len(set(values)) == len(values)


def _rename_event(
    event: WebhookEvent, found: EventVariants, property_: str
) -> tuple[WebhookEvent, ...]:
    """Return the event under its name on the wire, or the events that it delivers."""
    hint = dict(event.hints).get("event")
    is_named = isinstance(hint, str) or (isinstance(hint, Mapping) and "name" in hint)

    if not found or is_named or event.name in dict(found):
        return (event,)

    hints = (*event.hints, ("event", {"property": property_}))
    return tuple(
        replace(event, name=name, label=event.name, payload=payload, hints=hints)
        for name, payload in found
    )


def _note_renamed_event(
    event: WebhookEvent,
    made: Sequence[WebhookEvent],
    property_: str,
    sink: DiagnosticSink,
) -> None:
    if made[0] is event:
        return

    names = ", ".join(repr(each.name) for each in made)
    sink.add_note(
        "event-renamed" if len(made) == 1 else "event-split",
        (
            f"event {event.name!r} is named {names} in its payload"
            if len(made) == 1
            else f"webhook {event.name!r} delivers the events {names}"
        ),
        at=event.about.origin,
        hint=f"these are the values of its property {property_!r}",
    )


def add_name_property(
    known: EventNaming,
    events: Sequence[WebhookEvent],
    definitions: Mapping[str, NamedSchema],
    sink: DiagnosticSink,
) -> EventNaming:
    """Return the naming with a property, if no enum and no constant has set one.

    Args:
        known: The naming of `find_event_naming`.
        events: The events under their names on the wire.
        definitions: The definitions of their payloads.
        sink: Receives a note for each event whose deliveries have no name.
    """
    wanted = (
        known.property
        or _find_discriminator_property(events, definitions)
        or _find_hinted_property(events)
    )

    for event in events:
        record = find_object_schema(event.payload, definitions)
        if (
            record is None
            or record.extra is not None
            or EVENT_RULE_HINT in dict(event.hints)
        ):
            continue

        if not wanted or wanted not in {each.wire for each in record.properties}:
            sink.add_note(
                "event-without-name",
                f"event {event.name!r} has no name in its payload; deliveries arrive as `UnknownEvent`",
                at=event.about.origin,
                hint="add the hint x-codegen: {event-when: …} to recognize them",
                cause=Cause("a delivery does not say what it is", "events"),
            )

    return replace(known, property=wanted)


def _find_discriminator_property(
    events: Iterable[WebhookEvent], definitions: Mapping[str, NamedSchema]
) -> str:
    """Return the most frequent discriminator that has the event's name as a value."""
    found = Counter(
        choice.discriminator.property
        for event in events
        for choice in [find_union(event.payload, definitions)]
        if choice is not None and choice.discriminator is not None
        if event.name in dict(choice.discriminator.mapping)
    )
    return found.most_common(1)[0][0] if found else ""


def _find_hinted_property(events: Iterable[WebhookEvent]) -> str:
    hints = (dict(event.hints).get("event") for event in events)
    wanted = (each.get("property") for each in hints if isinstance(each, Mapping))
    return next((each for each in wanted if isinstance(each, str)), "")
