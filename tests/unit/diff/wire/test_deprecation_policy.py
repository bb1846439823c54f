"""What a team has agreed on about deprecation and stability."""

from __future__ import annotations

import datetime as dt

import pytest

from flexprice_codegen.diff.wire.deprecation_policy import (
    DeprecationPolicy,
    is_stability_level,
    parse_sunset,
)

POLICY = DeprecationPolicy(today=dt.date(2026, 1, 1), beta_days=30, stable_days=180)


@pytest.mark.parametrize(
    ("level", "days", "is_compared"),
    [("draft", 0, False), ("alpha", 0, False), ("beta", 30, True), ("stable", 180, True), ("", 180, True), ("odd", 180, True)],
)  # fmt: skip
def test_what_is_promised_longer_must_stay_longer(
    level: str, days: int, *, is_compared: bool
) -> None:
    assert POLICY.get_days(level) == days
    assert POLICY.is_compared(level) is is_compared


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-31", dt.date(2026, 1, 31)),
        (' "2026-01-31" ', dt.date(2026, 1, 31)),
        ("2026-01-31T23:00:00Z", dt.date(2026, 1, 31)),
        ("2026-02-31", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_sunset_is_a_day_or_a_moment(text: str, day: dt.date | None) -> None:
    assert parse_sunset(text) == day


def test_no_level_is_one_and_a_misspelt_one_is_none() -> None:
    assert [is_stability_level(each) for each in ("", "beta", "Beta")] == [
        True,
        True,
        False,
    ]
