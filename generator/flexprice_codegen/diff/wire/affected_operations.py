"""How far an edit reaches: from the pair of schemas that it is in to the operations.

In: the graph of a comparison. Out: per node the operations and events that read it.
A set is one integer with a bit per operation or event; nodes that read each other share
theirs, so that the work grows with the number of edges.
"""

from __future__ import annotations

from collections.abc import Sequence

from flexprice_codegen.api.cycles import find_components
from flexprice_codegen.diff.finding import AffectedParts


def compute_affected_bits(
    edges: Sequence[set[int]], roots: Sequence[tuple[str, str] | None]
) -> list[int]:
    """Return per node the bits of the roots from which it can be reached.

    Args:
        edges: Per node the nodes that it reads.
        roots: Per node the operation or event that it is, None for all others.
    """
    bits = [0 if root is None else 1 << node for node, root in enumerate(roots)]
    groups = find_components(dict(enumerate(edges)))
    for group in reversed(groups):  # who reads something comes before it
        joined = 0
        for node in group:
            joined |= bits[node]
        for node in group:
            bits[node] = joined
            for target in edges[node]:
                bits[target] |= joined
    return bits


def decode_affected(
    bits: int, roots: Sequence[tuple[str, str] | None]
) -> AffectedParts:
    """Return the operations and events of a set of bits, sorted."""
    found: dict[str, list[str]] = {"operation": [], "event": []}
    while bits:
        # `x & -x` is the lowest bit of a number in two's complement.
        lowest = bits & -bits
        root = roots[lowest.bit_length() - 1]
        if root is not None and root[0] in found:
            found[root[0]].append(root[1])
        bits ^= lowest
    return AffectedParts(
        operations=tuple(sorted(found["operation"])),
        events=tuple(sorted(found["event"])),
    )


def find_reachable_nodes(node: int, edges: Sequence[set[int]]) -> set[int]:
    """Return the nodes that can be reached from one, and itself."""
    found = {node}
    pending = [node]
    while pending:
        fresh = edges[pending.pop()] - found
        found |= fresh
        pending += fresh
    return found
