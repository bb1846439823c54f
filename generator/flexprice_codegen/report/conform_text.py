"""The report of `conform` as text and Markdown.

In: a `ConformResult`. Out: lines. A finding has two: the sentence, then its evidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from flexprice_codegen.conform.coverage import Coverage
from flexprice_codegen.conform.findings import ConformFinding
from flexprice_codegen.conform.result import ConformResult
from flexprice_codegen.diagnostics import Level
from flexprice_codegen.emit.python_text import strip_invisible

# More operations make a finding longer than a line; they are counted.
_SHOWN = 2
_NAMES = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "note"}


def format_conform_text(result: ConformResult) -> str:
    """Return the report for a terminal."""
    lines: list[str] = []
    for each in result.findings:
        head = f"{_NAMES[each.level]}[{each.key.rule}]: {each.message}"
        lines += [strip_invisible(head), f"  {format_evidence(each)}"]

    lines += ["", *_iter_summary(result)] if lines else [*_iter_summary(result)]
    return "\n".join(lines) + "\n"


def format_conform_markdown(result: ConformResult) -> str:
    """Return the report for a pull request."""
    lines = ["## Conformance of recorded traffic", ""]
    lines += [f"{line}  " for line in _iter_summary(result)]
    if result.findings:
        lines += ["", "| level | finding | evidence |", "| --- | --- | --- |"]
    for each in result.findings:
        cells = (_NAMES[each.level], each.message, format_evidence(each))
        lines.append(f"| {' | '.join(map(_escape_cell, cells))} |")

    return "\n".join(lines) + "\n"


def format_evidence(finding: ConformFinding) -> str:
    """Return how often a difference was seen, where, and its place in the file."""
    samples = f"{finding.samples} of {finding.of} samples"
    exchanges = _count(finding.exchanges, "exchange")
    parts = [f"{samples} in {exchanges}", _format_operations(finding.operations)]
    if finding.location is not None:
        parts.append(f"{finding.location.file}:{finding.location.line}")

    return strip_invisible(" · ".join(part for part in parts if part))


def format_coverage_markdown(coverage: Coverage) -> str:
    """Return the coverage as a page in Markdown."""
    lines = [
        "# Coverage of recorded traffic",
        "",
        f"{coverage.reached} of {len(coverage.operations)} operations",
        "",
        "| operation | exchanges | status codes | not seen |",
        "| --- | --- | --- | --- |",
    ]
    for each in coverage.operations:
        statuses = ", ".join(f"{count} x {status}" for status, count in each.seen)
        unseen = ", ".join(each.unseen)
        cells = (f"`{each.operation}`", str(each.exchanges), statuses, unseen)
        lines.append(f"| {' | '.join(map(_escape_cell, cells))} |")

    if coverage.schemas:
        lines += ["", "| schema | properties never seen |", "| --- | --- |"]
    for schema in coverage.schemas:
        names = ", ".join(f"`{name}`" for name in schema.unseen)
        lines.append(f"| `{_escape_cell(schema.schema)}` | {_escape_cell(names)} |")

    return "\n".join(lines) + "\n"


def _iter_summary(result: ConformResult) -> Iterator[str]:
    coverage = result.coverage
    yield (
        f"{_count(result.exchanges, 'exchange')}, {coverage.reached} of "
        f"{_count(len(coverage.operations), 'operation')}: "
        f"{_count_levels(result.findings)}"
    )
    if result.corrections or result.withdrawn:
        withdrawn = f", {result.withdrawn} withdrawn" if result.withdrawn else ""
        yield (
            f"{_count(len(result.corrections), 'proved correction')}{withdrawn}; "
            f"{_count(len(result.remaining), 'finding')} left with them"
        )


def _count_levels(findings: Iterable[ConformFinding]) -> str:
    counts = Counter(each.level for each in findings)
    shown = [_count(counts[level], _NAMES[level]) for level in _NAMES if counts[level]]
    return ", ".join(shown) or "no findings"


def _format_operations(operations: tuple[str, ...]) -> str:
    if len(operations) <= _SHOWN:
        return ", ".join(operations)

    return f"{operations[0]} and {len(operations) - 1} more operations"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _escape_cell(text: str) -> str:
    return strip_invisible(text).replace("|", "\\|").replace("<", "&lt;")
