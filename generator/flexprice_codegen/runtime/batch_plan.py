# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""How an operation takes many items at once, as data.

In: what the document says. Out: what a `Batch` needs.
"""

from __future__ import annotations

from msgspec import Struct


class BatchPlan(Struct, frozen=True):
    """How an operation takes many items at once.

    `items` is the member of the body that is the list of items, "" if the body is the
    list. A request has at most `size` items and `max_bytes` bytes, and `every` is how
    long an item waits, in seconds. The server rejects items without one of `not_empty`.
    It answers a status in `refused` to a request with an invalid item, and a code in
    `duplicate` to an item that it has already.
    """

    items: str
    size: int = 1000
    max_bytes: int = 1_048_576
    every: float = 1.0
    not_empty: tuple[str, ...] = ()
    refused: tuple[int, ...] = (400, 413, 422)
    duplicate: tuple[str, ...] = ()
