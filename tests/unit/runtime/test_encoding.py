"""Writing values as JSON: nothing that was not given, nothing that changes meaning."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from msgspec import UNSET
from support.sample.models import CreateCustomerRequest, Customer
from support.shapes import Cat, Color, Level, Money, Renamed

from flexprice_codegen.runtime.decoding import decode, from_dict
from flexprice_codegen.runtime.encoding import encode, to_plain


def test_what_was_not_given_is_not_sent_and_null_and_empty_are() -> None:
    body = CreateCustomerRequest(name="", tags=[], note=None)
    assert encode(body) == b'{"name":"","tags":[],"note":null}'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1.10"), '"1.10"'),
        (Decimal("1E+3"), '"1000"'),
        (Decimal("1E-7"), '"0.0000001"'),
        (Decimal("1E+999999"), '"1E+999999"'),
        (datetime(2026, 1, 31, 12, tzinfo=UTC), '"2026-01-31T12:00:00Z"'),
        (
            datetime(2026, 1, 31, 12, tzinfo=timezone(timedelta(hours=2))),
            '"2026-01-31T12:00:00+02:00"',
        ),
        (date(2026, 1, 31), '"2026-01-31"'),
        (timedelta(seconds=90), '"PT90S"'),
        (b"hi", '"aGk="'),
        (Color.RED, '"red"'),
        (Color("new"), '"new"'),
        (Level(7), "7"),
        (UUID(int=0), '"00000000-0000-0000-0000-000000000000"'),
        ((1, "a"), '[1,"a"]'),
        ({Color.RED: 1}, '{"red":1}'),
        ({"a": UNSET, "b": None}, '{"b":null}'),
        (10**30, str(10**30)),
        (7.0, "7"),
        (-0.0, "0"),
        (2.0**53 + 2, "9007199254740994"),
        (1e20, "100000000000000000000"),
        (1e21, "1e21"),
        (0.5, "0.5"),
        ({"a": [1.0, {"b": -2.0}]}, '{"a":[1,{"b":-2}]}'),
        ("é\u2028", '"é\u2028"'),
    ],
)
def test_a_value_has_one_form_on_the_wire(value: object, text: str) -> None:
    assert encode(value) == text.encode()


def test_wire_names_and_members_of_any_name_are_written() -> None:
    value = Renamed(class_="x", from_=None, extra={"fee": Decimal("2.50")})
    assert encode(value) == b'{"class":"x","from-date":null,"fee":"2.50"}'


def test_dicts_and_classes_may_be_mixed() -> None:
    assert encode({"pets": [Cat(kind="cat"), {"kind": "dog"}]}) == (
        b'{"pets":[{"kind":"cat","lives":null,"born":null},{"kind":"dog"}]}'
    )


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            {"at": datetime.fromisoformat("2026-01-31")},
            r"body\.at: the time .* has no time zone; add one",
        ),
        ({"a": [1.0, float("nan")]}, r"body\.a\[1\]: nan is not a number"),
        ({"a": float("inf")}, r"body\.a: inf is not a number"),
        (Money(amount=Decimal("NaN")), r"body\.amount: NaN is not a number"),
        (Renamed(class_="x", extra={"class": Decimal(1)}), r"body\.class: set twice"),
        ("\ud800", "half of a surrogate pair"),
    ],
)
def test_what_would_change_its_meaning_is_refused(value: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        encode(value)


def test_a_value_within_itself_is_refused() -> None:
    loop: list[object] = []
    loop.append(loop)
    with pytest.raises(ValueError, match="nested too deeply, or contains itself"):
        encode(loop)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"a": [object()]}, r"body\.a\[0\]: a value of type object cannot be sent"),
        ([UNSET], r"body\[0\]: a value of type UnsetType cannot be sent"),
        ({1: 2}, "body: keys must be str, got int"),
        (Cat, "a value of type type cannot be sent"),
    ],
)
def test_what_json_cannot_hold_is_refused_by_place(value: object, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        encode(value)


def test_plain_data_and_classes_turn_into_each_other() -> None:
    plain = {"id": "a", "balance": "1.10", "created_at": "2026-01-31T12:00:00Z"}
    customer = from_dict(Customer, plain)
    assert customer.balance == Decimal("1.10")
    assert {k: v for k, v in to_plain(customer).items() if v is not None} == plain
    assert decode(encode(customer), Customer, []) == customer
    assert json.loads(encode(customer)) == to_plain(customer)


def test_a_time_that_utc_does_not_have_is_refused_by_its_place() -> None:
    odd = timezone(timedelta(hours=1, seconds=1))
    with pytest.raises(ValueError, match=r"body\.at: the time 0001-01-01T00:00:00"):
        encode({"at": datetime(1, 1, 1, tzinfo=odd)})
