"""The report of `diff` as one HTML page.

In: `Changes`. Out: HTML that needs no network and no server, with filters by level,
side, operation, event and words. Jinja escapes all text of documents, and the page's
policy runs only its own script.

Source: Content Security Policy Level 3 §2.3.1 (hash sources).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from flexprice_codegen.diagnostics import FileLocation, Origin
from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.grouping.groups import FindingGroup, group_findings
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.emit.python_text import strip_invisible
from flexprice_codegen.report.changes_json import list_sides
from flexprice_codegen.report.group_wording import (
    MAX_ROWS,
    format_group_sides,
    list_rows,
)
from flexprice_codegen.report.group_wording import format_headline as format_group
from flexprice_codegen.report.html_pages import (
    compute_csp_hash,
    load_page_template,
    read_asset,
)
from flexprice_codegen.report.wording import (
    LEVEL_HEADINGS,
    end_sentence,
    format_advice,
    format_affected,
    format_count,
    format_headline,
    format_sides,
)
from flexprice_codegen.version import VERSION

_FEW = 2
"""The number of parts up to which the message of a finding names them all."""


@dataclass(slots=True)
class _AffectedSets:
    """The affected operations and events of all findings, as distinct sets.

    Many findings affect the same hundreds of operations; the page holds each set once.
    """

    roots: dict[tuple[str, str], int] = field(default_factory=dict)
    sets: dict[str, int] = field(default_factory=dict)

    def get_set_number(self, found: Finding) -> int:
        """Return the number of the set that a finding affects."""
        names = [("operation", name) for name in found.affected.operations]
        names += [("event", name) for name in found.affected.events]
        inside = sorted(
            {self.roots.setdefault(each, len(self.roots)) for each in names}
        )
        return self.sets.setdefault(_format_ranges(inside), len(self.sets))


def _format_ranges(numbers: Sequence[int]) -> str:
    """Return ascending numbers as text, with runs as ranges: `0-4,7`."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][1] == number - 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)


def as_html(changes: Changes) -> str:
    """Return the report as a page of HTML."""
    style = read_asset("changes.css")
    script = read_asset("changes.js")
    reaches = _AffectedSets()
    sections = [
        {
            "level": level.value,
            "heading": LEVEL_HEADINGS[level],
            "count": f"{len(found):,}",
            "groups": [_build_group(each, reaches) for each in group_findings(found)],
        }
        for level in reversed(Severity)
        if (found := changes.filter_by_level(level))
    ]

    return load_page_template("changes.html.jinja").render(
        **_build_head(changes),
        sections=sections,
        navigation=_build_navigation(changes.findings, reaches),
        roots=[strip_invisible(name) for _, name in reaches.roots],
        sets=list(reaches.sets),
        style=Markup(style),  # noqa: S704 - a file of ours
        script=Markup(script),  # noqa: S704 - a file of ours
        style_hash=compute_csp_hash(style),
        script_hash=compute_csp_hash(script),
    )


def _build_head(changes: Changes) -> dict[str, object]:
    name = strip_invisible(changes.new.title) or "API"
    title = f"{name}: {format_headline(changes)}"
    return {
        "title": title,
        "old": strip_invisible(changes.old.source),
        "new": strip_invisible(changes.new.source),
        "advice": end_sentence(strip_invisible(format_advice(changes))),
        "levels": [
            {
                "level": level.value,
                "heading": LEVEL_HEADINGS[level],
                "count": f"{len(changes.filter_by_level(level)):,}",
            }
            for level in reversed(Severity)
        ],
        "wire": f"{len(changes.filter_by_side(Side.WIRE)):,}",
        "source": f"{len(changes.filter_by_side(Side.SOURCE)):,}",
        "total": format_count(len(changes.findings), "finding"),
        "ignored": (
            format_count(len(changes.ignored), "finding") if changes.ignored else ""
        ),
        "notices": [
            strip_invisible(
                f"{each.location}: {each.message}" if each.location else each.message
            )
            for each in changes.notices
        ],
        "generator": VERSION,
    }


def _build_group(group: FindingGroup, reaches: _AffectedSets) -> dict[str, object]:
    names = [strip_invisible(row.name) for row in list_rows(group)]
    return {
        "id": group.id,
        "rule": group.rule,
        "headline": end_sentence(strip_invisible(format_group(group))),
        "side": format_group_sides(group),
        "names": names[:MAX_ROWS],
        "more": max(len(names) - MAX_ROWS, 0),
        "findings": [_build_finding(each, reaches) for each in group.findings],
    }


def _build_finding(each: Finding, reaches: _AffectedSets) -> dict[str, object]:
    return {
        "rule": each.rule,
        "level": each.level.value,
        "side": format_sides(each),
        "sides": " ".join(list_sides(each)),
        "anchor": each.fingerprint,
        "fingerprint": each.fingerprint,
        "message": end_sentence(strip_invisible(each.message)),
        "path": strip_invisible(each.path),
        "python": strip_invisible(each.python) if each.python != each.path else "",
        "before": strip_invisible(each.before),
        "after": strip_invisible(each.after),
        "why": end_sentence(strip_invisible(each.why)),
        "fix": end_sentence(strip_invisible(each.fix)),
        "old_place": _format_location(each.old),
        "new_place": _format_location(each.new),
        "reach": strip_invisible(_format_counts(each)),
        "parts": (
            [end_sentence(strip_invisible(part.message)) for part in each.parts[:-1]]
            if len(each.parts) > _FEW
            else []
        ),
        "set": reaches.get_set_number(each),
    }


def _format_counts(each: Finding) -> str:
    return format_affected(each.affected)


def _format_location(at: FileLocation | Origin | None) -> str:
    return strip_invisible(str(at)) if isinstance(at, FileLocation) else ""


def _build_navigation(
    findings: Iterable[Finding], reaches: _AffectedSets
) -> list[dict[str, object]]:
    """Return the number of findings per operation and event, most errors first."""
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
                "name": strip_invisible(each[1]),
                "errors": errors[each],
                "count": counts[each],
            }
            for each in names
        ]
        if entries:
            parts.append({"heading": heading, "entries": entries})

    return parts
