"""Files of recorded traffic to exchanges.

In: HAR files, JSON Lines (an entry a line), directories of both, or `-` for standard
input. Out: exchanges, one at a time: a file of any size needs the memory of its largest
entry.
"""

from __future__ import annotations

import codecs
import json
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final

from flexprice_codegen.conform.exchange import Exchange, Recorded
from flexprice_codegen.conform.har_entry import read_entry
from flexprice_codegen.diagnostics import (
    DiagnosticError,
    FileLocation,
    build_error,
)

STANDARD_INPUT: Final = "-"
# Of files in a directory that are read as recordings.
_SUFFIXES = (".har", ".jsonl", ".ndjson")
# Large enough that reading costs little beside decoding.
_CHUNK = 2**20
# What clients retry: RFC 9110 §15.5.9, RFC 8470 §5.2, RFC 6585 §4, and failed servers.
_RETRIED = frozenset({408, 425, 429, *range(500, 600)})
# A client repeats a call soon, so that the oldest failures can be forgotten.
_MOST_FAILURES = 1_000
_LARGEST_ENTRY = 128 * 2**20
"""The characters that one entry may have."""
# In a string the quotes of `"entries"` are escaped.
_ENTRIES = re.compile(r'(?<!\\)"entries"\s*:\s*\[')
# What can be between the elements of an array.
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder(parse_float=Decimal)


def read_traffic(paths: Iterable[str]) -> Iterator[Recorded]:
    """Yield the exchanges of all files, numbered over all of them.

    Args:
        paths: Files, directories, or `-`.

    Raises:
        DiagnosticError: `file-not-found`, `file-unreadable`, or `traffic` for a file
            that is neither HAR nor JSON Lines.
    """
    number = 0
    failures = _FailedRequests()
    for path in paths:
        for file in _list_files(path):
            for entry in _iter_entries(file):
                recorded = read_entry(entry, number + 1)
                if recorded is not None:
                    number += 1
                    yield failures.renumber(recorded)


@contextmanager
def keep_standard_input(paths: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield paths that can be read several times: standard input becomes a file.

    Args:
        paths: Files, directories, or `-`.
    """
    if STANDARD_INPUT not in paths:
        yield tuple(paths)
        return

    with TemporaryDirectory() as folder:
        kept = Path(folder, "traffic")
        with kept.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)

        name = kept.as_posix()
        yield tuple(name if each == STANDARD_INPUT else each for each in paths)


class _FailedRequests:
    """The last requests that clients repeat, by what they sent."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}

    def renumber(self, recorded: Recorded) -> Recorded:
        """Return an exchange; a retry has the number of the request that it repeats."""
        # Without values, requests of different things are alike.
        if not isinstance(recorded, Exchange) or recorded.received.is_shape:
            return recorded

        target = (recorded.host, recorded.path, recorded.query)
        key = hash((recorded.method, target, recorded.sent.data))
        number = self._numbers.pop(key, recorded.number)
        if recorded.status in _RETRIED:
            self._numbers[key] = number
            if len(self._numbers) > _MOST_FAILURES:
                self._numbers.pop(next(iter(self._numbers)))

        return replace(recorded, number=number)


def _list_files(path: str) -> list[str]:
    """Return the files of a path: itself, or the recordings of a directory in order."""
    if path == STANDARD_INPUT or not Path(path).is_dir():
        return [path]

    found = [
        each.as_posix()
        for each in sorted(Path(path).rglob("*"))
        if each.suffix in _SUFFIXES and each.is_file()
    ]
    if not found:
        raise build_error(
            "traffic",
            f"no recording in {path!r}",
            hint=f"use files that end in {', '.join(_SUFFIXES)}",
        )

    return found


def _iter_entries(path: str) -> Iterator[object]:
    """Yield the entries of a file: the form is recognized by its beginning."""
    with _open_binary(path) as file:
        reader = codecs.getreader("utf-8-sig")(file, "replace")
        window = _Window(reader, path)
        if window.skip_to(_ENTRIES):
            yield from window.iter_array()
        else:
            yield from window.iter_lines()


@contextmanager
def _open_binary(path: str) -> Iterator[BinaryIO]:
    if path == STANDARD_INPUT:
        yield sys.stdin.buffer
        return

    try:
        with Path(path).open("rb") as file:
            yield file
    except FileNotFoundError:
        raise build_error(
            "file-not-found", f"file not found: {path!r}", hint="check the path"
        ) from None
    except OSError as error:
        raise build_error(
            "file-unreadable",
            f"cannot read {path!r}: {error.strerror}",
            hint="check the permissions of the file",
        ) from error


class _Window:
    """A part of a text file, which moves on as its values are read."""

    def __init__(self, reader: codecs.StreamReader, path: str) -> None:
        self._reader = reader
        self._path = path
        self._text = ""
        self._line = 1
        self._is_complete = False

    def skip_to(self, pattern: re.Pattern[str]) -> bool:
        """Move behind a pattern; False if the text is not a HAR file."""
        while True:
            found = pattern.search(self._text)
            if found is not None:
                self._drop(found.end())
                return True
            if self._is_line_format() or not self._grow():
                return False

    def _is_line_format(self) -> bool:
        # A line that is an object of its own: JSON Lines.
        first, separator, _ = self._text.lstrip().partition("\n")
        if not separator:
            return False
        try:
            return isinstance(_DECODER.decode(first), dict)
        except ValueError:
            # A value that goes on in the next line: the file is one value.
            return False

    def iter_array(self) -> Iterator[object]:
        """Yield the elements of the array that begins here."""
        while True:
            self._drop(self._match_end(_BETWEEN))
            if not self._text and not self._grow():
                raise self._build_error("unexpected end of file")
            if self._text.startswith("]"):
                return
            if self._text and not self._text[0].isspace() and self._text[0] != ",":
                yield self._take_value()

    def iter_lines(self) -> Iterator[object]:
        """Yield the values of all lines; a last line that was cut is ignored."""
        while True:
            line, separator, _ = self._text.partition("\n")
            if not separator and self._grow():
                continue
            self._drop(len(line) + len(separator))
            if line.strip():
                try:
                    yield _DECODER.decode(line)
                except (ValueError, RecursionError) as error:
                    # A recorder that was killed leaves half a line at the end.
                    if self._text or self._line == 1:
                        raise self._build_error("not HAR or JSON Lines") from error
                    return
            if not separator:
                return

    def _take_value(self) -> object:
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text)
            except RecursionError as error:
                raise self._build_error("an entry is nested too deeply") from error
            except ValueError as error:
                if not self._grow():
                    raise self._build_error("unexpected end of file") from error
                continue
            self._drop(end)
            return value

    def _match_end(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self._text)
        return found.end() if found else 0

    def _drop(self, length: int) -> None:
        self._line += self._text.count("\n", 0, length)
        self._text = self._text[length:]

    def _grow(self) -> bool:
        """Read on; False at the end of the file."""
        if self._is_complete:
            return False
        if len(self._text) > _LARGEST_ENTRY:
            raise self._build_error(f"an entry exceeds {_LARGEST_ENTRY:,} characters")

        # A large entry doubles the window, so that it is decoded few times.
        more = self._reader.read(max(_CHUNK, len(self._text)))
        self._is_complete = not more
        self._text += more
        return bool(more)

    def _build_error(self, reason: str) -> DiagnosticError:
        return build_error(
            "traffic",
            f"invalid recording: {reason}",
            at=FileLocation(self._path, self._line, 1),
            hint="pass a HAR file, or JSON Lines with one HAR entry per line",
        )
