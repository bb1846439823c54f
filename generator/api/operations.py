"""Operations: the methods of each path.

In: a path item. Out: its `Operation`s. One that cannot be read is left out with a
warning; the others are made.

Source: OpenAPI 3.0.3 §4.7.9 (Path Item), §4.7.10 (Operation).
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.api import content
from generator.api.callbacks import callbacks
from generator.api.keywords import about, hints_of
from generator.api.model import Operation, Security, Server
from generator.api.parameters import parameters, with_undeclared
from generator.api.schemas import Schemas
from generator.api.security import demands, requirement
from generator.api.servers import servers
from generator.diagnostics import Sink, fault
from generator.spec.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What holds for every operation that does not say otherwise."""

    security: Security
    schemes: frozenset[str]


def operation(
    schemas: Schemas,
    path: str,
    method: str,
    *,
    item: Node,
    node: Node,
    defaults: Defaults,
) -> Operation:
    """Read one operation.

    Raises:
        SpecError: A part of it cannot be read.
    """
    owner = f"{method.upper()} {path}"
    for name, callback in node.items_of("callbacks"):
        schemas.sink.warning(
            "callback",
            f"the callback {name!r} of {owner} is left out: only webhooks become events",
            at=callback.origin,
            hint="an overlay may describe it under `webhooks`",
        )
    hints = hints_of(node)
    route = _route(hints, path, node, schemas.sink)
    declared = parameters(schemas, item, node, owner)
    made = with_undeclared(declared, schemas, route, node)
    request = node.get("requestBody")
    return Operation(
        method=method.upper(),
        path=path,
        route=route,
        id=node.text_of("operationId"),
        tags=tuple(each.text() for each in node.elements_of("tags")),
        parameters=made,
        body=None if request is None else content.body(schemas, request, owner),
        responses=content.responses(schemas, node, owner),
        security=requirement(node, defaults.schemes, defaults.security, schemas.sink),
        servers=_servers(schemas, item, node),
        hints=hints,
        callbacks=callbacks(schemas, node, owner),
        unused=tuple(each for each in declared if each not in made),
        demands=demands(node) if node.has("security") else None,
        about=about(node),
        summary=node.text_of("summary"),
    )


def _servers(schemas: Schemas, item: Node, node: Node) -> tuple[Server, ...]:
    return servers(node, schemas.sink) or servers(item, schemas.sink)


def _route(
    hints: tuple[tuple[str, object], ...], path: str, node: Node, sink: Sink
) -> str:
    route = dict(hints).get("route", path)
    if not isinstance(route, str) or not route.startswith("/"):
        raise fault(
            "route",
            "`route` is no path",
            at=node.origin.child("x-codegen").child("route"),
            hint="write one that starts with a slash",
        )
    if not route.isprintable():
        raise fault(
            "route",
            "the path holds a character that no URL can hold",
            at=node.origin,
            hint="write it percent-encoded, or remove it",
        )
    bare, _, query = route.partition("#")[0].partition("?")
    if query:
        sink.note(
            "path-with-query",
            f"the path holds the query {query!r}, which is not sent",
            at=node.origin,
            hint="declare its members as query parameters",
        )
    return bare
