"""Where the elements of an array stood before some of them were removed.

In: the removals, as they happen. Out: for a pointer into the corrected document, the
pointer that the same node has in the text that was corrected.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from flexprice_codegen.spec.nodes import Json
from flexprice_codegen.spec.pointers import (
    build_pointer,
    parse_array_index,
    split_pointer,
)


@dataclass(frozen=True, slots=True)
class FormerIndices:
    """The arrays that lost elements, and the former indices of those that stayed.

    An array is known by its identity; it is kept, so that no other can take it.
    """

    _arrays: dict[int, tuple[list[Json], list[int]]] = field(default_factory=dict)

    def remove_element(self, array: list[Json], index: int) -> None:
        """Remove an element, and remember where the others stood."""
        start = (array, list(range(len(array))))
        _, former = self._arrays.setdefault(id(array), start)
        del array[index]
        if index < len(former):
            del former[index]

    def get_former_pointer(self, root: Json, pointer: str) -> str:
        """Give the pointer that the node at `pointer` of `root` had before."""
        if not self._arrays:
            return pointer
        node: Json = root
        keys: list[str | int] = []
        for token in split_pointer(pointer):
            key: str | int = token
            if isinstance(node, dict):
                node = node.get(token)
            elif isinstance(node, list):
                index = parse_array_index(token)
                key = token if index is None else self._get_former_index(node, index)
                inside = index is not None and index < len(node)
                node = node[index or 0] if inside else None
            keys.append(key)
        return build_pointer(keys)

    def _get_former_index(self, array: list[Json], index: int) -> int:
        """Give the former index of an element; one that was added has none there."""
        _, former = self._arrays.get(id(array), (array, None))
        if former is None:
            return index
        return former[index] if index < len(former) else index + len(array)
