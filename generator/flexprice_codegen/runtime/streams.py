# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Answers that come bit by bit: server-sent events, and JSON values one after another.

In: an operation and the arguments of a call. Out: an iterator, which holds the
connection until it ends, is closed, or is dropped. Source: HTML, 9.2 (server-sent
events), RFC 7464 (JSON text sequences).
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Generator, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, Self, TypeVar

import httpx2

from .answers import AnswerReader, Receiver
from .async_client import AsyncResource
from .calling import Arguments, get_receiver, use_receiver
from .client import Resource
from .decoding import Mismatch, NotJSONError, decode
from .errors import connection_error
from .framing import EventLines, Line, Lines, Records
from .hidden import HiddenFrames
from .operation import Operation, by_status, warn_if_deprecated
from .shapes import Hint, Value, members, resolve

T = TypeVar("T")
_LAST = "[DONE]"


@dataclass(frozen=True, slots=True)
class ServerSentEvent(Generic[T]):
    """An event: its data as the document describes it, its name, and its id.

    `id` is that of the latest event that had one; send it as `Last-Event-ID` to go on
    from there. `retry` is how long the server asks to wait before that, in ms.
    """

    data: T
    event: str = "message"
    id: str = ""
    retry: int | None = None


class _Opened:
    """A response, which belongs to the process that opened it."""

    def __init__(self, response: httpx2.Response) -> None:
        self.status, self.headers = response.status_code, response.headers
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
    nobody holds the iterator any more.
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
    and when nobody holds the iterator any more.
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


def stream_events(
    resource: Resource[Any], operation: Operation[T], **given: Value
) -> Streamed[ServerSentEvent[T]]:
    """Call an operation that answers by server-sent events."""
    warn_if_deprecated(operation)
    return _opened(resource, operation, given, _Events)


def stream_values(
    resource: Resource[Any], operation: Operation[T], **given: Value
) -> Streamed[T]:
    """Call an operation that answers by JSON values, one a line."""
    warn_if_deprecated(operation)
    return _opened(resource, operation, given, _Values)


async def astream_events(
    resource: AsyncResource[Any], operation: Operation[T], **given: Value
) -> AsyncStreamed[ServerSentEvent[T]]:
    """Call an operation that answers by server-sent events."""
    warn_if_deprecated(operation)
    return await _aopened(resource, operation, given, _Events)


async def astream_values(
    resource: AsyncResource[Any], operation: Operation[T], **given: Value
) -> AsyncStreamed[T]:
    """Call an operation that answers by JSON values, one a line."""
    warn_if_deprecated(operation)
    return await _aopened(resource, operation, given, _Values)


@dataclass(frozen=True, slots=True)
class _Started:
    """An answer whose body is still to come."""

    reader: AnswerReader
    operation: Operation[Any]
    response: httpx2.Response


class _LeftOpen(Receiver):
    """Receives what is not read at once."""

    stays_open = True

    def finish(
        self, reader: AnswerReader, operation: Operation[Any], response: httpx2.Response
    ) -> _Started:
        """Return what the call returns."""
        return _Started(reader, operation, response)


def _client(resource: Value) -> Value:
    held = resource._client
    if type(get_receiver(held)) is not Receiver:
        raise TypeError("a stream has no raw response; it has `status` and `headers`")
    return use_receiver(held, _LeftOpen())


def _opened(
    resource: Resource[Any],
    operation: Operation[Any],
    given: dict[str, Value],
    kind: type[_Pieces],
) -> Streamed[Any]:
    started: _Started = _client(resource)(operation, Arguments(**given))
    pieces = _read(started, kind.of(started))
    next(pieces)
    return Streamed(pieces, started.response)


async def _aopened(
    resource: AsyncResource[Any],
    operation: Operation[Any],
    given: dict[str, Value],
    kind: type[_Pieces],
) -> AsyncStreamed[Any]:
    started: _Started = await _client(resource)(operation, Arguments(**given))
    pieces = _aread(started, kind.of(started))
    await anext(pieces)
    return AsyncStreamed(pieces, started.response)


def _read(started: _Started, pieces: _Pieces) -> Generator[Any, None, None]:
    try:
        yield None  # begun, so that whatever ends it closes the connection
        for chunk in started.response.iter_bytes():
            yield from pieces.of_chunk(chunk)
            if pieces.is_over:
                return
        yield from pieces.of_end()
    except httpx2.RequestError as error:
        raise connection_error(error, started.operation.call) from error
    finally:
        started.response.close()


async def _aread(started: _Started, pieces: _Pieces) -> AsyncGenerator[Any, None]:
    try:
        yield None  # begun, so that whatever ends it closes the connection
        async for chunk in started.response.aiter_bytes():
            for each in pieces.of_chunk(chunk):
                yield each
            if pieces.is_over:
                return
        for each in pieces.of_end():
            yield each
    except httpx2.RequestError as error:
        raise connection_error(error, started.operation.call) from error
    finally:
        await started.response.aclose()


@dataclass(slots=True)
class _Pieces(ABC):
    """Reads the values out of the bytes that come."""

    started: _Started
    hint: Hint
    frames: Lines | Records
    is_over: bool = False

    @classmethod
    def of(cls, started: _Started) -> Self:
        """Begin to read an answer."""
        operation, reader, response = (
            started.operation,
            started.reader,
            started.response,
        )
        text = by_status(operation.responses, response.status_code, operation.returns)
        is_sequence = "json-seq" in response.headers.get("content-type", "").lower()
        return cls(
            started,
            resolve(text, reader.models, reader.package),
            Records() if is_sequence else Lines(),
        )

    def of_chunk(self, chunk: bytes) -> Iterator[Any]:
        """Return what is complete by now."""
        return self._values(self.frames.feed(chunk))

    def of_end(self) -> Iterator[Any]:
        """Return what ended without its mark."""
        return self._values(self.frames.end())

    @abstractmethod
    def _values(self, frames: Iterator[bytes]) -> Iterator[Any]:
        """Return the values of some frames."""

    def decoded(self, data: bytes) -> Value:
        """Read one JSON text; complain as for a whole answer."""
        report: list[Mismatch] = []
        found: Value = None
        try:
            found = decode(data, self.hint, report)
        except NotJSONError:
            if str in members(self.hint):
                return data.decode(errors="replace")
            report = [Mismatch("$", "JSON", "a text")]
        if not report:
            return found
        response, reader = self.started.response, self.started.reader
        headers = {"content-type": response.headers.get("content-type", "")}
        piece = httpx2.Response(response.status_code, headers=headers, content=data)
        return reader.json(self.started.operation.call, piece, self.hint)


class _Values(_Pieces):
    def _values(self, frames: Iterator[bytes]) -> Iterator[Any]:
        for each in frames:
            if text := each.strip():
                yield self.decoded(text)


@dataclass(slots=True)
class _Events(_Pieces):
    lines: EventLines = field(default_factory=EventLines)

    def _values(self, frames: Iterator[bytes]) -> Iterator[Any]:
        for each in frames:
            if (event := self.lines.read(each)) is not None:
                if event.data == _LAST and self.hint is not str:
                    self.is_over = True
                    return
                yield self._typed(event)

    def of_end(self) -> Iterator[Any]:
        """Return the last event too, if the server forgot the empty line behind it."""
        yield from self._values(self.frames.end())
        yield from self._values(iter((b"",)))

    def _typed(self, event: Line) -> ServerSentEvent[Any]:
        data = event.data
        value = data if self.hint is str else self.decoded(data.encode())
        return ServerSentEvent(value, event.name, event.id, event.retry)
