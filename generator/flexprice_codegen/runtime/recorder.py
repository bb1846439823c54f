# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Records what a server answers; a client has it only if it is asked for.

In: a transport, and deliveries. Out: a file of JSON Lines: an entry of HAR 1.2 for each
exchange, without secrets, written as it ends. A recording never disturbs a call: what
cannot be recorded is lost, and counted.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from threading import Lock
from time import perf_counter
from types import TracebackType
from typing import Any, ClassVar, Final, Literal, Self, TypeAlias

import httpx2

from .event_lists import open_form, split_events
from .masks import Cleaner, Masks
from .shapes import Plain

Kept: TypeAlias = Literal["values", "shapes"]
MOST_PIECES: Final = 100
"""The pieces of a stream that are kept."""
LARGEST_BODY: Final = 2**20
"""The bytes of a body that is kept; of a larger one, only the shape is."""
LARGEST_SHAPE: Final = 2**24
_STREAMS = ("text/event-stream", "jsonl", "ndjson", "-seq", "/octet-stream")
_log = logging.getLogger(__name__)


class TrafficRecorder:
    """Records exchanges and deliveries into a file, also of several threads.

    Args:
        path: The file, to which lines are added.
        record: `"shapes"` keeps kinds instead of values, and can be committed.
        every: Of each operation, only one exchange of so many is recorded.
    """

    masks: ClassVar[Masks] = Masks()
    event_path: ClassVar[tuple[str, ...]] = ()
    event_items: ClassVar[tuple[str, ...]] = ()
    event_form: ClassVar[str | None] = None
    """The field of a form that holds an event; None if no delivery is a form."""

    def __init__(
        self, path: str | PathLike[str], *, record: Kept = "values", every: int = 1
    ) -> None:
        if record not in ("values", "shapes"):
            raise ValueError(f'record={record!r}: expected "values" or "shapes"')
        if every < 1:
            raise ValueError(f"every={every}: expected at least 1")
        self.path = Path(path)
        self.lost = 0
        self._shapes = record == "shapes"
        self._every = every
        self._seen: Counter[str] = Counter()
        self._lock = Lock()
        self._file = self.path.open("a", encoding="utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; calls go on unrecorded."""
        self._file.close()

    def transport(
        self, inner: httpx2.BaseTransport | None = None
    ) -> httpx2.BaseTransport:
        """Wrap a transport, or a new one."""
        return _Transport(self, inner or httpx2.HTTPTransport())

    def async_transport(
        self, inner: httpx2.AsyncBaseTransport | None = None
    ) -> httpx2.AsyncBaseTransport:
        """Wrap an asynchronous transport, or a new one."""
        return _AsyncTransport(self, inner or httpx2.AsyncHTTPTransport())

    def client(self, inner: httpx2.BaseTransport | None = None) -> httpx2.Client:
        """Make what a client takes as `http_client`."""
        return httpx2.Client(transport=self.transport(inner))

    def async_client(
        self, inner: httpx2.AsyncBaseTransport | None = None
    ) -> httpx2.AsyncClient:
        """Make what an asynchronous client takes as `http_client`."""
        return httpx2.AsyncClient(transport=self.async_transport(inner))

    def record_delivery(self, body: bytes | str, *, event: str = "") -> None:
        """Record the events of a webhook; `event` is their name, if the body has none."""
        content = body.encode() if isinstance(body, str) else body
        try:
            if self.event_form is not None and not _is_json(content):
                content = open_form(content, self.event_form)
            events = split_events(content, self.event_items)
            for each in [content] if events is None else events:
                self._write_line(self._describe_delivery(each, event))
        except Exception as error:  # noqa: BLE001 - no call may fail by it
            self.lose(error)

    def save_har(self, path: str | PathLike[str]) -> None:
        """Write the exchanges so far as a HAR file, which browsers and proxies read."""
        head = {"version": "1.2", "creator": {"name": __name__, "version": "1"}}
        start = json.dumps({"log": {**head, "entries": []}}).removesuffix("]}}")
        with (
            self.path.open(encoding="utf-8") as lines,
            Path(path).open("w", encoding="utf-8") as file,
        ):
            separator = "\n"
            file.write(start)
            for line in lines:
                if line.endswith("}\n") and not line.startswith('{"delivery"'):
                    file.write(separator + line.rstrip("\n"))
                    separator = ",\n"
            file.write("\n]}}\n")

    def begin(self, request: httpx2.Request) -> _Exchange | None:
        """Begin to record a request; None if it is not one that is."""
        try:
            exchange = _Exchange(self, request, shapes=self._shapes)
            with self._lock:
                number = self._seen[exchange.call]
                self._seen[exchange.call] += 1
        except Exception as error:  # noqa: BLE001 - no call may fail by it
            self.lose(error)
            return None
        return exchange if number % self._every == 0 else None

    def finish(self, exchange: _Exchange, *, is_complete: bool) -> None:
        """Write an exchange."""
        try:
            self._write_line(exchange.entry(is_complete=is_complete))
        except Exception as error:  # noqa: BLE001 - no call may fail by it
            self.lose(error)

    def lose(self, error: Exception) -> None:
        """Count an exchange that is not recorded; the first is a warning in the log."""
        self.lost += 1
        if self.lost == 1:
            # The message could hold a value.
            _log.warning("an exchange is not recorded: %s", type(error).__name__)

    def _describe_delivery(self, content: bytes, event: str) -> dict[str, Any]:
        value: Plain = json.loads(content)
        named: Plain = value if self.event_path else None
        for key in self.event_path:
            named = named.get(key) if isinstance(named, dict) else None
        if isinstance(named, str):
            event = event or named
        cleaner = Cleaner(self.masks, shapes=self._shapes)
        described = _describe_content(cleaner, "application/json", content)
        return {"delivery": {"event": event, "content": described}, **_begin_line()}

    def _write_line(self, line: dict[str, Any]) -> None:
        text = json.dumps(line) + "\n"
        with self._lock:
            self._file.write(text)
            self._file.flush()


class _Exchange:
    """A request, and what came back of its response."""

    def __init__(
        self, recorder: TrafficRecorder, request: httpx2.Request, *, shapes: bool
    ) -> None:
        operation = request.extensions.get("called")
        self._route: str = getattr(operation, "path", "")
        self.call = f"{request.method} {self._route or request.url.path}"
        self._recorder = recorder
        self._request = request
        self._shapes = shapes
        self._started = {**_begin_line(), "_from": perf_counter()}
        self._pieces: list[bytes] = []
        self._size = 0
        self._is_cut = False

    def respond(self, response: httpx2.Response) -> bool:
        """Take a response; return whether its body is still to come."""
        self._response = response
        self._media = _media_of(response.headers)
        self._is_stream = self._media.endswith(_STREAMS)
        try:
            self._content: bytes | None = response.content
        except httpx2.ResponseNotRead:
            self._content = None
        return self._content is None

    def add(self, piece: bytes) -> None:
        """Add a piece of the body, as it came over the network."""
        self._size += len(piece)
        is_too_long = self._is_stream and len(self._pieces) >= MOST_PIECES
        if is_too_long or self._size > LARGEST_SHAPE:
            self._is_cut = True
        else:
            self._pieces.append(piece)

    def finish(self, *, is_complete: bool) -> None:
        """Write what there is."""
        self._recorder.finish(self, is_complete=is_complete)

    def entry(self, *, is_complete: bool) -> dict[str, Any]:
        """Return the entry of a HAR file."""
        cleaner = Cleaner(self._recorder.masks, self._request, shapes=self._shapes)
        started = self._started.pop("_from")
        spent = round((perf_counter() - started) * 1_000, 3)
        return {
            **self._started,
            "time": spent,
            "request": self._describe_request(cleaner),
            "response": self._describe_response(cleaner, is_complete=is_complete),
            "cache": {},
            "timings": {"send": 0, "wait": spent, "receive": 0},
        }

    def _describe_request(self, cleaner: Cleaner) -> dict[str, Any]:
        request = self._request
        asked: dict[str, Any] = {
            "method": request.method,
            "url": cleaner.url(request.url, self._route),
            **_describe_message(cleaner, request.headers),
            "queryString": [],
        }
        try:
            content = request.content
        except httpx2.RequestNotRead:
            # A body that is sent once, or a file.
            return {**asked, "postData": {"mimeType": _media_of(request.headers)}}
        if content:
            media = _media_of(request.headers)
            held = _describe_content(cleaner, media, content)
            asked["postData"] = held
        return asked

    def _describe_response(
        self, cleaner: Cleaner, *, is_complete: bool
    ) -> dict[str, Any]:
        response = self._response
        is_cut = self._is_cut or not is_complete
        content = self._content
        if content is None:
            content = _decode_content(response, b"".join(self._pieces), is_cut=is_cut)
        held = _describe_content(cleaner, self._media, content)
        return {
            "status": response.status_code,
            "statusText": response.reason_phrase,
            **_describe_message(cleaner, response.headers),
            "content": {**held, "_cut": True} if is_cut else held,
            "redirectURL": "",
        }


def _is_json(content: bytes) -> bool:
    """Return whether a body is an object or a list, whose brackets a form encodes."""
    return content.lstrip()[:1] in (b"{", b"[")


def _begin_line() -> dict[str, Any]:
    return {"startedDateTime": datetime.now(UTC).isoformat()}


def _media_of(headers: httpx2.Headers) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _describe_message(cleaner: Cleaner, headers: httpx2.Headers) -> dict[str, Any]:
    return {
        "httpVersion": "HTTP/1.1",
        "headers": cleaner.headers(headers),
        "cookies": [],
        "headersSize": -1,
        "bodySize": -1,
    }


def _describe_content(cleaner: Cleaner, media: str, content: bytes) -> dict[str, Any]:
    """Return a body as HAR has it; without its text if that cannot be kept."""
    if len(content) > LARGEST_BODY:
        cleaner = cleaner.of_shapes()
    text = cleaner.body(media, content) if content else ""
    held: dict[str, Any] = {"size": len(content), "mimeType": media}
    if text is not None:
        held["text"] = text
    return {**held, "_shapes": True} if cleaner.has_shapes else held


def _decode_content(
    response: httpx2.Response, content: bytes, *, is_cut: bool
) -> bytes:
    """Undo the compression of a body; a part of one is nothing."""
    if "content-encoding" not in response.headers:
        return content
    if is_cut:
        return b""
    headers = {"content-encoding": response.headers["content-encoding"]}
    return httpx2.Response(200, headers=headers, content=content).content


class _Stream(httpx2.SyncByteStream):
    """A body that is recorded as it is read."""

    def __init__(self, inner: httpx2.SyncByteStream, exchange: _Exchange) -> None:
        self._inner = inner
        self._exchange: _Exchange | None = exchange
        self._is_complete = False

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._inner:
            if self._exchange is not None:
                self._exchange.add(piece)
            yield piece
        self._is_complete = True

    def close(self) -> None:
        exchange = self._exchange
        self._exchange = None
        try:
            self._inner.close()
        finally:
            if exchange is not None:
                exchange.finish(is_complete=self._is_complete)


class _AsyncStream(httpx2.AsyncByteStream):
    """A body that is recorded as it is read."""

    def __init__(self, inner: httpx2.AsyncByteStream, exchange: _Exchange) -> None:
        self._inner = inner
        self._exchange: _Exchange | None = exchange
        self._is_complete = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._inner:
            if self._exchange is not None:
                self._exchange.add(piece)
            yield piece
        self._is_complete = True

    async def aclose(self) -> None:
        exchange = self._exchange
        self._exchange = None
        try:
            await self._inner.aclose()
        finally:
            if exchange is not None:
                exchange.finish(is_complete=self._is_complete)


class _Transport(httpx2.BaseTransport):
    def __init__(self, recorder: TrafficRecorder, inner: httpx2.BaseTransport) -> None:
        self._recorder = recorder
        self._inner = inner

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        exchange = self._recorder.begin(request)
        response = self._inner.handle_request(request)
        if exchange is None:
            return response
        stream = response.stream
        if not exchange.respond(response):
            exchange.finish(is_complete=True)
        elif isinstance(stream, httpx2.SyncByteStream):
            response.stream = _Stream(stream, exchange)
        return response

    def close(self) -> None:
        self._inner.close()


class _AsyncTransport(httpx2.AsyncBaseTransport):
    def __init__(
        self, recorder: TrafficRecorder, inner: httpx2.AsyncBaseTransport
    ) -> None:
        self._recorder = recorder
        self._inner = inner

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        exchange = self._recorder.begin(request)
        response = await self._inner.handle_async_request(request)
        if exchange is None:
            return response
        stream = response.stream
        if not exchange.respond(response):
            exchange.finish(is_complete=True)
        elif isinstance(stream, httpx2.AsyncByteStream):
            response.stream = _AsyncStream(stream, exchange)
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()
