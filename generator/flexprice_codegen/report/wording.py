"""Wording that all reports of `diff` share.

In: findings and changes. Out: short texts in English, without markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.finding import AffectedParts, Finding
from flexprice_codegen.diff.rules.severity import Severity, Side

LEVEL_HEADINGS = {
    Severity.ERROR: "Breaking",
    Severity.WARNING: "May break",
    Severity.INFO: "Worth knowing",
}
_SIDES = {
    (Side.WIRE,): "WIRE",
    (Side.SOURCE,): "SOURCE",
    (Side.WIRE, Side.SOURCE): "WIRE + SOURCE",
}
_SHOWN = 3


def format_count(number: int, one: str, many: str = "") -> str:
    """Return a number and its noun, which gets an `s` unless `many` is set."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def format_sides(found: Finding) -> str:
    """Return the sides of a finding: `WIRE`, `SOURCE`, or both."""
    return _SIDES[tuple(each for each in Side if each in found.sides)]


def format_level_counts(changes: Changes) -> str:
    """Return the number of findings: `3 breaking, 1 may break, 20 worth knowing`."""
    parts = [
        f"{len(found):,} {LEVEL_HEADINGS[level].lower()}"
        for level in reversed(Severity)
        if (found := changes.filter_by_level(level))
    ]
    return ", ".join(parts) or "no difference"


def format_headline(changes: Changes) -> str:
    """Return in a few words how many findings break callers."""
    breaking = len(changes.filter_by_level(Severity.ERROR))
    total = len(changes.findings)
    if not total:
        return "no difference that matters to callers"
    if not breaking:
        return f"{format_count(total, 'finding')}, none breaks callers"
    if breaking == total:
        return f"{format_count(total, 'finding')}, {_choose_form(total, 'it breaks', 'all break')} callers"

    verb = _choose_form(breaking, "breaks", "break")
    return f"{breaking:,} of {format_count(total, 'finding')} {verb} callers"


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


def group_similar(findings: Sequence[Finding]) -> Iterator[tuple[Finding, ...]]:
    """Yield groups of adjacent findings that differ only in their message.

    New values of one enum are an example.
    """
    for _, group in groupby(
        findings,
        key=lambda each: (
            each.rule,
            each.path,
            each.sides,
            each.why,
            each.fix,
            each.affected,
        ),
    ):
        yield tuple(group)


def format_advice(changes: Changes) -> str:
    """Return the advised next version, and why."""
    given = changes.advice
    number = len(given.because)
    why = {
        "major": f"{format_count(number, 'finding')} {_choose_form(number, 'breaks', 'break')} callers",
        "minor": f"{format_count(number, 'finding')} {_choose_form(number, 'adds', 'add')} something, "
        "or may break some callers",
        "patch": "nothing breaks and nothing is added",
        "none": "nothing has changed",
    }[given.bump]
    if given.bump == "none":
        return f"The next version: none is needed; {why}"
    if not given.version:
        return f"The next version: a {given.bump} one; {why}"

    return f"The next version: {given.version} ({given.bump}; it is {given.base} now); {why}"


def _choose_form(number: int, one: str, many: str) -> str:
    return one if number == 1 else many


def end_sentence(text: str) -> str:
    """Return a text that ends in a period, if it is not empty and has no final mark."""
    return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."
