# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Responses that name the items of a batch that the server rejected.

In: a response, and the items of its request. Out: the errors of some of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from msgspec import Struct

from .decoding import NotJSONError, decode
from .shapes import Plain


class ItemRefusedError(RuntimeError):
    """The server rejected an item; `details` is what its response says about it."""

    def __init__(self, details: Any) -> None:
        super().__init__("the server rejected an item")
        self.details = details

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.details,)


class RefusedItems(Struct, frozen=True):
    """Finds rejected items in a list of a response.

    `path` is the list, such as `data.failures`. Its elements are values of the field
    `key` of an item, or objects with that field.
    """

    path: str
    key: str

    def __call__(
        self, content: bytes, items: Sequence[bytes]
    ) -> dict[int, ItemRefusedError]:
        """Return the errors of items, by position."""
        entries = self._read_list(content)
        named = {_read_key(each, self.key): each for each in entries}
        keys = [_read_key(decode(i, Any, []), self.key) for i in items] if named else []
        return {
            at: ItemRefusedError(named[key])
            for at, key in enumerate(keys)
            if key is not None and key in named
        }

    def _read_list(self, content: bytes) -> list[Any]:
        plain: Plain = None
        with suppress(NotJSONError):
            plain = decode(content, Any, [])
        for name in self.path.split("."):
            plain = plain.get(name) if isinstance(plain, dict) else None
        return plain if isinstance(plain, list) else []


def _read_key(value: Plain, name: str) -> str | int | None:
    """Return what names an item."""
    found = value.get(name) if isinstance(value, dict) else value
    if isinstance(found, bool) or not isinstance(found, str | int):
        return None
    return found
