"""Cycles: names that depend on each other.

In: for each name those that it depends on. Out: the strongly connected components
(Tarjan 1972), each after all that it depends on.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from typing import TypeVar

_Name = TypeVar("_Name", bound=Hashable)


def find_components(
    edges: Mapping[_Name, Collection[_Name]],
) -> list[tuple[_Name, ...]]:
    """Return the strongly connected components of a graph, in topological order.

    The recursion of the algorithm is a stack here, because chains of schemas can be
    longer than Python's stack.

    Args:
        edges: For each name those that it depends on; names that are not a key
            are ignored.

    Returns:
        The components; each comes after those that it depends on.
    """
    index: dict[_Name, int] = {}
    low: dict[_Name, int] = {}
    stack: list[_Name] = []
    on_stack: set[_Name] = set()
    found: list[tuple[_Name, ...]] = []
    for root in edges:
        if root in index:
            continue

        work: list[tuple[_Name, Iterator[_Name]]] = [(root, iter(edges[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)

        while work:
            node, rest = work[-1]
            for following in rest:
                if following not in edges:
                    continue
                if following not in index:
                    index[following] = low[following] = len(index)
                    stack.append(following)
                    on_stack.add(following)
                    work.append((following, iter(edges[following])))
                    break
                if following in on_stack:
                    low[node] = min(low[node], index[following])
            # Runs only if the loop has no `break`: all that `node` depends on is done.
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    found.append(_pop_component(stack, on_stack, node))

    return found


def _pop_component(
    stack: list[_Name], on_stack: set[_Name], node: _Name
) -> tuple[_Name, ...]:
    component = []
    while True:
        each = stack.pop()
        on_stack.discard(each)
        component.append(each)
        if each == node:
            return tuple(component)
