# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""The connections that a client and its copies share, per process and event loop.

In: an `http_client` that the user passed, or a function that opens one. Out: the
httpx2 client of the current process and event loop, and requests with what it adds to each.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from threading import Lock
from typing import Any, Generic, TypeVar

import httpx2

from .hidden import HiddenFrames, PrivateURL
from .waiting import find_loop

H = TypeVar("H", bound=httpx2.Client | httpx2.AsyncClient)


class Pool(Generic[H]):
    """The connections of a client, opened on first use.

    Each event loop has its own: no other can use them. A forked process opens its own,
    too: two processes on one connection read each other's responses. It keeps those of
    its parent and never closes them, because closing ends TLS and event loops for the
    parent too.

    Our own httpx2 client does not build requests, which is faster. `headers` are its
    defaults.
    """

    def __init__(
        self, given: H | None, open_: Callable[[], H], *, is_async: bool
    ) -> None:
        self.is_ours = given is None
        self.headers: dict[str, str] = {}
        self._given = given
        self._open = open_
        self._is_async = is_async
        self._process = os.getpid()
        self._opened: dict[tuple[int, object], H] = {}
        self._locks: dict[int, Lock] = {}

    @property
    def client(self) -> H:
        """The httpx2 client of this process and event loop."""
        process = os.getpid()
        if self._given is not None and process == self._process:
            return self._given
        key = process, find_loop() if self._is_async else None
        found = self._opened.get(key)
        return self._open_here(key) if found is None else found

    def build_request(
        self,
        method: str,
        url: httpx2.URL,
        headers: Mapping[str, str],
        additions: Iterable[Callable[[httpx2.Request], None]],
        **rest: Any,
    ) -> httpx2.Request:
        """Build a request; what an `http_client` adds replaces nothing of the call."""
        client = self.client
        with HiddenFrames():
            if self.is_ours:
                headers = {**self.headers, **headers}
                request = httpx2.Request(method, url, headers=headers, **rest)
            else:
                request = client.build_request(method, url, headers=headers, **rest)
                if client.params:
                    request.url = _with_params(url, client)
            for add in additions:
                add(request)
        return request

    def _open_here(self, key: tuple[int, object]) -> H:
        """Open the connections of this process and event loop, once.

        Raises:
            RuntimeError: the user passed an `http_client` in another process.
        """
        here, _ = key
        if not self.is_ours:
            message = f"http_client belongs to process {self._process}, not {here}"
            hint = "create the client and its http_client after the fork"
            raise RuntimeError(f"{message}: {hint}")
        # A thread of the parent may have held its lock during the fork: for us it
        # would stay locked, so each process has its own.
        with self._locks.setdefault(here, Lock()):
            if key not in self._opened:
                closed = (each for each in self._opened.values() if each.is_closed)
                with HiddenFrames():  # proxies of the environment may have passwords
                    client = next(closed, None) or self._open()
                self.headers = dict(client.headers)
                self._forget_ended_loops(here)
                self._opened[key] = client  # last: other threads do not wait for us
            return self._opened[key]

    def _forget_ended_loops(self, here: int) -> None:
        for process, loop in list(self._opened):
            if process == here and getattr(loop, "is_closed", bool)():
                del self._opened[process, loop]


def _with_params(
    url: httpx2.URL, client: httpx2.Client | httpx2.AsyncClient
) -> PrivateURL:
    """Return a URL with the `params` of `client`, except those that it has already.

    httpx2 itself would replace the query by them.
    """
    own = PrivateURL(url)
    remove = httpx2.QueryParams.remove
    return own.with_query(lambda: str(reduce(remove, own.params, client.params)))
