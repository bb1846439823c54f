"""The oracle itself: what it takes for the same value, and what for a fault."""

from __future__ import annotations

import pytest
from support.oracle.calls import Case, make_judge
from support.oracle.choices import find_wrong_choices
from support.oracle.dialect import Json
from support.oracle.views import compare

PERSON: Json = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "born": {"type": "string", "format": "date-time"},
        "key": {"type": "string", "readOnly": True},
        "pin": {"type": "string", "writeOnly": True},
        "size": {"type": "number"},
    },
}
CHOICE: Json = {
    "anyOf": [
        {"$ref": "#/components/schemas/Cat"},
        {"$ref": "#/components/schemas/Dog"},
    ]
}
CASE = Case(
    "c0",
    "3.1.0",
    CHOICE,
    {
        "Cat": {"type": "object", "properties": {"meow": {"type": "string"}}},
        "Dog": {
            "type": "object",
            "properties": {"bark": {"type": "string"}, "kind": {"const": "dog"}},
            "required": ["kind"],
        },
    },
)


def find_differences(schema: Json, value: Json, found: Json) -> list[str]:
    """Return what the oracle says of a value that came back."""
    judge = make_judge(Case("c0", "3.1.0", schema, CASE.components))
    translated = judge.translate(schema)
    assert judge.is_valid(translated, value)
    return [str(each) for each in compare(judge, [translated], value, found)]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"name": "a", "more": 1}, {"name": "a"}),
        (
            {"born": "2024-01-02T03:04:05.1234567Z"},
            {"born": "2024-01-02T03:04:05.123456Z"},
        ),
        ({"born": "2024-01-02T03:04:05z"}, {"born": "2024-01-02T03:04:05+00:00"}),
        ({"name": "a", "key": "k"}, {"name": "a"}),
        ({"size": 1}, {"size": 1.0}),
    ],
)
def test_the_normalizations_are_the_same_value(value: Json, found: Json) -> None:
    assert not find_differences(PERSON, value, found)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"name": "a"}, {}),
        ({"name": "a"}, {"name": None}),
        ({}, {"name": "a"}),
        ({"name": "5"}, {"name": 5}),
        ({"size": 1}, {"size": True}),
        ({"born": "2024-01-02T03:04:05Z"}, {"born": "2024-01-02T05:04:05+02:00"}),
        ({"born": "2024-01-02T03:04:05.5Z"}, {"born": "2024-01-02T03:04:05Z"}),
    ],
)
def test_everything_else_is_another_value(value: Json, found: Json) -> None:
    assert find_differences(PERSON, value, found)


def test_a_constant_that_is_always_sent_may_come_along() -> None:
    dog = {"$ref": "#/components/schemas/Dog"}
    fixed: Json = {"type": "object", "properties": {"kind": {"const": "x"}}}
    told: Json = {
        "type": "object",
        "properties": {"kind": {"const": "x", "default": "x"}},
    }
    assert find_differences(fixed, {}, {"kind": "x"})
    assert not find_differences(told, {}, {"kind": "x"})
    assert find_differences(told, {}, {"kind": "y"})
    assert find_differences(dog, {"kind": "dog"}, {"kind": "dog", "bark": "b"})


def test_of_several_options_the_members_of_the_richest_are_kept() -> None:
    value = {"meow": "m", "bark": "b", "kind": "dog"}
    assert not find_differences(CHOICE, value, {"bark": "b", "kind": "dog"})
    assert find_differences(CHOICE, value, {"meow": "m"})


def test_the_class_of_an_option_that_refuses_the_value_is_a_wrong_choice() -> None:
    class Cat:
        """Stands for a generated class."""

    class Dog:
        """Stands for a generated class."""

    judge = make_judge(CASE)
    schema = judge.translate(CHOICE)
    keys = {"Cat": "Cat", "Dog": "Dog"}
    value = {"meow": "m"}
    assert find_wrong_choices(judge, schema, value, Dog(), keys)
    assert not find_wrong_choices(judge, schema, value, Cat(), keys)


@pytest.mark.parametrize(
    ("schema", "readable", "wrong"),
    [
        ({"type": "integer", "minimum": 9}, [5, "5", None], [True, "five", [], {}]),
        ({"type": "string", "enum": ["a"]}, ["b", 5, None], [True, [], {}]),
        ({"const": 5}, [5, 6, "6"], ["x", []]),
        (PERSON, [{}, {"name": 5}, {"pin": []}], [[], {"key": []}, {"size": "x"}]),
        (CHOICE, [{}, {"kind": "cat"}], ["x", {"meow": True, "bark": True, "kind": 1}]),
    ],
)
def test_a_lenient_reading_knows_json_types_alone(
    schema: Json, readable: list[Json], wrong: list[Json]
) -> None:
    judge = make_judge(Case("c0", "3.1.0", schema, CASE.components))
    translated = judge.translate(schema)
    loose = judge.loosen()
    assert [each for each in readable if not loose.is_readable(translated, each)] == []
    assert [each for each in wrong if loose.is_readable(translated, each)] == []


def test_openapi_3_0_has_a_dialect_of_its_own() -> None:
    judge = make_judge(Case("c0", "3.0.3", {}))
    bound = {"type": "integer", "maximum": 5, "exclusiveMaximum": True}
    assert not judge.is_valid(judge.translate(bound), 5)
    nullable = {"type": "string", "nullable": True}
    assert judge.is_valid(judge.translate(nullable), None)
    sibling = {"$ref": "#/components/schemas/C0Whole", "type": "string"}
    assert judge.is_valid(judge.translate(sibling), 5)
