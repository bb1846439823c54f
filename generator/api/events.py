"""Events: webhooks, in the two ways that documents have for them.

In: `webhooks` (OpenAPI 3.1), and operations that only document a delivery: those below
`/webhook-events/`, whose 200 response is the payload, and those that `x-codegen: {event:
NAME}` marks. Out: `Event`s, and how a delivery says which of them it is.

Source: OpenAPI 3.1.0 §4.8.1 (`webhooks`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

from generator.api import content
from generator.api.keys import SEPARATOR
from generator.api.keywords import about, hints_of
from generator.api.model import Definition, Enumeration, Event, EventNaming, Record
from generator.api.path_items import methods_of
from generator.api.schemas import Schemas
from generator.api.types import Choice, Literals, Named, Nullable, Type
from generator.diagnostics import fault
from generator.spec.nodes import Node

DOCUMENTED_BELOW = "/webhook-events/"


def documented_event(path: str, method: str, node: Node) -> str:
    """Give the name of the event that an operation only documents, or nothing."""
    wanted = wanted_name(node)
    if isinstance(wanted, str):
        return wanted
    if wanted is False or method != "post" or node.has("requestBody"):
        return ""
    name = path.removeprefix(DOCUMENTED_BELOW)
    return "" if name == path or not name or "{" in name or "/" in name else name


def wanted_name(node: Node) -> object:
    """Give what `x-codegen: {event: …}` says of the name: itself, `false`, or nothing."""
    wanted = dict(hints_of(node)).get("event")
    return wanted.get("name") if isinstance(wanted, Mapping) else wanted


def of_operation(
    schemas: Schemas, name: str, node: Node, known: Container[str]
) -> Event:
    """Read an event from an operation that documents it: its body, else its response.

    Raises:
        SpecError: Neither carries a schema, or the event is one of those `known`.
    """
    if name in known:
        raise fault(
            "event-twice",
            f"the event {name!r} is documented twice",
            at=node.origin,
            hint="remove one of the two, or name it by x-codegen: {event: …}",
        )
    key = f"event {name}"
    request = node.get("requestBody")
    if request is not None:
        found = content.body(schemas, request, key).contents
    else:
        answers = content.responses(schemas, node, key)
        found = next(
            (each.contents for each in answers if each.status.startswith("2")), ()
        )
    payload = next((each.type for each in found if each.type is not None), None)
    if payload is None:
        raise fault(
            "event-without-payload",
            f"the event {name!r} has no payload schema",
            at=node.origin,
            hint="give its 200 response (or its request body) a schema",
        )
    return Event(
        name=name,
        payload=payload,
        hints=hints_of(node),
        about=replace(about(node), summary=node.text_of("summary")),
    )


def deliveries(schemas: Schemas, name: str, node: Node) -> tuple[tuple[str, Node], ...]:
    """Give the events of one entry of `webhooks` by name: one for each method in it.

    Raises:
        SpecError: The entry, or one of its methods, is no object.
    """
    listed = list(methods_of(node, schemas.target, schemas.sink))
    made = []
    for method, operation, _ in listed:
        operation.mapping()
        wanted = wanted_name(operation)
        label = name if len(listed) == 1 else f"{name}{SEPARATOR}{method}"
        made.append((wanted if isinstance(wanted, str) else label, operation))
    return tuple(made)


def naming(
    events: Iterable[Event], definitions: Mapping[str, Definition]
) -> EventNaming:
    """Find the property that names an event, and the enumeration of all names."""
    events = tuple(events)
    names = {event.name for event in events}
    properties: Counter[str] = Counter()
    enumerations: Counter[str] = Counter()
    for event in events:
        record = record_of(event.payload, definitions)
        for each in () if record is None else record.properties:
            listed = _listed(each.type, definitions)
            if listed is not None and event.name in listed[1]:
                properties[each.wire] += 1
                if listed[0]:
                    enumerations[listed[0]] += 1
    enumeration = enumerations.most_common(1)[0][0] if enumerations else ""
    found = definitions.get(enumeration)
    listed_names = (
        tuple(str(member.value) for member in found.members)
        if isinstance(found, Enumeration)
        else ()
    )
    return EventNaming(
        property=properties.most_common(1)[0][0] if properties else "",
        enumeration=enumeration,
        names=tuple(dict.fromkeys((*listed_names, *sorted(names)))),
    )


def record_of(type_: Type, definitions: Mapping[str, Definition]) -> Record | None:
    """Give the record behind a type, through names and null."""
    seen: set[str] = set()
    while True:
        if isinstance(type_, Nullable):
            type_ = type_.inner
        elif isinstance(type_, Named) and type_.key not in seen:
            seen.add(type_.key)
            found = definitions.get(type_.key)
            if isinstance(found, Record):
                return found
            if found is None or isinstance(found, Enumeration):
                return None
            type_ = found.type
        else:
            return None


def _listed(
    type_: Type, definitions: Mapping[str, Definition]
) -> tuple[str, frozenset[str]] | None:
    """Give the key and the values of the strings that a type lists."""
    match type_:
        case Nullable():
            return _listed(type_.inner, definitions)
        case Literals():
            return "", frozenset(str(value) for value in type_.values)
        case Named():
            found = definitions.get(type_.key)
            if isinstance(found, Enumeration):
                return type_.key, frozenset(str(each.value) for each in found.members)
            if found is None or isinstance(found, Record):
                return None
            return (
                _listed(found.type, definitions)
                if not isinstance(found.type, Choice)
                else None
            )
        case _:
            return None
