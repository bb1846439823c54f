"""The code in the cells of notebooks.

In: the bytes of a notebook. Out: the code of its cells, one after the other, and the
notebook with other lines of code.

Source: nbformat 4, where `source` is a text or a list of texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from flexprice_codegen.frozen_values import frozen_value


def join_cells(data: bytes) -> tuple[bytes, tuple[int, ...]]:
    """Return the code of a notebook, and the first line of each cell in it.

    Raises:
        ValueError: It is not JSON.
        TypeError: Something in it has another type.
        KeyError: It is not a notebook.
    """
    lines: list[str] = []
    starts: list[int] = []
    for cell in json.loads(data)["cells"]:
        starts.append(len(lines) + 1)
        if cell["cell_type"] == "code":
            lines += _replace_magics(_read_source(cell).splitlines())
    return "\n".join([*lines, ""]).encode(), tuple(starts)


def _read_source(cell: Mapping[str, Any]) -> str:
    text = cell["source"]
    return text if isinstance(text, str) else "".join(text)


def _replace_magics(lines: list[str]) -> list[str]:
    """Return the lines of a cell, with `pass` for what only IPython understands."""
    if lines and lines[0].startswith("%%"):
        return ["pass" for _ in lines]
    return [_replace_magic(line) for line in lines]


def _replace_magic(line: str) -> str:
    body = line.lstrip()
    if not body.startswith(("%", "!", "?")):
        return line
    return line[: len(line) - len(body)] + "pass"


def replace_lines(data: bytes, lines: Mapping[int, str]) -> bytes | None:
    """Return a notebook with other lines of code; None if other bytes would change.

    Args:
        data: The notebook.
        lines: New lines by their numbers in the code of all cells, without their ends.
    """
    document = json.loads(data)
    layout = next((each for each in _LAYOUTS if each.format(document) == data), None)
    if layout is None:
        return None
    number = 1
    for cell in document["cells"]:
        if cell["cell_type"] != "code":
            continue
        before = _read_source(cell).splitlines(keepends=True)
        after = [*_iter_replaced(before, number, lines)]
        number += len(before)
        if after == before:
            continue
        is_text = isinstance(cell["source"], str)
        if not is_text and cell["source"] != before:
            return None
        cell["source"] = "".join(after) if is_text else after
    return layout.format(document)


def _iter_replaced(
    before: list[str], first: int, lines: Mapping[int, str]
) -> Iterator[str]:
    """Yield the lines of a cell, some of them replaced, with the ends that they have."""
    for number, line in enumerate(before, first):
        if number not in lines:
            yield line
            continue
        (text,) = line.splitlines()
        yield lines[number] + line[len(text) :]


@frozen_value
class _Layout:
    """How a tool writes a notebook: indentation, escapes, and the end of the file."""

    indent: int | None
    is_ascii: bool
    end: str

    def format(self, document: object) -> bytes:
        """Return the bytes of a notebook."""
        text = json.dumps(document, ensure_ascii=self.is_ascii, indent=self.indent)
        return f"{text}{self.end}".encode("utf-8", "surrogatepass")


_LAYOUTS = tuple(
    _Layout(indent, is_ascii, end)
    # That of nbformat is the first one.
    for indent in (1, 2, 4, None)
    for is_ascii in (False, True)
    for end in ("\n", "")
)
