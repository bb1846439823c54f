"""The report of `impact` for a pull request.

In: `CodeImpact`. Out: Markdown for GitHub: the summary, a table of the findings with the
lines that they affect, and the rest in one line, within the maximum length of a comment.

Text of documents and code is written as HTML, in which Markdown has no meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flexprice_codegen.emit.python_text import join_lines
from flexprice_codegen.impact.impacts import CodeImpact, FormerName, Impact
from flexprice_codegen.impact.places import Place
from flexprice_codegen.report.changes_markdown import (
    MAX_COMMENT_LENGTH,
    format_code,
    format_prose,
)
from flexprice_codegen.report.impact_wording import (
    format_headline,
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

_MOST_PLACES = 12
"""Places of one finding that are listed."""
_RESERVE = 2_000
"""Room for what is below the table."""


def as_markdown(impact: CodeImpact, limit: int = MAX_COMMENT_LENGTH) -> str:
    """Return the report as Markdown.

    Args:
        impact: What to report.
        limit: The maximum length in characters.
    """
    head = f"## API changes in your code\n\n{format_prose(format_headline(impact))}\n"
    rest = format_rest(impact)
    if rest:
        head += f"{format_prose(rest)}\n"
    rows = [_format_row(each) for each in sort_impacts(impact)]
    rows += [_format_former_row(each) for each in impact.former_names]
    table, hidden = _fill_table(rows, limit - len(head) - _RESERVE)
    return f"{head}\n{table}{_format_foot(impact, hidden)}"


def _fill_table(rows: list[str], room: int) -> tuple[str, int]:
    """Return the rows that fit as a table, and the number of those that do not."""
    if not rows:
        return "", 0
    text = "| | What changed | Your lines | What to do |\n|---|---|---|---|\n"
    for number, row in enumerate(rows):
        if len(text) + len(row) > room:
            return text, len(rows) - number
        text += row
    return text, 0


def _format_row(each: Impact) -> str:
    finding = each.finding
    cells = (
        LEVEL_HEADINGS[finding.level],
        end_sentence(join_lines(finding.message)),
        "",
        end_sentence(join_lines(finding.fix)),
    )
    texts = [format_prose(cell) for cell in cells]
    texts[2] = "<br>".join(_iter_places(each.places))
    return _join_cells(texts)


def _format_former_row(each: FormerName) -> str:
    lines = "<br>".join(_iter_places(each.places))
    what = format_prose(f"`{each.old}` is deprecated: it is `{each.new}` now.")
    return _join_cells(
        ["Deprecated", what, lines, "Run <code>migrate --aliases</code>."]
    )


def _join_cells(cells: Iterable[str]) -> str:
    return "| " + " | ".join(each.replace("|", "&#124;") for each in cells) + " |\n"


def _iter_places(places: tuple[Place, ...]) -> Iterator[str]:
    for place in places[:_MOST_PLACES]:
        note = "" if place.use.confidence == "sure" else f" ({place.use.confidence})"
        yield f"{format_code(str(place))}{note}"
    hidden = len(places) - _MOST_PLACES
    if hidden > 0:
        yield f"and {format_count(hidden, 'more place')}"


def _format_foot(impact: CodeImpact, hidden: int) -> str:
    lines = []
    if hidden:
        lines.append(f"{format_count(hidden, 'more row')} did not fit.")
    untouched = format_untouched(impact)
    if untouched:
        lines.append(untouched)
    limits = list_limits(impact)
    lines += limits[:_MOST_PLACES]
    if len(limits) > _MOST_PLACES:
        lines.append(f"and {format_count(len(limits) - _MOST_PLACES, 'more line')}")
    return "".join(f"\n{format_prose(join_lines(each))}\n" for each in lines)
