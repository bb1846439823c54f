"""What a history reports of one version: counts, and a line for each group of findings.

In: a step of a history. Out: `HistoryEntry`, a small value: the findings of hundreds of
versions would not fit into memory.
"""

from __future__ import annotations

from collections.abc import Iterable

from flexprice_codegen.diagnostics import Diagnostic
from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.grouping.groups import group_findings
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.report.group_wording import (
    MAX_ROWS,
    format_headline,
    list_rows,
)
from flexprice_codegen.report.wording import format_count, format_level_counts
from flexprice_codegen.spec.git_history import FileVersion


@frozen_value
class HistoryLine:
    """A group of findings: what happened, and the first of its places."""

    level: Severity
    rule: str
    headline: str
    names: tuple[str, ...]
    more: int


@frozen_value(kw_only=True)
class HistoryEntry:
    """A version of a document, and what it changed.

    `counts` has the number of findings by level; `lines` has those of errors and
    warnings, and `others` those of the rest. `problems` says why a version was skipped.
    """

    version: FileVersion
    counts: dict[Severity, int]
    lines: tuple[HistoryLine, ...] = ()
    others: tuple[HistoryLine, ...] = ()
    summary: str
    problems: tuple[str, ...] = ()


def build_skipped_entry(
    version: FileVersion, problems: Iterable[Diagnostic]
) -> HistoryEntry:
    """Return the entry of a version that cannot be read or compared."""
    return HistoryEntry(
        version=version,
        counts={},
        summary="skipped: the document cannot be read",
        problems=tuple(
            f"{each.location}: {each.message}" if each.location else each.message
            for each in problems
        ),
    )


def build_first_entry(
    version: FileVersion, operations: int, events: int
) -> HistoryEntry:
    """Return the entry of a version that no other precedes."""
    size = format_count(operations, "operation")
    if events:
        size += f", {format_count(events, 'event')}"
    return HistoryEntry(version=version, counts={}, summary=f"first version: {size}")


def build_entry(version: FileVersion, changes: Changes) -> HistoryEntry:
    """Return the entry of a version that was compared."""
    found = changes.findings
    return HistoryEntry(
        version=version,
        counts={level: len(changes.filter_by_level(level)) for level in Severity},
        lines=_build_lines(each for each in found if each.level is not Severity.INFO),
        others=_build_lines(each for each in found if each.level is Severity.INFO),
        summary=format_level_counts(changes),
    )


def _build_lines(findings: Iterable[Finding]) -> tuple[HistoryLine, ...]:
    lines = []
    for group in group_findings(tuple(findings)):
        names = [row.name for row in list_rows(group)]
        lines.append(
            HistoryLine(
                group.level,
                group.rule,
                format_headline(group),
                tuple(names[:MAX_ROWS]) if len(group.findings) > 1 else (),
                max(len(names) - MAX_ROWS, 0),
            )
        )
    return tuple(lines)


def format_totals(entries: Iterable[HistoryEntry]) -> str:
    """Return how many versions there are, and how many of them break callers."""
    listed = tuple(entries)
    parts = [format_count(len(listed), "version")]
    breaking = sum(bool(each.counts.get(Severity.ERROR)) for each in listed)
    parts.append(f"{breaking:,} with breaking changes")
    skipped = sum(bool(each.problems) for each in listed)
    if skipped:
        parts.append(f"{skipped:,} skipped")
    return ", ".join(parts)
