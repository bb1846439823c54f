"""Null among the values of a schema, as its own keywords say it."""

from __future__ import annotations

import pytest
from support.documents import Json, document, load, operation, read_api, record

from flexprice_codegen.api.model import Api, EnumSchema, ObjectSchema
from flexprice_codegen.api.null_values import declares_null, is_only_null, lists_null
from flexprice_codegen.api.types import AnyValue, Nullable
from flexprice_codegen.spec.nodes import Node

TYPES = ["string", "null"]
LISTED: Json = {"type": TYPES, "enum": ["a", "b", None]}
UNLISTED: Json = {"type": TYPES, "enum": ["a", "b"]}


def read(schema: object) -> Node:
    """Return the node of a schema."""
    return load(document(x=schema)).root.get_required("x")


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"nullable": True}, True),
        ({"nullable": "true"}, False),
        ({"type": "null"}, True),
        ({"type": ["string", "null"]}, True),
        ({"type": ["string"]}, False),
        ({"enum": ["a", None]}, True),
        ({"enum": ["null", 0, False]}, False),
        ([], False),
    ],
)
def test_a_schema_says_whether_null_is_one_of_its_values(
    schema: object, *, expected: bool
) -> None:
    assert declares_null(read(schema)) is expected


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": TYPES}, True),
        (LISTED, True),
        (UNLISTED, False),
        ({"nullable": True, "enum": []}, False),
        ({"type": TYPES, "const": None}, True),
        ({"type": TYPES, "const": "a"}, False),
        ([], True),
    ],
)
def test_a_list_of_values_says_whether_null_is_one(
    schema: object, *, expected: bool
) -> None:
    assert lists_null(read(schema)) is expected


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "null"}, True),
        ({"type": ["null"]}, True),
        ({"const": None}, True),
        ({"enum": [None]}, True),
        ({"enum": []}, False),
        ({"type": TYPES}, False),
        ({}, False),
        (True, False),
    ],
)
def test_null_may_be_all_that_a_schema_takes(schema: object, *, expected: bool) -> None:
    assert is_only_null(read(schema)) is expected


def read_things(**properties: Json) -> tuple[Api, ObjectSchema]:
    """Return an API with an object of these properties, and the object."""
    shared = {"Listed": LISTED, "Unlisted": UNLISTED, "Thing": record(**properties)}
    api = read_api(document({"/a": {"get": operation(answer="Thing")}}, shared))
    thing = api.schemas["Thing"]
    assert isinstance(thing, ObjectSchema)
    return api, thing


def test_null_that_a_list_does_not_have_is_known_where_the_list_is_used() -> None:
    """A client accepts null all the same, so that the type is one that allows it."""
    names = ("Listed", "Unlisted")
    named = {name.lower(): {"$ref": f"#/components/schemas/{name}"} for name in names}
    api, thing = read_things(**named, inline=LISTED, other=UNLISTED)
    unlisted = {
        each.wire: each.type.unlisted
        for each in thing.properties
        if isinstance(each.type, Nullable)
    }
    assert unlisted == {
        "listed": False,
        "unlisted": True,
        "inline": False,
        "other": True,
    }
    assert [api.schemas[name].about.nullable for name in names] == [True, False]


def test_a_shared_inline_enum_says_nothing_of_null() -> None:
    """Two properties of one name share it, and null may be allowed in one of them only."""
    inner = {"x": {"type": "string", "enum": ["a", "b"]}}
    api, _ = read_things(one=record(x=LISTED), two=record(**inner))
    (shared,) = (
        each
        for each in api.schemas.values()
        if isinstance(each, EnumSchema)
        if len(each.sites) > 1
    )
    assert not shared.about.nullable


def test_a_schema_of_null_alone_is_any_value_to_a_client() -> None:
    _, thing = read_things(x={"type": "null"}, y={"const": None}, z={})
    found = {each.wire: each.type for each in thing.properties}
    assert found["x"] == found["y"] == AnyValue(only_null=True)
    assert found["z"] == AnyValue()
