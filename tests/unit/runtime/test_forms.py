"""Forms, as a real server receives them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import pytest
from msgspec import UNSET
from support.loopback import send_body
from support.shapes import Money

from flexprice_codegen.runtime.forms import form_body
from flexprice_codegen.runtime.operation import Body
from flexprice_codegen.runtime.parameters import Style
from flexprice_codegen.runtime.styles import Arrays, DeepObject, JsonText

if TYPE_CHECKING:
    from support.loopback import Loopback


def test_a_form_is_urlencoded(server: Loopback) -> None:
    value = {"a": "x y&z", "b": [1, 2], "c": UNSET, "d": None, "e": True, "f": []}
    received = send_body(server, form_body(value))
    assert received.body == b"a=x%20y%26z&b=1&b=2&e=true"
    assert received.headers["content-type"] == "application/x-www-form-urlencoded"


def test_a_form_follows_styles_and_takes_classes() -> None:
    joined = {"ids": Style(explode=False)}
    assert form_body({"ids": [1, 2]}, joined).content == b"ids=1,2"
    assert form_body(Money(amount=Decimal("1.10"))).content == b"amount=1.10"


def test_a_whole_number_has_no_fraction() -> None:
    form = form_body({"n": 7.0, "l": [1.0, 2.5], "o": {"m": -2.0}})
    assert parse_qsl(form.content.decode()) == [
        ("n", "7"),
        ("l", "1"),
        ("l", "2.5"),
        ("m", "-2"),
    ]


def test_a_field_that_is_json_stays_one_field() -> None:
    form = form_body({"a": {"b": [1]}}, {"a": JsonText()})
    assert parse_qsl(form.content.decode()) == [("a", '{"b":[1]}')]


@pytest.mark.parametrize(
    ("arrays", "pairs"),
    [
        (None, [("a", "1"), ("a", "2"), ("b[0][c]", "3"), ("b[0][d][]", "4")]),
        (
            "brackets",
            [("a[]", "1"), ("a[]", "2"), ("b[0][c]", "3"), ("b[0][d][]", "4")],
        ),
        (
            "indices",
            [("a[0]", "1"), ("a[1]", "2"), ("b[0][c]", "3"), ("b[0][d][0]", "4")],
        ),
        ("repeat", [("a", "1"), ("a", "2"), ("b[0][c]", "3"), ("b[0][d]", "4")]),
        ("dots", [("a", "1"), ("a", "2"), ("b[0].c", "3"), ("b[0].d", "4")]),
    ],
)
def test_lists_and_objects_within_fields_are_sent(
    arrays: Arrays | None, pairs: list[tuple[str, str]]
) -> None:
    value: dict[str, Any] = {"a": [1, 2], "b": [{"c": 3, "d": [4]}]}
    form = form_body(value, arrays=arrays)
    assert parse_qsl(form.content.decode()) == pairs


def test_no_two_elements_of_a_list_become_one() -> None:
    items = [{"price": "p", "quantity": 1}, {"price": "q", "quantity": 2}]
    form = form_body({"items": items}, {"items": DeepObject()})
    assert parse_qsl(form.content.decode()) == [
        ("items[0][price]", "p"),
        ("items[0][quantity]", "1"),
        ("items[1][price]", "q"),
        ("items[1][quantity]", "2"),
    ]


def test_a_form_of_nothing_is_no_body() -> None:
    assert form_body(None) == Body()


def test_a_form_needs_fields() -> None:
    with pytest.raises(TypeError, match="body: expected an object or a dict, got list"):
        form_body([1])
