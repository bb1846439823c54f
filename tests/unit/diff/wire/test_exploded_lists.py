"""A single value in a query is a list of one, whichever of both is declared."""

from __future__ import annotations

import pytest
from support.comparing import list_rules_of_paths
from support.documents import DONE, INTEGER, TEXT, Json, parameter

WORDS: Json = {"type": "string", "enum": ["a", "b"]}


def listing(item: Json, **limits: int) -> Json:
    """Return a list of items."""
    return {"type": "array", "items": item, **limits}


def compare(old: Json, new: Json, **style: bool) -> list[str]:
    """Return the rules about a query parameter that had one schema and has another."""
    before, after = (
        {
            "/a": {
                "get": {
                    "parameters": [parameter("p", "query", each, **style)],
                    "responses": DONE,
                }
            }
        }
        for each in (old, new)
    )
    return list_rules_of_paths(before, after)


@pytest.mark.parametrize("item", [TEXT, INTEGER, WORDS])
def test_a_value_beside_a_list_of_it_says_nothing_more(item: Json) -> None:
    either: Json = {"oneOf": [item, listing(item)]}
    assert compare(either, listing(item)) == []
    assert compare(listing(item), either) == []
    assert compare(item, either) == ["request-parameter-type-generalized"]
    assert compare(either, listing(item), explode=False) != []


def test_a_value_beside_a_list_of_others_is_one_more() -> None:
    either: Json = {"oneOf": [TEXT, listing(INTEGER)]}
    assert compare(either, listing(INTEGER)) != []
    assert compare({"oneOf": [WORDS, listing(TEXT)]}, listing(TEXT)) != []


@pytest.mark.parametrize("wide", [TEXT, {}])
def test_a_list_of_what_takes_the_value_is_wider(wide: Json) -> None:
    assert compare(INTEGER, listing(wide)) == ["request-parameter-type-generalized"]
    assert compare(INTEGER, listing(wide, minItems=2)) == [
        "request-parameter-min-items-set",
        "request-parameter-type-generalized",
    ]


def test_a_list_of_texts_that_a_number_may_not_be_is_told() -> None:
    short: Json = {"type": "string", "maxLength": 2}
    assert compare(INTEGER, listing(short)) == [
        "request-parameter-property-max-length-set",
        "request-parameter-type-generalized",
    ]
    assert compare(TEXT, listing(INTEGER)) == ["request-parameter-type-changed"]
