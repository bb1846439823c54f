"""Unions of two versions: which option is which, and what came and went."""

from __future__ import annotations

import pytest
from support.comparing import list_on_wire
from support.documents import (
    INTEGER,
    TEXT,
    Json,
    answering,
    asking,
    document,
    record,
    ref,
)

SCHEMAS = {
    "Cat": record(["meow"], meow="string"),
    "Dog": record(["bark"], bark="string"),
}


def sent(*options: Json, by: str = "oneOf") -> Json:
    return document({"/a": {"post": asking({by: list(options)})}}, SCHEMAS)


def received(*options: Json, by: str = "oneOf") -> Json:
    return document({"/a": {"get": answering({by: list(options)})}}, SCHEMAS)


CAT, DOG = ref("Cat"), ref("Dog")


def test_the_order_of_options_means_nothing() -> None:
    assert list_on_wire(sent(CAT, DOG, TEXT), sent(TEXT, DOG, CAT)) == []


@pytest.mark.parametrize("by", ["oneOf", "anyOf"])
def test_an_option_less_breaks_who_sends_and_one_more_who_receives(by: str) -> None:
    word = {"oneOf": "one-of", "anyOf": "any-of"}[by]
    fewer, more = (CAT, DOG), (CAT, DOG, TEXT)
    assert list_on_wire(sent(*more, by=by), sent(*fewer, by=by)) == [
        (f"request-body-{word}-removed", "error")
    ]
    assert list_on_wire(sent(*fewer, by=by), sent(*more, by=by)) == [
        (f"request-body-{word}-added", "info")
    ]
    assert list_on_wire(received(*fewer, by=by), received(*more, by=by)) == [
        (f"response-body-{word}-added", "error")
    ]


def test_an_option_that_changed_is_compared_and_not_replaced() -> None:
    old = sent(CAT, {**record(a="string"), "title": "A"})
    new = sent(CAT, {**record(a="integer"), "title": "A"})
    ((rule, level),) = list_on_wire(old, new)
    assert (rule, level) == ("request-property-type-changed", "error")


def test_a_type_that_is_one_of_several_now_is_wider() -> None:
    plain = document({"/a": {"post": asking(TEXT)}}, SCHEMAS)
    assert {level for _, level in list_on_wire(plain, sent(TEXT, INTEGER))} == {"info"}
    assert "error" in {level for _, level in list_on_wire(sent(TEXT, INTEGER), plain)}


def test_an_option_that_takes_more_may_take_what_another_does() -> None:
    """Exactly one option of a `oneOf` must fit, unless something else tells them apart."""
    plain = record(b="string")
    needing = {**record(["a"], a="string"), "title": "A"}
    free = {**record(a="string"), "title": "A"}
    assert list_on_wire(sent(needing, plain), sent(free, plain)) == [
        ("request-property-became-optional", "warning")
    ]
    by = "anyOf"
    assert list_on_wire(sent(needing, plain, by=by), sent(free, plain, by=by)) == [
        ("request-property-became-optional", "info")
    ]
