"""JSON values: what is the same to JSON, and what only looks so to Python."""

from __future__ import annotations

from itertools import combinations

import pytest

from generator.api.json_values import canonical_json, is_same_json
from generator.spec.nodes import WrittenFloat

DIFFERENT: list[object] = [
    None,
    0,
    False,
    1,
    True,
    1.5,
    "",
    "0",
    "null",
    [],
    [0],
    [False],
    [[]],
    {},
    {"a": 0},
    {"a": False},
    {"a": [True]},
    {"a": [1]},
    {"0": "a"},
    "\ud800",
]


def test_values_that_json_tells_apart_have_texts_of_their_own() -> None:
    for one, other in combinations(DIFFERENT, 2):
        assert not is_same_json(one, other), (one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (0, -0.0),
        (10**20, 1e20),
        (1.1, WrittenFloat("1.10")),
        (2, WrittenFloat("2.00")),
        ([1, {"a": 1}], (1.0, {"a": 1.0})),
        ({"a": 1, "b": 2}, {"b": 2.0, "a": 1}),
    ],
)
def test_one_value_has_one_text(one: object, other: object) -> None:
    assert canonical_json(one) == canonical_json(other)
