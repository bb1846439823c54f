# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Answers that come bit by bit: server-sent events, and JSON values one after another.

In: an operation and the arguments of a call. Out: an iterator, which holds the
connection until it ends, is closed, or is dropped.
"""

from __future__ import annotations

import os
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Callable,
    Coroutine,
    Generator,
    Iterator,
)
from functools import partial
from typing import (
    Any,
    Concatenate,
    Generic,
    ParamSpec,
    Self,
    TypeVar,
)

import httpx2

from .answers import RAW, Receiver
from .async_client import AsyncResource
from .calling import Arguments, use_receiver
from .client import Resource
from .hidden import HiddenFrames
from .lazy import old_attribute
from .operation import Operation
from .stream_reading import (
    ServerSentEvent,
    Skipped,
    StartedStream,
    StreamReading,
    read_stream,
    read_stream_async,
)

P = ParamSpec("P")
T = TypeVar("T")


class _Opened:
    """A response, which belongs to the process that opened it."""

    status = old_attribute("status", "status_code")

    def __init__(self, response: httpx2.Response) -> None:
        self.status_code = response.status_code
        self.headers = response.headers
        self._process = os.getpid()

    def _is_here(self) -> bool:
        return self._process == os.getpid()

    def _check_process(self) -> None:
        """Raise a RuntimeError in a fork, which would take what its parent reads."""
        if not self._is_here():
            owner = f"process {self._process}, not {os.getpid()}"
            raise RuntimeError(
                f"this stream belongs to {owner}: open one after the fork"
            )


class Streamed(_Opened, Generic[T]):
    """What a server sends bit by bit: an iterator, which is read once.

    The connection is closed at the end, by `close`, at the end of a `with`, and when
    the iterator is garbage-collected.
    """

    def __init__(
        self, pieces: Generator[T, None, None], response: httpx2.Response
    ) -> None:
        super().__init__(response)
        self._pieces = pieces

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T:
        self._check_process()
        with HiddenFrames():
            return next(self._pieces)

    def close(self) -> None:
        """Close the connection; what has not been read is lost."""
        if self._is_here():  # else its parent reads on
            with HiddenFrames():
                self._pieces.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncStreamed(_Opened, Generic[T]):
    """What a server sends bit by bit: an asynchronous iterator, which is read once.

    The connection is closed at the end, by `aclose`, at the end of an `async with`,
    and when the iterator is garbage-collected.
    """

    def __init__(
        self, pieces: AsyncGenerator[T, None], response: httpx2.Response
    ) -> None:
        super().__init__(response)
        self._pieces = pieces

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        self._check_process()
        with HiddenFrames():
            return await anext(self._pieces)

    async def aclose(self) -> None:
        """Close the connection; what has not been read is lost."""
        if self._is_here():  # else its parent reads on
            with HiddenFrames():
                await self._pieces.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class RawStream(_Opened, Generic[T]):
    """A stream as it comes; one of `iter_bytes`, `iter_lines` and `parse` reads it, once.

    `request_id` is the server's name for the request, from the header X-Request-ID.
    """

    def __init__(self, started: StartedStream, reading: StreamReading) -> None:
        super().__init__(started.response)
        self.request_id: str | None = self.headers.get("x-request-id")
        self._started = started
        self._reading = reading

    def iter_bytes(self) -> Iterator[bytes]:
        """Yield the bytes, unpacked, in pieces as they come."""
        with _stream(self._started, StreamReading("bytes")) as pieces:
            yield from pieces

    def iter_lines(self) -> Iterator[str]:
        """Yield the lines, without what ends them."""
        with _stream(self._started, StreamReading("lines")) as lines:
            yield from lines

    def parse(self) -> Streamed[T]:
        """Return what the call would have returned."""
        return _stream(self._started, self._reading)

    def close(self) -> None:
        """Close the connection."""
        if self._is_here():
            with HiddenFrames():
                self._started.response.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncRawStream(_Opened, Generic[T]):
    """A stream as it comes; one of `iter_bytes`, `iter_lines` and `parse` reads it, once.

    `request_id` is the server's name for the request, from the header X-Request-ID.
    """

    def __init__(self, started: StartedStream, reading: StreamReading) -> None:
        super().__init__(started.response)
        self.request_id: str | None = self.headers.get("x-request-id")
        self._started = started
        self._reading = reading

    async def iter_bytes(self) -> AsyncIterator[bytes]:
        """Yield the bytes, unpacked, in pieces as they come."""
        async with await _astream(self._started, StreamReading("bytes")) as pieces:
            async for each in pieces:
                yield each

    async def iter_lines(self) -> AsyncIterator[str]:
        """Yield the lines, without what ends them."""
        async with await _astream(self._started, StreamReading("lines")) as lines:
            async for each in lines:
                yield each

    async def parse(self) -> AsyncStreamed[T]:
        """Return what the call would have returned."""
        return await _astream(self._started, self._reading)

    async def aclose(self) -> None:
        """Close the connection."""
        if self._is_here():
            with HiddenFrames():
                await self._started.response.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


def raw_stream(
    method: Callable[Concatenate[Any, P], Streamed[T]],
) -> Callable[Concatenate[Any, P], RawStream[T]]:
    """Return the type that a method has in `with_raw_response`."""
    found: Callable[Concatenate[Any, P], Any] = method
    return found


def araw_stream(
    method: Callable[Concatenate[Any, P], Coroutine[Any, Any, AsyncStreamed[T]]],
) -> Callable[Concatenate[Any, P], Coroutine[Any, Any, AsyncRawStream[T]]]:
    """Return the type that an asynchronous method has in `with_raw_response`."""
    found: Callable[Concatenate[Any, P], Any] = method
    return found


def stream_events(
    resource: Resource[Any],
    operation: Operation[T],
    skip: Skipped = None,
    **given: Any,
) -> Streamed[ServerSentEvent[T]]:
    """Call an operation that answers by server-sent events.

    `skip` are the data of events that carry nothing.
    """
    stream: Streamed[ServerSentEvent[T]] = _opened(
        resource, operation, given, StreamReading("events", skip)
    )
    return stream


def stream_values(
    resource: Resource[Any],
    operation: Operation[T],
    skip: Skipped = None,
    **given: Any,
) -> Streamed[T]:
    """Call an operation that answers by JSON values, one a line."""
    stream: Streamed[T] = _opened(
        resource, operation, given, StreamReading("values", skip)
    )
    return stream


async def astream_events(
    resource: AsyncResource[Any],
    operation: Operation[T],
    skip: Skipped = None,
    **given: Any,
) -> AsyncStreamed[ServerSentEvent[T]]:
    """Call an operation that answers by server-sent events.

    `skip` are the data of events that carry nothing.
    """
    stream: AsyncStreamed[ServerSentEvent[T]] = await _aopened(
        resource, operation, given, StreamReading("events", skip)
    )
    return stream


async def astream_values(
    resource: AsyncResource[Any],
    operation: Operation[T],
    skip: Skipped = None,
    **given: Any,
) -> AsyncStreamed[T]:
    """Call an operation that answers by JSON values, one a line."""
    stream: AsyncStreamed[T] = await _aopened(
        resource, operation, given, StreamReading("values", skip)
    )
    return stream


def _client(resource: Any) -> Any:
    """Return the client of a resource, which leaves open what it receives."""
    held = resource._client
    start = partial(StartedStream, limit=held._settings.max_response_size)
    return use_receiver(held, Receiver(start, stays_open=True))


def _is_raw(resource: Any) -> bool:
    return resource._client._settings.receiver is RAW


def _opened(
    resource: Resource[Any],
    operation: Operation[Any],
    given: dict[str, Any],
    reading: StreamReading,
) -> Any:
    started: StartedStream = _client(resource)(operation, Arguments(**given))
    if _is_raw(resource):
        return RawStream[Any](started, reading)
    return _stream(started, reading)


def _stream(started: StartedStream, reading: StreamReading) -> Streamed[Any]:
    pieces = read_stream(started, reading)
    next(pieces)
    return Streamed(pieces, started.response)


async def _aopened(
    resource: AsyncResource[Any],
    operation: Operation[Any],
    given: dict[str, Any],
    reading: StreamReading,
) -> Any:
    started: StartedStream = await _client(resource)(operation, Arguments(**given))
    if _is_raw(resource):
        return AsyncRawStream[Any](started, reading)
    return await _astream(started, reading)


async def _astream(
    started: StartedStream, reading: StreamReading
) -> AsyncStreamed[Any]:
    pieces = read_stream_async(started, reading)
    await anext(pieces)
    return AsyncStreamed(pieces, started.response)
