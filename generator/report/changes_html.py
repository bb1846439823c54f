"""What lies between two versions, as one page for people who would rather look.

In: `Changes`. Out: HTML that needs no network and no server: filters by level, side,
operation, event and words; before and after. All text of documents goes through Jinja's
escaping; the policy in the page lets nothing run but the script that stands in it.

Source: Content Security Policy Level 3 §2.3.1 (hash sources).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from generator.diagnostics import Origin, Place
from generator.diff.changes import Changes
from generator.diff.finding import Finding
from generator.diff.rules.severity import Severity, Side
from generator.emit.quoting import visible
from generator.emit.templates import templates_folder
from generator.report.changes_json import sides
from generator.report.wording import (
    HEADINGS,
    advice,
    counted,
    headline,
    reach,
    sentence,
    side_of,
)
from generator.version import VERSION

_FOLDER = "report"
_FEW = 2
"""Parts of a finding that its own sentence tells in full."""
_CODE = re.compile("`([^`\n]+)`")


@dataclass(slots=True)
class _Reaches:
    """The operations and events of all findings, and the sets of them, each once."""

    roots: dict[tuple[str, str], int] = field(default_factory=dict)
    sets: dict[str, int] = field(default_factory=dict)

    def number_of(self, found: Finding) -> int:
        """Give the number of the set of what a finding reaches."""
        names = [("operation", name) for name in found.affected.operations]
        names += [("event", name) for name in found.affected.events]
        inside = sorted(
            {self.roots.setdefault(each, len(self.roots)) for each in names}
        )
        return self.sets.setdefault(_ranges(inside), len(self.sets))


def _ranges(numbers: Sequence[int]) -> str:
    """Write ascending numbers, neighbours as a range: `0-4,7`."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][1] == number - 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)


def as_html(changes: Changes) -> str:
    """Write the page."""
    folder = templates_folder() / _FOLDER
    environment = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["prose"] = _prose
    style = (folder / "changes.css").read_text(encoding="utf-8")
    script = (folder / "changes.js").read_text(encoding="utf-8")
    reaches = _Reaches()
    groups = [
        {
            "level": level.value,
            "heading": HEADINGS[level],
            "findings": [_finding(each, reaches) for each in found],
        }
        for level in reversed(Severity)
        if (found := changes.filter_by_level(level))
    ]
    return environment.get_template("changes.html.jinja").render(
        **_head(changes),
        groups=groups,
        navigation=_navigation(changes.findings, reaches),
        roots=[visible(name) for _, name in reaches.roots],
        sets=list(reaches.sets),
        style=Markup(style),  # noqa: S704 - a file of ours
        script=Markup(script),  # noqa: S704 - a file of ours
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def _prose(text: str) -> Markup:
    """Escape a text; what stands in backticks becomes code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _head(changes: Changes) -> dict[str, object]:
    name = visible(changes.new.title) or "API"
    title = f"{name}: {headline(changes)}"
    return {
        "title": title,
        "old": visible(changes.old.source),
        "new": visible(changes.new.source),
        "advice": sentence(visible(advice(changes))),
        "levels": [
            {
                "level": level.value,
                "heading": HEADINGS[level],
                "count": f"{len(changes.filter_by_level(level)):,}",
            }
            for level in reversed(Severity)
        ],
        "wire": f"{len(changes.filter_by_side(Side.WIRE)):,}",
        "source": f"{len(changes.filter_by_side(Side.SOURCE)):,}",
        "total": counted(len(changes.findings), "finding"),
        "ignored": f"{len(changes.ignored):,}" if changes.ignored else "",
        "notices": [
            visible(f"{each.at}: {each.message}" if each.at else each.message)
            for each in changes.notices
        ],
        "generator": VERSION,
    }


def _finding(each: Finding, reaches: _Reaches) -> dict[str, object]:
    return {
        "rule": each.rule,
        "level": each.level.value,
        "side": side_of(each),
        "sides": " ".join(sides(each)),
        "anchor": each.fingerprint,
        "fingerprint": each.fingerprint,
        "message": sentence(visible(each.message)),
        "path": visible(each.path),
        "python": visible(each.python) if each.python != each.path else "",
        "before": visible(each.before),
        "after": visible(each.after),
        "why": sentence(visible(each.why)),
        "fix": sentence(visible(each.fix)),
        "old_place": _place(each.old),
        "new_place": _place(each.new),
        "reach": visible(_counts(each)),
        "parts": (
            [sentence(visible(part.message)) for part in each.parts[:-1]]
            if len(each.parts) > _FEW
            else []
        ),
        "set": reaches.number_of(each),
    }


def _counts(each: Finding) -> str:
    return reach(each.affected)


def _place(at: Place | Origin | None) -> str:
    return visible(str(at)) if isinstance(at, Place) else ""


def _navigation(
    findings: Iterable[Finding], reaches: _Reaches
) -> list[dict[str, object]]:
    """Count the findings of each operation and each event, those with breaks first."""
    errors: dict[tuple[str, str], int] = dict.fromkeys(reaches.roots, 0)
    counts = dict(errors)
    for each in findings:
        names = [("operation", name) for name in each.affected.operations]
        names += [("event", name) for name in each.affected.events]
        for name in names:
            counts[name] += 1
            errors[name] += each.level is Severity.ERROR
    parts: list[dict[str, object]] = []
    for kind, heading in (("operation", "Operations"), ("event", "Events")):
        names = [each for each in reaches.roots if each[0] == kind]
        names.sort(key=lambda each: (-errors[each], -counts[each], each[1]))
        entries = [
            {
                "number": reaches.roots[each],
                "name": visible(each[1]),
                "errors": errors[each],
                "count": counts[each],
            }
            for each in names
        ]
        if entries:
            parts.append({"heading": heading, "entries": entries})
    return parts
