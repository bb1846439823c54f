"""Parameters in path, query, header and cookie.

In: the parameter nodes of a path and of an operation. Out: `Parameter` values, with
`style` and `explode` as they hold (defaults filled in).

Source: OpenAPI 3.0.3 §4.7.12 (Parameter Object), RFC 6570 (what the styles come from).
"""

from __future__ import annotations

import re
from dataclasses import replace

from generator.api.keys import SEPARATOR
from generator.api.keywords import about, default_of
from generator.api.model import Parameter
from generator.api.schemas import Schemas
from generator.api.types import Anything, Text
from generator.diagnostics import fault
from generator.spec.nodes import Node

_STYLES = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form",),
}
_IGNORED_HEADERS = frozenset({"accept", "content-type", "authorization"})
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


def placeholders(path: str) -> tuple[str, ...]:
    """Give the names between braces in a path template, each once."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(path)))


def parameters(
    schemas: Schemas, shared: Node, operation: Node, owner: str
) -> tuple[Parameter, ...]:
    """Read the parameters of an operation; its own replace those of its path.

    Raises:
        SpecError: A parameter has no place, or a style that its place does not know.
    """
    made: dict[tuple[str, str], Parameter] = {}
    for level in (shared, operation):
        for each in level.elements_of("parameters"):
            target = schemas.target(each)
            location = target.need("in").text()
            name = target.need("name").text()
            if location == "header" and name.lower() in _IGNORED_HEADERS:
                continue  # OpenAPI: such a definition "shall be ignored"
            made[location, name] = replace(
                _parameter(schemas, target, owner), shared=level is shared
            )
    return tuple(made.values())


def with_undeclared(
    made: tuple[Parameter, ...], schemas: Schemas, path: str, operation: Node
) -> tuple[Parameter, ...]:
    """Add the parameters that stand in the path and are not declared, and say so.

    A declared one that the path does not hold cannot be sent, and is passed over.
    """
    named = placeholders(path)
    kept = []
    for each in made:
        if each.location == "path" and each.wire not in named:
            schemas.sink.note(
                "path-parameter-unused",
                f"the path has no {{{each.wire}}}; the parameter is passed over",
                at=each.about.origin,
                hint="add it to the path, or remove the parameter",
            )
            continue
        kept.append(each)
    declared = {each.wire for each in kept if each.location == "path"}
    for name in named:
        if name not in declared:
            schemas.sink.note(
                "path-parameter-undeclared",
                f"{{{name}}} stands in the path but is not declared; it is read as a string",
                at=operation.origin,
                hint="declare it under `parameters`",
            )
            kept.append(
                Parameter(
                    wire=name,
                    location="path",
                    type=Text(),
                    required=True,
                    style="simple",
                    explode=False,
                    about=about(Node({}, operation.origin)),
                )
            )
    return tuple(kept)


def _parameter(schemas: Schemas, node: Node, owner: str) -> Parameter:
    location, name = node.need("in").text(), node.need("name").text()
    key = f"{owner}{SEPARATOR}{name}"
    if location not in _STYLES:
        raise fault(
            "parameter-location",
            f"{location!r} is no place for a parameter",
            at=node.origin.child("in"),
            hint="write path, query, header or cookie",
        )
    if location == "header" and not _HEADER.fullmatch(name):
        raise fault(
            "header-name",
            f"{name!r} is no name of a header",
            at=node.origin.child("name"),
            hint="write letters, digits and hyphens (RFC 9110, section 5.6.2)",
        )
    style = node.text_of("style") or _STYLES[location][0]
    if style not in _STYLES[location]:
        raise fault(
            "parameter-style",
            f"a {location} parameter has no style {style!r}",
            at=node.origin.child("style"),
            hint=f"write {' or '.join(_STYLES[location])}",
        )
    explode = node.get("explode")
    media, schema = _schema(node)
    return Parameter(
        wire=name,
        location=location,  # type: ignore[arg-type]  # one of the keys above
        type=Anything() if schema is None else schemas.type_of(schema, key),
        required=location == "path" or node.flag_of("required"),
        style=style,
        explode=style == "form" if explode is None else explode.flag(),
        allow_reserved=node.flag_of("allowReserved"),
        media=media,
        default=default_of(schema) if schema is not None and schema.is_object else None,
        about=about(node),
    )


def _schema(node: Node) -> tuple[str, Node | None]:
    schema = node.get("schema")
    if schema is not None:
        return "", schema
    for media, each in node.items_of("content"):
        return media, each.get("schema")
    return "", None
