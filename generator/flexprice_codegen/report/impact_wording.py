"""Wording that all reports of `impact` share.

In: impacts. Out: short texts in English, without markup.
"""

from __future__ import annotations

from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.impact.impacts import CodeImpact, Impact
from flexprice_codegen.impact.places import Place
from flexprice_codegen.impact.symbols import Way
from flexprice_codegen.report.wording import format_count

_WAYS: dict[Way, str] = {
    "import": "import",
    "name": "name",
    "attribute": "attribute",
    "write": "assignment",
    "keyword": "keyword",
    "pattern": "pattern",
    "text": "text",
    "missing": "missing",
    "unpacked": "unpacked values",
    "group": "group of events",
    "untyped": "by name only",
    "file": "text of a file",
}


def format_headline(impact: CodeImpact) -> str:
    """Return the first line: how many breaking changes affect the code, and where."""
    affected = impact.list_affected(Severity.ERROR)
    total = impact.count_findings(Severity.ERROR)
    places = {
        (place.file, place.cell, place.line, place.column)
        for each in affected
        for place in each.list_surer(impact.least)
    }
    head = "Your code is affected by "
    if total:
        head += f"{len(affected)} of {format_count(total, 'breaking change')}"
    else:
        head += "no breaking change: there is none"
    facts = []
    if affected:
        files = len({file for file, *_ in places})
        facts.append(
            f"{format_count(len(places), 'place')} in {format_count(files, 'file')}"
        )
    facts.append(
        f"{format_count(impact.code.files, 'file')} read, "
        f"{len(impact.code.skipped)} skipped"
    )
    return f"{head} ({'; '.join(facts)})."


def format_rest(impact: CodeImpact) -> str:
    """Return the second line: changes that may affect the code, and warnings."""
    parts = []
    possible = impact.list_possible(Severity.ERROR)
    if possible:
        parts.append(
            f"{format_count(len(possible), 'breaking change')} may affect it, by names alone"
        )
    warnings = impact.list_affected(Severity.WARNING)
    if warnings:
        parts.append(
            f"{format_count(len(warnings), 'change that may break', 'changes that may break')} "
            f"{'affects' if len(warnings) == 1 else 'affect'} it as well"
        )
    notes = impact.list_affected(Severity.INFO)
    if notes:
        parts.append(
            f"{format_count(len(notes), 'harmless change')} "
            f"{'touches' if len(notes) == 1 else 'touch'} it"
        )
    return f"{'; '.join(parts)}." if parts else ""


def format_untouched(impact: CodeImpact) -> str:
    """Return how many findings have no place in the code."""
    number = len(impact.untouched)
    if not number:
        return ""
    verb = "does" if number == 1 else "do"
    return f"{format_count(number, 'other change')} {verb} not affect your code."


def format_place(place: Place) -> str:
    """Return how a place uses the client, and how much is known of it."""
    use = place.use
    text = f"{use.symbol} · {_WAYS[use.way]} · {use.confidence}"
    return f"{text} · also something else" if use.is_mixed else text


def list_limits(impact: CodeImpact) -> tuple[str, ...]:
    """Return what was not looked at, or not known."""
    lines = [f"not read: {each.path}: {each.reason}" for each in impact.code.skipped]
    if impact.code.untyped:
        lines.append(
            f"{format_count(impact.code.untyped, 'place')} only "
            f"{'has' if impact.code.untyped == 1 else 'have'} the name of something "
            "affected: add type hints, or use --checker"
        )
    return tuple(lines)


def sort_impacts(impact: CodeImpact) -> tuple[Impact, ...]:
    """Return the impacts that cost something, the most severe and the surest first."""
    return tuple(
        sorted(
            (
                each
                for each in impact.impacts
                if each.finding.level is not Severity.INFO
            ),
            key=lambda each: (
                -each.finding.level.rank,
                not each.has_confidence("sure"),
                not each.has_confidence("likely"),
                each.finding.path,
                each.finding.rule,
            ),
        )
    )
