"""Deliveries that are not one JSON object with one event.

In: the events, and the hint `x-codegen: {event: …}` at the root of the document. Out: the
events with the payload of a single one, and a `DeliveryFormat`: several events in a
list, JSON in a field of a form, CloudEvents with their attributes in headers.

Source: CloudEvents 1.0.2 §2.1, HTTP Protocol Binding 1.0.2 §3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from flexprice_codegen.api.events import find_object_schema
from flexprice_codegen.api.keywords import get_hints
from flexprice_codegen.api.model import (
    AliasSchema,
    DeliveryFormat,
    EnumSchema,
    NamedSchema,
    ObjectSchema,
    WebhookEvent,
)
from flexprice_codegen.api.types import Array, Nullable, Reference, String, Type
from flexprice_codegen.diagnostics import DiagnosticError, build_error
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.nodes import Node

_HINT: Final = "event"
_ELEMENTS: Final = "[]"
_CLOUD_EVENT: Final = frozenset({"id", "source", "specversion", "type"})
"""The attributes that each CloudEvent has."""


@frozen_value(kw_only=True)
class DeliveryHints:
    """What the root of a document says of all deliveries.

    Attributes:
        header: The header that names the event.
        items: The path to the events in a body; `[]` means each element of a list.
        form: The field of a form that holds the JSON.
    """

    header: str = ""
    items: tuple[str, ...] = ()
    form: str = ""


def read_delivery_hints(root: Node) -> DeliveryHints:
    """Return the hints at the root of a document.

    Args:
        root: The root.

    Raises:
        DiagnosticError: `event-hint` for an unknown form.
    """
    hint = dict(get_hints(root)).get(_HINT)
    if hint is None:
        return DeliveryHints()
    if not isinstance(hint, Mapping) or not hint:
        raise _build_error(root, "is not an object")

    given: dict[str, str] = {}
    for name, value in hint.items():
        if name not in {"header", "items", "form"}:
            raise _build_error(root, f"has no member {name!r}")
        if not isinstance(value, str) or not value:
            raise _build_error(root, f"has no text for {name!r}")
        given[name] = value

    return DeliveryHints(
        header=given.get("header", ""),
        items=_split_path(root, given.get("items", "")),
        form=given.get("form", ""),
    )


def _split_path(root: Node, text: str) -> tuple[str, ...]:
    """Return a path such as `events[]` or `items[].event`, with `[]` as a part."""
    if not text:
        return ()
    parts = tuple(text.replace(_ELEMENTS, f".{_ELEMENTS}").strip(".").split("."))
    if parts.count(_ELEMENTS) != 1 or not all(parts):
        raise _build_error(root, "needs one [] in `items`, such as events[]")
    return parts


def _build_error(root: Node, what: str) -> DiagnosticError:
    return build_error(
        "event-hint",
        f"the hint `event` of the document {what}",
        at=root.origin.get_child("x-codegen").get_child(_HINT),
        hint="write it as {header: X-Event}, {items: 'events[]'} or {form: payload}",
    )


def read_delivery_format(
    events: Iterable[WebhookEvent],
    hints: DeliveryHints,
    definitions: Mapping[str, NamedSchema],
) -> tuple[tuple[WebhookEvent, ...], DeliveryFormat | None]:
    """Return events with the payload of a single one, and how deliveries hold them.

    Args:
        events: The events as the document declares their deliveries.
        hints: The hints of the document.
        definitions: The definitions of their payloads.

    Returns:
        The events, and the format; None if every delivery is one JSON object.
    """
    found = tuple(events)
    form = hints.form or _find_form_field(found, definitions)
    made = tuple(_open_event(each, form, hints.items, definitions) for each in found)
    has_cloud_events = any(_is_cloud_event(each, definitions) for each in made)

    is_plain = not any(each.is_list or each.is_form for each in made)
    if is_plain and not (hints.items or form or has_cloud_events):
        return made, None
    return made, DeliveryFormat(
        items=hints.items, form=form, has_cloud_events=has_cloud_events
    )


def _find_form_field(
    events: Sequence[WebhookEvent], definitions: Mapping[str, NamedSchema]
) -> str:
    """Return the field of forms that holds JSON: the one whose content has a schema."""
    for event in events:
        record = find_object_schema(event.payload, definitions)
        if record is None or not event.is_form:
            continue
        for field in record.properties:
            if isinstance(field.type, String) and field.type.content is not None:
                return field.wire
    return ""


def _open_event(
    event: WebhookEvent,
    form: str,
    items: tuple[str, ...],
    definitions: Mapping[str, NamedSchema],
) -> WebhookEvent:
    """Return an event whose payload is that of a single event."""
    payload = event.payload
    if form and event.is_form:
        payload = _get_member(payload, form, definitions) or payload
    for name in items:
        inner = (
            _get_element(payload, definitions)
            if name == _ELEMENTS
            else _get_member(payload, name, definitions)
        )
        if inner is None:  # the document describes a single event
            break
        payload = inner
    element = _get_element(payload, definitions)
    if element is None:
        return replace(event, payload=payload)
    return replace(event, payload=element, is_list=True)


def _get_member(
    type_: Type, name: str, definitions: Mapping[str, NamedSchema]
) -> Type | None:
    """Return the type of a property; of a string with JSON, that of the JSON."""
    record = find_object_schema(type_, definitions)
    properties = () if record is None else record.properties
    found = next((each.type for each in properties if each.wire == name), None)
    return (found.content or found) if isinstance(found, String) else found


def _get_element(type_: Type, definitions: Mapping[str, NamedSchema]) -> Type | None:
    """Return the type of the elements of a list, through aliases; None of other types."""
    seen: set[str] = set()
    while True:
        match type_:
            case Array(item=item):
                return item
            case Nullable(inner=inner):
                type_ = inner
            case Reference(key=key) if key not in seen:
                seen.add(key)
                match definitions.get(key):
                    case AliasSchema(type=inner):
                        type_ = inner
                    case ObjectSchema() | EnumSchema() | None:
                        return None
            case _:
                return None


def _is_cloud_event(
    event: WebhookEvent, definitions: Mapping[str, NamedSchema]
) -> bool:
    """Return whether a payload is a CloudEvent with its attributes."""
    record = find_object_schema(event.payload, definitions)
    names = set() if record is None else {each.wire for each in record.properties}
    return names.issuperset(_CLOUD_EVENT)
