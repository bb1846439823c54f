"""The operations of a path.

In: a path item, which may be a reference with other properties next to it. Out: its
methods, each with its operation and the item whose parameters and servers it shares.

Source: OpenAPI 3.0.3 §4.7.9 (Path Item), OpenAPI 3.2.0 §4.9 (`query`,
`additionalOperations`), RFC 9110 §9.1 (methods).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.spec.nodes import Node

METHODS = (
    "get",
    "put",
    "post",
    "delete",
    "options",
    "head",
    "patch",
    "trace",
    "query",
)
# The `token` of RFC 9110 §5.6.2; the length is limited for messages and names.
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")


def iter_operations(
    item: Node, resolve: Callable[[Node], Node], sink: DiagnosticSink
) -> Iterator[tuple[str, Node, Node]]:
    """Yield the method, operation and path item of each operation.

    Operations next to a `$ref` take precedence over those of its target.

    Args:
        item: The path item.
        resolve: Follows the references of a node.
        sink: Receives a diagnostic for each unusual or invalid method.

    Raises:
        DiagnosticError: The reference leads nowhere, or the item is not an object.
    """
    target = resolve(item)
    seen: set[str] = set()
    for level in (target,) if target.origin == item.origin else (item, target):
        for method, node in _iter_own_operations(level, sink):
            if method.upper() not in seen:
                seen.add(method.upper())
                yield method, node, level


def follow_operation(
    node: Node, resolve: Callable[[Node], Node], sink: DiagnosticSink
) -> Node:
    """Return an operation that a document gives as a `$ref`, or the node itself.

    The standard has no such reference, but bundlers follow it, and documents that are
    parted into one file an operation are full of it.

    Args:
        node: The operation.
        resolve: Follows the references of a node.
        sink: Receives a note for a reference.

    Raises:
        DiagnosticError: The reference leads nowhere.
    """
    if not node.has("$ref"):
        return node

    target = resolve(node)
    sink.add_note(
        "operation-reference",
        "`$ref` is not allowed in an operation; it is followed",
        at=node.origin,
        hint="inline the operation, or use `$ref` for the whole path item",
    )
    return target


def _iter_own_operations(
    item: Node, sink: DiagnosticSink
) -> Iterator[tuple[str, Node]]:
    written = {
        key.lower(): key for key in item.read_mapping() if key.lower() in METHODS
    }
    written |= {key: key for key in item.read_mapping() if key in METHODS}

    for name in METHODS:
        # A method in lowercase takes precedence over another spelling of it.
        if name in written:
            node = item.get_required(written[name])
            if written[name] != name:
                sink.add_note(
                    "method-case",
                    f"method {written[name]!r} is read as {name!r}",
                    at=node.origin,
                    hint="use lowercase",
                )
            yield name, node

    for name, node in item.iter_items_of("additionalOperations"):
        if _TOKEN.fullmatch(name):
            yield name, node
        else:
            sink.add_warning(
                "method",
                f"skipped an operation: invalid method {name!r:.100}",
                at=node.origin,
                hint="use letters, as in LINK (RFC 9110, section 9.1)",
            )
