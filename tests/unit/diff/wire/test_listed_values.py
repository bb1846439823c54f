"""A limit that all listed values keep is no edit; one that decides something is."""

from __future__ import annotations

import pytest
from support.comparing import list_on_wire
from support.documents import Json, asking, document, record

TEXTS: Json = {"type": "string", "enum": ["a", "four"]}
NUMBERS: Json = {"type": "integer", "enum": [2, 4]}


def compare(old: Json, new: Json) -> list[tuple[str, str]]:
    """Return what changes between two schemas of a property that is sent."""
    before, after = (
        document({"/a": {"post": asking(record(x=each))}}) for each in (old, new)
    )
    return [
        (rule.removeprefix("request-property-"), level)
        for rule, level in list_on_wire(before, after)
    ]


@pytest.mark.parametrize(
    ("listed", "limit"),
    [
        (TEXTS, {"minLength": 1}),
        (TEXTS, {"maxLength": 4}),
        (NUMBERS, {"minimum": 2}),
        (NUMBERS, {"maximum": 4}),
        (NUMBERS, {"exclusiveMinimum": 1}),
        (NUMBERS, {"exclusiveMaximum": 5}),
        (NUMBERS, {"multipleOf": 2}),
    ],
)
def test_a_limit_that_all_values_keep_decides_nothing(
    listed: Json, limit: Json
) -> None:
    plain: Json = {"type": listed["type"]}
    assert compare(listed, listed | limit) == []
    assert compare(listed | limit, listed) == []
    assert compare(listed, plain | limit) == [("enum-lifted", "info")]
    assert compare(plain | limit, listed) == [("became-enum", "error")]


@pytest.mark.parametrize(
    ("listed", "limit", "concept"),
    [
        (TEXTS, {"minLength": 2}, "min-length"),
        (TEXTS, {"maxLength": 3}, "max-length"),
        (NUMBERS, {"minimum": 3}, "min"),
        (NUMBERS, {"maximum": 3}, "max"),
        (NUMBERS, {"exclusiveMinimum": 2}, "exclusive-min"),
        (NUMBERS, {"exclusiveMaximum": 4}, "exclusive-max"),
        (NUMBERS, {"multipleOf": 4}, "multiple-of"),
    ],
)
def test_a_limit_that_a_value_does_not_keep_is_told(
    listed: Json, limit: Json, concept: str
) -> None:
    assert compare(listed, listed | limit) == [(f"{concept}-set", "warning")]
    assert compare(listed | limit, listed) == [(f"{concept}-unset", "info")]


def test_values_of_several_types_are_compared_one_by_one() -> None:
    mixed: Json = {"enum": ["a", 1]}
    assert compare(mixed, {"enum": [1, "a"]}) == []
    assert compare(mixed, {"enum": ["a", 1, 2]}) == [("enum-value-added", "info")]
    assert compare(mixed, {"enum": ["a"]}) == [("enum-value-removed", "error")]
    assert compare({"enum": [1]}, mixed) == [("enum-value-added", "info")]


def test_values_of_several_types_are_a_choice_of_lists() -> None:
    mixed: Json = {"enum": ["a", 1]}
    text: Json = {"type": "string"}
    both: Json = {"type": ["string", "integer"]}
    assert compare(mixed, {}) == [("type-generalized", "info")]
    assert compare({}, mixed) == [("type-changed", "error")]
    assert compare(mixed, both) == [("enum-lifted", "info")]
    assert compare(both, mixed) == [("became-enum", "error")]
    assert ("became-enum", "error") in compare(text, mixed)
    assert ("type-changed", "error") in compare(mixed, text)
