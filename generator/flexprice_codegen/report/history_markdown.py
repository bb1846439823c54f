"""The history of a document as Markdown.

In: entries. Out: a table of all versions, and a section for each that changed
something.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.emit.python_text import escape_markdown
from flexprice_codegen.report.changelog import escape_text, format_code, format_prose
from flexprice_codegen.report.history_entries import (
    HistoryEntry,
    HistoryLine,
    format_totals,
)
from flexprice_codegen.report.wording import LEVEL_HEADINGS, end_sentence


def format_history_page(entries: Sequence[HistoryEntry], name: str) -> str:
    """Return the report as Markdown.

    Args:
        entries: The versions, the oldest first.
        name: The path of the document.
    """
    lines = [f"## History of {format_code(name)}", "", f"{format_totals(entries)}.", ""]
    headings = " | ".join(LEVEL_HEADINGS[level] for level in reversed(Severity))
    lines.append(f"| Version | Commit | {headings} |")
    lines.append("|---|---|--:|--:|--:|")
    lines += [_format_row(entry) for entry in reversed(entries)]
    lines.append("")
    for entry in reversed(entries):
        lines += _iter_section_lines(entry)
    return "\n".join(lines)


def _format_row(entry: HistoryEntry) -> str:
    version = entry.version
    what = f"{version.day} {escape_text(version.subject)}"
    counts = [f"{entry.counts.get(level, 0):,}" for level in reversed(Severity)]
    if not entry.counts:
        counts = [escape_markdown(entry.summary), "", ""]
    commit = format_code(version.short_commit)
    return f"| {what} | {commit} | {' | '.join(counts)} |"


def _iter_section_lines(entry: HistoryEntry) -> Iterator[str]:
    """Yield the lines of a version; nothing if it changed nothing."""
    lines = [*entry.lines, *entry.others]
    if not lines and not entry.problems:
        return
    version = entry.version
    yield f"### {version.day} {escape_text(version.subject)}"
    yield ""
    yield from (f"- {escape_text(problem)}" for problem in entry.problems)
    yield from (f"- {_format_line(line)}" for line in lines)
    yield ""


def _format_line(line: HistoryLine) -> str:
    mark = "**Breaking:** " if line.level is Severity.ERROR else ""
    names = ", ".join(format_code(name) for name in line.names)
    more = f" and {line.more:,} more" if line.more else ""
    places = f" ({names}{more})" if names else ""
    return f"{mark}{format_prose(end_sentence(line.headline))}{places}"
