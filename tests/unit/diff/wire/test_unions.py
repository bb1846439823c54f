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


def holding(schema: Json, *, sent: bool) -> Json:
    """Return a document with two schemas, and one with a property that has a schema."""
    whole = record(x=schema)
    called = {"post": asking(whole)} if sent else {"get": answering(whole)}
    used = record(a=ref("A"), b=ref("B"), c=ref("C"))
    others = {"get": answering(used)}
    schemas = {
        "A": record(a="string"),
        "B": record(b="string"),
        "C": record(c="string"),
    }
    return document({"/x": called, "/y": others}, schemas)


def test_a_component_in_the_place_of_another_is_another_variant() -> None:
    """Neither has changed: what they differ by is no edit of one of them."""
    old: Json = {"oneOf": [ref("A"), ref("C")]}
    new: Json = {"oneOf": [ref("B"), ref("C")]}
    assert list_on_wire(holding(old, sent=True), holding(new, sent=True)) == [
        ("request-property-one-of-added", "info"),
        ("request-property-one-of-removed", "error"),
    ]


OBJECTS: Json = {"oneOf": [ref("A"), ref("B")]}


@pytest.mark.parametrize("wide", [{}, {"type": "object"}])
def test_any_value_that_becomes_a_choice_is_narrower(wide: Json) -> None:
    def compare(old: Json, new: Json, *, sent: bool) -> list[tuple[str, str]]:
        return list_on_wire(holding(old, sent=sent), holding(new, sent=sent))

    assert compare(wide, OBJECTS, sent=False) == [
        ("response-property-type-specialized", "info")
    ]
    assert compare(OBJECTS, wide, sent=False) == [
        ("response-property-type-generalized", "error")
    ]
    assert compare(wide, OBJECTS, sent=True) == [
        ("request-property-type-changed", "error")
    ]
    assert compare(OBJECTS, wide, sent=True) == [
        ("request-property-type-generalized", "info")
    ]


def test_one_value_is_compared_with_the_variant_of_its_type() -> None:
    def compare(old: Json, new: Json) -> list[tuple[str, str]]:
        return list_on_wire(holding(old, sent=True), holding(new, sent=True))

    text: Json = {"type": "string"}
    short: Json = {"type": "string", "maxLength": 3}
    with_text: Json = {"oneOf": [ref("A"), text]}
    added = [("request-property-one-of-added", "info")]
    assert compare(short, with_text) == [
        ("request-property-max-length-unset", "info"),
        *added,
    ]
    assert compare(text, {"oneOf": [ref("A"), short]}) == [
        ("request-property-max-length-set", "warning"),
        *added,
    ]
    assert compare(with_text, text) == [("request-property-one-of-removed", "error")]


def test_listed_values_in_a_choice_are_compared() -> None:
    words: Json = {"type": "string", "enum": ["a", "b"]}
    fewer: Json = {"type": "string", "enum": ["a", "c"]}
    number: Json = {"type": "integer"}
    old = holding({"anyOf": [words, number]}, sent=True)
    new = holding({"anyOf": [fewer, number]}, sent=True)
    assert list_on_wire(old, new) == [
        ("request-property-enum-value-added", "info"),
        ("request-property-enum-value-removed", "error"),
    ]
