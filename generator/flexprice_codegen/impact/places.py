"""Positions as people and tools count them.

In: uses, whose columns count bytes of UTF-8, and the files. Out: places, whose columns
count characters from one; those of a notebook are in a cell.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.impact.code_files import CodeFile
from flexprice_codegen.impact.symbols import Use


@frozen_value(kw_only=True)
class Place:
    """A use in a file, as people count: from one, and in characters.

    `cell` is the number of a notebook's cell, in which lines are counted; zero for other
    files. `text` is the line.
    """

    use: Use
    line: int
    column: int
    end_column: int
    cell: int = 0
    text: str = ""

    @property
    def file(self) -> str:
        """The path of the file."""
        return self.use.file

    def __str__(self) -> str:
        cell = f"cell {self.cell}:" if self.cell else ""
        return f"{self.file}:{cell}{self.line}:{self.column}"


@dataclass(slots=True)
class PlaceFinder:
    """Finds the places of uses in files."""

    files: Mapping[str, CodeFile]
    _lines: dict[str, list[str]] = field(default_factory=dict)

    def list_places(self, uses: Iterable[Use]) -> tuple[Place, ...]:
        """Return the places of uses, in the order of files and lines."""
        return tuple(self.find_place(use) for use in sorted(uses))

    def find_place(self, use: Use) -> Place:
        """Return the place of a use."""
        file = self.files.get(use.file)
        if file is None:
            return Place(use=use, line=use.position.line, column=1, end_column=1)
        text = self._get_lines(file)[use.position.line - 1]
        data = text.encode()
        cell, line = _find_cell(file, use.position.line)
        return Place(
            use=use,
            line=line,
            column=count_characters(data, use.position.column) + 1,
            end_column=count_characters(data, use.position.end_column) + 1,
            cell=cell,
            text=text.strip(),
        )

    def _get_lines(self, file: CodeFile) -> list[str]:
        lines = self._lines.get(file.path)
        if lines is None:
            lines = file.list_lines()
            self._lines[file.path] = lines
        return lines


def count_characters(line: bytes, column: int) -> int:
    """Return how many characters the first bytes of a line are."""
    return len(line[:column].decode("utf-8", "ignore"))


def _find_cell(file: CodeFile, line: int) -> tuple[int, int]:
    """Return the cell of a line, from one, and the line in it; zero outside of notebooks."""
    if not file.cells:
        return 0, line
    number = bisect_right(file.cells, line)
    return number, line - file.cells[number - 1] + 1
