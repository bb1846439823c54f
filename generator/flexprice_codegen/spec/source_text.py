"""A text, and the location in its file of each of its characters.

In: the bytes of a file, or a part of its text. Out: `SourceText`, whose offsets map to
`FileLocation`s. A block of a page is a `SourceText` of its own, with the locations of
the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from flexprice_codegen.diagnostics import FileLocation, build_error
from flexprice_codegen.spec.sources import Source

# The byte order marks of UTF-16, little and big endian.
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# The byte order mark of UTF-8, as Windows editors write it.
_UTF_8_MARK = b"\xef\xbb\xbf"
# Characters: to count the lines of one takes less than a microsecond.
_BLOCK = 4096


@dataclass(frozen=True)
class SourceText:
    """Characters, and their location in the file.

    Attributes:
        file: The name of the file, for messages.
        body: The characters, without a byte order mark.
        first_line: The line of the file on which the body begins, from one.
        removed: For each line of the body, the number of spaces removed from its start;
            empty if nothing was removed.
    """

    file: str
    body: str
    first_line: int = 1
    removed: tuple[int, ...] = ()

    def get_location(self, offset: int) -> FileLocation:
        """Return the location of the character at `offset` of the body, from zero."""
        block = offset // _BLOCK
        line = self._lines_before[block] + self.body.count("\n", block * _BLOCK, offset)
        removed = self.removed[line] if self.removed else 0
        column = offset - self.body.rfind("\n", 0, offset) + removed
        return FileLocation(self.file, self.first_line + line, column)

    def get_end_location(self) -> FileLocation:
        """Return the location after the last character that is not whitespace."""
        return self.get_location(len(self.body.rstrip()))

    @cached_property
    def _lines_before(self) -> list[int]:
        """The number of lines that end before each block of characters."""
        # Of a document with ten thousand lines, few are asked for.
        blocks = range(0, len(self.body), _BLOCK)
        numbers = (self.body.count("\n", each, each + _BLOCK) for each in blocks)
        return [0, *accumulate(numbers)]


def decode_source(source: Source) -> SourceText:
    """Decode the bytes of a source as UTF-8 (RFC 3629); a byte order mark is optional.

    Raises:
        DiagnosticError: `not-utf-8`, at the first invalid byte.
    """
    data = source.data
    if data.startswith(_UTF_16):
        raise build_error(
            "not-utf-8",
            "the file is UTF-16, expected UTF-8",
            at=FileLocation(source.name, 1, 1),
            hint="save the file as UTF-8",
        )

    data = data.removeprefix(_UTF_8_MARK)
    try:
        return SourceText(source.name, data.decode())
    except UnicodeDecodeError as error:
        valid = SourceText(source.name, data[: error.start].decode())
        raise build_error(
            "not-utf-8",
            f"byte 0x{data[error.start]:02X} is not valid UTF-8",
            at=valid.get_location(len(valid.body)),
            hint="save the file as UTF-8",
        ) from None
