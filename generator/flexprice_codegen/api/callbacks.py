"""Callbacks: requests that the server sends while it serves an operation.

In: an operation node. Out: its `Callback`s. Clients have no code for them; they are
read so that versions can be compared. An invalid callback is ignored, without effect on
its operation.

Source: OpenAPI 3.0.3 §4.7.18 (Callback Object).
"""

from __future__ import annotations

from flexprice_codegen.api import content
from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.keywords import read_metadata
from flexprice_codegen.api.model import Callback
from flexprice_codegen.api.path_items import METHODS
from flexprice_codegen.api.schemas import SchemaBuilder
from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.spec.nodes import Node


def read_callbacks(
    schemas: SchemaBuilder, node: Node, owner: str
) -> tuple[Callback, ...]:
    """Return the callbacks of an operation.

    Args:
        schemas: The builder, whose `diff_only_reader` gets the schemas of the
            callbacks.
        node: The operation.
        owner: The key of the operation.
    """
    apart = schemas.diff_only_reader
    if apart is None:
        return ()

    made: list[Callback] = []
    for name, each in node.iter_items_of("callbacks"):
        try:
            for expression, item in apart.resolve_target(each).iter_items():
                if not expression.startswith("x-"):
                    made += _read_requests(apart, item, owner, f"{name} {expression}")
        except DiagnosticError:
            continue

    return tuple(made)


def _read_requests(
    apart: SchemaBuilder, item: Node, owner: str, name: str
) -> list[Callback]:
    target = apart.resolve_target(item)
    made = []
    for method in METHODS:
        operation = target.get(method)
        if operation is not None:
            key = f"{name} {method.upper()}"
            request = operation.get("requestBody")
            body = (
                None
                if request is None
                else content.read_body(apart, request, f"{owner}{SEPARATOR}{key}")
            )
            made.append(Callback(key=key, body=body, about=read_metadata(operation)))
    return made
