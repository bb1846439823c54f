# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""The clients: one that blocks, one for asyncio and trio.

In: an operation and the arguments of a call. Out: what the operation returns.
"""

from __future__ import annotations

import time
from importlib import import_module
from typing import Self, TypeVar

import httpx2

from .base import Arguments, BaseClient, BaseResource
from .operation import Operation, warn_if_deprecated
from .shapes import Value

T = TypeVar("T")
V = TypeVar("V")


class SyncClient(BaseClient[httpx2.Client]):
    """A client that blocks; threads may share it.

    An `http_client` that was given stays open, and decides about redirects.
    """

    _waits = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, also for the clients made by `with_options`."""
        if self._pool.is_ours:
            self._pool.client.close()

    def __call__(self, operation: Operation[T], given: Arguments) -> T:
        """Call an operation; resources do so."""
        made = self._made(operation, given)
        try:
            made.send(None)
        except StopIteration as end:
            result: T = end.value
            return result
        made.close()
        raise TypeError("a hook or a credential waits, which this client cannot")

    def _open(self) -> httpx2.Client:
        return httpx2.Client()

    def _wait(self, seconds: float) -> None:
        time.sleep(seconds)


class AsyncClient(BaseClient[httpx2.AsyncClient]):
    """A client for asyncio and trio; an `http_client` that was given stays open."""

    _waits = True

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections, also for the clients made by `with_options`."""
        if self._pool.is_ours:
            await self._pool.client.aclose()

    async def __call__(self, operation: Operation[T], given: Arguments) -> T:
        """Call an operation; resources do so."""
        return await self._made(operation, given)

    def _open(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient()

    async def _wait(self, seconds: float) -> None:
        await sleep(seconds)


class Resource(BaseResource[V]):
    """A group of operations of a `SyncClient`."""

    _client: SyncClient

    def _call(self, operation: Operation[T], **given: Value) -> T:
        """Call an operation; `given` is what `Arguments` takes."""
        warn_if_deprecated(operation)
        return self._client(operation, Arguments(**given))


class AsyncResource(BaseResource[V]):
    """A group of operations of an `AsyncClient`."""

    _client: AsyncClient

    async def _call(self, operation: Operation[T], **given: Value) -> T:
        """Call an operation; `given` is what `Arguments` takes."""
        warn_if_deprecated(operation)
        return await self._client(operation, Arguments(**given))


async def sleep(seconds: float) -> None:
    """Wait, in asyncio or in trio."""
    asyncio = import_module("asyncio")
    try:
        asyncio.get_running_loop()
    except RuntimeError:  # then it is trio: httpx2 knows no third
        asyncio = import_module("trio")
    await asyncio.sleep(seconds)
