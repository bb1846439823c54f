"""What lies between two versions, for a pull request.

In: `Changes`. Out: Markdown as GitHub shows it: the summary first, details folded,
never longer than a comment may be; what is left out is counted.

Text of documents is written as HTML, in which Markdown has no meaning, with what GitHub
would link to (people, issues, addresses) broken up. Source: GitHub Flavored Markdown
§4.6 (HTML blocks).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.diagnostics import Origin, Place
from generator.diff.changes import Changes
from generator.diff.finding import Finding
from generator.diff.rules.severity import Severity, Side
from generator.emit.quoting import one_line
from generator.report.wording import (
    HEADINGS,
    advice,
    alike,
    headline,
    reach,
    sentence,
    side_of,
)

MOST = 65_536
"""The longest comment that GitHub takes, in UTF-16 units."""
_RESERVE = 1_500
_MARKS = {
    Severity.ERROR: ":x:",
    Severity.WARNING: ":warning:",
    Severity.INFO: ":information_source:",
}
_LONGEST = 400
_CODE = re.compile("`([^`]+)`")
_LINKS = {
    "@": "@<!-- -->",
    "#": "#<!-- -->",
    "://": ":<!-- -->//",
    "www.": "www<!-- -->.",
}
"""What GitHub makes links of, and how it is kept from doing so."""


@dataclass(slots=True)
class _Page:
    """Text that grows up to a limit."""

    limit: int
    parts: list[str] = field(default_factory=list)
    size: int = 0

    def add(self, text: str) -> bool:
        """Add a part if there is room for it."""
        size = _length(text)
        if self.size + size > self.limit:
            return False
        self.parts.append(text)
        self.size += size
        return True


def as_markdown(changes: Changes, limit: int = MOST) -> str:
    """Write the report in at most `limit` UTF-16 units."""
    page = _Page(limit - _RESERVE)
    page.add(_head(changes))
    left_out: dict[Severity, int] = {}
    for level in reversed(Severity):
        found = changes.filter_by_level(level)
        shown = _group(page, level, found)
        if shown < len(found):
            left_out[level] = len(found) - shown
    return "".join(page.parts) + _foot(changes, left_out)


def _head(changes: Changes) -> str:
    old, new = changes.old, changes.new
    lines = [f"## API changes: {headline(changes)}", ""]
    lines += [
        f"<p>{_code(old.source)} → {_code(new.source)}<br>{_text(advice(changes))}</p>",
        "",
    ]
    if changes.findings:
        lines += ["| | wire | source | all |", "|---|--:|--:|--:|"]
        lines += [
            f"| {_MARKS[level]} {HEADINGS[level]} | {_count(found, Side.WIRE)} "
            f"| {_count(found, Side.SOURCE)} | {len(found):,} |"
            for level in reversed(Severity)
            if (found := changes.filter_by_level(level))
        ]
        lines.append("")
    return "\n".join(lines) + "\n"


def _count(found: Sequence[Finding], side: Side) -> str:
    return f"{sum(side in each.sides for each in found):,}"


def _group(page: _Page, level: Severity, found: Sequence[Finding]) -> int:
    """Write the findings of a level while there is room, and tell how many they were."""
    if not found:
        return 0
    folded = level is Severity.INFO
    head = f"### {_MARKS[level]} {HEADINGS[level]} ({len(found):,})\n\n"
    if folded:
        head += "<details><summary>Show</summary>\n\n"
    if not page.add(head):
        return 0
    if folded:
        page.limit -= len("</details>\n\n") + 1
    shown = 0
    for group in [(each,) for each in found] if folded else alike(found):
        if not page.add(_written(group, folded=folded)):
            break
        shown += len(group)
    if folded:
        page.limit += len("</details>\n\n") + 1
        page.add("\n</details>\n\n")
    return shown


def _written(group: Sequence[Finding], *, folded: bool) -> str:
    if folded:
        return f"- {_line(group[0])}\n"
    return "\n".join(_block(group)) + "\n\n"


def _line(each: Finding) -> str:
    """Write a finding on one line of a list."""
    tail = f" · reaches {_text(folded)}" if (folded := reach(each.affected)) else ""
    return (
        f"<span>{_prose(sentence(each.message))} <sub>{_code(each.rule)} · "
        f"{side_of(each)}{tail}</sub></span>"
    )


def _block(group: Sequence[Finding]) -> Iterator[str]:
    """Write findings that are alike in full; without a blank line all of it is HTML."""
    each = group[0]
    more = f" <b>and {len(group) - 1:,} more like it</b>" if len(group) > 1 else ""
    yield (
        f"<details><summary>{_prose(sentence(each.message))}{more} "
        f"<sub>{side_of(each)}</sub></summary>"
    )
    yield "<table>"
    yield from _row("rule", _code(each.rule))
    yield from _row("where", _code(each.path))
    if len(group) == 1:
        yield from _own(each)
    else:
        told = (f"<li>{_prose(sentence(one.message))}</li>" for one in group)
        yield from _row("all", f"<ul>{''.join(told)}</ul>")
    yield from _row("reaches", _text(reach(each.affected)))
    yield from _row("old", _place(each.old))
    yield from _row("new", _place(each.new))
    yield from _row("why", _prose(sentence(each.why)))
    yield from _row("what to do", _prose(sentence(each.fix)))
    if len(group) == 1:
        yield from _row("fingerprint", _code(each.fingerprint))
    yield "</table></details>"


def _own(each: Finding) -> Iterator[str]:
    """Write what only one finding has."""
    if each.python and each.python != each.path:
        yield from _row("in Python", _code(each.python))
    for name, value in (("before", each.before), ("after", each.after)):
        yield from _row(name, _code(value) if value else "")


def _row(name: str, value: str) -> Iterator[str]:
    if value:
        yield f"<tr><td>{name}</td><td>{value}</td></tr>"


def _place(at: Place | Origin | None) -> str:
    return _code(str(at)) if isinstance(at, Place) else ""


def _foot(changes: Changes, left_out: dict[Severity, int]) -> str:
    lines = []
    if left_out:
        parts = [
            f"{number:,} of {HEADINGS[level].lower()!r}"
            for level, number in left_out.items()
        ]
        lines.append(
            f"**Not shown, for want of room: {', '.join(parts)}.** "
            "`flexprice-codegen diff` with another format shows all of them."
        )
    if changes.ignored:
        lines.append(f"{len(changes.ignored):,} ignored by an ignore file.")
    for each in changes.notices[:3]:
        at = f"{_place(each.at)}: " if each.at is not None else ""
        lines.append(f"<p>{at}{_prose(sentence(each.message))}</p>")
    return "\n\n".join(lines)[: _RESERVE - 10] + ("\n" if lines else "")


def _text(text: str) -> str:
    """Write text that is only text: no markup, no link, nobody called."""
    escaped = html.escape(_short(one_line(text)), quote=False)
    for mark, apart in _LINKS.items():
        escaped = escaped.replace(mark, apart)
    return escaped


def _prose(text: str) -> str:
    """Write text, what stands in backticks as code."""
    return _CODE.sub(r"<code>\1</code>", _text(text))


def _code(text: str) -> str:
    """Write text as code, in which GitHub links nothing."""
    return f"<code>{html.escape(_short(one_line(text)), quote=True)}</code>"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
