"""Layout: black, where black would change anything.

In: a module that the templates wrote. Out: the same module as black lays it out. The
templates write black's own style; only a statement whose code, docstrings cut out, has
a line over 88 columns that can be broken, a single quote or a character outside ASCII
can differ. Such a statement, or member of a class, goes through black alone: what black
does to a module takes half a second for a thousand lines.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from importlib import import_module

from generator.emit.files import File
from generator.emit.quoting import WIDTH

# Wide lines that black has no way to break: a name or a string alone.
_ATOM = re.compile(
    r"""
    \ * (?: [\w.]+ (?:\ as\ \w+)?
          | (?:\w+:\ )? [\w.]+
          | (?:"[^"\\]*":\ )? "[^"\\]*"
        ) ,
    | \ * from\ \S+\ import\ \(
    """,
    re.VERBOSE,
)
_DOCSTRING = re.compile(r'^ *"""(?:[^"\\]|\\.|"(?!""))*"""$', re.MULTILINE | re.DOTALL)


def laid_out(file: File) -> File:
    """Lay out a Python file."""
    if is_settled(file.text):
        return file
    lines = file.text.split("\n")
    made: list[str] = []
    done = 0
    for begin, end, depth in _pieces(ast.parse(file.text).body, lines, 0):
        piece = "\n".join(lines[begin:end])
        made += lines[done:begin]
        made.append(piece if is_settled(piece) else _formatted(piece, depth))
        done = end
    return File(file.path, "\n".join([*made, *lines[done:]]))


def is_settled(text: str) -> bool:
    """Tell whether black would leave a text as it is."""
    return _is_plain(text) or _is_plain(_DOCSTRING.sub(_blank, text))


def _is_plain(text: str) -> bool:
    return (
        text.isascii()
        and "'" not in text
        and all(
            len(line) <= WIDTH or _ATOM.fullmatch(line) for line in text.split("\n")
        )
    )


def _blank(docstring: re.Match[str]) -> str:
    """Cut a docstring out, which black does not reflow; the lines stay."""
    return "\n" * docstring[0].count("\n")


def _pieces(
    statements: Sequence[ast.stmt], lines: Sequence[str], depth: int
) -> Iterator[tuple[int, int, int]]:
    """Give the lines of each statement; of a class, or an `if`, those of its members.

    Each is the first line, the one behind the last, both from zero, and how deep it
    stands. A class whose first line is too wide is one piece.
    """
    for each in statements:
        if isinstance(each, ast.ClassDef | ast.If) and is_settled(
            lines[each.lineno - 1]
        ):
            members = [*each.body, *getattr(each, "orelse", ())]
            yield from _pieces(members, lines, depth + 1)
            continue
        decorators = getattr(each, "decorator_list", [])
        begin = min(node.lineno for node in (each, *decorators))
        yield begin - 1, each.end_lineno or begin, depth


def _formatted(piece: str, depth: int) -> str:
    """Lay out a statement as deep as it stands."""
    formatted = import_module("generator.emit.formatting").formatted
    around = "".join(f"{'    ' * level}class _:\n" for level in range(depth))
    return str(formatted(f"{around}{piece}\n")).removeprefix(around).removesuffix("\n")
