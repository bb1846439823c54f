# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Answers that come bit by bit: server-sent events, and JSON values one after another.

In: an operation and the arguments of a call. Out: an iterator, which holds the
connection until it ends, is closed, or is dropped. Source: HTML, 9.2 (server-sent
events), RFC 7464 (JSON text sequences).
"""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncGenerator, Collection, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Generic, Self, TypeAlias, TypeVar

import httpx2

from .answers import AnswerReader, Receiver
from .async_client import AsyncResource
from .calling import Arguments, use_receiver
from .client import Resource
from .decoding import Mismatch, NotJSONError, decode
from .errors import ResponseBodyError, connection_error
from .framing import (
    EventFraming,
    Framing,
    JSONFraming,
    Line,
    Lines,
    Records,
    ValueFraming,
)
from .hidden import HiddenFrames
from .lazy import old_attribute
from .operation import Operation, by_status, warn_if_deprecated
from .shapes import Hint, Value, list_options, resolve_hint

T = TypeVar("T")
Skipped: TypeAlias = Collection[str] | None
_SKIPPED: Final = ("", "keepalive", "[DONE]")
"""What servers send to keep a connection open, and at the end: no JSON at all."""
_NO_JSON: Final = "%s: skipped a piece of %d bytes, which is not valid JSON: %s"


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


def stream_events(
    resource: Resource[Any],
    operation: Operation[T],
    skip: Skipped = None,
    **given: Value,
) -> Streamed[ServerSentEvent[T]]:
    """Call an operation that answers by server-sent events.

    `skip` are the data of events that carry nothing.
    """
    warn_if_deprecated(operation)
    return _opened(resource, operation, given, _Reading(is_events=True, skip=skip))


def stream_values(
    resource: Resource[Any],
    operation: Operation[T],
    skip: Skipped = None,
    **given: Value,
) -> Streamed[T]:
    """Call an operation that answers by JSON values, one a line."""
    warn_if_deprecated(operation)
    return _opened(resource, operation, given, _Reading(is_events=False, skip=skip))


async def astream_events(
    resource: AsyncResource[Any],
    operation: Operation[T],
    skip: Skipped = None,
    **given: Value,
) -> AsyncStreamed[ServerSentEvent[T]]:
    """Call an operation that answers by server-sent events.

    `skip` are the data of events that carry nothing.
    """
    warn_if_deprecated(operation)
    reading = _Reading(is_events=True, skip=skip)
    return await _aopened(resource, operation, given, reading)


async def astream_values(
    resource: AsyncResource[Any],
    operation: Operation[T],
    skip: Skipped = None,
    **given: Value,
) -> AsyncStreamed[T]:
    """Call an operation that answers by JSON values, one a line."""
    warn_if_deprecated(operation)
    reading = _Reading(is_events=False, skip=skip)
    return await _aopened(resource, operation, given, reading)


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a stream is read: as events or bare values, and what is skipped."""

    is_events: bool
    skip: Skipped


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
    if type(held._settings.receiver) is not Receiver:
        raise TypeError(
            "a stream has no raw response; it has `status_code` and `headers`"
        )
    return use_receiver(held, _LeftOpen())


def _opened(
    resource: Resource[Any],
    operation: Operation[Any],
    given: dict[str, Value],
    reading: _Reading,
) -> Streamed[Any]:
    started: _Started = _client(resource)(operation, Arguments(**given))
    pieces = _read(started, reading)
    next(pieces)
    return Streamed(pieces, started.response)


async def _aopened(
    resource: AsyncResource[Any],
    operation: Operation[Any],
    given: dict[str, Value],
    reading: _Reading,
) -> AsyncStreamed[Any]:
    started: _Started = await _client(resource)(operation, Arguments(**given))
    pieces = _aread(started, reading)
    await anext(pieces)
    return AsyncStreamed(pieces, started.response)


def _read(started: _Started, reading: _Reading) -> Generator[Any, None, None]:
    try:
        if (pieces := _begin(started, reading)) is None:
            started.response.read()
            raise _wrong_media_type(started, reading)
        yield None  # begun, so that whatever ends it closes the connection
        for chunk in started.response.iter_bytes():
            yield from pieces.decode(pieces.framing.feed(chunk))
        yield from pieces.decode(pieces.framing.end())
    except httpx2.RequestError as error:
        raise connection_error(error, started.operation.call) from error
    finally:
        started.response.close()


async def _aread(started: _Started, reading: _Reading) -> AsyncGenerator[Any, None]:
    try:
        if (pieces := _begin(started, reading)) is None:
            await started.response.aread()
            raise _wrong_media_type(started, reading)
        yield None  # begun, so that whatever ends it closes the connection
        async for chunk in started.response.aiter_bytes():
            for each in pieces.decode(pieces.framing.feed(chunk)):
                yield each
        for each in pieces.decode(pieces.framing.end()):
            yield each
    except httpx2.RequestError as error:
        raise connection_error(error, started.operation.call) from error
    finally:
        await started.response.aclose()


def _begin(started: _Started, reading: _Reading) -> _Pieces | None:
    """Begin to read a response; return None if its media type is not a stream's."""
    operation, reader = started.operation, started.reader
    status = started.response.status_code
    text = by_status(operation.responses, status, operation.returns)
    hint = resolve_hint(text, reader.models, reader.package)
    framing = _choose_framing(_media_type(started.response), hint, reading)
    return None if framing is None else _Pieces(started, hint, framing, reading)


def _choose_framing(media: str, hint: Hint, reading: _Reading) -> Framing | None:
    """Return how a response is cut, which its own media type decides.

    Servers call streams text or bytes, too: those come as the document says.
    """
    if media == "text/event-stream":
        return EventFraming()
    if media.endswith("json-seq"):
        return ValueFraming(Records())
    if media.endswith(("jsonl", "ndjson", "jsonlines", "json-lines", "stream+json")):
        return ValueFraming(Lines())
    if media.endswith("json"):
        return JSONFraming(splits_arrays=not _may_be_list(hint))
    if media not in ("", "text/plain", "application/octet-stream"):
        return None
    return EventFraming() if reading.is_events else ValueFraming(Lines())


def _may_be_list(hint: Hint) -> bool:
    return hint is Any or any(
        getattr(each, "__origin__", each) is list for each in list_options(hint)
    )


def _media_type(response: httpx2.Response) -> str:
    media: str = response.headers.get("content-type", "")
    return media.partition(";")[0].strip().lower()


def _wrong_media_type(started: _Started, reading: _Reading) -> ResponseBodyError:
    response = started.response
    wanted = "text/event-stream" if reading.is_events else "JSON values"
    message = f"{response.status_code}: expected {wanted}, got {_media_type(response)}"
    return ResponseBodyError(message, started.operation.call, response)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Decodes the pieces of a stream."""

    started: _Started
    hint: Hint
    framing: Framing
    reading: _Reading

    def decode(self, lines: Iterable[Line]) -> Iterator[Any]:
        """Yield the values of some pieces; what carries nothing is skipped."""
        skip = self.reading.skip
        if skip is None:
            skip = () if self.hint is str else _SKIPPED
        for line in lines:
            text = line.data.decode(errors="replace")
            if text.strip() in skip:
                continue
            for value in [text] if self.hint is str else self._decode(line.data):
                yield (
                    ServerSentEvent(value, line.name, line.id, line.retry)
                    if self.reading.is_events
                    else value
                )

    def _decode(self, data: bytes) -> Iterator[Value]:
        """Yield the value of one JSON text; what is none ends nothing."""
        reader, report = self.started.reader, list[Mismatch]()
        try:
            found = decode(data, self.hint, report, keep_unknown=reader.keep_unknown)
        except NotJSONError as error:
            if str in list_options(self.hint):
                yield data.decode(errors="replace")
            elif reader.strict:
                yield self._complain(data)
            else:
                call, log = self.started.operation.call, logging.getLogger(
                    reader.package
                )
                log.warning(_NO_JSON, call, len(data), error)
        else:
            yield self._complain(data) if report else found

    def _complain(self, data: bytes) -> Value:
        """Read one JSON text as if it were a whole answer: log or raise."""
        response, reader = self.started.response, self.started.reader
        headers = {"content-type": response.headers.get("content-type", "")}
        piece = httpx2.Response(response.status_code, headers=headers, content=data)
        return reader.json(self.started.operation.call, piece, self.hint)
