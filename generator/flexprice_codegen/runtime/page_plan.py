# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""How an operation returns its list in pages, as data.

In: what the document says. Out: what `paged` needs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from msgspec import Struct


class Paging(Struct, frozen=True):
    """How an operation returns its list in pages; `whole` is all at once.

    `send` is the name in the query, or the path in the body or in an object of the
    query, of what says where a page starts, `limit` of how long it is ("" for none).
    `items`, `next` and `total` are the paths of the list, of the next cursor or link,
    and of the number of all items in the response; a link without a path is that of
    the header `Link`. `first` is the number of the first page, `size` how many items to
    ask for. `steps` goes from page to page; without it pages are counted.
    """

    by: Literal["offset", "page", "cursor", "link", "whole"] = "offset"
    place: Literal["query", "object", "body"] = "query"
    send: str = "offset"
    limit: str = "limit"
    items: str = "items"
    next: str = ""
    total: str = "pagination.total"
    first: int = 1
    size: int = 100
    steps: Callable[..., Any] | None = None
