"""Batches: an operation that takes many items in one request.

In: nothing. Out: `Batching`, a frozen value.
"""

from __future__ import annotations

from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.python_types import PyType


@frozen_value(kw_only=True)
class Batching:
    """How an operation takes many items at once; `item` is the type of one.

    `items` is the member of the body that is the list, empty if the body is the list.
    `size` and `max_bytes` are the limits of a request, `every` is in seconds. With
    `spool`, the client has a file for items, too.
    """

    items: str
    size: int = 1000
    max_bytes: int = 1_048_576
    every: float = 1.0
    not_empty: tuple[str, ...] = ()
    refused: tuple[int, ...] = (400, 413, 422)
    duplicate: tuple[str, ...] = ()
    spool: bool = False
    item: PyType
