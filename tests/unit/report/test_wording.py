"""Wording that the reports share: counts, headlines, advice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.findings import a_finding, changes_of

from flexprice_codegen.diff.finding import AffectedParts
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.report.wording import (
    end_sentence,
    format_advice,
    format_affected,
    format_count,
    format_headline,
    format_level_counts,
    format_sides,
    is_only_python,
)

BREAKING = a_finding()
INFO = a_finding(1, level=Severity.INFO)


def test_a_noun_follows_its_number() -> None:
    assert format_count(1, "finding") == "1 finding"
    assert format_count(1_000, "finding") == "1,000 findings"
    assert format_count(0, "entry", "entries") == "0 entries"


@pytest.mark.parametrize(
    ("found", "headline", "counts"),
    [
        ([], "no changes", "no changes"),
        ([INFO], "1 change, none breaking", "1 other change"),
        ([BREAKING], "1 breaking change", "1 breaking"),
        ([BREAKING] * 2, "2 breaking changes", "2 breaking"),
        ([BREAKING, INFO], "2 changes, 1 breaking", "1 breaking, 1 other change"),
    ],
)  # fmt: skip
def test_a_headline_says_how_much_breaks(
    found: list[object], headline: str, counts: str
) -> None:
    changes = changes_of(found)  # type: ignore[arg-type]
    assert format_headline(changes) == headline
    assert format_level_counts(changes) == counts


def test_few_names_are_told_and_many_are_counted() -> None:
    few = AffectedParts(operations=("GET /a", "GET /b"), events=("made",))
    assert format_affected(few) == "GET /a, GET /b, made"
    many = AffectedParts(operations=("GET /a",) * 3, events=("made",))
    assert format_affected(many) == "3 operations, 1 event"
    assert format_affected(AffectedParts()) == ""


def test_the_advice_names_the_version_and_the_reason() -> None:
    assert format_advice(changes_of([])) == "Suggested version: unchanged"
    assert format_advice(changes_of([BREAKING])) == (
        "Suggested version: 2.0.0 (major; currently 1.4.0)"
    )


def test_a_level_can_come_from_python_alone() -> None:
    harmless = a_finding(level=Severity.INFO)
    python = a_finding(rule="field-removed", sides=frozenset({Side.SOURCE}))
    joined = a_finding(sides=frozenset(Side), parts=(harmless, python))
    assert is_only_python(joined)
    assert not is_only_python(BREAKING)
    assert not is_only_python(replace(joined, parts=(BREAKING, python)))


def test_sides_and_ends_of_sentences() -> None:
    assert format_sides(a_finding(sides=frozenset(Side))) == "WIRE + SOURCE"
    assert [end_sentence(text) for text in ("", "a", "a!", "a…")] == ["", "A.", "A!", "A…"]  # fmt: skip
