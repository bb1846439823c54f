"""The history of a document as text.

In: entries, one after another. Out: styled lines of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flexprice_codegen.report.changes_text import LEVEL_STYLES, StyledLine, format_ascii
from flexprice_codegen.report.history_entries import (
    HistoryEntry,
    HistoryLine,
    format_totals,
)


def iter_entry_lines(entry: HistoryEntry) -> Iterator[StyledLine]:
    """Yield the lines of a version, the last one empty."""
    version = entry.version
    head = f"{version.day}  {version.short_commit}  {version.subject}"
    yield format_ascii(head), "bold"
    yield f"  {format_ascii(entry.summary)}", ""
    for problem in entry.problems:
        yield f"  {format_ascii(problem)}", "dim"
    for line in entry.lines:
        yield f"  {_format_line(line)}", LEVEL_STYLES[line.level]
    yield "", ""


def _format_line(line: HistoryLine) -> str:
    text = f"{line.level.value}[{line.rule}]: {line.headline}"
    names = ", ".join(line.names)
    more = f" and {line.more:,} more" if line.more else ""
    return format_ascii(f"{text} ({names}{more})" if names else text)


def iter_total_lines(entries: Iterable[HistoryEntry]) -> Iterator[StyledLine]:
    """Yield the last lines of the report."""
    yield format_totals(entries), "bold"
