# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""The clients: one that blocks, one for asyncio and trio.

In: an operation and the arguments of a call. Out: what the operation returns.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterable
from contextlib import aclosing, closing
from importlib import import_module
from inspect import isawaitable
from typing import Self, TypeVar

import httpx2

from .auth import Password, Secret
from .base import Arguments, BaseClient, BaseResource, Step
from .bodies import Stream, chunks
from .operation import Operation, warn_if_deprecated
from .retry import Outcome
from .shapes import Value

T = TypeVar("T")
V = TypeVar("V")


class SyncClient(BaseClient[httpx2.Client]):
    """A client that blocks; threads may share it.

    An `http_client` that was given stays open, and decides about redirects.
    """

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, also for the clients made by `with_options`."""
        if self._pool.is_ours:
            self._pool.client.close()

    def _open(self) -> httpx2.Client:
        return httpx2.Client()

    def __call__(self, operation: Operation[T], given: Arguments) -> T:
        """Call an operation; resources do so."""
        secrets = {name: _now(each) for name, each in self._chosen(operation).items()}
        attempts = self._attempts(operation, given, secrets)
        outcome: Outcome | None = None
        while True:
            try:
                step = attempts.send(outcome)
            except StopIteration as end:
                result: T = end.value
                return result
            outcome = self._do(step)

    def _do(self, step: Step) -> Outcome | None:
        if isinstance(step, httpx2.Request):
            try:
                return self._send(step)
            except httpx2.RequestError as error:
                return error
        if callable(step):
            step()
        else:
            time.sleep(step)
        return None

    def _send(self, request: httpx2.Request) -> httpx2.Response:
        response = self._pool.client.send(request, stream=self._file is not None)
        if self._file is None or (self._file.stays_open and response.is_success):
            return response
        with closing(response):
            if response.is_success:
                with self._file.writer(response) as write:
                    for chunk in response.iter_bytes():
                        write(chunk)
            else:
                response.read()
        return response


class AsyncClient(BaseClient[httpx2.AsyncClient]):
    """A client for asyncio and trio; an `http_client` that was given stays open."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections, also for the clients made by `with_options`."""
        if self._pool.is_ours:
            await self._pool.client.aclose()

    def _open(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient()

    async def __call__(self, operation: Operation[T], given: Arguments) -> T:
        """Call an operation; resources do so."""
        chosen = self._chosen(operation).items()
        secrets = {name: await _later(each) for name, each in chosen}
        attempts = self._attempts(operation, given, secrets)
        outcome: Outcome | None = None
        while True:
            try:
                step = attempts.send(outcome)
            except StopIteration as end:
                result: T = end.value
                return result
            outcome = await self._do(step)

    async def _do(self, step: Step) -> Outcome | None:
        if isinstance(step, httpx2.Request):
            try:
                return await self._send(step)
            except httpx2.RequestError as error:
                return error
        if not callable(step):
            await sleep(step)
        elif isawaitable(found := step()):
            await found
        return None

    async def _send(self, request: httpx2.Request) -> httpx2.Response:
        response = await self._pool.client.send(request, stream=self._file is not None)
        if self._file is None or (self._file.stays_open and response.is_success):
            return response
        async with aclosing(response):
            if response.is_success:
                with self._file.writer(response) as write:
                    async for chunk in response.aiter_bytes():
                        write(chunk)
            else:
                await response.aread()
        return response

    def _stream(self, content: Stream | None) -> Stream | None:
        if content is None or isinstance(content, (bytes, AsyncIterable)):
            return content
        return chunks(content)


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


def _now(secret: Secret) -> str | Password:
    found = secret() if callable(secret) else secret
    if isinstance(found, (str, tuple)):
        return found
    getattr(found, "close", bool)()  # a coroutine that nobody will await
    raise TypeError("the function for a credential must return a text, and not wait")


async def _later(secret: Secret) -> str | Password:
    found = secret() if callable(secret) else secret
    return found if isinstance(found, (str, tuple)) else await found
