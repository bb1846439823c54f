"""Null as a variant of a union, however it is written."""

from __future__ import annotations

import pytest
from support.comparing import compare_wire
from support.documents import Json, answering, document, ref

SCHEMAS: dict[str, Json] = {
    "Nothing": {"type": "null"},
    "Pet": {"type": "object", "properties": {"name": {"type": "string"}}},
}


def choice(keyword: str, null: Json) -> Json:
    """Return a document whose response has a pet or null, and null in a spelling."""
    owner = {"type": "object", "properties": {"pet": {keyword: [ref("Pet"), null]}}}
    return document({"/a": {"get": answering(owner)}}, schemas=SCHEMAS)


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
@pytest.mark.parametrize(
    "null",
    [
        ref("Nothing"),
        {"enum": [None]},
        {"allOf": [{"type": "null"}]},
        {"allOf": [ref("Nothing")], "description": "There is none."},
        {"allOf": [{"allOf": [{"const": None}]}]},
    ],
)
def test_null_is_one_variant_in_each_spelling(keyword: str, null: Json) -> None:
    plain = choice(keyword, {"type": "null"})
    assert compare_wire(plain, choice(keyword, null)) == ()


@pytest.mark.parametrize(
    "other",
    [
        {"allOf": [{"type": "null"}, {"type": "string"}]},
        {"allOf": [{"type": "string"}]},
        {"allOf": [{"type": "null"}], "type": "string"},
    ],
)
def test_an_all_of_that_is_more_than_null_is_another_variant(other: Json) -> None:
    plain = choice("anyOf", {"type": "null"})
    assert compare_wire(plain, choice("anyOf", other)) != ()
