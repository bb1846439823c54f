"""Parameters in path, query, header and cookie.

In: the parameter nodes of a path and of an operation. Out: `Parameter` values, with the
effective `style` and `explode` (defaults filled in).

Source: OpenAPI 3.0.3 §4.7.12 (Parameter Object), RFC 6570 (the origin of the styles).
"""

from __future__ import annotations

import re

from flexprice_codegen.api.array_hints import read_array_notation
from flexprice_codegen.api.composition import remove_keywords
from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.keywords import get_default, is_set, read_metadata
from flexprice_codegen.api.media_types import ANY_MEDIA_TYPE, parse_media_type
from flexprice_codegen.api.model import Parameter
from flexprice_codegen.api.parameter_styles import (
    STYLES,
    WHOLE_QUERY,
    get_default_style,
    is_exploded_by_default,
)
from flexprice_codegen.api.path_templates import find_placeholders
from flexprice_codegen.api.schemas import SchemaBuilder
from flexprice_codegen.api.types import AnyValue, String
from flexprice_codegen.diagnostics import Cause, DiagnosticError, build_error
from flexprice_codegen.frozen_values import replace
from flexprice_codegen.spec.nodes import Node

# OpenAPI 3.1.1 §4.8.12.2 ignores them; bodies and credentials say what they are.
_IGNORED_HEADERS = frozenset({"accept", "content-type", "authorization"})
# They follow from the connection and the body; a wrong one breaks the connection
# (RFC 9110 §7.2 and §8.6, RFC 9112 §6.1).
_FRAMING_HEADERS = frozenset({"content-length", "host", "transfer-encoding"})
# The `token` of RFC 9110 §5.6.2: anything else could split the header.
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


def read_parameters(
    schemas: SchemaBuilder, shared: Node, operation: Node, owner: str
) -> tuple[Parameter, ...]:
    """Read the parameters of an operation; its own replace those of its path.

    A parameter that cannot be read is skipped with a warning, unless it is required.

    Args:
        schemas: The builder of the schemas.
        shared: The path item.
        operation: The operation.
        owner: The key of the operation.

    Raises:
        DiagnosticError: A required parameter cannot be read.
    """
    made: dict[tuple[str, str], Parameter] = {}
    for level in (shared, operation):
        for each in level.iter_elements_of("parameters"):
            try:
                found = _read_parameter(schemas, each, owner)
            except DiagnosticError as error:
                if _is_needed(each):
                    raise
                schemas.sink.add_skipped(error, f"a parameter of {owner}")
                continue

            if found is not None and level is shared:
                found = replace(found, shared=True)
            if found is not None:
                made[found.location, found.wire] = found

    return tuple(made.values())


def _is_needed(node: Node) -> bool:
    return node.is_object and (
        node.has("$ref")
        or node.read_mapping().get("required") is True
        or node.read_mapping().get("in") == "path"
    )


def _read_parameter(schemas: SchemaBuilder, node: Node, owner: str) -> Parameter | None:
    """Read a parameter; return None for a header that OpenAPI ignores.

    Raises:
        DiagnosticError: It has no name or no location, or its schema cannot be read.
    """
    target = schemas.resolve_target(node)
    name = target.get_required("name").read_string()

    if (
        target.get_required("in").read_string() == "header"
        and name.lower() in _IGNORED_HEADERS | _FRAMING_HEADERS
    ):
        schemas.sink.add_note(
            "header-ignored",
            f"ignored header parameter {name} of {owner}: the client sets this header",
            at=target.origin,
            hint="remove the parameter; declare Authorization as a security scheme",
            cause=Cause(
                f"ignored header parameter {name}: the client sets this header",
                "operations",
            ),
        )
        # OpenAPI ignores such a definition (OpenAPI 3.1.1 §4.8.12).
        return None

    return _build_parameter(schemas, target, owner)


def add_undeclared_parameters(
    made: tuple[Parameter, ...], schemas: SchemaBuilder, path: str, operation: Node
) -> tuple[Parameter, ...]:
    """Add the parameters that the path contains but nothing declares, with a note.

    A declared path parameter that the path does not contain cannot be sent, and is
    ignored.

    Args:
        made: The declared parameters.
        schemas: The builder, for its sink.
        path: The path template of the request.
        operation: The operation, for the location of the notes.
    """
    named = find_placeholders(path)
    kept = []

    for each in made:
        if each.location == "path" and each.wire not in named:
            schemas.sink.add_note(
                "path-parameter-unused",
                f"ignored path parameter {each.wire!r}: the path has no {{{each.wire}}}",
                at=each.about.origin,
                hint="add it to the path, or remove the parameter",
            )
            continue

        kept.append(each)
    declared = {each.wire for each in kept if each.location == "path"}

    for name in named:
        if name not in declared:

            schemas.sink.add_note(
                "path-parameter-undeclared",
                f"path parameter {{{name}}} is not declared; read as a string",
                at=operation.origin,
                hint="declare it in `parameters`",
                cause=Cause(
                    "a parameter of the path is not declared; it is read as a string"
                ),
            )
            kept.append(
                Parameter(
                    wire=name,
                    location="path",
                    type=String(),
                    required=True,
                    style=get_default_style("path"),
                    explode=False,
                    about=read_metadata(Node({}, operation.origin)),
                )
            )

    return tuple(kept)


def _build_parameter(schemas: SchemaBuilder, node: Node, owner: str) -> Parameter:
    location = node.get_required("in").read_string()
    name = node.get_required("name").read_string()
    key = f"{owner}{SEPARATOR}{name}"

    if location not in STYLES:
        raise build_error(
            "parameter-location",
            f"unknown location {location!r}",
            at=node.origin.get_child("in"),
            hint="use path, query, header, or cookie",
        )

    if location == "header" and not _HEADER.fullmatch(name):
        raise build_error(
            "header-name",
            f"invalid header name {name!r}",
            at=node.origin.get_child("name"),
            hint="use letters, digits, and hyphens (RFC 9110, section 5.6.2)",
        )

    style = _read_style(node, location, schemas)
    explode = node.get("explode")
    media, schema = _find_schema(node)
    if location == WHOLE_QUERY:
        media = _read_querystring(media, node)

    made = AnyValue() if schema is None else schemas.read_type(schema, key)
    if media and "json" not in media and media != ANY_MEDIA_TYPE:
        # The client can serialize only JSON; the caller passes other content as text.
        media = ""
        made = String()

    return Parameter(
        wire=name,
        location="query" if location == WHOLE_QUERY else location,  # type: ignore[arg-type]  # one of the keys above
        type=made,
        required=location == "path" or node.get_boolean("required"),
        style=style,
        explode=(
            is_exploded_by_default(style) if explode is None else explode.read_boolean()
        ),
        allow_reserved=node.get_boolean("allowReserved"),
        arrays=read_array_notation(node, schemas.document.root, schemas.sink),
        allow_empty=location == "query" and is_set(node, "allowEmptyValue"),
        media=media,
        default=(
            get_default(schema) if schema is not None and schema.is_object else None
        ),
        about=read_metadata(node),
    )


def _read_style(node: Node, location: str, schemas: SchemaBuilder) -> str:
    """Return the style, or the default of the location for an unknown style."""
    known = STYLES[location]
    default = get_default_style(location)
    style = node.get_string("style") or default

    # `cookie` of OpenAPI 3.2 differs from `form` in its escaping and delimiters only.
    if style in known:
        return default if style == "cookie" else style

    schemas.sink.add_note(
        "parameter-style",
        f"style {style!r:.40} is not allowed for a {location} parameter; read as {default}",
        at=node.origin.get_child("style"),
        hint=f"use {' or '.join(known)}",
    )
    return default


def _read_querystring(media: str, node: Node) -> str:
    """Check a parameter that is the entire query (OpenAPI 3.2.0 §4.12.4).

    Raises:
        DiagnosticError: Its media type is not that of a form.
    """
    if parse_media_type(media)[0] == "application/x-www-form-urlencoded":
        # Its properties are sent like those of an exploded object.
        return ""
    raise build_error(
        "whole-query",
        f"a query string cannot be {media or 'empty'}",
        at=node.origin,
        hint="declare it as application/x-www-form-urlencoded",
    )


def _find_schema(node: Node) -> tuple[str, Node | None]:
    schema = node.get("schema")
    if schema is not None:
        return "", schema

    for name, each in node.iter_items_of("content"):
        return parse_media_type(name)[0], each.get("schema")

    # A parameter of Swagger 2.0 has the keywords of its schema directly.
    if node.has("type"):
        return "", remove_keywords(node, "name", "in", "required", "description")
    return "", None
