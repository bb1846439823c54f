"""Arrays, maps and objects."""

from __future__ import annotations

import pytest
from support.documents import TEXT, Json, document, read_api, record

from flexprice_codegen.api.model import AliasSchema, NamedSchema, ObjectSchema
from flexprice_codegen.api.types import (
    AnyValue,
    Array,
    Map,
    Number,
    String,
    Type,
    Union,
)


def read(schema: Json) -> NamedSchema:
    return read_api(document(schemas={"A": schema})).schemas["A"]


def type_of(schema: Json) -> Type:
    found = read(schema)
    assert isinstance(found, AliasSchema)
    return found.type


def object_of(schema: Json) -> ObjectSchema:
    found = read(schema)
    assert isinstance(found, ObjectSchema)
    return found


def test_an_array_has_elements_and_lengths() -> None:
    found = type_of(
        {"type": "array", "items": TEXT, "minItems": 1, "uniqueItems": True}
    )
    assert found == Array(item=String(), min_items=1, unique=True)
    assert type_of({"type": "array"}) == Array(item=AnyValue())


def test_an_element_of_a_tuple_is_one_of_all_positions() -> None:
    positions = [TEXT, {"type": "integer"}]
    new = type_of({"type": "array", "prefixItems": positions, "items": False})
    old = type_of({"type": "array", "items": positions, "additionalItems": False})
    for found in (new, old):
        assert isinstance(found, Array)
        assert isinstance(found.item, Union)
        assert set(found.item.variants) == {String(), Number(integer=True)}


@pytest.mark.parametrize(
    ("rest", "is_open"),
    [
        ({}, True),
        ({"maxItems": 3}, True),
        ({"items": True}, True),
        ({"maxItems": 2}, False),
        ({"items": False}, False),
        ({"items": TEXT}, False),
    ],
)
def test_elements_behind_a_tuple_are_anything_unless_the_schema_says_otherwise(
    rest: Json, *, is_open: bool
) -> None:
    found = type_of({"type": "array", "prefixItems": [TEXT, TEXT], **rest})
    assert isinstance(found, Array)
    assert (found.item == AnyValue()) is is_open


def test_an_object_without_properties_is_a_map() -> None:
    assert type_of({"type": "object", "additionalProperties": TEXT}) == Map(
        value=String()
    )
    closed = type_of({"type": "object", "additionalProperties": False})
    assert isinstance(closed, Map)
    assert closed.closed


def test_required_nullable_and_default_are_three_facts() -> None:
    schema = record(["a"], a="string", b={"type": "string", "default": None}, c=TEXT)
    a, b, c = object_of(schema).properties
    assert (a.required, b.required) == (True, False)
    assert b.default is not None
    assert b.default.value is None
    assert c.default is None


def test_other_properties_have_a_type_or_are_forbidden() -> None:
    extra = object_of({**record(a="string"), "additionalProperties": TEXT})
    assert extra.extra == String()
    closed = object_of({**record(a="string"), "additionalProperties": False})
    assert (closed.extra, closed.closed) == (None, True)
