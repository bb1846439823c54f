"""What lies between two versions, for a terminal.

In: `Changes`. Out: lines with styles, grouped by level: what happened, where, before
and after, why it matters and what to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from generator.diagnostics import Place
from generator.diff.changes import Changes
from generator.diff.finding import Finding
from generator.diff.rules.severity import Severity
from generator.emit.quoting import one_line
from generator.report.wording import (
    HEADINGS,
    advice,
    alike,
    counted,
    counts,
    reach,
    sentence,
    side_of,
)

Line: TypeAlias = tuple[str, str]
"""A text and its style."""
STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.INFO: "bold cyan",
}


def lines(changes: Changes) -> Iterator[Line]:
    """Write the report, line by line."""
    for level in reversed(Severity):
        found = changes.filter_by_level(level)
        if not found:
            continue
        yield f"{HEADINGS[level]} ({len(found):,})", STYLES[level]
        yield "", ""
        for group in alike(found):
            yield from _finding(group[0]) if len(group) == 1 else _group(group)
            yield "", ""
    yield from _end(changes)


def _group(group: Sequence[Finding]) -> Iterator[Line]:
    """Write findings of one rule at one place together."""
    first = group[0]
    yield f"  {counted(len(group), 'finding')} at {one_line(first.path)}", "bold"
    yield f"    {one_line(first.rule)} · {side_of(first)}", "dim"
    for each in group:
        yield f"    · {sentence(one_line(each.message))} ({each.fingerprint})", ""
    yield from _rest(first)


def _finding(each: Finding) -> Iterator[Line]:
    yield f"  {sentence(one_line(each.message))}", "bold"
    yield f"    {one_line(each.rule)} · {side_of(each)} · {each.fingerprint}", "dim"
    yield f"    {one_line(each.path)}{_python(each)}", ""
    if each.before or each.after:
        yield from _values(each)
    yield from _rest(each)


def _rest(each: Finding) -> Iterator[Line]:
    """Write what a finding reaches, where it stands, why it matters and what to do."""
    folded = reach(each.affected)
    if folded:
        yield f"    reaches {one_line(folded)}", ""
    for name, at in (("old", each.old), ("new", each.new)):
        if isinstance(at, Place):
            yield f"    {name} {one_line(str(at))}", "dim"
    if each.level is not Severity.INFO:
        for text in (each.why, each.fix):
            if text:
                yield f"    {sentence(one_line(text))}", ""


def _python(each: Finding) -> str:
    if not each.python or each.python == each.path:
        return ""
    return f" · {one_line(each.python)}"


def _values(each: Finding) -> Iterator[Line]:
    if each.before:
        yield f"    - {one_line(each.before)}", "red"
    if each.after:
        yield f"    + {one_line(each.after)}", "green"


def _end(changes: Changes) -> Iterator[Line]:
    old, new = changes.old, changes.new
    which = one_line(f"{old.source} → {new.source}")
    yield f"{which}: {counts(changes)}", "bold"
    if changes.ignored:
        yield f"{len(changes.ignored):,} ignored", ""
    yield one_line(advice(changes)), ""
