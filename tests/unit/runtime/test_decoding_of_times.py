"""Times: a fraction of a second is cut to microseconds, never rounded.

Python reads times so, and is the oracle; msgspec rounds them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.examples import count_examples
from support.reading import read_plain
from support.values import Value

from flexprice_codegen.runtime.decoding import Mismatch, decode
from flexprice_codegen.runtime.encoding import encode
from flexprice_codegen.runtime.one_of import one_of
from flexprice_codegen.runtime.shapes import Hint
from flexprice_codegen.runtime.wire_names import WireNames


@dataclass(slots=True, kw_only=True)
class Period:
    """A class that msgspec reads on its own."""

    start: datetime
    end: datetime | None = None
    clock: time | None = None
    span: timedelta | None = None
    day: date | None = None
    text: str | None = None
    rate: float | None = None
    inner: Period | None = None
    any: Any = None


@dataclass(slots=True, kw_only=True)
class Renamed:
    """A class that it does not."""

    __wire__: ClassVar[WireNames] = WireNames({"from_": "from"})
    __extra__: ClassVar[str] = "extra"

    from_: datetime | None = None
    extra: dict[str, datetime] | None = None


@dataclass(slots=True, kw_only=True)
class Moment:
    """An option of unions."""

    kind: str
    at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Clock:
    """Another one."""

    kind: str
    clock: time | None = None


if TYPE_CHECKING:
    Tagged: TypeAlias = Moment | Clock
    Untagged: TypeAlias = Period | list[datetime] | datetime | int
else:
    Tagged = one_of("Tagged", (Moment, Clock), "kind", {"m": Moment, "c": Clock})
    Untagged = one_of("Untagged", (Period, list[datetime], datetime, int))

PLACES: dict[str, tuple[Hint, Callable[[str], Value], Callable[[Value], Value]]] = {
    "alone": (datetime, lambda t: t, lambda v: v),
    "nullable": (datetime | None, lambda t: t, lambda v: v),
    "list": (list[datetime], lambda t: [t, t], lambda v: v[1]),
    "map": (dict[str, datetime], lambda t: {"a": t}, lambda v: v["a"]),
    "member": (Period, lambda t: {"start": t}, lambda v: v.start),
    "nested": (
        list[Period],
        lambda t: [{"start": t, "inner": {"start": t, "end": t}}],
        lambda v: v[0].inner.end,
    ),
    "beside-a-misfit": (
        Period,
        lambda t: {"start": t, "day": [], "inner": {"start": t, "end": t}},
        lambda v: v.inner.end,
    ),
    "behind-a-misfit": (
        list[Period],
        lambda t: [{"start": 5}, {"start": t}],
        lambda v: v[1].start,
    ),
    "renamed": (Renamed, lambda t: {"from": t}, lambda v: v.from_),
    "undeclared": (Renamed, lambda t: {"x": t}, lambda v: v.extra["x"]),
    "tagged": (list[Tagged], lambda t: [{"kind": "m", "at": t}], lambda v: v[0].at),
    "untagged": (Untagged, lambda t: {"start": t}, lambda v: v.start),
    "in-a-union": (Untagged, lambda t: t, lambda v: v),
    "in-a-list-in-a-union": (Untagged, lambda t: [t], lambda v: v[0]),
    "plain-union": (Period | Clock, lambda t: {"start": t}, lambda v: v.start),
}

SECONDS = st.integers(0, 59).map("{:02}".format)
FRACTIONS = st.text("0123456789", min_size=1, max_size=12) | st.sampled_from(
    ["9999995", "999999999", "9999999", "0000005", "4999995", "1234564999"]
)
ZONES = st.sampled_from(["Z", "+00:00", "-00:00", "+05:30", "-09:30", "+14:00", ""])
CLOCKS = st.tuples(st.integers(0, 23).map("{:02}".format), SECONDS, SECONDS, FRACTIONS)
CLOCK_TEXTS = st.tuples(CLOCKS, ZONES).map(
    lambda each: f"{each[0][0]}:{each[0][1]}:{each[0][2]}.{each[0][3]}{each[1]}"
)
DATES = st.dates().map(date.isoformat) | st.sampled_from(["0001-01-01", "9999-12-31"])
TEXTS = st.tuples(DATES, st.sampled_from("Tt "), CLOCK_TEXTS).map("".join)


@pytest.mark.parametrize("place", PLACES)
@given(text=TEXTS)
@settings(max_examples=count_examples(150), deadline=None)
def test_a_time_is_cut_wherever_it_is(place: str, text: str) -> None:
    hint, body, get = PLACES[place]
    value, _ = read_plain(body(text), hint)
    found, expected = get(value), datetime.fromisoformat(text)
    assert found == expected
    assert found.utcoffset() == expected.utcoffset()


@given(text=CLOCK_TEXTS, fits=st.booleans())
@settings(max_examples=count_examples(300), deadline=None)
def test_so_is_a_time_of_the_day(*, text: str, fits: bool) -> None:
    beside = {"start": "2026-01-31T00:00:00Z", "day": "2026-01-31" if fits else []}
    value, _ = read_plain({"clock": text, **beside}, Period)
    assert value.clock == time.fromisoformat(text)
    assert value.clock.utcoffset() == time.fromisoformat(text).utcoffset()


@given(
    whole=st.integers(0, 99),
    digits=FRACTIONS,
    sign=st.sampled_from(["", "-"]),
    fits=st.booleans(),
)
@settings(max_examples=count_examples(300), deadline=None)
def test_so_is_a_duration(*, whole: int, digits: str, sign: str, fits: bool) -> None:
    text = f"{sign}PT{whole}.{digits}S"
    beside = {"start": "2026-01-31T00:00:00Z", "day": "2026-01-31" if fits else []}
    value, _ = read_plain({"span": text, **beside}, Period)
    expected = timedelta(seconds=whole, microseconds=int(digits[:6].ljust(6, "0")))
    assert value.span == (-expected if sign else expected)


@pytest.mark.parametrize("letter", "zZ")
@pytest.mark.parametrize("day", [[], "2026-01-31"])
def test_the_last_instant_of_a_month_stays_in_it(letter: str, day: Value) -> None:
    text = f"2026-01-31T23:59:59.999999999{letter}"
    value, _ = read_plain({"start": text, "end": text, "day": day}, Period)
    assert value.start == value.end == datetime(2026, 1, 31, 23, 59, 59, 999999, UTC)


def test_the_last_instant_of_all_can_be_read() -> None:
    value, report = read_plain({"start": "9999-12-31T23:59:59.9999999Z"}, Period)
    assert (value.start, report) == (datetime.max.replace(tzinfo=UTC), [])


def test_a_text_and_a_number_keep_their_digits() -> None:
    text = "2026-01-31T23:59:59.999999999Z"
    body = {"start": text, "text": text, "rate": 0.123456789, "any": [text, 1.2345678]}
    value, report = read_plain(body, Period)
    assert (value.text, value.rate, report) == (text, 0.123456789, [])
    assert value.any == [text, 1.2345678]


@pytest.mark.parametrize(
    "body",
    [
        {"start": "2026-01-31T12:00:00.123456Z", "rate": 52.123456789},
        {"start": "2026-01-31T12:00:00Z", "text": "0.123456789"},
        {"start": "2026-01-31T12:00:00.1Z", "text": "1.2345678 seconds"},
    ],
)
def test_other_digits_do_not_cost_the_fast_way(
    body: Value, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("flexprice_codegen.runtime.decoding.TolerantReader")
    assert read_plain(body, Period)[1] == []


LEAP = datetime(2016, 12, 31, 23, 59, 59, 999999, UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2016-12-31T23:59:60Z", LEAP),
        ("2016-12-31T23:59:60.25Z", LEAP),
        ("2016-12-31T23:59:60+00:00", LEAP),
        ("2017-01-01T05:29:60+05:30", None),
        ("2016-12-31T23:59:60", LEAP.replace(tzinfo=None)),
        ("2016-12-31T12:30:60Z", None),
        ("2016-12-31T23:59:61Z", None),
        ("2016-12-31T24:00:00Z", None),
        ("2400-01-01T00:00:00Z", datetime(2400, 1, 1, tzinfo=UTC)),
        (
            "2024-01-01T00:00:00+01:00:30",
            datetime(2023, 12, 31, 22, 59, 30, tzinfo=UTC),
        ),
        ("9999-12-31T23:59:60-01:00", None),
    ],
)
def test_an_odd_time_is_its_moment_or_a_mismatch(
    text: str, expected: datetime | None
) -> None:
    value, report = read_plain({"start": text}, Period)
    assert value.start == (text if expected is None else expected)
    assert len(report) == (expected is None)
    if isinstance(value.start, datetime) and value.start.tzinfo:
        written = json.loads(encode(value.start))
        assert datetime.fromisoformat(written) == value.start


@pytest.mark.parametrize(
    "text", ["24:00:00", "12:00:60", "23:58:60Z", "23:59:60+01:00"]
)
def test_an_odd_time_of_the_day_is_a_mismatch(text: str) -> None:
    start = "2026-01-31T00:00:00Z"
    value, report = read_plain({"start": start, "clock": text}, Period)
    assert value.clock == text
    assert [each.path for each in report] == ["$.clock"]


@given(text=TEXTS, data=st.data())
@settings(max_examples=count_examples(200), deadline=None)
def test_a_time_may_be_written_with_escapes(text: str, data: st.DataObject) -> None:
    escaped = "".join(
        f"\\u{ord(each):04x}" if data.draw(st.booleans()) else each for each in text
    )
    report: list[Mismatch] = []
    found = decode(f'{{"start": "{escaped}"}}'.encode(), Period, report)
    assert (found.start, report) == (datetime.fromisoformat(text), [])


@pytest.mark.parametrize("text", ["2026-01-31T00:00:00Z", "2026-01-31 ", ""])
def test_a_date_has_no_time(text: str) -> None:
    start = "2026-01-31T00:00:00Z"
    value, report = read_plain({"start": start, "day": text}, Period)
    assert value.day == (text or None)
    assert len(report) == bool(text)
