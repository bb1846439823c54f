"""Operations: the methods of each path.

In: a path item. Out: its `Operation`s. One that cannot be read is left out with a
warning; the others are made.

Source: OpenAPI 3.0.3 §4.7.9 (Path Item), §4.7.10 (Operation).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.api import content
from generator.api.callbacks import callbacks
from generator.api.keywords import about, hints_of
from generator.api.model import Operation, Parameter, Security, Server
from generator.api.parameters import parameters, placeholders, with_undeclared
from generator.api.schemas import Schemas
from generator.api.security import Known, demands, requirement
from generator.api.servers import servers
from generator.diagnostics import fault
from generator.spec.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What holds for every operation that does not say otherwise."""

    security: Security
    schemes: Known


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
    route = _route(hints, path, node)
    declared = parameters(schemas, item, node, owner)
    route = _with_query(route, declared)
    made = with_undeclared(declared, schemas, route, node)
    request = node.get("requestBody")
    return Operation(
        method=method.upper(),
        path=path,
        route=route,
        id=node.text_of("operationId"),
        tags=_tags(node),
        parameters=made,
        body=(
            None
            if request is None or request.value is None
            else content.body(schemas, request, owner)
        ),
        responses=content.responses(schemas, node, owner),
        security=requirement(node, defaults.schemes, defaults.security, schemas.sink),
        servers=_servers(schemas, item, node),
        hints=hints,
        callbacks=callbacks(schemas, node, owner),
        unused=tuple(each for each in declared if each not in made),
        demands=demands(node) if node.has("security") else None,
        about=replace(about(node), summary=node.text_of("summary")),
    )


def _tags(node: Node) -> tuple[str, ...]:
    """Give the tags that are texts; one alone may stand without brackets."""
    found = node.get("tags")
    if found is not None and isinstance(found.value, str):
        return (found.value,)
    return tuple(
        each.text()
        for each in node.elements_of("tags")
        if isinstance(each.value, str | int | float)
    )


def _servers(schemas: Schemas, item: Node, node: Node) -> tuple[Server, ...]:
    return servers(node, schemas.sink) or servers(item, schemas.sink)


def _route(hints: tuple[tuple[str, object], ...], path: str, node: Node) -> str:
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
    return route.partition("#")[0]


def _with_query(route: str, declared: tuple[Parameter, ...]) -> str:
    """Take those members off the query in a path that parameters will write."""
    bare, _, query = route.partition("?")
    names = {each.wire for each in declared if each.location == "query"}
    kept = [
        each
        for each in query.split("&")
        if each.partition("=")[0] not in names and names.isdisjoint(placeholders(each))
    ]
    return f"{bare}?{'&'.join(kept)}" if any(kept) else bare
