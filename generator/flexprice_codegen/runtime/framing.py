# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Where one piece of a stream ends and the next begins.

In: bytes as they come, cut anywhere. Out: lines, records, and the events that lines
make up. Source: HTML, 9.2.6 (event streams), RFC 7464 (JSON text sequences).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

_BOM = b"\xef\xbb\xbf"
_RECORD = b"\x1e"


@dataclass(slots=True)
class Lines:
    """Cuts at line feeds, carriage returns, and pairs of both, also across pieces."""

    _pending: list[bytes] = field(default_factory=list)
    _after_return: bool = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Take the next bytes, and give the lines that they complete."""
        if self._after_return:
            chunk = chunk.removeprefix(b"\n")
        if chunk:
            self._after_return = chunk.endswith(b"\r")
        for piece in chunk.splitlines(keepends=True):
            self._pending.append(piece)
            if piece.endswith((b"\r", b"\n")):
                yield b"".join(self._pending).rstrip(b"\r\n")
                self._pending.clear()

    def end(self) -> Iterator[bytes]:
        """Return the last line, if nothing ended it."""
        if self._pending:
            yield b"".join(self._pending)
            self._pending.clear()


@dataclass(slots=True)
class Records:
    """Cuts at the character that begins each record of a JSON text sequence."""

    _pending: list[bytes] = field(default_factory=list)

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Take the next bytes, and give the records that they complete."""
        first, *others = chunk.split(_RECORD)
        self._pending.append(first)
        for each in others:
            yield b"".join(self._pending)
            self._pending[:] = [each]

    def end(self) -> Iterator[bytes]:
        """Return the last record."""
        yield b"".join(self._pending)
        self._pending.clear()


@dataclass(frozen=True, slots=True)
class Line:
    """An event whose data is still a text."""

    data: str
    name: str
    id: str
    retry: int | None


@dataclass(slots=True)
class EventLines:
    """Puts events together; an empty line ends one (HTML, 9.2.6)."""

    _data: list[str] = field(default_factory=list)
    _name: str = ""
    _id: str = ""
    _retry: int | None = None
    _is_first: bool = True

    def read(self, line: bytes) -> Line | None:
        """Take a line, and give the event that it ends."""
        if self._is_first:
            line, self._is_first = line.removeprefix(_BOM), False
        if not line:
            return self._ended()
        name, _, value = line.decode(errors="replace").partition(":")
        value = value.removeprefix(" ")
        match name:
            case "data":
                self._data.append(value)
            case "event":
                self._name = value
            case "id" if "\0" not in value:
                self._id = value
            case "retry" if value.isascii() and value.isdecimal():
                self._retry = int(value[:9])
            case _:
                pass  # a comment, which keeps the connection alive, or unknown
        return None

    def _ended(self) -> Line | None:
        data, name = self._data, self._name
        retry, self._retry = self._retry, None
        self._data, self._name = [], ""
        if not data:
            return None
        return Line("\n".join(data), name or "message", self._id, retry)
