"""Event names in deliveries.

In: events and their payloads. Out: the events under their names on the wire, and where
a delivery holds the name: what a hint says, else the property that explains the most
events, else a header that has one value for each event. A document with one event
needs no name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from flexprice_codegen.api.event_hints import (
    find_header_conditions,
    find_hinted_path,
    has_name_hint,
)
from flexprice_codegen.api.event_rules import EVENT_RULE_HINT
from flexprice_codegen.api.event_sources import EventSource, find_event_source
from flexprice_codegen.api.event_variants import (
    EventPath,
    NamePlace,
    NamePlaceFinder,
    find_union,
)
from flexprice_codegen.api.events import find_object_schema
from flexprice_codegen.api.model import (
    EnumSchema,
    EventCondition,
    EventNaming,
    NamedSchema,
    WebhookEvent,
)
from flexprice_codegen.api.types import Type
from flexprice_codegen.diagnostics import Cause, DiagnosticSink


def apply_wire_names(
    events: Iterable[WebhookEvent],
    definitions: Mapping[str, NamedSchema],
    sink: DiagnosticSink,
) -> tuple[tuple[WebhookEvent, ...], EventPath]:
    """Return events under the names that their payloads declare, and the place of names.

    The key of a webhook is only a label in the document, and one webhook may deliver
    several events. An event that the place of names does not explain keeps its label.

    Args:
        events: The events under their names in the document.
        definitions: The definitions of their payloads.
        sink: Receives a note for each renamed event.

    Returns:
        The events, of which one webhook may have become several, and the property that
        holds their names, empty where none does.
    """
    found = tuple(events)
    source = find_event_source(found, definitions)
    if source is None or _is_told_by_header(found, source):
        return found, ()

    named: list[WebhookEvent] = []
    for event, place, explained in zip(
        found, source.places, source.explained, strict=True
    ):
        variants = () if place is None or not explained else place.variants
        several = _rename_event(event, variants)
        _note_renamed_event(event, several, source.path, sink)
        named += several
    return tuple(named), source.path


def find_event_naming(
    events: Sequence[WebhookEvent],
    found: EventPath,
    definitions: Mapping[str, NamedSchema],
    sink: DiagnosticSink,
    named_header: str = "",
) -> EventNaming:
    """Return where deliveries hold the name of their event.

    Args:
        events: The events under their names on the wire.
        found: The property of `apply_wire_names`.
        definitions: The definitions of their payloads.
        sink: Receives a note for each event whose deliveries have no name.
        named_header: The header that a hint of the document names for all events.

    Raises:
        DiagnosticError: `event-hint`: a hint that no delivery can match.
    """
    hinted = find_hinted_path(events, definitions)
    header, conditions = find_header_conditions(events, named_header)
    if not header and not hinted and not found:
        header, conditions = _find_header(events)

    path = hinted or (() if header else found)
    enumeration, names = _find_enumeration(path, events, definitions)
    is_alone = len(events) == 1 and not path and not header
    naming = EventNaming(
        path=path,
        header=header,
        default=events[0].name if is_alone else "",
        enumeration=enumeration,
        names=tuple(dict.fromkeys((*names, *sorted(each.name for each in events)))),
        rules=_build_header_rules(conditions, events, definitions),
    )

    _note_nameless_events(naming, events, definitions, sink)
    return naming


def _rename_event(
    event: WebhookEvent, variants: Sequence[tuple[str, Type]]
) -> tuple[WebhookEvent, ...]:
    """Return the event under its name on the wire, or the events that it delivers."""
    if not variants or has_name_hint(event) or event.name in dict(variants):
        return (event,)

    return tuple(
        replace(event, name=name, label=event.name, payload=payload)
        for name, payload in variants
    )


def _note_renamed_event(
    event: WebhookEvent,
    made: Sequence[WebhookEvent],
    path: EventPath,
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
        hint=f"these are the values of its property {'.'.join(path)!r}",
    )


def _find_enumeration(
    path: EventPath,
    events: Sequence[WebhookEvent],
    definitions: Mapping[str, NamedSchema],
) -> tuple[str, tuple[str, ...]]:
    """Return the enum that lists the names of most events at a path, and its values."""
    finder = NamePlaceFinder(definitions)
    places = (finder.find_name_places(each).get(path) for each in events)
    pairs = zip(events, places, strict=True)
    found = Counter(
        place.enumeration
        for event, place in pairs
        if place is not None and place.enumeration and event.name in place.names
    )
    enumeration = found.most_common(1)[0][0] if found else ""

    listed = definitions.get(enumeration)
    if not isinstance(listed, EnumSchema):
        return "", ()
    return enumeration, tuple(str(member.value) for member in listed.values)


def _is_told_by_header(events: Sequence[WebhookEvent], source: EventSource) -> bool:
    """Return whether headers explain more events than a place in the payloads does."""
    _, conditions = _find_header(events)
    return len(conditions) > sum(source.explained)


def _find_header(
    events: Sequence[WebhookEvent],
) -> tuple[str, dict[str, EventCondition]]:
    """Return the header with the most values, and the condition for each event."""
    values: dict[str, set[str]] = {}
    for event in events:
        for name, value in event.headers:
            values.setdefault(name, set()).add(value)

    told = {name: len(each) for name, each in values.items() if len(each) > 1}
    if not told:
        return "", {}

    header = max(told, key=lambda name: told[name])
    return header, {
        event.name: EventCondition(
            path=(header,),
            place="header",
            kind="is",
            value=dict(event.headers)[header],
        )
        for event in events
        if header in dict(event.headers)
    }


def _build_header_rules(
    conditions: Mapping[str, EventCondition],
    events: Sequence[WebhookEvent],
    definitions: Mapping[str, NamedSchema],
) -> tuple[tuple[str, tuple[EventCondition, ...]], ...]:
    """Return a rule for each event that a header names.

    Events with one value in the header also need the constants of their
    payloads. No rule is needed where the header holds the event's own name alone.
    """
    shared = Counter(each.value for each in conditions.values())
    rules = []
    finder = NamePlaceFinder(definitions)
    for event in events:
        condition = conditions.get(event.name)
        if condition is None or EVENT_RULE_HINT in dict(event.hints):
            continue
        if shared[condition.value] > 1:
            constants = _list_constants(finder.find_name_places(event))
            rules.append((event.name, (condition, *constants)))
        elif condition.value != event.name:
            rules.append((event.name, (condition,)))
    return tuple(rules)


def _list_constants(
    places: Mapping[EventPath, NamePlace],
) -> Iterable[EventCondition]:
    """Yield a condition for each constant of the body itself."""
    for path, place in places.items():
        if len(path) == 1 and len(place.names) == 1:
            (value,) = place.names
            yield EventCondition(path=path, kind="is", value=value)


def _note_nameless_events(
    naming: EventNaming,
    events: Collection[WebhookEvent],
    definitions: Mapping[str, NamedSchema],
    sink: DiagnosticSink,
) -> None:
    told = {name for name, _ in naming.rules} | {naming.default}
    for event in events:
        is_ruled = event.name in told or EVENT_RULE_HINT in dict(event.hints)
        if is_ruled or naming.header or _can_hold(naming.path, event, definitions):
            continue

        sink.add_note(
            "event-without-name",
            f"event {event.name!r} has no name in its payload; deliveries arrive as `UnknownEvent`",
            at=event.about.origin,
            hint="add the hint x-codegen: {event-when: …} to recognize them",
            cause=Cause("a delivery does not say what it is", "events"),
        )


def _can_hold(
    path: EventPath, event: WebhookEvent, definitions: Mapping[str, NamedSchema]
) -> bool:
    """Return whether a payload can have a property: it declares it, or is open."""
    type_ = event.payload
    for name in path:
        record = find_object_schema(type_, definitions)
        if record is None or find_union(type_, definitions) is not None:
            return True
        found = next((each for each in record.properties if each.wire == name), None)
        if found is None:
            return record.extra is not None
        type_ = found.type
    if path:
        return True
    record = find_object_schema(type_, definitions)
    return record is None or record.extra is not None
