"""Layout: black, where black would change anything.

In: a module that the templates wrote. Out: the same module as black lays it out. The
templates write black's own style; only a definition whose code, docstrings cut out, has
a line over 88 columns, a single quote or a character outside ASCII can differ, so only
such modules go through black.
"""

from __future__ import annotations

import io
import re
import tokenize
from importlib import import_module

from generator.emit.files import File
from generator.emit.quoting import WIDTH

_ATOM = re.compile(r" *\w+( as \w+)?,")
_BEFORE_A_STATEMENT = frozenset(
    {
        tokenize.ENCODING,
        tokenize.NEWLINE,
        tokenize.NL,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.COMMENT,
    }
)


def laid_out(file: File) -> File:
    """Lay out a Python file."""
    if is_settled(file.text):
        return file
    formatted = import_module("generator.emit.formatting").formatted
    return File(file.path, formatted(file.text))


def is_settled(text: str) -> bool:
    """Tell whether black would leave a text as it is."""
    return _is_plain(text) or _is_plain(_without_docstrings(text))


def _is_plain(text: str) -> bool:
    return (
        text.isascii()
        and "'" not in text
        and all(
            len(line) <= WIDTH or _ATOM.fullmatch(line) for line in text.split("\n")
        )
    )


def _without_docstrings(text: str) -> str:
    """Cut out the strings that stand alone, which black does not reflow."""
    lines = text.split("\n")
    before = tokenize.ENCODING
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.STRING and before in _BEFORE_A_STATEMENT:
            for number in range(token.start[0] - 1, token.end[0]):
                lines[number] = ""
        before = token.type
    return "\n".join(lines)
