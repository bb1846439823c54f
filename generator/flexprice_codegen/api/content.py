"""Request bodies, responses, headers and media types.

In: request body and response nodes. Out: `RequestBody`, `Response` and `Content`
values.

Source: OpenAPI 3.0.3 §4.7.13 (Request Body), §4.7.14 (Media Type), §4.7.15 (Encoding),
§4.7.16, §4.7.17 (Responses), RFC 6838 (media types).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from flexprice_codegen.api.array_hints import read_array_notation
from flexprice_codegen.api.json_values import canonical_json
from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.keywords import get_default, read_metadata
from flexprice_codegen.api.media_types import parse_media_type
from flexprice_codegen.api.model import Content, Encoding, Header, RequestBody, Response
from flexprice_codegen.api.schemas import SchemaBuilder
from flexprice_codegen.api.types import AnyValue, Default
from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.spec.nodes import Json, Node

FORM: Final = "application/x-www-form-urlencoded"
# A status code, a class of them as `4XX`, or `default` (OpenAPI 3.1.1 §4.8.16.2).
_STATUS = re.compile(r"[1-5](?:\d\d|XX)|default")
# Documents write `200 OK` or `4xx - error`, which begin with a status code.
_LOOSE_STATUS = re.compile(r"\s*([1-5](?:\d\d|XX))(?![\dX])")
# The client handles these headers itself; OpenAPI ignores a `Content-Type` here as well
# (OpenAPI 3.1.1 §4.8.17.1).
_NOT_HEADERS = frozenset({"accept", "content-type", "authorization"})


def read_body(schemas: SchemaBuilder, node: Node, owner: str) -> RequestBody:
    """Read a request body, which may be a reference.

    Args:
        schemas: The builder of the schemas.
        node: The request body, or a reference to one.
        owner: The key of the operation or event.

    Raises:
        DiagnosticError: The reference leads nowhere, or a part of the body is invalid.
    """
    target = schemas.resolve_target(node)
    return RequestBody(
        required=target.get_boolean("required"),
        contents=read_contents(schemas, target, f"{owner}{SEPARATOR}body"),
        arrays=read_array_notation(target, schemas.document.root, schemas.sink),
        about=read_metadata(target),
    )


def read_contents(schemas: SchemaBuilder, node: Node, key: str) -> tuple[Content, ...]:
    """Read the media types under `content`, in the document's order.

    Args:
        schemas: The builder of the schemas.
        node: A request body or response.
        key: The key of an inline schema.

    Raises:
        DiagnosticError: A schema is invalid.
    """
    keys = _assign_keys(schemas, node, key)
    made = []
    for name, each in node.iter_items_of("content"):
        media, is_one = parse_media_type(name)
        if not is_one:
            schemas.sink.add_note(
                "media-type",
                f"invalid media type {name!r:.80}; read as {media}",
                at=each.origin,
                hint="use a media type such as application/json",
            )

        described = _resolve_media_type(schemas, each)
        schema = described.get("schema")
        items = described.get("itemSchema")

        made.append(
            Content(
                media=media,
                type=None if schema is None else schemas.read_type(schema, keys[name]),
                items=(
                    None
                    if items is None
                    else schemas.read_type(items, f"{keys[name]}{SEPARATOR}[]")
                ),
                encodings=_read_encodings(schemas, described, media),
                written=name.strip().lower(),
                default=_read_default(schemas, schema),
                about=read_metadata(described),
            )
        )

    return tuple(made)


def _assign_keys(schemas: SchemaBuilder, node: Node, key: str) -> dict[str, str]:
    """Return the key of the inline schema of each media type.

    JSON has the plain key; equal schemas share one.
    """
    contents = [*node.iter_items_of("content")]
    keys = dict.fromkeys((name for name, _ in contents), key)
    if len(contents) == 1:
        return keys

    known: dict[str, str] = {}
    for name, each in sorted(contents, key=lambda item: _rank_media(item[0])):
        schema = _resolve_media_type(schemas, each).get("schema")
        if schema is None or schema.has("$ref"):
            continue

        own = f"{key}{SEPARATOR}|{parse_media_type(name)[0]}" if known else key
        keys[name] = known.setdefault(canonical_json(schema.value), own)
    return keys


def _rank_media(name: str) -> int:
    """Return 0 for JSON, 1 for types derived from it, 2 for others."""
    media, _ = parse_media_type(name)
    return 0 if media == "application/json" else 1 if media.endswith("+json") else 2


def _resolve_media_type(schemas: SchemaBuilder, node: Node) -> Node:
    """Return the object that describes a media type; an empty one for null."""
    return Node({}, node.origin) if node.value is None else schemas.resolve_target(node)


def _read_default(schemas: SchemaBuilder, schema: Node | None) -> Default | None:
    if schema is None or not schema.is_object:
        return None
    try:
        target = schemas.resolve_target(schema)
    except DiagnosticError:
        # The reader of the schema reports the error.
        return None
    return get_default(target) if target.is_object else None


def _read_encodings(
    schemas: SchemaBuilder, node: Node, media: str
) -> tuple[Encoding, ...]:
    has_styles = media == FORM or not schemas.document.version.startswith("3.0")
    made = []
    for name, each in node.iter_items_of("encoding"):
        # OpenAPI 3.0 ignores the styles of other bodies (3.0.3 §4.7.15.1). Stripe and
        # others declare deepObject nevertheless, and their servers read nothing else.
        is_styled = has_styles or each.get_string("style") == "deepObject"
        explode = each.get("explode") if is_styled else None
        made.append(
            Encoding(
                property=name,
                media=each.get_string("contentType"),
                style=each.get_string("style") if is_styled else "",
                explode=None if explode is None else explode.read_boolean(),
                allow_reserved=is_styled and each.get_boolean("allowReserved"),
                headers=tuple(_iter_part_headers(schemas, each)),
            )
        )
    return tuple(made)


def _iter_part_headers(
    schemas: SchemaBuilder, node: Node
) -> Iterator[tuple[str, str | None]]:
    """Yield the headers of a part, with the value if there is a single one."""
    for name, each in node.iter_items_of("headers"):
        if name.lower() in _NOT_HEADERS:
            continue

        try:
            schema = schemas.resolve_target(each).get("schema")
            found = (
                {} if schema is None else schemas.resolve_target(schema).read_mapping()
            )
        except DiagnosticError as error:
            schemas.sink.add_skipped(error, f"header {name!r}")
            continue

        listed = found.get("enum")
        only = listed[0] if isinstance(listed, list) and len(listed) == 1 else None
        value = found.get("const", found.get("default", only))
        yield name, value if isinstance(value, str) else None


def read_responses(
    schemas: SchemaBuilder, node: Node, owner: str
) -> tuple[Response, ...]:
    """Read the responses of an operation, in the document's order.

    A response with an invalid status code is skipped with a warning.

    Args:
        schemas: The builder of the schemas.
        node: The operation.
        owner: The key of the operation or event.

    Raises:
        DiagnosticError: A response is invalid.
    """
    made: dict[str, Response] = {}
    for raw, each in node.iter_items_of("responses"):
        if raw.startswith("x-"):
            continue

        status = _read_status_code(raw, each, schemas)
        if not status:
            continue

        target = (
            Node({}, each.origin)
            if each.value is None
            else schemas.resolve_target(each)
        )

        made[status] = Response(
            status=status,
            contents=read_contents(schemas, target, f"{owner}{SEPARATOR}{status}"),
            headers=_read_headers(schemas, target, f"{owner}{SEPARATOR}{status}"),
            links=_read_links(target),
            about=read_metadata(target),
        )

    return tuple(made.values())


def _read_links(response: Node) -> tuple[tuple[str, str], ...]:
    """Return the links of a response without prose, which no client reads."""
    found = response.get("links")
    if found is None or not found.is_object:
        return ()
    return tuple(
        (name, canonical_json(_remove_prose(link.value)))
        for name, link in found.iter_items()
    )


def _remove_prose(link: Json) -> Json:
    if not isinstance(link, Mapping):
        return link
    return {key: value for key, value in link.items() if key != "description"}


def _read_status_code(raw: str, node: Node, schemas: SchemaBuilder) -> str:
    """Return the status code, or an empty string for an invalid one."""
    status = "default" if raw.lower() == "default" else raw.upper()
    if _STATUS.fullmatch(status):
        return status

    found = _LOOSE_STATUS.match(status)
    hint = 'use a status code such as "200", "4XX", or "default"'

    if found is None:
        schemas.sink.add_warning(
            "status",
            f"skipped a response: invalid status code {raw!r:.80}",
            at=node.origin,
            hint=hint,
        )
        return ""

    schemas.sink.add_note(
        "status",
        f"invalid status code {raw!r:.80}; read as {found[1]}",
        at=node.origin,
        hint=hint,
    )
    return found[1]


def _read_headers(schemas: SchemaBuilder, node: Node, key: str) -> tuple[Header, ...]:
    made = []
    for name, each in node.iter_items_of("headers"):
        if name.lower() in _NOT_HEADERS:
            continue

        try:
            target = schemas.resolve_target(each)
            schema = target.get("schema")
            type_ = (
                AnyValue()
                if schema is None
                else schemas.read_type(schema, f"{key}{SEPARATOR}{name}")
            )
        except DiagnosticError as error:
            schemas.sink.add_skipped(error, f"header {name!r}")
            continue

        made.append(
            Header(
                wire=name,
                type=type_,
                required=target.get_boolean("required"),
                about=read_metadata(target),
            )
        )

    return tuple(made)
