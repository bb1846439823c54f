"""The report of `diff` for a terminal.

In: `Changes`. Out: styled lines, grouped by level: the message, the location, the
values before and after, the reason, and the fix.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from flexprice_codegen.diagnostics import FileLocation
from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.emit.python_text import join_lines, show_invisible
from flexprice_codegen.report.runner_commands import escape_runner_commands
from flexprice_codegen.report.wording import (
    LEVEL_HEADINGS,
    end_sentence,
    format_advice,
    format_affected,
    format_count,
    format_level_counts,
    format_sides,
    group_similar,
)

StyledLine: TypeAlias = tuple[str, str]
"""A text and its style, as `rich` names it."""
LEVEL_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.INFO: "bold cyan",
}


def as_text(changes: Changes) -> str:
    """Return the report without styles, for a file."""
    lines = (show_invisible(text) for text, _ in iter_lines(changes))
    return escape_runner_commands("".join(f"{line}\n" for line in lines))


def iter_lines(changes: Changes) -> Iterator[StyledLine]:
    """Yield the lines of the report, the most severe level first."""
    for level in reversed(Severity):
        found = changes.filter_by_level(level)
        if not found:
            continue
        yield f"{LEVEL_HEADINGS[level]} ({len(found):,})", LEVEL_STYLES[level]
        yield "", ""
        for group in group_similar(found):
            yield from (
                _iter_finding(group[0]) if len(group) == 1 else _iter_group(group)
            )
            yield "", ""
    yield from _iter_summary(changes)


def _iter_group(group: Sequence[Finding]) -> Iterator[StyledLine]:
    """Yield the lines of findings that share a rule and a path."""
    first = group[0]
    yield f"  {format_count(len(group), 'finding')} at {join_lines(first.path)}", "bold"
    yield f"    {join_lines(first.rule)} · {format_sides(first)}", "dim"
    for each in group:
        yield f"    · {end_sentence(join_lines(each.message))} ({each.fingerprint})", ""
    yield from _iter_details(first)


def _iter_finding(each: Finding) -> Iterator[StyledLine]:
    yield f"  {end_sentence(join_lines(each.message))}", "bold"
    yield f"    {join_lines(each.rule)} · {format_sides(each)} · {each.fingerprint}", "dim"
    yield f"    {join_lines(each.path)}{_format_python_name(each)}", ""
    if each.before or each.after:
        yield from _iter_values(each)
    yield from _iter_details(each)


def _iter_details(each: Finding) -> Iterator[StyledLine]:
    """Yield what a finding affects, its locations, its reason and its fix."""
    folded = format_affected(each.affected)
    if folded:
        yield f"    reaches {join_lines(folded)}", ""

    for name, at in (("old", each.old), ("new", each.new)):
        if isinstance(at, FileLocation):
            yield f"    {name} {join_lines(str(at))}", "dim"

    if each.level is not Severity.INFO:
        for text in (each.why, each.fix):
            if text:
                yield f"    {end_sentence(join_lines(text))}", ""


def _format_python_name(each: Finding) -> str:
    if not each.python or each.python == each.path:
        return ""
    return f" · {join_lines(each.python)}"


def _iter_values(each: Finding) -> Iterator[StyledLine]:
    if each.before:
        yield f"    - {join_lines(each.before)}", "red"
    if each.after:
        yield f"    + {join_lines(each.after)}", "green"


def _iter_summary(changes: Changes) -> Iterator[StyledLine]:
    old = changes.old
    new = changes.new
    which = join_lines(f"{old.source} → {new.source}")
    yield f"{which}: {format_level_counts(changes)}", "bold"
    if changes.ignored:
        yield f"{len(changes.ignored):,} ignored", ""
    yield join_lines(format_advice(changes)), ""
