"""Reading what servers send: never an exception because of the data."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import ValidationError
from support.examples import count_examples
from support.reading import read, read_field
from support.shapes import (
    Cat,
    Color,
    Everything,
    Level,
    Money,
    Renamed,
    Simple,
)

from flexprice_codegen.runtime.decoding import Mismatch, NotJSONError
from flexprice_codegen.runtime.encoding import encode
from flexprice_codegen.runtime.shapes import Hint, get_plan

NUMBERS = {"whole": "int", "real": "float", "amount": "Decimal", "level": "Level"}
NO_NUMBERS = (
    *("NaN", "sNaN", "Infinity", "-inf", "1_000", " 1", "1 ", "+1", ".5", "5.", "007"),
    *("\uff11", "\u0661", "0x10", "1e", "--1", "1,5"),
)
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def instant(digits: int) -> datetime:
    """Return noon and so many fives behind the point, cut to microseconds."""
    return NOON.replace(microsecond=int(("5" * digits)[:6].ljust(6, "0")))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("id", '"a"', "a"),
        ("color", '"red"', Color.RED),
        ("color", '"green"', Color("green")),
        ("color", '""', Color("")),
        ("level", "1", Level.LOW),
        ("level", "7", Level(7)),
        ("level", '"7"', Level(7)),
        ("whole", "5", 5),
        ("whole", '"5"', 5),
        ("whole", "1.0", 1),
        ("whole", '"1.0"', 1),
        ("whole", "1e3", 1000),
        ("whole", "9007199254740993.0", 9007199254740993),
        (
            "whole",
            "12345678901234567890123456789012345.0",
            int("12345678901234567890123456789012345"),
        ),
        ("whole", "1e100", 10**100),
        ("real", "1.5", 1.5),
        ("real", "1", 1.0),
        ("real", '"1.5"', 1.5),
        ("flag", "true", True),
        ("amount", '"1.10"', Decimal("1.10")),
        ("amount", "1.10", Decimal("1.10")),
        (
            "amount",
            "123456789012345678901234567890.12",
            Decimal("123456789012345678901234567890.12"),
        ),
        ("id", "1.50", "1.50"),
        ("id", "12345678901234567890", "12345678901234567890"),
        ("at", '"2026-01-31T12:00:00Z"', NOON),
        ("at", '"2026-01-31T14:00:00.000+02:00"', NOON),
        ("at", '"2026-01-31T12:00:00.123456789Z"', NOON.replace(microsecond=123456)),
        ("at", '"0001-01-01T00:00:00Z"', datetime(1, 1, 1, tzinfo=UTC)),
        ("at", '"2026-01-31T12:00:00"', datetime.fromisoformat("2026-01-31T12:00")),
        ("at", '"2026-01-31"', datetime.fromisoformat("2026-01-31")),
        ("at", '""', None),
        *(
            ("at", f'"2026-01-31T12:00:00.{"5" * digits}Z"', instant(digits))
            for digits in range(1, 10)
        ),
        ("day", '"2026-01-31"', date(2026, 1, 31)),
        ("day", '""', None),
        ("clock", '"12:30:00"', time(12, 30)),
        ("span", '"PT90S"', timedelta(seconds=90)),
        ("data", '"aGk="', b"hi"),
        ("only", '"only"', "only"),
        ("only", '"other"', "other"),
        ("mixed", '"red"', Color.RED),
        ("mixed", "3", 3),
        ("any", '{"a": [1, 2.5, null]}', {"a": [1, 2.5, None]}),
        ("any", "1e400", Decimal("1e400")),
        ("maybe", "null", None),
        ("colors", '["red", "new", null]', [Color.RED, Color("new"), None]),
        ("by_name", '{"a": [1, "2"], "b": null}', {"a": [1, 2], "b": []}),
    ],
)
def test_what_servers_write_is_read_without_a_word(
    name: str, text: str, expected: object
) -> None:
    found = read_field(name, text)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize("name", Everything.__dataclass_fields__)
def test_null_is_none_for_every_field_but_a_list_that_must_be_there(name: str) -> None:
    assert read_field(name, "null") == ([] if name == "required_list" else None)


def test_missing_required_fields_are_none_and_unknown_members_are_ignored() -> None:
    value, report = read('{"nobody_knows": {"x": [1]}}')
    assert (value.id, value.required_list, report) == (None, [], [])


@pytest.mark.parametrize(
    ("name", "text", "kept", "expected", "found"),
    [
        ("id", "{}", {}, "str", "an object"),
        ("id", "true", True, "str", "a boolean"),
        ("whole", '"x"', "x", "int", "a string"),
        ("whole", "1.5", 1.5, "int", "a number"),
        ("flag", '"true"', "true", "bool", "a string"),
        ("flag", "1", 1, "bool", "a number"),
        ("amount", '"ten"', "ten", "Decimal", "a string"),
        ("amount", '""', "", "Decimal", "a string"),
        ("whole", "9007199254740993.5", 9007199254740993.5, "int", "a number"),
        ("whole", "1e-99999999999999999999", 0.0, "int", "a number"),
        *(
            (name, json.dumps(text), text, kind, "a string")
            for name, kind in NUMBERS.items()
            for text in NO_NUMBERS
        ),
        ("real", "1e999", Decimal("1e999"), "float", "a number"),
        (
            "at",
            '"10000-01-01T00:00:00Z"',
            "10000-01-01T00:00:00Z",
            "datetime",
            "a string",
        ),
        ("at", "1700000000", 1700000000, "datetime", "a number"),
        ("day", '"2026-02-30"', "2026-02-30", "date", "a string"),
        ("data", '"%"', "%", "bytes", "a string"),
        ("only", "5", 5, "Literal['only']", "a number"),
        ("colors", "{}", {}, "list[Color]", "an object"),
        ("by_name", "[]", [], "dict[str, list[int]]", "an array"),
        ("money", "[1]", [1], "Money", "an array"),
        (
            "pet",
            '{"kind": "bird", "wings": 2}',
            {"kind": "bird", "wings": 2},
            "Pet",
            "an object",
        ),
    ],
)
def test_what_does_not_fit_is_kept_and_reported(
    name: str, text: str, kept: object, expected: str, found: str
) -> None:
    value, report = read(f'{{"id": "a", "{name}": {text}}}')
    assert getattr(value, name) == kept
    assert report == [Mismatch(f"$.{name}", expected, found)]


def test_everything_beside_a_misfit_is_typed() -> None:
    value, report = read(
        '{"id": "a", "children": [{"money": {"amount": "1.10"}, "whole": "no"},'
        ' {"renamed": {"class": "x", "from-date": "2026-01-31", "fee": "2.50"}}]}'
    )
    first, second = value.children
    assert first.money == Money(amount=Decimal("1.10"))
    assert first.whole == "no"
    assert second.renamed == Renamed(
        class_="x", from_=date(2026, 1, 31), extra={"fee": Decimal("2.50")}
    )
    assert [each.path for each in report] == ["$.children[0].whole"]


def test_the_report_never_holds_a_value() -> None:
    _, report = read('{"whole": "4111 1111 1111 1111", "by_name": {"k": "s3cret"}}')
    assert len(report) == 2
    assert "4111" not in str(report)
    assert "s3cret" not in str(report)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" ",
        b"<html>",
        b'{"id"',
        b'{"id": "a"} x',
        b'{"id": "\xff"}',
        b'{"whole": "x", "id": "\\q"}',
        b"{'id': 1}",
        b"[" * 100_000,
        b'{"child":' * 100_000 + b"1" + b"}" * 100_000,
        "{}".encode("utf-16"),
    ],
)
@pytest.mark.usefixtures("usual_depth")
def test_what_is_no_json_is_said_to_be_none(raw: bytes) -> None:
    with pytest.raises(NotJSONError):
        read(raw)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'"\ud800"', "\ufffd"),
        (r'"a\uDFFFz"', "a\ufffdz"),
        (r'"\ud83d\ude00\ude00"', "😀\ufffd"),
        (r'"\\ud800 \ud800\n\u00e9"', "\\ud800 \ufffd\né"),
    ],
)
def test_half_of_a_surrogate_pair_becomes_a_replacement_character(
    text: str, expected: str
) -> None:
    assert read(text, str) == (expected, [])


def test_a_byte_order_mark_is_skipped() -> None:
    assert read(b"\xef\xbb\xbf[1]", list[int]) == ([1], [])


def test_msgspec_reads_a_plain_class_on_its_own_and_leaves_the_rest_to_us() -> None:
    assert get_plan(Simple).decode(b'{"id": "a"}')
    for kind in (Renamed, Everything):
        with pytest.raises(ValidationError):
            get_plan(kind).decode(b"{}")


@pytest.mark.parametrize(
    ("hint", "text", "expected"),
    [
        (list[Money], '[{"amount": 1.0}]', [Money(amount=Decimal("1.0"))]),
        (dict[str, Color], '{"a": "red"}', {"a": Color.RED}),
        (Any, '{"a": 1}', {"a": 1}),
        (str, '"x"', "x"),
        (Money | None, "null", None),
        (int | str, '"5"', "5"),
    ],
)
def test_any_hint_can_be_read(hint: Hint, text: str, expected: object) -> None:
    assert read(text, hint) == (expected, [])


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from([*Everything.__dataclass_fields__, "kind", "amount", "class"]),
        inner,
        max_size=6,
    ),
    max_leaves=20,
)


@given(JSON)
@settings(max_examples=count_examples(300), deadline=None)
def test_any_json_is_read_without_an_exception(plain: object) -> None:
    raw = json.dumps(plain).encode()
    value, report = read(raw)
    assert isinstance(value, Everything) or plain is None or len(report) == 1


@given(st.binary(max_size=60))
@settings(deadline=None)
def test_any_bytes_are_read_or_are_no_json(raw: bytes) -> None:
    with contextlib.suppress(NotJSONError):
        value, report = read(raw)
        assert isinstance(value, Everything) or value is None or report


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
MONEY = st.builds(
    Money,
    amount=st.decimals(allow_nan=False, allow_infinity=False),
    currency=st.none() | TEXTS,
)
RENAMED = st.builds(
    Renamed,
    class_=TEXTS,
    from_=st.none() | st.dates(),
    extra=st.dictionaries(
        TEXTS.filter(lambda name: name not in ("class", "from-date")),
        st.decimals(allow_nan=False, allow_infinity=False),
        max_size=2,
    ),
)
EVERYTHING = st.builds(
    Everything,
    id=TEXTS,
    required_list=st.lists(st.integers(), max_size=2),
    color=st.none() | TEXTS.map(Color),
    level=st.none() | st.integers(-5, 5).map(Level),
    whole=st.none() | st.integers(),
    real=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    flag=st.none() | st.booleans(),
    at=st.none() | st.datetimes(timezones=st.just(UTC)),
    clock=st.none() | st.times(),
    span=st.none() | st.timedeltas(timedelta(days=-9999), timedelta(days=9999)),
    data=st.none() | st.binary(max_size=5),
    mixed=st.none() | st.integers() | TEXTS.map(Color),
    money=st.none() | MONEY,
    renamed=st.none() | RENAMED,
    pet=st.none()
    | st.builds(Cat, kind=st.just("cat"), lives=st.none() | st.integers()),
    maybe=st.none() | TEXTS,
)


@given(EVERYTHING)
@settings(max_examples=count_examples(200), deadline=None)
def test_what_is_written_is_read_back(value: Everything) -> None:
    assert read(encode(value)) == (value, [])


def test_a_number_that_nothing_holds_keeps_its_raw_form() -> None:
    value, report = read('{"whole": 1e99999999999999999999, "id": "a"}')
    assert value.id == "a"
    assert [each.path for each in report] == ["$.whole"]
