"""Servers: base URLs and their variables.

In: `servers` nodes. Out: `Server` values.

Source: OpenAPI 3.0.3 §4.7.5 (Server Object), §4.7.6 (Server Variable).
"""

from __future__ import annotations

import re

from flexprice_codegen.api.model import Server
from flexprice_codegen.api.types import About
from flexprice_codegen.diagnostics import Sink, SpecError
from flexprice_codegen.spec.nodes import Node

_TAIL = re.compile(r"[?#].*", re.DOTALL)


def servers(node: Node, sink: Sink) -> tuple[Server, ...]:
    """Read the servers of a document, path or operation; a broken one is a warning."""
    made: dict[str, Server] = {}
    for each in node.elements_of("servers"):
        try:
            url = _base(each.need("url"), sink)
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


def _base(node: Node, sink: Sink) -> str:
    """Return the URL of a server; requests have paths and queries of their own."""
    whole = node.text().strip()
    url = _TAIL.sub("", whole)
    if url != whole:
        sink.warning(
            "server-query",
            f"ignored the query or fragment of server URL {whole!r}: a base URL has none",
            at=node.origin,
            hint="an overlay may set `servers`, and parameters of the operations",
        )
    return url
