# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Pages by cursor or link: each response says where the next page starts.

In: a page and its headers. Out: what asks for the next page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
from msgspec import UNSET

from .body_paths import read_path
from .calling import Arguments
from .link_header import find_link
from .page_plan import Paging

_MOST_EMPTY = 1_000
"""Empty pages in a row after which a cursor is taken to lead nowhere."""


@dataclass(slots=True)
class FollowedPages:
    """The end is a page without a cursor or a link; any page may be empty."""

    paging: Paging
    size: int
    at: Any
    log: Callable[[str], None]
    sent: set[str] = field(default_factory=set[str])
    empty: int = 0

    def ask(self, given: Arguments) -> Mapping[str, Any]:
        """Return what asks for the next page; of a link only its query counts."""
        paging = self.paging
        wanted: dict[str, Any] = {paging.limit: self.size} if paging.limit else {}
        if self.at is None:
            return wanted
        if paging.by == "cursor":
            return {**wanted, paging.send: self.at}
        # What the caller gave stays as it is: a link may write it in another way.
        link = parse_qs(urlsplit(str(self.at)).query, keep_blank_values=True)
        own = (paging.send, paging.limit)
        new = (None, UNSET)
        return wanted | {
            name: values if len(values) > 1 else values[0]
            for name, values in link.items()
            if name in own or given.query.get(name) in new
        }

    def go_on(self, items: list[Any], page: Any, headers: httpx2.Headers) -> bool:
        """Move behind a page; return whether there may be more."""
        self.sent.add(repr(self.at))
        self.empty = 0 if items else self.empty + 1
        if self.paging.by == "link" and not self.paging.next:
            self.at = find_link(headers.get("link", ""), "next")
        else:
            self.at = read_path(page, self.paging.next or "-")
        if not self.at:
            return False
        if repr(self.at) in self.sent:
            self.log("stopped at a cursor that had come before")
            return False
        if self.empty == _MOST_EMPTY:
            self.log(f"stopped after {self.empty} empty pages")
            return False
        return True
