# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Secrets that no repr and no traceback shows.

In: settings, URLs and exceptions that hold a secret. Out: the same, hidden. Crash
reports show the locals of frames. So no local in this package holds a secret: code
reads it from an attribute, where it uses it.
"""

from __future__ import annotations

import os
import re
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, cast

import httpx2

from .errors import APIError

_LAST_PORT: Final = 65_535
_USER = r"(?s)//.*@"  # up to the last @: a password may hold others
_TAIL = r"(?s)[?#].*"


class PrivateURL(httpx2.URL):
    """A URL whose query holds a secret; its texts, in logs too, omit the query."""

    def __str__(self) -> str:
        return super().__str__().partition("?")[0] + "?…"

    __repr__ = __str__

    def with_query(self, more: Callable[[], str]) -> PrivateURL:
        """Return this URL with what a function returns behind its query."""
        return PrivateURL(
            self, query=f"{self.query.decode()}&{more()}".strip("&").encode()
        )


@dataclass(slots=True, repr=False)  # rich looks behind the repr of a Struct
class HiddenSettings:
    """The settings of a client that may hold secrets; `credentials` are by scheme."""

    base_url: str | None
    credentials: dict[str, Any]
    url: httpx2.URL = field(default_factory=httpx2.URL)

    def change(self, other: HiddenSettings) -> HiddenSettings:
        """Return these settings with what another one sets."""
        base_url = self.base_url if other.base_url is None else other.base_url
        changed = HiddenSettings(base_url, {}, self.url)
        for name in self.credentials:
            is_new = other.credentials[name] is not None
            changed.credentials[name] = (other if is_new else self).credentials[name]
        return changed

    def find_base_url(self, variable: str, http_client: Any) -> str:
        """Return who set the base URL: its argument, a client, the environment, or ""."""
        if self.base_url is not None:
            return "base_url"
        if http_client is not None and str(http_client.base_url):
            self.base_url = str(http_client.base_url)
            return "base_url of http_client"
        self.base_url = os.environ.get(variable)
        return "" if self.base_url is None else variable

    def check_base_url(self, source: str, path: str = "") -> str:
        """Return the base URL without user name and password; `source` is who set it.

        One without a path gets `path`.

        Raises:
            ValueError: requests cannot be sent there, or would be sent elsewhere.
        """
        fault = self._fault_of_base_url()
        if fault:
            shown = re.sub(_TAIL, "", re.sub(_USER, "//", str(self.base_url)))
            raise ValueError(f"invalid {source} {shown!r}: {fault}")
        plain = self.url.copy_with(userinfo=b"", query=None, fragment=None)
        return str(plain).rstrip("/") + (path if plain.path == "/" else "")

    def _fault_of_base_url(self) -> str:
        try:
            self.url = httpx2.URL(self.base_url or "")
        except httpx2.InvalidURL:
            return "expected a URL such as https://api.example.com/v1"
        if self.url.scheme not in ("http", "https") or not self.url.host:
            return "expected http:// or https://, and a host"
        if (self.url.port or 0) > _LAST_PORT:
            return f"expected a port of at most {_LAST_PORT}"
        if self.url.query or self.url.fragment:
            hint = "pass http_client=httpx2.Client(params=…) for a fixed query"
            return f"expected no query and no fragment; {hint}"
        return ""


class HiddenFrames:
    """Cut the frames of everything called inside off an exception that leaves.

    The frames of httpx2 and of what it calls hold headers. Types, messages and causes
    stay. An unexpected exception gets a note with the lines of the frames.
    """

    __slots__ = ("_handled",)

    def __enter__(self) -> None:
        # If the caller is handling an exception, those raised inside are chained to it.
        self._handled = sys.exception()

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if error is None:
            return
        own = error.__traceback__
        for each in _chain(error, self._handled):
            if not isinstance(each, APIError):  # it has frames of this package only
                each.with_traceback(None)
        if own is None or isinstance(error, APIError):
            return
        is_expected = isinstance(error, httpx2.RequestError)
        if isinstance(error, Exception) and not is_expected and own.tb_next:
            lines = "".join(traceback.format_tb(own.tb_next))
            error.add_note(f"Raised by these lines, whose frames are hidden:\n{lines}")
        own.tb_next = None
        error.with_traceback(own)


def _chain(
    error: BaseException, handled: BaseException | None
) -> Iterator[BaseException]:
    """Yield an exception and all that it is chained to, except what was handled."""
    pending: list[BaseException | None] = [error]
    seen = {id(handled)} - {id(error)}
    while pending:
        each = pending.pop()
        if each is not None and id(each) not in seen:
            seen.add(id(each))
            yield each
            pending += [each.__cause__, each.__context__]
            if isinstance(each, BaseExceptionGroup):
                pending += cast("Any", each).exceptions
