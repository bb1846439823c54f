"""Exemptions for linters of the user's repository, by name, in the header of a file.

In: the text of a module. Out: the same text, whose first line exempts the rules that
generated code cannot follow. `docs/in-your-repository.md` has the reason for each.

The list of a file does not depend on its content. `RUF100` reports an exemption of a
rule that is off in the user's configuration, so it is in the list itself.

Source: ruff, "Error suppression", § file-level.
"""

from __future__ import annotations

from collections.abc import Sequence

RUNTIME_CODES = ("E501", "RUF100")
"""The rules that copied modules do not follow."""
CLIENT_CODES = ("A002", "E501", "N815", "PLR0913", "RUF100", "TID252")
"""The rules that modules made from a document do not follow."""


def add_exemptions(text: str, codes: Sequence[str]) -> str:
    """Return a module whose first line exempts rules of linters.

    Args:
        text: A module that starts with a comment.
        codes: The codes of the rules.
    """
    first, line_end, rest = text.partition("\n")
    return f"{first}  # ruff: noqa: {', '.join(codes)}{line_end}{rest}"
