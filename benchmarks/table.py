"""Results as a table.

In: results. Out: plain text, Markdown, or values for JSON. A row is told by its fastest
peer; the others follow. What failed says so in place of a number, shortened.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten
from typing import Any, Final, TypeAlias

from benchmarks.row import TIMES, Failure, Numbers, Outcome, Result, Skipped, Unit

Cells: TypeAlias = tuple[str, ...]
HEAD: Final = ("what", "ours", "peer", "theirs", "ratio", "must be", "")
NOTE: Final = (
    "median (least); the ratio is ours over theirs, round by round, its median"
)
_MILLISECOND: Final = 1e-3
_WIDEST: Final = 80


def plain(results: Sequence[Result]) -> str:
    """Lay the table out for a terminal."""
    lines = [HEAD, *(line for each in results for line in _lines(each))]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rule = tuple("─" * width for width in widths)
    return "\n".join(_padded(each, widths) for each in (HEAD, rule, *lines[1:]))


def markdown(results: Sequence[Result]) -> str:
    """Lay the table out for a README."""
    rule = tuple("---" for _ in HEAD)
    lines = [HEAD, rule, *(line for each in results for line in _lines(each))]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |"
        for line in lines
    )


def raw(result: Result) -> dict[str, Any]:
    """Return all numbers of a result, for JSON."""
    bar = result.row.bar
    return {
        "name": result.row.name,
        "what": result.row.what,
        "unit": result.row.unit.value,
        "bar": None if bar is None else str(bar),
        "met": result.is_met,
        "ours": _raw(result.ours),
        "peers": {name: _raw(each) for name, each in result.peers},
    }


def _raw(outcome: Outcome) -> list[float] | str:
    match outcome:
        case Numbers(values):
            return list(values)
        case Failure(reason):
            return f"failed: {reason}"
        case Skipped(reason):
            return f"skipped: {reason}"


def _lines(result: Result) -> list[Cells]:
    """Return a line for the fastest peer with the verdict, then one for each other."""
    unit, bar = result.row.unit, result.row.bar
    ours = _cell(result.ours, unit)
    verdict = ("-" if bar is None else str(bar), _verdict(result))
    others = [_peer(result, name) for name, _ in result.peers if name != result.fastest]
    fastest = result.fastest
    first = ("-", "-", "-") if fastest is None else _peer(result, fastest)
    return [
        (result.row.what, ours, *first, *verdict),
        *(("", "", *each, "", "") for each in others),
    ]


def _peer(result: Result, name: str) -> Cells:
    ratio = result.ratio(name)
    theirs = _cell(dict(result.peers)[name], result.row.unit)
    return (name, theirs, "-" if ratio is None else f"{ratio:.2f} {TIMES}")


def _verdict(result: Result) -> str:
    match result.is_met:
        case True:
            return "met"
        case False:
            return "MISSED"
        case None:
            return "" if result.row.bar is None else "not measured"


def _cell(outcome: Outcome, unit: Unit) -> str:
    match outcome:
        case Failure(reason):
            return shorten(f"failed: {reason}", _WIDEST, placeholder=" …")
        case Skipped(reason):
            return shorten(f"skipped: {reason}", _WIDEST, placeholder=" …")
        case Numbers() if unit is Unit.MEGABYTES:
            return f"{outcome.median:.0f} MB ({outcome.least:.0f})"
        case Numbers():
            scale, name = _scale(outcome.median)
            return f"{outcome.median * scale:.3g} {name} ({outcome.least * scale:.3g})"


def _scale(seconds: float) -> tuple[float, str]:
    if seconds < _MILLISECOND:
        return 1e6, "µs"
    return (1e3, "ms") if seconds < 1 else (1, "s")


def _padded(line: Cells, widths: Sequence[int]) -> str:
    cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
    return "  ".join(cells).rstrip()
