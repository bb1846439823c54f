"""Batches: an operation that takes many items in one request.

In: nothing. Out: `Batching`, a frozen value.
"""

from __future__ import annotations

from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.python_types import PyType


@frozen_value
class PartialResponse:
    """How a response names the items that the server rejected.

    `path` is the list of them in a response. `key` is the field of an item, and of an
    element of the list, by which they belong together.
    """

    path: str
    key: str


@frozen_value(kw_only=True)
class Batching:
    """How an operation takes many items at once; `item` is the type of one.

    `items` is the member of the body that is the list, empty if the body is the list.
    `size` and `max_bytes` are the limits of a request, `every` is in seconds. `keys`
    are the fields of an item that form its idempotency key, and what fills them in.
    With `spool`, the client has a file for items, too.
    """

    items: str
    size: int = 1000
    max_bytes: int = 1_048_576
    every: float = 1.0
    keys: tuple[tuple[str, str], ...] = ()
    not_empty: tuple[str, ...] = ()
    refused: tuple[int, ...] = (400, 413, 422)
    duplicate: tuple[str, ...] = ()
    partial: PartialResponse | None = None
    spool: bool = False
    item: PyType
