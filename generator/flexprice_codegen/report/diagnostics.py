"""Diagnostics as lines for people.

In: diagnostics with places. Out: lines: place, level, message, code; the hint below.
"""

from __future__ import annotations

from collections.abc import Iterable

from flexprice_codegen.diagnostics import Diagnostic, Level
from flexprice_codegen.emit.python_text import join_lines
from flexprice_codegen.report.console import Console, say

_STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.NOTE: "cyan"}
_MOST_NOTES = 20


def print_diagnostics(
    target: Console, diagnostics: Iterable[Diagnostic], *, all_notes: bool
) -> None:
    """Print diagnostics, of many notes only the first unless all are wanted."""
    notes = 0
    for each in diagnostics:
        notes += each.level is Level.NOTE
        if each.level is Level.NOTE and notes > _MOST_NOTES and not all_notes:
            continue
        say(target, format_diagnostic(each), _STYLES[each.level])
        if each.help:
            say(target, f"    {join_lines(each.help)}")
    if notes > _MOST_NOTES and not all_notes:
        say(target, f"{notes - _MOST_NOTES} more notes; --notes shows all of them")


def format_diagnostic(diagnostic: Diagnostic) -> str:
    """Write a diagnostic on one line, without its hint.

    A message holds text of documents, which must not begin lines of its own.
    """
    place = f"{diagnostic.location}: " if diagnostic.location is not None else ""
    return join_lines(
        f"{place}{diagnostic.level}: {diagnostic.message} [{diagnostic.code}]"
    )
