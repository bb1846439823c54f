"""Variants without names are found again, whatever their order."""

from __future__ import annotations

import pytest
from support.comparing import list_on_wire
from support.documents import Json, document, read_api

from flexprice_codegen.api.moved_variants import match_moved_variants

CAT: Json = {
    "type": "object",
    "properties": {"meow": {"type": "string"}, "paws": {"type": "integer"}},
}
DOG: Json = {
    "type": "object",
    "properties": {
        "bark": {"type": "object", "properties": {"at": {"type": "string"}}}
    },
}
COW: Json = {"type": "object", "properties": {"moo": {"type": "boolean"}}}


def sent(*variants: Json, keyword: str = "anyOf") -> Json:
    """Return a document that sends and receives one of several schemas."""
    content = {"application/json": {"schema": {keyword: list(variants)}}}
    operation = {
        "requestBody": {"content": content},
        "responses": {"200": {"description": "", "content": content}},
    }
    return document({"/pets": {"post": operation}})


def match(old: Json, new: Json) -> dict[str, str]:
    """Return the keys that have changed, without what the variants belong to."""
    found = match_moved_variants(read_api(old), read_api(new))
    return {
        key[key.index("|") :]: other[other.index("|") :] for key, other in found.items()
    }


def test_nothing_has_moved_in_one_order() -> None:
    assert match(sent(CAT, DOG), sent(CAT, DOG)) == {}


def test_what_lies_below_a_variant_moves_along() -> None:
    found = match(sent(CAT, DOG), sent(DOG, CAT))
    assert found == {"|1": "|2", "|2": "|1", "|2 > bark": "|1 > bark"}


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ((CAT, DOG, COW), (COW, CAT, DOG)),
        (
            ({"type": "array", "items": CAT}, {"type": "array", "items": DOG}),
            ({"type": "array", "items": DOG}, {"type": "array", "items": CAT}),
        ),
        (
            ({"type": "number"}, {"type": "array", "items": DOG}, {"type": "boolean"}),
            ({"type": "array", "items": DOG}, {"type": "boolean"}, {"type": "number"}),
        ),
        (
            (CAT, DOG),
            (DOG, {**CAT, "properties": dict(reversed(CAT["properties"].items()))}),
        ),
    ],
)
def test_another_order_is_no_finding(
    keyword: str, old: tuple[Json, ...], new: tuple[Json, ...]
) -> None:
    assert list_on_wire(sent(*old, keyword=keyword), sent(*new, keyword=keyword)) == []


def test_a_variant_that_moves_and_one_that_changes_are_two_things() -> None:
    changed = {**CAT, "required": ["meow"]}
    assert list_on_wire(sent(CAT, DOG, COW), sent(DOG, changed, COW)) == [
        ("request-property-became-required", "error"),
        ("response-property-became-required", "info"),
    ]


def test_a_variant_that_goes_is_told_and_those_behind_it_are_not() -> None:
    assert list_on_wire(sent(CAT, DOG, COW), sent(DOG, COW)) == [
        ("request-body-any-of-removed", "error"),
        ("response-body-any-of-removed", "info"),
    ]
