"""Types without their names: null wherever it is said, and lists however they are spelled."""

from __future__ import annotations

import pytest
from support.comparing import compare_wire, list_on_wire
from support.documents import Json, asking, document, record, ref


def holding(schema: Json, **schemas: Json) -> Json:
    return document({"/a": {"post": asking(record(x=schema))}}, schemas)


def test_null_may_be_said_by_the_name_or_where_it_is_used() -> None:
    node = record(a="string")
    around: Json = {"anyOf": [ref("Node"), {"type": "null"}]}
    used = holding(around, Node=node)
    named = holding(ref("Maybe"), Node=node, Maybe=around)
    assert compare_wire(used, named) == ()
    assert compare_wire(named, used) == ()
    assert list_on_wire(holding(ref("Node"), Node=node), named) == [
        ("request-property-became-nullable", "info")
    ]


def test_a_choice_of_constants_is_a_list_of_values() -> None:
    listed = holding({"type": "string", "enum": ["a", "b"]})
    constants: list[Json] = [{"const": "a"}, {"const": "b"}]
    inline = holding({"oneOf": constants})
    named = holding({"oneOf": [constants[0], ref("B")]}, B=constants[1])
    for old in (listed, inline, named):
        for new in (listed, inline, named):
            assert compare_wire(old, new) == ()
    fewer = holding({"oneOf": [ref("B")]}, B=constants[1])
    assert list_on_wire(named, fewer) == [
        ("request-property-enum-value-removed", "error")
    ]


NULLS: list[Json] = [{"type": "null"}, {"const": None}, {"enum": [None]}]
UNLISTED: Json = {"type": ["string", "null"], "enum": ["a", "b"]}
LISTED: Json = {**UNLISTED, "enum": ["a", "b", None]}
STRINGS: Json = {"type": "string", "enum": ["a", "b"]}


def test_null_alone_is_one_type_however_it_is_spelled() -> None:
    for old in NULLS:
        for new in NULLS:
            assert compare_wire(holding(old), holding(new)) == ()


@pytest.mark.parametrize("null", NULLS)
def test_null_alone_is_told_from_any_value_and_from_none(null: Json) -> None:
    nullable = {"type": ["string", "null"]}
    text = {"type": "string"}
    assert list_on_wire(holding(null), holding({})) == [
        ("request-property-type-generalized", "info")
    ]
    assert list_on_wire(holding(null), holding(nullable)) == [
        ("request-property-type-generalized", "info")
    ]
    assert list_on_wire(holding(null), holding(text)) == [
        ("request-property-became-not-nullable", "error"),
        ("request-property-type-generalized", "info"),
    ]
    for old in ({}, nullable):
        assert list_on_wire(holding(old), holding(null)) == [
            ("request-property-type-changed", "error")
        ]


def test_null_that_a_list_of_values_does_not_have_is_not_allowed() -> None:
    assert compare_wire(holding(UNLISTED), holding(STRINGS)) == ()
    assert compare_wire(holding(ref("E"), E=UNLISTED), holding(STRINGS)) == ()
    assert compare_wire(holding(ref("E"), E=STRINGS), holding(UNLISTED)) == ()
    assert list_on_wire(holding(LISTED), holding(UNLISTED)) == [
        ("request-property-became-not-nullable", "error")
    ]
    around: Json = {"anyOf": [ref("E"), {"type": "null"}]}
    assert list_on_wire(holding(ref("E"), E=UNLISTED), holding(around, E=UNLISTED)) == [
        ("request-property-became-nullable", "info")
    ]


def test_null_of_one_place_is_not_that_of_another_with_equal_values() -> None:
    def both(other: Json) -> Json:
        whole = record(one=record(x=LISTED), other=record(x=other))
        return document({"/a": {"post": asking(whole)}})

    assert list_on_wire(both(STRINGS), both({"type": "string"})) == [
        ("request-property-enum-lifted", "info")
    ]
