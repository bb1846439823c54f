"""Hints about the name of an event: `x-codegen: {event: …}`.

In: events with their hints. Out: the property or the header that a hint names, checked
against the payload: a hint that no delivery can match is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flexprice_codegen.api.events import find_object_schema
from flexprice_codegen.api.model import (
    AliasSchema,
    EnumSchema,
    EventCondition,
    NamedSchema,
    ObjectSchema,
    WebhookEvent,
)
from flexprice_codegen.api.types import (
    AnyValue,
    Array,
    Literals,
    Map,
    Nullable,
    Reference,
    Type,
    Union,
)
from flexprice_codegen.diagnostics import DiagnosticError, build_error

_FORMS = "a name, or {name: …, property: …} or {name: …, header: …}"


def has_name_hint(event: WebhookEvent) -> bool:
    """Return whether a hint gives the name of an event."""
    hint = dict(event.hints).get("event")
    return isinstance(hint, str) or (isinstance(hint, Mapping) and "name" in hint)


def find_hinted_path(
    events: Iterable[WebhookEvent], definitions: Mapping[str, NamedSchema]
) -> tuple[str, ...]:
    """Return the property that a hint names, as a path; empty without such a hint.

    Args:
        events: The events.
        definitions: The definitions of their payloads.

    Raises:
        DiagnosticError: `event-hint`: no delivery can have its name there.
    """
    found: tuple[str, ...] = ()
    for event in events:
        hint = dict(event.hints).get("event")
        if not isinstance(hint, Mapping) or "property" not in hint:
            continue
        text = hint["property"]
        if not isinstance(text, str) or not text:
            raise build_hint_error(event, "names no property")
        path = read_path(text, event.payload, definitions)
        fault = find_path_fault(path, event.payload, definitions, event.name)
        if fault:
            raise build_hint_error(event, f"can never match: {fault}")
        found = found or path
    return found


def find_header_conditions(
    events: Iterable[WebhookEvent], named_header: str = ""
) -> tuple[str, dict[str, EventCondition]]:
    """Return the header that hints name, and the condition on it for each event.

    An event without a condition has its own name in the header.

    Args:
        events: The events.
        named_header: The header that a hint of the document names for all events.

    Raises:
        DiagnosticError: `event-hint` for an invalid form.
    """
    header = named_header
    conditions: dict[str, EventCondition] = {}
    for event in events:
        hint = dict(event.hints).get("event")
        asked: object = named_header
        if isinstance(hint, Mapping) and "header" in hint:
            asked = hint["header"]
        elif not named_header:
            continue
        name, value = _read_header(event, asked)
        header = header or name
        conditions[event.name] = EventCondition(
            path=(name.lower(),), place="header", kind="is", value=value
        )
    return header, conditions


def _read_header(event: WebhookEvent, hint: object) -> tuple[str, str]:
    """Return the header of a hint, and the value that it has for the event."""
    match hint:
        case str() if hint:
            return hint, dict(event.headers).get(hint.lower(), event.name)
        case Mapping() if len(hint) == 1:
            name, value = next(iter(hint.items()))
            if isinstance(name, str) and isinstance(value, str):
                return name, value
    raise build_hint_error(event, "names no header, or several")


def read_path(
    text: str, payload: Type, definitions: Mapping[str, NamedSchema]
) -> tuple[str, ...]:
    """Return the path of a hint: its dots part objects, unless a property has them.

    Args:
        text: The hint.
        payload: The type of the payload.
        definitions: The definitions.
    """
    record = find_object_schema(payload, definitions)
    if record is not None and any(each.wire == text for each in record.properties):
        return (text,)
    parts = tuple(text.split("."))
    return parts if all(parts) else (text,)


def find_path_fault(
    path: tuple[str, ...],
    payload: Type,
    definitions: Mapping[str, NamedSchema],
    value: object = None,
) -> str:
    """Return why no payload can have a value at a path, or nothing.

    Args:
        path: The path of a hint.
        payload: The type of the payload.
        definitions: The definitions.
        value: The value that must be possible there; None for any.
    """
    type_ = _resolve(payload, definitions)
    for name in path:
        match type_:
            case ObjectSchema():
                found = next((p for p in type_.properties if p.wire == name), None)
                if found is None:
                    is_open = type_.extra is not None
                    return "" if is_open else f"the payload has no property {name!r}"
                type_ = _resolve(found.type, definitions)
            case AnyValue() | Map() | Union() | None:
                return ""
            case _:
                return f"{name!r} would be a property of a value that is not an object"

    return _find_value_fault(path, type_, value)


def _find_value_fault(
    path: tuple[str, ...], type_: Type | NamedSchema | None, value: object
) -> str:
    where = ".".join(path)
    match type_:
        case Literals():
            values = frozenset(type_.values)
        case EnumSchema():
            values = frozenset(each.value for each in type_.values)
        case ObjectSchema() | Map() | Array() if value is not None:
            return f"{where!r} is not a string"
        case _:
            return ""
    return "" if value is None or value in values else f"{where!r} is never {value!r}"


def _resolve(
    type_: Type, definitions: Mapping[str, NamedSchema]
) -> Type | NamedSchema | None:
    """Return what a type means, through null, references and aliases."""
    seen: set[str] = set()
    while True:
        match type_:
            case Nullable():
                type_ = type_.inner
            case Reference() if type_.key not in seen:
                seen.add(type_.key)
                found = definitions.get(type_.key)
                if not isinstance(found, AliasSchema):
                    return found
                type_ = found.type
            case Reference():
                return None
            case _:
                return type_


def build_hint_error(event: WebhookEvent, what: str) -> DiagnosticError:
    """Return the error about the hint of an event."""
    return build_error(
        "event-hint",
        f"the hint of event {event.name!r} {what}",
        at=event.about.origin.get_child("x-codegen").get_child("event"),
        hint=f"the hint is {_FORMS}, and the payload has that property",
    )
