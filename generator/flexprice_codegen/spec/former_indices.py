"""The indices of array elements before some elements were removed.

In: the removals, in their order. Out: for a JSON pointer into the corrected document,
the JSON pointer of the same node in the original text.
"""

from __future__ import annotations

from dataclasses import field

from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.nodes import Json
from flexprice_codegen.spec.pointers import (
    build_pointer,
    parse_array_index,
    split_pointer,
)


@frozen_value
class FormerIndices:
    """The arrays that lost elements, and the former indices of the remaining elements.

    The key of an array is its `id`. The array itself is kept, so that no new object can
    get the same `id`.
    """

    _arrays: dict[int, tuple[list[Json], list[int]]] = field(default_factory=dict)

    def remove_element(self, array: list[Json], index: int) -> None:
        """Remove an element of an array, and record the indices of the others."""
        start = (array, list(range(len(array))))
        _, former = self._arrays.setdefault(id(array), start)

        del array[index]
        # An element that an overlay appended has no former index.
        if index < len(former):
            del former[index]

    def get_former_pointer(self, root: Json, pointer: str) -> str:
        """Return the JSON pointer that a node had before the removals.

        Args:
            root: The corrected root.
            pointer: A JSON pointer into `root`; parts that do not exist are kept as
                they are.
        """
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
        """Return the former index of an element, or a substitute for an added one."""
        _, former = self._arrays.get(id(array), (array, None))
        if former is None:
            return index
        return former[index] if index < len(former) else index + len(array)
