"""Diagnostics as lines for people.

In: diagnostics with locations. Out: lines with location, level, message and code; the
help is below them.
"""

from __future__ import annotations

from collections.abc import Iterable

from flexprice_codegen.diagnostics import Diagnostic, Level
from flexprice_codegen.emit.python_text import join_lines
from flexprice_codegen.report.console import Console, print_line

_STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.NOTE: "cyan"}
# A large document can have thousands of notes, which would hide the errors.
_MOST_NOTES = 20


def print_diagnostics(
    target: Console,
    diagnostics: Iterable[Diagnostic],
    *,
    all_notes: bool,
    quiet: bool = False,
) -> None:
    """Print diagnostics.

    Args:
        target: The console.
        diagnostics: The diagnostics, in order.
        all_notes: Whether to print more notes than the first 20.
        quiet: Whether to print no notes at all.
    """
    notes = 0
    for each in diagnostics:
        if quiet and each.level is Level.NOTE:
            continue
        notes += each.level is Level.NOTE
        if each.level is Level.NOTE and notes > _MOST_NOTES and not all_notes:
            continue
        print_line(target, format_diagnostic(each), _STYLES[each.level])
        if each.help:
            print_line(target, f"    {join_lines(each.help)}")

    if notes > _MOST_NOTES and not all_notes:
        print_line(
            target, f"{notes - _MOST_NOTES} more notes; --notes shows all of them"
        )


def format_diagnostic(diagnostic: Diagnostic) -> str:
    """Return a diagnostic as one line, without its help.

    A message holds text of documents, which must not begin lines of its own.
    """
    place = f"{diagnostic.location}: " if diagnostic.location is not None else ""
    return join_lines(
        f"{place}{diagnostic.level}: {diagnostic.message} [{diagnostic.code}]"
    )
