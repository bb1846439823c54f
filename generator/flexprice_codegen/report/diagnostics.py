"""Diagnostics as lines for people.

In: diagnostics with locations. Out: lines with location, level, message and code; the
help is below them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from flexprice_codegen.diagnostics import Cause, Diagnostic, Level
from flexprice_codegen.emit.python_text import join_lines, show_invisible
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
    """Print diagnostics; those with one cause are one line with their number.

    Args:
        target: The console.
        diagnostics: The diagnostics, in order.
        all_notes: Whether to print each of them, and more notes than the first 20.
        quiet: Whether to print no notes at all.
    """
    listed = list(diagnostics) if all_notes else group_by_cause(diagnostics)
    notes = 0
    for each in listed:
        if quiet and each.level is Level.NOTE:
            continue
        notes += each.level is Level.NOTE
        if each.level is Level.NOTE and notes > _MOST_NOTES and not all_notes:
            continue
        print_line(target, format_diagnostic(each), _STYLES[each.level])
        if each.help:
            print_line(target, f"    help: {join_lines(each.help)}")

    if notes > _MOST_NOTES and not all_notes:
        print_line(
            target, f"{notes - _MOST_NOTES} more notes; --notes shows all of them"
        )


def group_by_cause(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return one diagnostic for each cause, with the location of its first one.

    Errors are not grouped, because each of them has to be corrected.
    """
    groups: dict[Hashable, list[Diagnostic]] = defaultdict(list)
    for number, each in enumerate(diagnostics):
        alone = number if each.level is Level.ERROR else 0
        groups[each.level, each.code, _get_cause(each), alone].append(each)
    return [_summarize(group) for group in groups.values()]


def _get_cause(diagnostic: Diagnostic) -> Cause:
    return diagnostic.cause or Cause(diagnostic.message)


def _summarize(group: Sequence[Diagnostic]) -> Diagnostic:
    """Return the diagnostic for a group."""
    first = group[0]
    if len(group) == 1:
        return first
    cause = _get_cause(first)
    return replace(first, message=f"{len(group):,} {cause.unit}: {cause.message}")


def format_diagnostic(diagnostic: Diagnostic) -> str:
    """Return a diagnostic as one line, without its help.

    A message holds text of documents, which must not begin lines of its own.
    """
    place = f"{diagnostic.location}: " if diagnostic.location is not None else ""
    text = f"{place}{diagnostic.level}: {diagnostic.message} [{diagnostic.code}]"
    return join_lines(show_invisible(text))
