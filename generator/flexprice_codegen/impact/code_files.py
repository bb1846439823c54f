"""The files of the user's code, as text that can be parsed.

In: paths and bytes. Out: `CodeFile`, its syntax tree, and the reasons why others have
none. The code of a notebook is that of its cells.
"""

from __future__ import annotations

import ast
import tokenize
import warnings
from io import BytesIO, StringIO

from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.impact.notebooks import join_cells

NOTEBOOK_SUFFIX = ".ipynb"


@frozen_value
class CodeFile:
    """A file: its path from the root of the code, its code, and its cells.

    `cells` has the first line of each cell of a notebook, in the code of all cells.
    """

    path: str
    data: bytes
    cells: tuple[int, ...] = ()
    notebook: bytes = b""
    """The whole notebook, which has more than code."""

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return self.notebook or self.data

    @property
    def is_notebook(self) -> bool:
        """Whether the code is that of a notebook's cells."""
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
        code, cells = join_cells(data)
    except (ValueError, TypeError, KeyError) as error:
        return SkippedFile(path, f"not a notebook: {error}")
    return CodeFile(path, code, cells, data)


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
