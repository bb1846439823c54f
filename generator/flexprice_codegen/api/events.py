"""Events: webhooks, in the two forms that documents have for them.

In: `webhooks` (OpenAPI 3.1), and operations that only document a delivery: those below
`/webhook-events/`, whose 200 response is the payload, and those with the hint
`x-codegen: {event: NAME}`. Out: `WebhookEvent`s.

Source: OpenAPI 3.1.0 §4.8.1 (`webhooks`).
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from flexprice_codegen.api import content
from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.keywords import get_hints, get_text, read_metadata
from flexprice_codegen.api.model import (
    EnumSchema,
    NamedSchema,
    ObjectSchema,
    WebhookEvent,
)
from flexprice_codegen.api.path_items import follow_operation, iter_operations
from flexprice_codegen.api.schemas import SchemaBuilder
from flexprice_codegen.api.types import Nullable, Reference, Type
from flexprice_codegen.diagnostics import build_error
from flexprice_codegen.frozen_values import replace
from flexprice_codegen.spec.nodes import Node

EVENT_PATH_PREFIX = "/webhook-events/"


def get_documented_event(path: str, method: str, node: Node) -> str:
    """Return the name of the event that an operation only documents, or nothing.

    Args:
        path: The path of the operation.
        method: The method, in lowercase.
        node: The operation.
    """
    wanted = get_requested_name(node)
    if isinstance(wanted, str):
        return wanted
    if wanted is False or method != "post" or node.has("requestBody"):
        return ""

    name = path.removeprefix(EVENT_PATH_PREFIX)
    return "" if name == path or not name or "{" in name or "/" in name else name


def get_requested_name(node: Node) -> object:
    """Return the event name of the hint `x-codegen: {event: …}`, `false`, or None."""
    wanted = dict(get_hints(node)).get("event")
    return wanted.get("name") if isinstance(wanted, Mapping) else wanted


def read_event(
    schemas: SchemaBuilder, name: str, node: Node, known: Container[str]
) -> WebhookEvent:
    """Read an event from an operation that documents it.

    The payload is the request body, or without one the first successful response.

    Args:
        schemas: The builder of the schemas.
        name: The name of the event.
        node: The operation.
        known: The names of the events so far.

    Raises:
        DiagnosticError: `event-twice`, `event-without-payload`, or an invalid schema.
    """
    if name in known:
        raise build_error(
            "event-twice",
            f"event {name!r} is documented twice",
            at=node.origin,
            hint="remove one of them, or rename it with x-codegen: {event: …}",
        )

    key = f"event {name}"
    request = node.get("requestBody")
    if request is not None:
        found = content.read_body(schemas, request, key).contents
    else:
        answers = content.read_responses(schemas, node, key)
        found = next(
            (each.contents for each in answers if each.status.startswith("2")), ()
        )

    typed = [each for each in found if each.type is not None]
    # A form often wraps what the JSON is.
    held = next(iter(sorted(typed, key=lambda one: one.media == content.FORM)), None)
    if held is None or held.type is None:
        raise build_error(
            "event-without-payload",
            f"event {name!r} has no payload schema",
            at=node.origin,
            hint="add a schema to its 200 response or its request body",
        )

    return WebhookEvent(
        name=name,
        payload=held.type,
        is_form=any(each.media == content.FORM for each in found),
        headers=_read_constant_headers(schemas, node),
        hints=get_hints(node),
        about=replace(read_metadata(node), summary=get_text(node, "summary")),
        content=held.about,
    )


def _read_constant_headers(
    schemas: SchemaBuilder, node: Node
) -> tuple[tuple[str, str], ...]:
    """Return the headers of a delivery that have one value, in lowercase."""
    found = []
    for each in node.iter_elements_of("parameters"):
        declared = schemas.resolve_target(each)
        schema = declared.get("schema")
        if declared.get_string("in") != "header" or schema is None:
            continue
        value = _read_constant(schemas.resolve_target(schema))
        if value:
            found.append((declared.get_string("name").lower(), value))
    return tuple(found)


def _read_constant(schema: Node) -> str:
    value = schema.value
    match value:
        case {"const": str(constant)}:
            return constant
        case {"enum": [str(constant)]}:
            return constant
        case _:
            return ""


def read_webhook_entries(
    schemas: SchemaBuilder, name: str, node: Node
) -> tuple[tuple[str, Node], ...]:
    """Return the events of one entry of `webhooks`, by name: one for each method.

    Args:
        schemas: The builder, which follows references.
        name: The key of the entry; with several methods, each name also has the method.
        node: The entry.

    Raises:
        DiagnosticError: The entry, or one of its methods, is not an object.
    """
    listed = list(iter_operations(node, schemas.resolve_target, schemas.sink))

    made = []
    for method, declared, _ in listed:
        operation = follow_operation(declared, schemas.resolve_target, schemas.sink)
        operation.read_mapping()
        wanted = get_requested_name(operation)
        label = name if len(listed) == 1 else f"{name}{SEPARATOR}{method}"
        made.append((wanted if isinstance(wanted, str) else label, operation))

    return tuple(made)


def find_object_schema(
    type_: Type, definitions: Mapping[str, NamedSchema]
) -> ObjectSchema | None:
    """Return the object schema that a type refers to, through null, or None."""
    seen: set[str] = set()
    while True:
        if isinstance(type_, Nullable):
            type_ = type_.inner
        elif isinstance(type_, Reference) and type_.key not in seen:
            seen.add(type_.key)
            found = definitions.get(type_.key)
            if isinstance(found, ObjectSchema):
                return found
            if found is None or isinstance(found, EnumSchema):
                return None
            type_ = found.type
        else:
            return None
