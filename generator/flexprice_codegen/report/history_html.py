"""The history of a document as one HTML page with a time line.

In: entries. Out: HTML without a script, which needs no network. Jinja escapes all text
of documents and commits. The time line is SVG: a bar for each version at its day, as
high as the number of its findings.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.emit.python_text import strip_invisible
from flexprice_codegen.report.history_entries import (
    HistoryEntry,
    HistoryLine,
    format_totals,
)
from flexprice_codegen.report.html_pages import (
    compute_csp_hash,
    load_page_template,
    read_asset,
)
from flexprice_codegen.report.wording import end_sentence, format_level_count
from flexprice_codegen.version import VERSION

# Units of the drawing, which the page scales to its own width.
_WIDTH = 1_000
_HEIGHT = 120
_BAR = 8
# A version with one finding can still be seen and clicked.
_MIN_HEIGHT = 3
# More dates would overlap on a phone.
_LABELS = 6


def format_history_html(entries: Sequence[HistoryEntry], name: str) -> str:
    """Return the report as a page of HTML.

    Args:
        entries: The versions, the oldest first.
        name: The path of the document.
    """
    style = read_asset("changes.css") + read_asset("history.css")
    return load_page_template("history.html.jinja").render(
        title=f"History of {strip_invisible(name)}",
        totals=format_totals(entries),
        bars=_build_bars(entries),
        labels=_build_labels(entries),
        width=_WIDTH,
        height=_HEIGHT,
        entries=[_build_entry(entry) for entry in reversed(entries)],
        style=Markup(style),  # noqa: S704 - files of ours
        style_hash=compute_csp_hash(style),
        generator=VERSION,
    )


def _build_entry(entry: HistoryEntry) -> dict[str, object]:
    version = entry.version
    lines = [*entry.lines, *entry.others]
    return {
        "anchor": _get_anchor(entry),
        "day": version.day,
        "commit": version.short_commit,
        "subject": strip_invisible(version.subject),
        "summary": end_sentence(strip_invisible(entry.summary)),
        "worst": _get_worst(entry),
        "counts": [
            {"level": level.value, "text": format_level_count(level, number)}
            for level in reversed(Severity)
            if (number := entry.counts.get(level, 0))
        ],
        "problems": [strip_invisible(problem) for problem in entry.problems],
        "lines": [_build_line(line) for line in lines],
    }


def _build_line(line: HistoryLine) -> dict[str, object]:
    return {
        "level": line.level.value,
        "rule": line.rule,
        "headline": end_sentence(strip_invisible(line.headline)),
        "names": [strip_invisible(name) for name in line.names],
        "more": line.more,
    }


def _get_anchor(entry: HistoryEntry) -> str:
    return f"v-{entry.version.short_commit or 'uncommitted'}"


def _get_worst(entry: HistoryEntry) -> str:
    """Return the highest level of a version; `skipped` or `none` without one."""
    if entry.problems:
        return "skipped"
    levels = (level for level in reversed(Severity) if entry.counts.get(level))
    worst = next(levels, None)
    return "none" if worst is None else worst.value


def _build_bars(entries: Sequence[HistoryEntry]) -> list[dict[str, object]]:
    """Return one bar for each version; versions of one day are next to each other."""
    days = [date.fromisoformat(entry.version.day) for entry in entries]
    largest = max((_count_findings(entry) for entry in entries), default=0)
    bars: list[dict[str, object]] = []
    free = 0.0
    for entry, day in zip(entries, days, strict=True):
        left = max(_get_offset(day, days), free)
        free = left + _BAR + 1
        height = _scale_height(_count_findings(entry), largest)
        bars.append(
            {
                "x": round(left, 1),
                "y": _HEIGHT - height,
                "height": height,
                "anchor": _get_anchor(entry),
                "worst": _get_worst(entry),
                "title": strip_invisible(
                    f"{entry.version.day} {entry.version.subject}: {entry.summary}"
                ),
            }
        )
    _fit_bars(bars)
    return bars


def _fit_bars(bars: list[dict[str, object]]) -> None:
    """Move bars to the left that would be behind the end of the time line."""
    limit = float(_WIDTH - _BAR)
    for bar in reversed(bars):
        left = bar["x"]
        assert isinstance(left, float)
        bar["x"] = round(min(left, limit), 1)
        limit = min(left, limit) - _BAR - 1


def _get_offset(day: date, days: Sequence[date]) -> float:
    first = min(days)
    span = (max(days) - first).days or 1
    return (day - first).days / span * (_WIDTH - _BAR)


def _count_findings(entry: HistoryEntry) -> int:
    return sum(entry.counts.values())


def _scale_height(number: int, largest: int) -> int:
    # One version can have hundreds of findings, and most have few: a linear scale would
    # hide those.
    share = math.log1p(number) / math.log1p(largest) if largest else 0
    return max(_MIN_HEIGHT, round(share * _HEIGHT))


def _build_labels(entries: Sequence[HistoryEntry]) -> list[dict[str, object]]:
    """Return some days below the time line, at even distances."""
    days = [date.fromisoformat(entry.version.day) for entry in entries]
    if not days:
        return []
    first = min(days).toordinal()
    span = max(days).toordinal() - first
    steps = min(_LABELS, span)
    chosen = {first + round(span * n / max(steps, 1)) for n in range(steps + 1)}
    return [
        {
            "x": round(_get_offset(date.fromordinal(number), days), 1),
            "text": date.fromordinal(number).isoformat(),
        }
        for number in sorted(chosen)
    ]
