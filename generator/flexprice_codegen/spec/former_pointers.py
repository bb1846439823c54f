"""JSON pointers into a corrected document, as they were in the original text.

In: the removals, in their order. Out: for a JSON pointer into the corrected document,
the JSON pointer of the same node in the original text, or of its nearest ancestor there
if an overlay added the node.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.json_pointers import (
    build_pointer,
    parse_array_index,
    split_pointer,
)
from flexprice_codegen.spec.nodes import Json


@frozen_value
class FormerPointers:
    """The arrays and objects that lost something, and what is left of them.

    The key of an array or object is its `id`. The array or object itself is kept, so
    that no new one can get the same `id`.
    """

    _arrays: dict[int, tuple[list[Json], list[int]]] = field(default_factory=dict)
    """The former index of each element that was in an array at its first removal."""
    _objects: dict[int, tuple[dict[str, Json], set[str]]] = field(default_factory=dict)
    """The removed keys of each object. A later action can add a key again."""

    def remove_element(self, array: list[Json], index: int) -> None:
        """Remove an element of an array, and record the indices of the others."""
        start = (array, list(range(len(array))))
        _, former = self._arrays.setdefault(id(array), start)

        del array[index]
        # An element that was appended after the first removal has no former index.
        if index < len(former):
            del former[index]

    def remove_property(self, owner: dict[str, Json], key: str) -> None:
        """Remove a property of an object, and record its key."""
        _, removed = self._objects.setdefault(id(owner), (owner, set()))
        del owner[key]
        removed.add(key)

    def get_former_pointer(self, root: Json, pointer: str) -> str:
        """Return the JSON pointer that a node had before the removals.

        Args:
            root: The corrected root.
            pointer: A JSON pointer into `root`; parts that do not exist are kept as
                they are.

        Returns:
            The JSON pointer in the original text. For a node that took the place of a
            removed one, that of its nearest ancestor: the text has something else there.
        """
        if not self._arrays and not self._objects:
            return pointer

        node: Json = root
        keys: list[str | int] = []
        for token in split_pointer(pointer):
            key = self._get_former_key(node, token)
            if key is None:
                break
            keys.append(key)
            node = _get_child(node, token)

        return build_pointer(keys)

    def _get_former_key(self, node: Json, token: str) -> str | int | None:
        """Return the former key of a child; None if the original has another one there."""
        if isinstance(node, dict):
            _, removed = self._objects.get(id(node), (node, ()))
            return None if token in removed else token

        index = parse_array_index(token)
        if not isinstance(node, list) or index is None or id(node) not in self._arrays:
            return token
        _, former = self._arrays[id(node)]
        return former[index] if index < len(former) else None


def _get_child(node: Json, token: str) -> Json:
    """Return the child of a node; None if it does not exist."""
    # Ten times faster than `isinstance` with the abstract class.
    if isinstance(node, dict):
        return node.get(token)
    if isinstance(node, Mapping):
        return node.get(token)

    index = parse_array_index(token)
    if not isinstance(node, list) or index is None or index >= len(node):
        return None
    child: Json = node[index]
    return child
