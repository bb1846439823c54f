"""Nodes that are put together from several places of a document.

In: nodes. Out: one node whose children are those nodes. Each child keeps its own
origin, so that a diagnostic names its location, and a relative `$ref` in it starts from
its own file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.spec.nodes import Json, Node


class MergedNode(Node):
    """An object or an array whose children have origins of their own."""

    __slots__ = ("_children",)

    def __init__(
        self, value: Json, origin: Origin, children: Mapping[str | int, Node]
    ) -> None:
        """Create a node at `origin`.

        Args:
            value: The JSON value.
            origin: The origin of the object or array itself.
            children: The nodes of some entries, by key or index.
        """
        super().__init__(value, origin)
        self._children = children

    def create_child(self, value: Json, key: str | int) -> Node:
        """Return the node under a key."""
        child = self._children.get(key)
        # The entry may have been replaced (see `derive`).
        if child is not None and child.value is value:
            return child
        return super().create_child(value, key)

    def derive(self, value: Json) -> Node:
        """Return a node at the same origin; entries that it keeps are the same nodes."""
        return MergedNode(value, self.origin, self._children)


def build_object_node(members: Mapping[str, Node], origin: Origin) -> Node:
    """Return an object of these nodes."""
    value = {name: each.value for name, each in members.items()}
    children: dict[str | int, Node] = dict(members.items())
    return MergedNode(value, origin, children)


def build_list_node(elements: Sequence[Node], origin: Origin) -> Node:
    """Return an array of these nodes."""
    value = [each.value for each in elements]
    return MergedNode(value, origin, dict(enumerate(elements)))
