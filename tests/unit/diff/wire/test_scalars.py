"""Strings and numbers of two versions: their limits, formats and patterns."""

from __future__ import annotations

import pytest
from support.comparing import list_on_wire
from support.documents import Json, answering, asking, document


def sent(schema: Json) -> Json:
    return document({"/a": {"post": asking(schema)}})


def received(schema: Json) -> Json:
    return document({"/a": {"get": answering(schema)}})


@pytest.mark.parametrize(
    ("type_", "wide", "narrow"),
    [
        ("string", {}, {"maxLength": 5}),
        ("string", {"maxLength": 5}, {"maxLength": 4}),
        ("string", {"minLength": 1}, {"minLength": 2}),
        ("integer", {"exclusiveMinimum": 1}, {"exclusiveMinimum": 2}),
        ("number", {"maximum": 5}, {"maximum": 4.5}),
        ("integer", {"multipleOf": 2}, {"multipleOf": 4}),
        ("string", {}, {"pattern": "^a"}),
    ],
)
def test_a_tighter_limit_breaks_who_sends_and_a_looser_one_who_receives(
    type_: str, wide: Json, narrow: Json
) -> None:
    old, new = {"type": type_, **wide}, {"type": type_, **narrow}
    ((_, tighter),) = list_on_wire(sent(old), sent(new))
    ((_, looser),) = list_on_wire(sent(new), sent(old))
    assert tighter in {"error", "warning"}
    assert looser == "info"
    assert [level for _, level in list_on_wire(received(old), received(new))] == [
        "info"
    ]


def test_a_limit_that_says_the_same_otherwise_is_no_edit() -> None:
    old, new = ({"type": "integer", "minimum": each} for each in (1, 1.0))
    assert list_on_wire(sent(old), sent(new)) == []
