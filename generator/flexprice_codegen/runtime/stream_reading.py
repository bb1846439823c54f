# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""How a stream is read: as events, values, lines, or bytes.

In: a response whose body is still to come. Out: what it yields, one after the other.
Source: HTML, 9.2 (server-sent events), RFC 7464 (JSON text sequences).
"""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Collection, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Generic, Literal, Protocol, TypeAlias, TypeVar

import httpx2

from .answers import AnswerReader
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
from .operation import Operation, by_status
from .shapes import Hint, list_options, resolve_hint

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


@dataclass(frozen=True, slots=True)
class StreamReading:
    """As what a stream is read, and what is skipped."""

    kind: Literal["events", "values", "lines", "bytes"]
    skip: Skipped = None

    @property
    def is_events(self) -> bool:
        """Whether values are of events, which have names and IDs."""
        return self.kind == "events"


@dataclass(frozen=True, slots=True)
class StartedStream:
    """An answer whose body is still to come; no piece may be longer than `limit`."""

    reader: AnswerReader
    operation: Operation[Any]
    response: httpx2.Response
    limit: int


def read_stream(
    started: StartedStream, reading: StreamReading
) -> Generator[Any, None, None]:
    """Yield None, once what ends the stream closes the connection; then its pieces."""
    try:
        if (pieces := _begin(started, reading)) is None:
            started.response.read()
            raise _wrong_media_type(started, reading)
        yield None
        for chunk in started.response.iter_bytes():
            yield from pieces.feed(chunk)
        yield from pieces.end()
    except httpx2.RequestError as error:
        raise connection_error(error, started.operation.call) from error
    finally:
        started.response.close()


async def read_stream_async(
    started: StartedStream, reading: StreamReading
) -> AsyncGenerator[Any, None]:
    """Yield None, once what ends the stream closes the connection; then its pieces."""
    try:
        if (pieces := _begin(started, reading)) is None:
            await started.response.aread()
            raise _wrong_media_type(started, reading)
        yield None
        async for chunk in started.response.aiter_bytes():
            for each in pieces.feed(chunk):
                yield each
        for each in pieces.end():
            yield each
    except httpx2.RequestError as error:
        raise connection_error(error, started.operation.call) from error
    finally:
        await started.response.aclose()


class _Cutter(Protocol):
    """Makes of bytes, as they come, what a stream yields."""

    def feed(self, chunk: bytes, /) -> Iterator[Any]: ...
    def end(self) -> Iterator[Any]: ...


class _Bytes:
    """Yields bytes as they come."""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield a chunk."""
        yield chunk

    def end(self) -> Iterator[bytes]:
        """Yield nothing: all has come."""
        return iter(())


class _TextLines:
    """Yields lines as texts, without what ends them."""

    def __init__(self, limit: int) -> None:
        self._lines = Lines()
        self._limit = limit

    def feed(self, chunk: bytes) -> Iterator[str]:
        """Yield the lines that end in a chunk."""
        for line in self._lines.feed(chunk):
            yield line.decode(errors="replace")
        _check_size(self._lines.size, self._limit)

    def end(self) -> Iterator[str]:
        """Yield the last line."""
        for line in self._lines.end():
            yield line.decode(errors="replace")


def _check_size(size: int, limit: int) -> None:
    """Raise an error if a piece that has not ended is too large to be kept."""
    if size > limit:
        raise httpx2.DecodingError(
            f"a piece larger than {limit} bytes (max_response_size)"
        )


def _begin(started: StartedStream, reading: StreamReading) -> _Cutter | None:
    """Begin to read a response; return None if its media type is not a stream's."""
    match reading.kind:
        case "bytes":
            return _Bytes()
        case "lines":
            return _TextLines(started.limit)
        case "events" | "values":
            return _begin_decoding(started, reading)


def _begin_decoding(started: StartedStream, reading: StreamReading) -> _Pieces | None:
    operation = started.operation
    reader = started.reader
    status = started.response.status_code
    text = by_status(operation.responses, status, operation.returns)
    hint = resolve_hint(text, reader.models, reader.package)
    framing = _choose_framing(_media_type(started.response), hint, reading)
    return None if framing is None else _Pieces(started, hint, framing, reading)


def _choose_framing(media: str, hint: Hint, reading: StreamReading) -> Framing | None:
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


def _wrong_media_type(
    started: StartedStream, reading: StreamReading
) -> ResponseBodyError:
    response = started.response
    wanted = "text/event-stream" if reading.is_events else "JSON values"
    message = f"{response.status_code}: expected {wanted}, got {_media_type(response)}"
    return ResponseBodyError(message, started.operation.call, response)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Decodes the pieces of a stream."""

    started: StartedStream
    hint: Hint
    framing: Framing
    reading: StreamReading

    def feed(self, chunk: bytes) -> Iterator[Any]:
        """Yield the values that a chunk completes."""
        yield from self._decode_all(self.framing.feed(chunk))
        _check_size(self.framing.size, self.started.limit)

    def end(self) -> Iterator[Any]:
        """Yield the last value, if nothing ended it."""
        yield from self._decode_all(self.framing.end())

    def _decode_all(self, lines: Iterable[Line]) -> Iterator[Any]:
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

    def _decode(self, data: bytes) -> Iterator[Any]:
        """Yield the value of one JSON text; what is none ends nothing."""
        reader = self.started.reader
        report = list[Mismatch]()
        try:
            found = decode(data, self.hint, report, keep_unknown=reader.keep_unknown)
        except NotJSONError as error:
            if str in list_options(self.hint):
                yield data.decode(errors="replace")
            elif reader.strict:
                yield self._complain(data)
            else:
                call = self.started.operation.call
                log = logging.getLogger(reader.package)
                log.warning(_NO_JSON, call, len(data), error)
        else:
            yield self._complain(data) if report else found

    def _complain(self, data: bytes) -> Any:
        """Read one JSON text as if it were a whole answer: log or raise."""
        response = self.started.response
        reader = self.started.reader
        headers = {"content-type": response.headers.get("content-type", "")}
        piece = httpx2.Response(response.status_code, headers=headers, content=data)
        return reader.json(self.started.operation.call, piece, self.hint)
