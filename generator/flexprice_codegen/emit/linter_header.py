"""Exemptions for linters of the user's repository, by name, in the header of a file.

In: the text of a module. Out: the same text, whose first line exempts the codes that
linters would find. Only those: ruff reports an exemption that is not used (RUF100).

A document has long words, links and tables. Its text is not cut, so lines can be longer
than the layout.

Source: ruff, "Error suppression", § file-level; rule E501 (line-too-long).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from flexprice_codegen.emit.python_text import LINE_WIDTH

# Tabs do not occur in generated code.
_WIDE = frozenset("WF")


def add_exemptions(text: str) -> str:
    """Return a module whose first line exempts the codes that linters would find.

    Args:
        text: A module that starts with a comment.
    """
    codes = ", ".join(_list_codes(text))
    if not codes:
        return text
    first, line_end, rest = text.partition("\n")
    return f"{first}  # ruff: noqa: {codes}{line_end}{rest}"


def _list_codes(text: str) -> Iterator[str]:
    """Yield the codes of the rules that a module does not follow."""
    if any(map(_is_too_long, text.splitlines())):
        yield "E501"


def _is_too_long(line: str) -> bool:
    """Return whether rule E501 reports a line."""
    if len(line) <= LINE_WIDTH and (line.isascii() or _get_width(line) <= LINE_WIDTH):
        return False
    words = line.split()
    # The rule allows a single word, which cannot be wrapped.
    if len(words) <= 1:
        return False
    # It also allows a link at the end that begins within the width.
    start = _get_width(line.rstrip()) - _get_width(words[-1])
    return "://" not in words[-1] or start > LINE_WIDTH


def _get_width(text: str) -> int:
    """Return the number of columns of a text; East Asian characters have two."""
    if text.isascii():
        return len(text)
    return sum(
        (
            2
            if unicodedata.east_asian_width(each) in _WIDE
            else not unicodedata.combining(each)
        )
        for each in text
    )
