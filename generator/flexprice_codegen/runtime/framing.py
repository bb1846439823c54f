# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Where one piece of a stream ends and the next begins.

In: bytes as they come, cut anywhere. Out: lines, records, and the events that lines
make up. Source: HTML, 9.2.6 (event streams), RFC 7464 (JSON text sequences).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec import DecodeError, Raw
from msgspec.json import decode

_BOM = b"\xef\xbb\xbf"
_RECORD = b"\x1e"


@dataclass(slots=True)
class Lines:
    """Cuts at line feeds, carriage returns, and pairs of both, also across pieces.

    `size` counts the bytes of the line that has not ended.
    """

    size: int = 0
    _pending: list[bytes] = field(default_factory=list[bytes])
    _after_return: bool = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Take the next bytes, and give the lines that they complete."""
        if self._after_return:
            chunk = chunk.removeprefix(b"\n")
        if chunk:
            self._after_return = chunk.endswith(b"\r")
        for piece in chunk.splitlines(keepends=True):
            self._pending.append(piece)
            self.size += len(piece)
            if piece.endswith((b"\r", b"\n")):
                yield self._take().rstrip(b"\r\n")

    def end(self) -> Iterator[bytes]:
        """Return the last line, if nothing ended it."""
        if self._pending:
            yield self._take()

    def _take(self) -> bytes:
        line = b"".join(self._pending)
        self._pending.clear()
        self.size = 0
        return line


@dataclass(slots=True)
class Records:
    """Cuts at the character that begins each record of a JSON text sequence.

    `size` counts the bytes of the record that has not ended.
    """

    size: int = 0
    _pending: list[bytes] = field(default_factory=list[bytes])

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Take the next bytes, and give the records that they complete."""
        first, *others = chunk.split(_RECORD)
        self._pending.append(first)
        self.size += len(first)
        for each in others:
            yield b"".join(self._pending)
            self._pending[:] = [each]
            self.size = len(each)

    def end(self) -> Iterator[bytes]:
        """Return the last record."""
        yield b"".join(self._pending)
        self._pending.clear()


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a stream whose data is not decoded yet: an event, or a JSON value."""

    data: bytes
    name: str = "message"
    id: str = ""
    retry: int | None = None


@dataclass(slots=True)
class EventLines:
    """Puts events together; an empty line ends one (HTML, 9.2.6).

    `size` counts the characters of the data of the event that has not ended.
    """

    size: int = 0
    _data: list[str] = field(default_factory=list[str])
    _name: str = ""
    _id: str = ""
    _retry: int | None = None
    _is_first: bool = True

    def read(self, line: bytes) -> Line | None:
        """Take a line, and give the event that it ends."""
        if self._is_first:
            line = line.removeprefix(_BOM)
            self._is_first = False
        if not line:
            return self._end_event()
        name, _, value = line.decode(errors="replace").partition(":")
        value = value.removeprefix(" ")
        match name:
            case "data":
                self._data.append(value)
                self.size += len(value)
            case "event":
                self._name = value
            case "id" if "\0" not in value:
                self._id = value
            case "retry" if value.isascii() and value.isdecimal():
                self._retry = int(value[:9])
            case _:
                pass  # a comment, which keeps the connection alive, or unknown
        return None

    def _end_event(self) -> Line | None:
        data = self._data
        name = self._name
        retry = self._retry
        self._retry = None
        self._data = []
        self._name = ""
        self.size = 0
        if not data:
            return None
        text = "\n".join(data)
        return Line(text.encode(), name or "message", self._id, retry)


class Framing(ABC):
    """Cuts the bytes of a stream into pieces."""

    @property
    @abstractmethod
    def size(self) -> int:
        """The length of the piece that has not ended, which is in memory."""

    @abstractmethod
    def feed(self, chunk: bytes) -> Iterator[Line]:
        """Take the next bytes, and yield the pieces that they complete."""

    @abstractmethod
    def end(self) -> Iterator[Line]:
        """Yield the pieces that ended without their mark."""


@dataclass(slots=True)
class EventFraming(Framing):
    """Cuts server-sent events."""

    _lines: Lines = field(default_factory=Lines)
    _events: EventLines = field(default_factory=EventLines)

    @property
    def size(self) -> int:
        """The length of the event that has not ended."""
        return self._lines.size + self._events.size

    def feed(self, chunk: bytes) -> Iterator[Line]:
        """Yield the events that end in a chunk."""
        yield from self._read_lines(self._lines.feed(chunk))

    def end(self) -> Iterator[Line]:
        """Yield the last event, if the server forgot the empty line behind it."""
        yield from self._read_lines(self._lines.end())
        yield from self._read_lines(iter((b"",)))

    def _read_lines(self, lines: Iterator[bytes]) -> Iterator[Line]:
        for line in lines:
            if (event := self._events.read(line)) is not None:
                yield event


@dataclass(slots=True)
class ValueFraming(Framing):
    """Cuts JSON values, one a line or one a record."""

    _frames: Lines | Records

    @property
    def size(self) -> int:
        """The length of the value that has not ended."""
        return self._frames.size

    def feed(self, chunk: bytes) -> Iterator[Line]:
        """Yield the values that end in a chunk."""
        yield from self._read_lines(self._frames.feed(chunk))

    def end(self) -> Iterator[Line]:
        """Yield the last value."""
        yield from self._read_lines(self._frames.end())

    def _read_lines(self, frames: Iterator[bytes]) -> Iterator[Line]:
        for frame in frames:
            if text := frame.strip():
                yield Line(text)


@dataclass(slots=True)
class JSONFraming(Framing):
    """Cuts a response that says it is JSON: one text, or one value a line all the same.

    A line that is not JSON begins a text that goes on to the end. The elements of an
    array are pieces if `splits_arrays`.
    """

    splits_arrays: bool
    _lines: Lines = field(default_factory=Lines)
    _rest: list[bytes] = field(default_factory=list[bytes])
    _rest_size: int = 0

    @property
    def size(self) -> int:
        """The length of the text that has not ended."""
        return self._lines.size + self._rest_size

    def feed(self, chunk: bytes) -> Iterator[Line]:
        """Yield the values whose line ends in a chunk."""
        yield from self._read_lines(self._lines.feed(chunk))

    def end(self) -> Iterator[Line]:
        """Yield the last value, or the text that is longer than a line."""
        yield from self._read_lines(self._lines.end())
        if self._rest:
            yield from self._split_text(b"\n".join(self._rest))

    def _read_lines(self, lines: Iterator[bytes]) -> Iterator[Line]:
        for line in lines:
            if self._rest or not _is_json(line):
                self._rest += [line] if line or self._rest else []
                self._rest_size += len(line)
            else:
                yield from self._split_text(line)

    def _split_text(self, text: bytes) -> Iterator[Line]:
        is_array = text.lstrip().startswith(b"[") and _is_json(text)
        if self.splits_arrays and is_array:
            yield from (Line(bytes(each)) for each in decode(text, type=list[Raw]))
        else:
            yield Line(text)


def _is_json(text: bytes) -> bool:
    try:
        decode(text, type=Raw)
    except DecodeError:
        return False
    return True
