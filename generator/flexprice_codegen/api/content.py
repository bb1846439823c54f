"""Bodies, responses, headers and media types.

In: request body and response nodes. Out: `Body`, `Response` and `Content` values.

Source: OpenAPI 3.0.3 §4.7.13 (Request Body), §4.7.14 (Media Type), §4.7.15 (Encoding),
§4.7.16, §4.7.17 (Responses), RFC 6838 (media types).
"""

from __future__ import annotations

import re

from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.keywords import about, default_of
from flexprice_codegen.api.media_types import media_type
from flexprice_codegen.api.model import Body, Content, Encoding, Header, Response
from flexprice_codegen.api.schemas import Schemas
from flexprice_codegen.api.types import Anything, Default
from flexprice_codegen.diagnostics import SpecError
from flexprice_codegen.spec.nodes import Node

_STATUS = re.compile(r"[1-5](?:\d\d|XX)|default")
_LOOSE_STATUS = re.compile(r"\s*([1-5](?:\d\d|XX))(?![\dX])")
_NOT_HEADERS = frozenset({"accept", "content-type", "authorization"})


def body(schemas: Schemas, node: Node, owner: str) -> Body:
    """Read a request body, which may be a reference."""
    target = schemas.target(node)
    return Body(
        required=target.flag_of("required"),
        contents=contents(schemas, target, f"{owner}{SEPARATOR}body"),
        about=about(target),
    )


def contents(schemas: Schemas, node: Node, key: str) -> tuple[Content, ...]:
    """Read the media types under `content`."""
    made = []
    for name, each in node.items_of("content"):
        media, is_one = media_type(name)
        if not is_one:
            schemas.sink.note(
                "media-type",
                f"{name!r:.80} is no media type; it is read as {media}",
                at=each.origin,
                hint="write one such as application/json",
            )
        described = _described(schemas, each)
        schema, items = described.get("schema"), described.get("itemSchema")
        made.append(
            Content(
                media=media,
                type=None if schema is None else schemas.type_of(schema, key),
                items=(
                    None
                    if items is None
                    else schemas.type_of(items, f"{key}{SEPARATOR}[]")
                ),
                encodings=_encodings(described),
                written=name.strip().lower(),
                default=_default(schemas, schema),
                about=about(described),
            )
        )
    return tuple(made)


def _described(schemas: Schemas, node: Node) -> Node:
    """Give the object that describes a content; null says nothing of it."""
    return Node({}, node.origin) if node.value is None else schemas.target(node)


def _default(schemas: Schemas, schema: Node | None) -> Default | None:
    if schema is None or not schema.is_object:
        return None
    try:
        target = schemas.target(schema)
    except SpecError:
        return None  # who reads the schema says so
    return default_of(target) if target.is_object else None


def _encodings(node: Node) -> tuple[Encoding, ...]:
    made = []
    for name, each in node.items_of("encoding"):
        explode = each.get("explode")
        made.append(
            Encoding(
                property=name,
                media=each.text_of("contentType"),
                style=each.text_of("style"),
                explode=None if explode is None else explode.flag(),
            )
        )
    return tuple(made)


def responses(schemas: Schemas, node: Node, owner: str) -> tuple[Response, ...]:
    """Read the responses of an operation, in the document's order.

    One that stands under something that is no status is left out with a warning.
    """
    made: dict[str, Response] = {}
    for raw, each in node.items_of("responses"):
        if raw.startswith("x-"):
            continue
        status = _status(raw, each, schemas)
        if not status:
            continue
        target = Node({}, each.origin) if each.value is None else schemas.target(each)
        made[status] = Response(
            status=status,
            contents=contents(schemas, target, f"{owner}{SEPARATOR}{status}"),
            headers=_headers(schemas, target, f"{owner}{SEPARATOR}{status}"),
            about=about(target),
        )
    return tuple(made.values())


def _status(raw: str, node: Node, schemas: Schemas) -> str:
    """Read a status; nothing where it is none, which costs the response."""
    status = "default" if raw.lower() == "default" else raw.upper()
    if _STATUS.fullmatch(status):
        return status
    found = _LOOSE_STATUS.match(status)
    hint = 'write one such as "200", "4XX" or "default"'
    if found is None:
        schemas.sink.warning(
            "status",
            f"{raw!r:.80} is no status; the response is left out",
            at=node.origin,
            hint=hint,
        )
        return ""
    schemas.sink.note(
        "status",
        f"{raw!r:.80} is no status; it is read as {found[1]}",
        at=node.origin,
        hint=hint,
    )
    return found[1]


def _headers(schemas: Schemas, node: Node, key: str) -> tuple[Header, ...]:
    made = []
    for name, each in node.items_of("headers"):
        if name.lower() in _NOT_HEADERS:
            continue
        try:
            target = schemas.target(each)
            schema = target.get("schema")
            type_ = (
                Anything()
                if schema is None
                else schemas.type_of(schema, f"{key}{SEPARATOR}{name}")
            )
        except SpecError as error:
            schemas.sink.missing(error, f"the header {name!r}")
            continue
        made.append(
            Header(
                wire=name,
                type=type_,
                required=target.flag_of("required"),
                about=about(target),
            )
        )
    return tuple(made)
