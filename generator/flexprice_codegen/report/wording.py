"""Wording that all reports of `diff` share.

In: findings and changes. Out: short texts in English, without markup.
"""

from __future__ import annotations

from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.finding import AffectedParts, Finding
from flexprice_codegen.diff.rules.severity import Severity, Side

LEVEL_HEADINGS = {
    Severity.ERROR: "Breaking",
    Severity.WARNING: "Potentially breaking",
    Severity.INFO: "Other changes",
}
_SIDES = {
    (Side.WIRE,): "WIRE",
    (Side.SOURCE,): "SOURCE",
    (Side.WIRE, Side.SOURCE): "WIRE + SOURCE",
}
# Names of operations fit in a line; more of them are counted.
_SHOWN = 3


def format_count(number: int, one: str, many: str = "") -> str:
    """Return a number and its noun, which gets an `s` unless `many` is set."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def format_sides(found: Finding) -> str:
    """Return the sides of a finding: `WIRE`, `SOURCE`, or both."""
    return format_side_set(found.sides)


def format_side_set(sides: frozenset[Side]) -> str:
    """Return the names of sides: `WIRE`, `SOURCE`, or both."""
    return _SIDES[tuple(side for side in Side if side in sides)]


def format_level_counts(changes: Changes) -> str:
    """Return the counts: `3 breaking, 1 potentially breaking, 20 other changes`."""
    numbers = {
        level: len(changes.filter_by_level(level)) for level in reversed(Severity)
    }
    counts = [
        format_level_count(each, number) for each, number in numbers.items() if number
    ]
    return ", ".join(counts) or "no changes"


def format_level_count(level: Severity, number: int) -> str:
    """Return the count of one level, such as `1 other change`."""
    words = LEVEL_HEADINGS[level].lower()
    one = words.removesuffix("s")
    return format_count(number, one, words)


def format_headline(changes: Changes) -> str:
    """Return in a few words how many findings break callers."""
    breaking = len(changes.filter_by_level(Severity.ERROR))
    total = len(changes.findings)
    if not total:
        return "no changes"
    if not breaking:
        return f"{format_count(total, 'change')}, none breaking"
    if breaking == total:
        return format_count(breaking, "breaking change")
    return f"{format_count(total, 'change')}, {breaking:,} breaking"


def format_affected(of: AffectedParts) -> str:
    """Return what a finding affects: up to three names, or else counts.

    An example of counts is `38 operations, 12 events`.
    """
    parts = []
    if of.operations:
        parts.append(format_count(len(of.operations), "operation"))
    if of.events:
        parts.append(format_count(len(of.events), "event"))

    folded = ", ".join(parts)
    names = (*of.operations, *of.events)
    if names and len(names) <= _SHOWN:
        return ", ".join(names)

    return folded


def format_advice(changes: Changes) -> str:
    """Return the suggested next version."""
    given = changes.advice
    if given.bump == "none":
        return "Suggested version: unchanged"
    if not given.version:
        return f"Suggested version: a new {given.bump} version"
    return f"Suggested version: {given.version} ({given.bump}; currently {given.base})"


def is_only_python(finding: Finding) -> bool:
    """Return whether a finding has its level only because of its effect on Python."""
    on_wire = [part for part in finding.parts if Side.WIRE in part.sides]
    return bool(on_wire) and all(
        part.level.rank < finding.level.rank for part in on_wire
    )


def end_sentence(text: str) -> str:
    """Return a text as a sentence: with a capital letter and a final mark."""
    if not text:
        return ""
    start = f"{text[0].upper()}{text[1:]}"
    return start if start.endswith((".", "!", "?", "…")) else f"{start}."
