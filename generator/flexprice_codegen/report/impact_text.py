"""The report of `impact` for a terminal.

In: `CodeImpact`. Out: styled lines: the summary first, then each finding with its places
and what to do, and the rest in one line.
"""

from __future__ import annotations

from collections.abc import Iterator

from flexprice_codegen.emit.python_text import join_lines, strip_invisible
from flexprice_codegen.impact.impacts import CodeImpact, Impact
from flexprice_codegen.impact.places import Place
from flexprice_codegen.report.changes_text import LEVEL_STYLES, StyledLine
from flexprice_codegen.report.impact_wording import (
    format_headline,
    format_place,
    format_rest,
    format_untouched,
    list_limits,
    sort_impacts,
)
from flexprice_codegen.report.wording import (
    LEVEL_HEADINGS,
    end_sentence,
    format_count,
)

_MOST_PLACES = 20
"""Places of one finding that are listed; JSON has them all."""


def as_text(impact: CodeImpact) -> str:
    """Return the report without styles, for a file."""
    lines = (strip_invisible(text) for text, _ in iter_lines(impact))
    return "".join(f"{line}\n" for line in lines)


def iter_lines(impact: CodeImpact) -> Iterator[StyledLine]:
    """Yield the lines of the report."""
    yield format_headline(impact), "bold"
    rest = format_rest(impact)
    if rest:
        yield rest, ""
    yield "", ""
    for each in sort_impacts(impact):
        yield from _iter_impact(each)
        yield "", ""
    for former in impact.former_names:
        yield f"Deprecated: {former.old} is {former.new} now", "bold cyan"
        yield from _iter_places(former.places)
        yield "    Run `flexprice-codegen migrate --aliases`.", ""
        yield "", ""
    untouched = format_untouched(impact)
    if untouched:
        yield untouched, ""
    for line in list_limits(impact):
        yield join_lines(line), "dim"


def _iter_impact(each: Impact) -> Iterator[StyledLine]:
    finding = each.finding
    heading = LEVEL_HEADINGS[finding.level]
    message = end_sentence(join_lines(finding.message))
    yield f"{heading}: {message}", LEVEL_STYLES[finding.level]
    yield f"    {finding.rule} · {finding.fingerprint}", "dim"
    yield from _iter_places(each.places)
    if finding.fix:
        yield f"    {end_sentence(join_lines(finding.fix))}", ""


def _iter_places(places: tuple[Place, ...]) -> Iterator[StyledLine]:
    for place in places[:_MOST_PLACES]:
        yield f"  {join_lines(str(place))}  {join_lines(format_place(place))}", ""
    hidden = len(places) - _MOST_PLACES
    if hidden > 0:
        yield f"  and {format_count(hidden, 'more place')}", "dim"
