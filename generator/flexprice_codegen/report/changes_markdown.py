"""The report of `diff` for a pull request.

In: `Changes`. Out: Markdown for GitHub: a summary first, then one line per group of like
findings with folded details, within the maximum length of a comment. Findings that do
not fit are counted.

Text of documents is written as HTML, in which Markdown has no meaning. What GitHub
would link (mentions, issues, addresses) is broken up. Source: GitHub Flavored Markdown
§4.6 (HTML blocks).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flexprice_codegen.diagnostics import FileLocation, Origin
from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.grouping.groups import FindingGroup, group_findings
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.emit.python_text import join_lines
from flexprice_codegen.report.group_wording import (
    PlaceRow,
    format_group_sides,
    list_rows,
)
from flexprice_codegen.report.group_wording import format_headline as format_group
from flexprice_codegen.report.wording import (
    LEVEL_HEADINGS,
    end_sentence,
    format_advice,
    format_affected,
    format_count,
    format_headline,
)

MAX_COMMENT_LENGTH = 65_536
"""The maximum length of a comment on GitHub, in UTF-16 code units."""
# For the foot, which is only known when the findings are written.
_RESERVE = 1_500
_MARKS = {
    Severity.ERROR: ":x:",
    Severity.WARNING: ":warning:",
    Severity.INFO: ":information_source:",
}
# Comments on GitHub have 65,536 characters; one value must not fill them.
_LONGEST = 400
_MAX_PLACES = 20
"""The number of places that the details of a group list."""
# A code span becomes a tag, because Markdown is not read inside of HTML.
_CODE = re.compile("`([^`]+)`")
_LINKS = {
    "@": "@<!-- -->",
    "#": "#<!-- -->",
    "://": ":<!-- -->//",
    "www.": "www<!-- -->.",
}
"""Texts that GitHub links, and the same texts with an empty comment inside."""


@dataclass(slots=True)
class _LimitedText:
    """Text that grows up to a limit, in UTF-16 code units."""

    limit: int
    parts: list[str] = field(default_factory=list)
    size: int = 0

    def add_part(self, text: str) -> bool:
        """Add a part if it fits, and return whether it did."""
        size = _count_utf16_units(text)
        if self.size + size > self.limit:
            return False
        self.parts.append(text)
        self.size += size
        return True


def as_markdown(changes: Changes, limit: int = MAX_COMMENT_LENGTH) -> str:
    """Return the report as Markdown.

    Args:
        changes: What to report.
        limit: The maximum length, in UTF-16 code units.
    """
    page = _LimitedText(limit - _RESERVE)
    page.add_part(_format_head(changes))
    left_out: dict[Severity, int] = {}
    for level in reversed(Severity):
        found = changes.filter_by_level(level)
        shown = _add_level(page, level, found)
        if shown < len(found):
            left_out[level] = len(found) - shown

    return "".join(page.parts) + _format_foot(changes, left_out)


def _format_head(changes: Changes) -> str:
    old = changes.old
    new = changes.new
    lines = [f"## API changes: {format_headline(changes)}", ""]
    lines += [
        f"<p>{format_code(old.source)} → {format_code(new.source)}<br>{_escape_text(format_advice(changes))}</p>",
        "",
    ]

    if changes.findings:
        lines += ["| | wire | source | all |", "|---|--:|--:|--:|"]
        lines += [
            f"| {_MARKS[level]} {LEVEL_HEADINGS[level]} | {_count_on_side(found, Side.WIRE)} "
            f"| {_count_on_side(found, Side.SOURCE)} | {len(found):,} |"
            for level in reversed(Severity)
            if (found := changes.filter_by_level(level))
        ]
        lines.append("")

    return "\n".join(lines) + "\n"


def _count_on_side(found: Sequence[Finding], side: Side) -> str:
    return f"{sum(side in each.sides for each in found):,}"


def _add_level(page: _LimitedText, level: Severity, found: Sequence[Finding]) -> int:
    """Add findings of one level while they fit, and return how many did."""
    if not found:
        return 0

    folded = level is Severity.INFO
    head = f"### {_MARKS[level]} {LEVEL_HEADINGS[level]} ({len(found):,})\n\n"
    if folded:
        head += "<details><summary>Show</summary>\n\n"
    if not page.add_part(head):
        return 0
    # The closing tag has to fit, or the rest of the comment would be folded as well.
    if folded:
        page.limit -= len("</details>\n\n") + 1

    shown = 0
    for group in group_findings(found):
        if not page.add_part(_format_item(group) if folded else _format_block(group)):
            break
        shown += len(group.findings)

    if folded:
        page.limit += len("</details>\n\n") + 1
        page.add_part("\n</details>\n\n")

    return shown


def _format_item(group: FindingGroup) -> str:
    """Return a group as one line of a list."""
    return f"- <span>{_format_summary(group)}</span>\n"


def _format_summary(group: FindingGroup) -> str:
    sentence = format_prose(end_sentence(format_group(group)))
    parts = [format_code(group.rule), format_group_sides(group)]
    if len(group.findings) == 1:
        parts.append(_escape_text(format_affected(group.findings[0].affected)))
    return f"{sentence} <sub>{' · '.join(part for part in parts if part)}</sub>"


def _format_block(group: FindingGroup) -> str:
    return "\n".join(_iter_block_lines(group)) + "\n\n"


def _iter_block_lines(group: FindingGroup) -> Iterator[str]:
    """Yield the lines of a group with its folded details.

    No empty line is among them: it would end the HTML block.
    """
    yield f"<details><summary>{_format_summary(group)}</summary>"
    yield "<table>"
    first = group.findings[0]
    if len(group.findings) == 1:
        yield from _iter_own_rows(first)
    else:
        yield from _iter_row("places", _format_places(list_rows(group)))
    # Findings of one rule have nearly always the same advice; JSON has that of each.
    yield from _iter_row("why", format_prose(end_sentence(first.why)))
    yield from _iter_row("help", format_prose(end_sentence(first.fix)))
    yield "</table></details>"


def _iter_own_rows(each: Finding) -> Iterator[str]:
    """Yield the table rows of a finding that is alone in its group."""
    yield from _iter_row("where", format_code(each.path))
    if each.python and each.python != each.path:
        yield from _iter_row("in Python", format_code(each.python))
    for name, value in (("before", each.before), ("after", each.after)):
        yield from _iter_row(name, format_code(value) if value else "")
    yield from _iter_row("affected", _escape_text(format_affected(each.affected)))
    yield from _iter_row("old", _format_location(each.old))
    yield from _iter_row("new", _format_location(each.new))
    yield from _iter_row("fingerprint", format_code(each.fingerprint))


def _format_places(rows: Sequence[PlaceRow]) -> str:
    items = [f"<li>{_format_place(row)}</li>" for row in rows[:_MAX_PLACES]]
    more = len(rows) - _MAX_PLACES
    if more > 0:
        items.append(f"<li>and {more:,} more</li>")
    return f"<ul>{''.join(items)}</ul>"


def _format_place(row: PlaceRow) -> str:
    parts = [format_code(row.name)]
    parts += [format_code(row.value)] if row.value else []
    parts += [_escape_text(row.affected)] if row.affected else []
    parts += [format_code(row.location)] if row.location else []
    return " · ".join(parts)


def _iter_row(name: str, value: str) -> Iterator[str]:
    if value:
        yield f"<tr><td>{name}</td><td>{value}</td></tr>"


def _format_location(at: FileLocation | Origin | None) -> str:
    return format_code(str(at)) if isinstance(at, FileLocation) else ""


def _format_foot(changes: Changes, left_out: dict[Severity, int]) -> str:
    lines = []
    if left_out:
        parts = [
            f"{number:,} {LEVEL_HEADINGS[level].lower()}"
            for level, number in left_out.items()
        ]
        lines.append(
            f"**Not shown, because a comment has a maximum length: "
            f"{', '.join(parts)}.** `flexprice-codegen diff --format html` has them all."
        )

    if changes.ignored:
        number = format_count(len(changes.ignored), "finding")
        lines.append(f"{number} ignored by an ignore file.")

    for each in changes.notices[:3]:
        at = f"{_format_location(each.location)}: " if each.location is not None else ""
        lines.append(f"<p>{at}{format_prose(end_sentence(each.message))}</p>")

    # Messages of notices can be long, so the foot is cut to the space reserved for it.
    return "\n\n".join(lines)[: _RESERVE - 10] + ("\n" if lines else "")


def _escape_text(text: str) -> str:
    """Return a text without markup, links and mentions."""
    escaped = html.escape(_truncate_text(join_lines(text)), quote=False)
    for mark, apart in _LINKS.items():
        escaped = escaped.replace(mark, apart)
    return escaped


def format_prose(text: str) -> str:
    """Return a text escaped, with backticks replaced by code elements."""
    return _CODE.sub(r"<code>\1</code>", _escape_text(text))


def format_code(text: str) -> str:
    """Return a text as a code element, in which GitHub links nothing."""
    return f"<code>{html.escape(_truncate_text(join_lines(text)), quote=True)}</code>"


def _truncate_text(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _count_utf16_units(text: str) -> int:
    # GitHub counts as JavaScript does: a character outside of the BMP is two units.
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
