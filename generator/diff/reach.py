"""How far an edit reaches: from the pair of schemas that it is in to the operations.

In: the graph of a comparison. Out: per node the operations and events that read it.
A set is one integer with a bit per operation or event; nodes that read each other share
theirs, so that the work is one pass over the edges.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.diff.finding import Reach


def reaches(
    edges: Sequence[set[int]], roots: Sequence[tuple[str, str] | None]
) -> list[int]:
    """Give per node the bits of the roots from which it can be reached.

    Passes over the nodes go on until nothing changes; a node is looked at again only
    after one that reads it has changed.
    """
    bits = [0 if each is None else 1 << number for number, each in enumerate(roots)]
    pending = [number for number, each in enumerate(roots) if each is not None]
    while pending:
        changed: dict[int, None] = {}
        for node in pending:
            for target in edges[node]:
                joined = bits[target] | bits[node]
                if joined != bits[target]:
                    bits[target] = joined
                    changed[target] = None
        pending = list(changed)
    return bits


def reach(bits: int, roots: Sequence[tuple[str, str] | None]) -> Reach:
    """Give the operations and events of a set of bits, sorted."""
    operations, events = set(), set()
    number = 0
    while bits:
        if bits & 1:
            root = roots[number]
            if root is not None and root[0] == "operation":
                operations.add(root[1])
            elif root is not None and root[0] == "event":
                events.add(root[1])
        bits >>= 1
        number += 1
    return Reach(operations=tuple(sorted(operations)), events=tuple(sorted(events)))
