"""The files of the user's code, as text that can be parsed.

In: paths and bytes. Out: `CodeFile`, its syntax tree, and the reasons why others have
none. The cells of a notebook are joined to one text.
"""

from __future__ import annotations

import ast
import json
import tokenize
import warnings
from io import BytesIO, StringIO

from flexprice_codegen.frozen_values import frozen_value

NOTEBOOK_SUFFIX = ".ipynb"


@frozen_value
class CodeFile:
    """A file: its path from the root of the code, its content, and its cells.

    `cells` has the first line of each cell of a notebook, in the text of all cells.
    """

    path: str
    data: bytes
    cells: tuple[int, ...] = ()

    @property
    def is_notebook(self) -> bool:
        """Whether the content is the joined text of a notebook's cells."""
        return self.path.endswith(NOTEBOOK_SUFFIX)

    def list_lines(self) -> list[str]:
        """Return the lines of the text, with their ends."""
        # `splitlines` also splits at form feeds, which Python's parser does not.
        return list(StringIO(decode_source(self.data), newline=""))


@frozen_value
class SkippedFile:
    """A file that was not read, and why."""

    path: str
    reason: str


def read_code(path: str, data: bytes) -> CodeFile | SkippedFile:
    """Return a file of code, or why it is none; whether it is Python is not asked.

    Args:
        path: Its path, with slashes.
        data: Its bytes.
    """
    file = CodeFile(path, data)
    if not file.is_notebook:
        return file
    try:
        return _join_cells(path, data)
    except (ValueError, TypeError, KeyError) as error:
        return SkippedFile(path, f"not a notebook: {error}")


def read_settings(path: str, data: bytes) -> CodeFile | None:
    """Return a file of settings; None if it is not text."""
    try:
        decode_source(data)
    except (SyntaxError, ValueError):
        return None
    return CodeFile(path, data)


def parse_code(file: CodeFile) -> ast.Module | SkippedFile:
    """Return the syntax tree of a file, or why it has none.

    Columns of the tree count bytes of UTF-8.
    """
    try:
        with warnings.catch_warnings():
            # An invalid escape in the user's code is no concern of ours.
            warnings.simplefilter("ignore")
            # Bytes, so that Python reads byte order marks and encoding declarations.
            return ast.parse(file.data)
    except SyntaxError as error:
        return SkippedFile(file.path, f"line {error.lineno}: {error.msg}")
    except (ValueError, RecursionError, MemoryError) as error:
        return SkippedFile(file.path, str(error) or type(error).__name__)


def detect_source_encoding(data: bytes) -> str:
    """Return the encoding of a file of Python code (PEP 263).

    Raises:
        SyntaxError: Its declaration is invalid.
    """
    return tokenize.detect_encoding(BytesIO(data).readline)[0]


def decode_source(data: bytes) -> str:
    """Return the text of a file of Python code; line ends stay as they are."""
    return data.decode(detect_source_encoding(data))


def _join_cells(path: str, data: bytes) -> CodeFile:
    """Return the code of a notebook, one cell after the other.

    Source: nbformat 4, where `source` is a text or a list of texts.
    """
    cells = json.loads(data)["cells"]
    lines: list[str] = []
    starts: list[int] = []
    for cell in cells:
        starts.append(len(lines) + 1)
        if cell["cell_type"] != "code":
            continue
        text = cell["source"]
        joined = text if isinstance(text, str) else "".join(text)
        lines += _replace_magics(joined.splitlines())
    return CodeFile(path, "\n".join([*lines, ""]).encode(), tuple(starts))


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
