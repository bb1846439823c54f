# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""How an operation takes many items at once, as data.

In: what the document says. Out: what a `Batch` needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.json import encode

Filling: TypeAlias = Literal["hex", "uuid", "now"]
FindRefused: TypeAlias = Callable[[bytes, Sequence[bytes]], Mapping[int, Exception]]


class BatchPlan(Struct, frozen=True):
    """How an operation takes many items at once.

    `items` is the member of the body that is the list of items, "" if the body is the
    list. A request has at most `size` items and `max_bytes` bytes, and `every` is how
    long an item waits, in seconds. `keys` are the fields of an item by which the server
    counts it once, and what fills them in. The server rejects items without one of
    `not_empty`. It answers a status in `refused` to a request with an invalid item, and
    a code in `duplicate` to an item that it has already. `partial` finds the items that
    a response rejects, by their positions.
    """

    items: str
    size: int = 1000
    max_bytes: int = 1_048_576
    every: float = 1.0
    keys: tuple[tuple[str, Filling], ...] = ()
    not_empty: tuple[str, ...] = ()
    refused: tuple[int, ...] = (400, 413, 422)
    duplicate: tuple[str, ...] = ()
    partial: FindRefused | None = None

    def write_body(self, contents: Sequence[bytes]) -> bytes:
        """Return the body of a request with some encoded items."""
        items = b"[" + b",".join(contents) + b"]"
        return b"{" + encode(self.items) + b":" + items + b"}" if self.items else items
