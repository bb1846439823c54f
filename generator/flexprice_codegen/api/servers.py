"""Servers: base URLs and their variables.

In: `servers` nodes. Out: `Server` values.

Source: OpenAPI 3.0.3 §4.7.5 (Server Object), §4.7.6 (Server Variable).
"""

from __future__ import annotations

import re

from flexprice_codegen.api.keywords import get_text
from flexprice_codegen.api.model import Server
from flexprice_codegen.api.types import NodeMetadata
from flexprice_codegen.diagnostics import DiagnosticError, DiagnosticSink
from flexprice_codegen.spec.nodes import Node

# A base URL has no query and no fragment: paths are appended to it.
_TAIL = re.compile(r"[?#].*", re.DOTALL)


def read_servers(node: Node, sink: DiagnosticSink) -> tuple[Server, ...]:
    """Read the servers of a document, path or operation.

    A server that cannot be read is skipped with a warning; of two with one URL the
    first counts.

    Raises:
        DiagnosticError: `servers` is not a list.
    """
    made: dict[str, Server] = {}
    for each in node.iter_elements_of("servers"):
        try:
            url = _read_base_url(each.get_required("url"), sink)
            made.setdefault(
                url,
                Server(
                    url=url,
                    variables=tuple(
                        (name, _read_default(name, variable, sink))
                        for name, variable in each.iter_items_of("variables")
                    ),
                    values=tuple(
                        (
                            name,
                            tuple(
                                v.read_string()
                                for v in variable.iter_elements_of("enum")
                            ),
                        )
                        for name, variable in each.iter_items_of("variables")
                    ),
                    about=NodeMetadata(
                        origin=each.origin, description=get_text(each, "description")
                    ),
                ),
            )
        except DiagnosticError as error:
            sink.add_skipped(error, "a server")

    return tuple(made.values())


def _read_default(name: str, variable: Node, sink: DiagnosticSink) -> str:
    """Return the default of a variable, which OpenAPI requires; empty if it has none."""
    if not variable.has("default"):
        sink.add_warning(
            "server-variable-default",
            f"server variable `{name}` has no default; callers must pass it",
            at=variable.origin,
            hint="set its `default` in an overlay",
        )
    return variable.get_string("default")


def fill_server_url(server: Server) -> str:
    """Return the URL of a server with the defaults of its variables."""
    url = server.url
    for name, default in server.variables:
        url = url.replace(f"{{{name}}}", default)
    return url


def _read_base_url(node: Node, sink: DiagnosticSink) -> str:
    """Return the URL of a server, without a query or fragment.

    The path and query of an operation are appended to it, so a query would end up in
    the middle.
    """
    whole = node.read_string().strip()
    url = _TAIL.sub("", whole)
    if url != whole:
        sink.add_warning(
            "server-query",
            f"ignored the query or fragment of server URL {whole!r}: a base URL has none",
            at=node.origin,
            hint="set `servers` in an overlay, and declare parameters of the operations",
        )
    return url
