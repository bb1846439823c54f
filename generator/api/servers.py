"""Servers: base URLs and their variables.

In: `servers` nodes. Out: `Server` values.

Source: OpenAPI 3.0.3 §4.7.5 (Server Object), §4.7.6 (Server Variable).
"""

from __future__ import annotations

from generator.api.model import Server
from generator.api.types import About
from generator.diagnostics import Sink, SpecError
from generator.spec.nodes import Node


def servers(node: Node, sink: Sink) -> tuple[Server, ...]:
    """Read the servers of a document, path or operation; a broken one is a warning."""
    made: dict[str, Server] = {}
    for each in node.elements_of("servers"):
        try:
            url = each.need("url").text().strip()
            made.setdefault(
                url,
                Server(
                    url=url,
                    variables=tuple(
                        (name, variable.text_of("default"))
                        for name, variable in each.items_of("variables")
                    ),
                    values=tuple(
                        (name, tuple(v.text() for v in variable.elements_of("enum")))
                        for name, variable in each.items_of("variables")
                    ),
                    about=About(origin=each.origin, text=each.text_of("description")),
                ),
            )
        except SpecError as error:
            sink.missing(error, "a server")
    return tuple(made.values())
