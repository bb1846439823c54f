# Copied from flexprice-codegen's runtime; do not edit.
# SPDX-License-Identifier: 0BSD
"""The clients: one that blocks, one for asyncio and trio.

In: an operation and the arguments of a call. Out: what the operation returns. Both
make requests and read answers by the same code; only the sending differs.
"""

from __future__ import annotations

from collections.abc import AsyncIterable
from typing import Self, TypeVar

import httpx2

from .answers import connection_error
from .auth import Password, Secret
from .base import Arguments, BaseClient, BaseResource
from .bodies import Stream, chunks
from .operation import Operation, warn_if_deprecated
from .shapes import Value

T = TypeVar("T")


class SyncClient(BaseClient[httpx2.Client]):
    """A client that blocks; threads may share it.

    An `http_client` that was given is used as it is, and stays open when this client
    is closed. Redirects are followed only if it does so.
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
        request = self._build(operation, given, secrets)
        return self._reader.read(operation, self._send(request, operation.call))

    def _send(self, request: httpx2.Request, call: str) -> httpx2.Response:
        try:
            return self._pool.client.send(request)
        except httpx2.RequestError as error:
            raise connection_error(error, call) from error


class AsyncClient(BaseClient[httpx2.AsyncClient]):
    """A client for asyncio and trio.

    An `http_client` that was given is used as it is, and stays open when this client
    is closed. Redirects are followed only if it does so.
    """

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
        request = self._build(operation, given, secrets)
        return self._reader.read(operation, await self._send(request, operation.call))

    async def _send(self, request: httpx2.Request, call: str) -> httpx2.Response:
        try:
            return await self._pool.client.send(request)
        except httpx2.RequestError as error:
            raise connection_error(error, call) from error

    def _stream(self, content: Stream | None) -> Stream | None:
        if content is None or isinstance(content, (bytes, AsyncIterable)):
            return content
        return chunks(content)


class Resource(BaseResource):
    """A group of operations of a `SyncClient`."""

    def __init__(self, client: SyncClient) -> None:
        self._client = client

    def _call(self, operation: Operation[T], **given: Value) -> T:
        """Call an operation; `given` is what `Arguments` takes."""
        warn_if_deprecated(operation)
        return self._client(operation, Arguments(**given))


class AsyncResource(BaseResource):
    """A group of operations of an `AsyncClient`."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def _call(self, operation: Operation[T], **given: Value) -> T:
        """Call an operation; `given` is what `Arguments` takes."""
        warn_if_deprecated(operation)
        return await self._client(operation, Arguments(**given))


def _now(secret: Secret) -> str | Password:
    """Get a secret: itself, or what its function returns."""
    found = secret() if callable(secret) else secret
    if isinstance(found, (str, tuple)):
        return found
    getattr(found, "close", bool)()  # a coroutine that nobody will await
    raise TypeError("the function for a credential must return a text, and not wait")


async def _later(secret: Secret) -> str | Password:
    """Get a secret: itself, or what its function returns, at once or later."""
    found = secret() if callable(secret) else secret
    return found if isinstance(found, (str, tuple)) else await found
