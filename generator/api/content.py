"""Bodies, responses, headers and media types.

In: request body and response nodes. Out: `Body`, `Response` and `Content` values.

Source: OpenAPI 3.0.3 §4.7.13 (Request Body), §4.7.14 (Media Type), §4.7.15 (Encoding),
§4.7.16, §4.7.17 (Responses), RFC 6838 (media types).
"""

from __future__ import annotations

import re

from generator.api.keys import SEPARATOR
from generator.api.keywords import about, default_of
from generator.api.model import Body, Content, Encoding, Header, Response
from generator.api.schemas import Schemas
from generator.api.types import Anything, Default
from generator.diagnostics import SpecError, fault
from generator.spec.nodes import Node

_MEDIA = re.compile(r"[\w!#$&^.+*-]+/[\w!#$&^.+*-]+")
_STATUS = re.compile(r"[1-5](?:\d\d|XX)|default")
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
    """Read the media types under `content`; one that is none is left out with a warning."""
    made = []
    for name, each in node.items_of("content"):
        media = name.partition(";")[0].strip().lower()
        if not _MEDIA.fullmatch(media):
            schemas.sink.warning(
                "media-type",
                f"{name!r} is no media type; it is left out",
                at=each.origin,
                hint="write one such as application/json",
            )
            continue
        schema, items = each.get("schema"), each.get("itemSchema")
        made.append(
            Content(
                media=media,
                type=None if schema is None else schemas.type_of(schema, key),
                items=(
                    None
                    if items is None
                    else schemas.type_of(items, f"{key}{SEPARATOR}[]")
                ),
                encodings=_encodings(each),
                written=name.strip().lower(),
                default=_default(schemas, schema),
                about=about(each),
            )
        )
    return tuple(made)


def _default(schemas: Schemas, schema: Node | None) -> Default | None:
    if schema is None or not schema.is_object:
        return None
    target = schemas.target(schema)
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

    Raises:
        SpecError: There are none, or one stands under something that is no status.
    """
    made = []
    if node.mapping().get("responses") is None:
        return ()
    for raw, each in node.items_of("responses"):
        if raw.startswith("x-"):
            continue
        status = raw.upper() if raw != "default" else raw
        if not _STATUS.fullmatch(status):
            raise fault(
                "status",
                f"{raw!r} is no status",
                at=each.origin,
                hint='write one such as "200", "4XX" or "default"',
            )
        target = schemas.target(each)
        made.append(
            Response(
                status=status,
                contents=contents(schemas, target, f"{owner}{SEPARATOR}{status}"),
                headers=_headers(schemas, target, f"{owner}{SEPARATOR}{status}"),
                about=about(target),
            )
        )
    return tuple(made)


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
