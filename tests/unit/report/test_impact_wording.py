"""The words that all reports of `impact` share."""

from __future__ import annotations

from dataclasses import replace

from support.impacts import EMAIL, create_impact, create_place

from flexprice_codegen.report.impact_wording import format_headline, format_place


def test_what_counts_depends_on_the_confidence() -> None:
    impact = replace(create_impact(), least="maybe")
    assert format_headline(impact).startswith(
        "Your code is affected by 2 of 3 breaking changes (3 places in 2 files;"
    )


def test_a_place_that_can_be_something_else_says_so() -> None:
    place = create_place("a.py", 1, EMAIL)
    mixed = replace(place, use=replace(place.use, is_mixed=True))
    assert format_place(mixed) == (
        "models.Customer.email · attribute · sure · also something else"
    )
