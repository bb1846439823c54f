"""Operations: the methods of each path.

In: a path item. Out: its `ApiOperation`s. An operation that cannot be read is skipped
with a warning, without effect on the others.

Source: OpenAPI 3.0.3 §4.7.9 (Path Item), §4.7.10 (Operation).
"""

from __future__ import annotations

from flexprice_codegen.api import content
from flexprice_codegen.api.callbacks import read_callbacks
from flexprice_codegen.api.keywords import get_hints, get_text, read_metadata
from flexprice_codegen.api.model import ApiOperation, Parameter, Security, Server
from flexprice_codegen.api.parameters import (
    add_undeclared_parameters,
    read_parameters,
)
from flexprice_codegen.api.path_templates import find_placeholders
from flexprice_codegen.api.schemas import SchemaBuilder
from flexprice_codegen.api.security import (
    SchemeKeys,
    read_security_requirements,
    read_usable_security,
)
from flexprice_codegen.api.servers import read_servers
from flexprice_codegen.diagnostics import Cause, DiagnosticSink, build_error
from flexprice_codegen.frozen_values import frozen_value, replace
from flexprice_codegen.spec.nodes import Node


@frozen_value(kw_only=True)
class OperationDefaults:
    """The defaults of the document for its operations."""

    security: Security
    schemes: SchemeKeys


def _warn_of_callbacks(node: Node, owner: str, sink: DiagnosticSink) -> None:
    for name, callback in node.iter_items_of("callbacks"):
        sink.add_warning(
            "callback",
            f"skipped callback {name!r} of {owner}: only webhooks become events",
            at=callback.origin,
            hint="describe it under `webhooks` in an overlay",
            cause=Cause("skipped: only webhooks become events", "callbacks"),
        )


def read_operation(
    schemas: SchemaBuilder,
    path: str,
    method: str,
    *,
    item: Node,
    node: Node,
    defaults: OperationDefaults,
) -> ApiOperation:
    """Read one operation.

    Args:
        schemas: The builder of the schemas.
        path: Its path, which begins with a slash.
        method: Its method, in lowercase.
        item: The path item, for shared parameters and servers.
        node: The operation.
        defaults: The defaults of the document.

    Raises:
        DiagnosticError: A part of it cannot be read.
    """
    owner = f"{method.upper()} {path}"
    _warn_of_callbacks(node, owner, schemas.sink)
    hints = get_hints(node)
    route = _read_route(hints, path, node)

    declared = read_parameters(schemas, item, node, owner)
    route = _remove_declared_query(route, declared)
    made = add_undeclared_parameters(declared, schemas, route, node)

    request = node.get("requestBody")

    return ApiOperation(
        method=method.upper(),
        path=path,
        route=route,
        id=node.get_string("operationId"),
        tags=_read_tags(node),
        parameters=made,
        body=(
            None
            if request is None or request.value is None
            else content.read_body(schemas, request, owner)
        ),
        responses=content.read_responses(schemas, node, owner),
        security=read_usable_security(
            node, defaults.schemes, defaults.security, schemas.sink
        ),
        servers=_read_servers(schemas, item, node),
        hints=hints,
        callbacks=read_callbacks(schemas, node, owner),
        unused_parameters=tuple(each for each in declared if each not in made),
        security_requirements=(
            read_security_requirements(node) if node.has("security") else None
        ),
        about=replace(read_metadata(node), summary=get_text(node, "summary")),
    )


def _read_tags(node: Node) -> tuple[str, ...]:
    """Return the tags that are strings; a single one may lack its list."""
    found = node.get("tags")
    if found is not None and isinstance(found.value, str):
        return (found.value,)
    return tuple(
        each.read_string()
        for each in node.iter_elements_of("tags")
        if isinstance(each.value, str | int | float)
    )


def _read_servers(schemas: SchemaBuilder, item: Node, node: Node) -> tuple[Server, ...]:
    return read_servers(node, schemas.sink) or read_servers(item, schemas.sink)


def _read_route(hints: tuple[tuple[str, object], ...], path: str, node: Node) -> str:
    route = dict(hints).get("route", path)
    if not isinstance(route, str) or not route.startswith("/"):
        raise build_error(
            "route",
            "`route` is not a path",
            at=node.origin.get_child("x-codegen").get_child("route"),
            hint="use a path that starts with a slash",
        )

    if not route.isprintable():
        raise build_error(
            "route",
            "the path contains a character that is not allowed in a URL",
            at=node.origin,
            hint="percent-encode it, or remove it",
        )

    # The client does not send a fragment (RFC 9110 §7.1).
    return route.partition("#")[0]


def _remove_declared_query(route: str, declared: tuple[Parameter, ...]) -> str:
    """Return the route without query parameters that declared parameters will send."""
    bare, _, query = route.partition("?")
    names = {each.wire for each in declared if each.location == "query"}

    kept = [
        each
        for each in query.split("&")
        if each.partition("=")[0] not in names
        and names.isdisjoint(find_placeholders(each))
    ]

    return f"{bare}?{'&'.join(kept)}" if any(kept) else bare
