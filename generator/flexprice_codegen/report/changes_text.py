"""The report of `diff` as text.

In: `Changes`. Out: styled lines, grouped by level and by like findings. The short form
has two lines per finding, three places per group, and counts of what breaks nobody. The
verbose form has all places, with reasons and help.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from flexprice_codegen.diagnostics import FileLocation
from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.grouping.groups import FindingGroup, group_findings
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.emit.python_text import join_lines, show_invisible
from flexprice_codegen.report.group_wording import (
    MAX_ROWS,
    PlaceRow,
    format_few_affected,
    format_headline,
    format_location,
    get_name,
    list_rows,
)
from flexprice_codegen.report.runner_commands import escape_runner_commands
from flexprice_codegen.report.wording import (
    LEVEL_HEADINGS,
    end_sentence,
    format_advice,
    format_count,
    format_level_counts,
)

StyledLine: TypeAlias = tuple[str, str]
"""A text and its style, as `rich` names it."""
LEVEL_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.INFO: "bold cyan",
}
# The longest label, its colon and a space.
_LABEL_WIDTH = 14
_MORE_HELP = (
    "For the reason and a fix, run `flexprice-codegen rules RULE` or use --verbose"
)


def as_text(changes: Changes, *, verbose: bool = False) -> str:
    """Return the report without styles, for a file."""
    lines = (show_invisible(text) for text, _ in iter_lines(changes, verbose=verbose))
    return escape_runner_commands("".join(f"{line}\n" for line in lines))


def iter_lines(changes: Changes, *, verbose: bool = False) -> Iterator[StyledLine]:
    """Yield the lines of the report, the most severe level first."""
    for level in reversed(Severity):
        found = changes.filter_by_level(level)
        if not found:
            continue
        if level is Severity.INFO and not verbose:
            yield from _iter_counts(found)
        else:
            yield f"{LEVEL_HEADINGS[level]} ({len(found):,})", LEVEL_STYLES[level]
            for group in group_findings(found):
                yield "", ""
                yield _format_head(group), LEVEL_STYLES[level]
                yield from _iter_places(group, verbose=verbose)
        yield "", ""

    yield from _iter_summary(changes, verbose=verbose)


def _format_head(group: FindingGroup) -> str:
    return f"{group.level.value}[{group.rule}]: {format_ascii(format_headline(group))}"


def _iter_places(group: FindingGroup, *, verbose: bool) -> Iterator[StyledLine]:
    if verbose:
        yield from _iter_details(group)
    elif len(group.findings) == 1:
        yield from _iter_single(group.findings[0])
    else:
        yield from _iter_rows(list_rows(group))


def _iter_single(finding: Finding) -> Iterator[StyledLine]:
    """Yield the second line of a finding that is alone in its group."""
    parts = (
        format_few_affected(finding),
        "" if finding.python == get_name(finding) else finding.python,
        format_location(finding),
    )
    text = " · ".join(format_ascii(part) for part in parts if part)
    if text:
        yield f"  {text}", ""


def _iter_rows(rows: Sequence[PlaceRow]) -> Iterator[StyledLine]:
    """Yield aligned lines, one for each of the first places of a group."""
    cells = [
        [format_ascii(text) for text in (row.name, row.value, row.affected)]
        for row in rows[:MAX_ROWS]
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row, columns in zip(rows, cells, strict=False):
        padded = [
            text.ljust(width)
            for text, width in zip(columns, widths, strict=True)
            if width
        ]
        line = "  ".join((*padded, format_ascii(row.location)))
        yield f"  {line.rstrip()}", ""

    more = len(rows) - MAX_ROWS
    if more > 0:
        yield f"  and {more:,} more", ""


def _iter_details(group: FindingGroup) -> Iterator[StyledLine]:
    """Yield all places of a group, and what its findings share only once."""
    advice = {(finding.why, finding.fix) for finding in group.findings}
    shared = group.findings[0] if len(advice) == 1 else None
    if shared is not None:
        yield from _iter_fields("  ", _list_advice(shared))

    for finding in group.findings:
        fields = _list_fields(finding)
        if shared is None:
            fields += _list_advice(finding)
        if len(group.findings) == 1:
            yield from _iter_fields("  ", fields)
        else:
            yield f"  {format_ascii(get_name(finding))}", "bold"
            yield from _iter_fields("    ", fields)


def _list_fields(finding: Finding) -> list[tuple[str, str]]:
    """Return what is known of one finding, each with its label."""
    affected = finding.affected
    return [
        ("affected", ", ".join((*affected.operations, *affected.events))),
        ("wire", "" if finding.path == finding.python else finding.path),
        ("source", finding.python),
        ("in Python", _format_python_sentences(finding)),
        ("before", finding.before),
        ("after", finding.after),
        ("old", str(finding.old) if isinstance(finding.old, FileLocation) else ""),
        ("new", str(finding.new) if isinstance(finding.new, FileLocation) else ""),
        ("fingerprint", finding.fingerprint),
    ]


def _format_python_sentences(finding: Finding) -> str:
    """Return what a finding of the wire does to Python, which its sentence omits."""
    if Side.WIRE not in finding.sides:
        return ""
    parts = [part.message for part in finding.parts if Side.WIRE not in part.sides]
    return "; ".join(dict.fromkeys(parts))


def _list_advice(finding: Finding) -> list[tuple[str, str]]:
    return [("why", end_sentence(finding.why)), ("help", end_sentence(finding.fix))]


def _iter_fields(
    indent: str, fields: Sequence[tuple[str, str]]
) -> Iterator[StyledLine]:
    for label, text in fields:
        if text:
            start = f"{label}:".ljust(_LABEL_WIDTH)
            yield f"{indent}{start}{format_ascii(text)}", "dim"


def _iter_counts(findings: Sequence[Finding]) -> Iterator[StyledLine]:
    """Yield the number of findings of each rule."""
    heading = f"{LEVEL_HEADINGS[Severity.INFO]} ({len(findings):,}"
    yield f"{heading}; list them with --verbose)", LEVEL_STYLES[Severity.INFO]
    counts = Counter(finding.rule for finding in findings)
    for rule, number in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
        yield f"{number:>6,}  {rule}", ""


def _iter_summary(changes: Changes, *, verbose: bool) -> Iterator[StyledLine]:
    which = f"{changes.old.source} -> {changes.new.source}"
    yield join_lines(f"{which}: {format_level_counts(changes)}"), "bold"
    if changes.ignored:
        yield f"{format_count(len(changes.ignored), 'finding')} ignored", ""
    yield join_lines(format_advice(changes)), ""
    if changes.findings and not verbose:
        yield _MORE_HELP, ""


def format_ascii(text: str) -> str:
    """Return a text on one line, with arrows in ASCII, that is not a runner's command."""
    # Reports are copied into tickets and logs, where an arrow is not always readable.
    line = join_lines(text).replace("→", "->")
    # CI runners act on `##[…]` anywhere and on `::…` at the start of a line.
    line = line.replace("##", "# #")
    return f": {line[1:]}" if line.startswith("::") else line
