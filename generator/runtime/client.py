# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""The clients: one that blocks, one for asyncio and trio.

In: an operation and the arguments of a call. Out: what the operation returns.
"""

from __future__ import annotations

import time
from contextlib import aclosing, closing
from importlib import import_module
from typing import Any, Self, TypeVar

import httpx2

from .base import Arguments, BaseClient, BaseResource
from .operation import Operation, warn_if_deprecated
from .retry import Outcome
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
        steps = self._steps(operation, given)
        done: Any = None
        while True:
            try:
                step = steps.send(done)
            except StopIteration as end:
                result: T = end.value
                return result
            done = step()
            if hasattr(done, "__await__"):
                done.close()
                raise TypeError(f"{step!r} must not wait: this client blocks")

    def _open(self) -> httpx2.Client:
        return httpx2.Client()

    def _wait(self, seconds: float) -> None:
        time.sleep(seconds)

    def _send(self, request: httpx2.Request) -> Outcome:
        file, http = self._file, self._pool.client
        try:
            response = http.send(request, stream=file is not None)
            if file is None or (file.stays_open and response.is_success):
                return response
            with closing(response):
                if not response.is_success:
                    response.read()
                    return response
                with file.writer(response) as write:
                    for chunk in response.iter_bytes():
                        write(chunk)
        except httpx2.RequestError as error:
            return error
        return response


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
        steps = self._steps(operation, given)
        done: Any = None
        while True:
            try:
                step = steps.send(done)
            except StopIteration as end:
                result: T = end.value
                return result
            done = step()
            if hasattr(done, "__await__"):
                done = await done

    def _open(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient()

    async def _wait(self, seconds: float) -> None:
        await sleep(seconds)

    async def _send(self, request: httpx2.Request) -> Outcome:
        file, http = self._file, self._pool.client
        try:
            response = await http.send(request, stream=file is not None)
            if file is None or (file.stays_open and response.is_success):
                return response
            async with aclosing(response):
                if not response.is_success:
                    await response.aread()
                    return response
                with file.writer(response) as write:
                    async for chunk in response.aiter_bytes():
                        write(chunk)
        except httpx2.RequestError as error:
            return error
        return response


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
