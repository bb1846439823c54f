"""Intersection: what `allOf` of two schemas accepts, its intersection accepts, and no more.

JSON Schema itself is the judge: a validator decides which instances are valid.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from support.examples import count_examples

from flexprice_codegen.api.intersection import Intersection, intersect_schemas
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.spec.nodes import Node

Json = Any

TYPES = ("string", "number", "integer", "boolean", "array", "object", "null")
NAMES = ("a", "b", "c")
PATTERNS = ("^a", "b$", "^[ab]*$", "^.{2}$")

small_numbers = st.integers(-3, 8) | st.sampled_from([0.5, 1.0, 1.5, 2.5, 4.0])
counts = st.integers(0, 4)
texts = st.text("abc", max_size=4)
scalars = st.none() | st.booleans() | small_numbers | texts
instances = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
    ),
    max_leaves=5,
)


def keywords_of(**strategies: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    """Draw a schema with some of these keywords."""
    return st.fixed_dictionaries({}, optional=strategies)


def draw_types() -> st.SearchStrategy[Json]:
    one = st.sampled_from(TYPES)
    return one | st.lists(one, min_size=1, max_size=3, unique=True)


def draw_schemas(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    """Draw schemas with all keywords that are merged without a loss."""
    by_name = st.dictionaries(st.sampled_from(NAMES), inner, max_size=2)
    of_values = keywords_of(
        type=draw_types(),
        enum=st.lists(scalars, min_size=1, max_size=4),
        const=scalars,
    )
    of_numbers = keywords_of(
        type=st.sampled_from(["number", "integer"]),
        minimum=small_numbers,
        maximum=small_numbers,
        exclusiveMinimum=small_numbers,
        exclusiveMaximum=small_numbers,
        multipleOf=st.sampled_from([0.5, 1, 1.5, 2, 3]),
    )
    of_texts = keywords_of(
        type=st.just("string"),
        minLength=counts,
        maxLength=counts,
        pattern=st.sampled_from(PATTERNS),
    )
    of_arrays = keywords_of(
        type=st.just("array"),
        items=inner | st.booleans(),
        prefixItems=st.lists(inner, min_size=1, max_size=2),
        minItems=counts,
        maxItems=counts,
        uniqueItems=st.booleans(),
        contains=inner,
        minContains=counts,
        maxContains=counts,
    )
    of_objects = keywords_of(
        type=st.just("object"),
        properties=by_name,
        required=st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
        minProperties=counts,
        maxProperties=counts,
        patternProperties=st.dictionaries(st.sampled_from(["^a", "b"]), inner),
        propertyNames=st.sampled_from([{"pattern": "a"}, {"enum": ["a", "b"]}]),
        dependentRequired=st.dictionaries(
            st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), unique=True)
        ),
        dependentSchemas=by_name,
    )
    of_conditions = st.fixed_dictionaries(
        {},
        optional={
            "not": inner,
            "if": inner,
            "then": inner,
            "else": inner,
            "oneOf": st.lists(inner, min_size=1, max_size=2),
            "anyOf": st.lists(inner, min_size=1, max_size=2),
        },
    )
    return of_values | of_numbers | of_texts | of_arrays | of_objects | of_conditions


schemas = draw_schemas(draw_schemas(st.just({}) | st.just({"type": "integer"})))


def intersect(first: Json, second: Json) -> Intersection:
    return intersect_schemas(
        Node(first, Origin("", "/first")), Node(second, Origin("", "/second"))
    )


def value_of(made: Intersection) -> Json:
    return made.node.value


def is_valid(schema: Json, instance: Json) -> bool:
    return Draft202012Validator(schema).is_valid(instance)


@settings(max_examples=count_examples(400))
@given(schemas, schemas, st.lists(instances, min_size=1, max_size=8))
def test_an_intersection_accepts_what_both_schemas_accept(
    first: Json, second: Json, drawn: list[Json]
) -> None:
    made = intersect(first, second)
    for instance in drawn:
        is_accepted = is_valid({"allOf": [first, second]}, instance)
        if made.contradictions:
            assert not is_accepted
        else:
            assert is_valid(value_of(made), instance) == is_accepted


closed_schemas = keywords_of(
    properties=st.dictionaries(
        st.sampled_from(NAMES), st.sampled_from([{}, {"type": "integer"}])
    ),
    additionalProperties=st.booleans() | st.just({"type": "integer"}),
)


@given(closed_schemas, closed_schemas, st.lists(instances, min_size=1, max_size=8))
def test_no_member_of_a_closed_part_is_lost(
    first: Json, second: Json, drawn: list[Json]
) -> None:
    made = value_of(intersect(first, second))
    declared = {*first.get("properties", ()), *second.get("properties", ())}
    assert set(made.get("properties", ())) == declared
    for instance in drawn:
        if is_valid({"allOf": [first, second]}, instance):
            assert is_valid(made, instance)


@given(schemas, schemas)
def test_an_intersection_with_itself_is_the_schema(first: Json, second: Json) -> None:
    for schema in (first, second):
        made = intersect(schema, schema)
        assert not made.contradictions
        assert value_of(made) == schema


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"type": "integer"}, {"type": "number"}, {"type": "integer"}),
        ({"type": ["string", "null"]}, {"type": "string"}, {"type": "string"}),
        ({"minimum": 1}, {"exclusiveMinimum": 1}, {"exclusiveMinimum": 1}),
        ({"minimum": 2}, {"exclusiveMinimum": 1}, {"minimum": 2}),
        ({"maxLength": 5}, {"maxLength": 10}, {"maxLength": 5}),
        ({"multipleOf": 2}, {"multipleOf": 3}, {"multipleOf": 6}),
        ({"enum": ["a", "b"]}, {"enum": ["b", "c"]}, {"enum": ["b"]}),
        ({"enum": [1, 2]}, {"enum": [2.0, 3]}, {"enum": [2]}),
        ({"enum": [True, 2]}, {"enum": [1, 2]}, {"enum": [2]}),
        ({"required": ["a"]}, {"required": ["b", "a"]}, {"required": ["a", "b"]}),
        (
            {"pattern": "^a"},
            {"pattern": "b$"},
            {"pattern": "^a", "allOf": [{"pattern": "b$"}]},
        ),
        # An exclusive bound of OpenAPI 3.0, and its null.
        (
            {"minimum": 1, "exclusiveMinimum": True},
            {"minimum": 0},
            {"exclusiveMinimum": 1},
        ),
        (
            {"type": "string", "nullable": True},
            {"type": "string", "nullable": True, "maxLength": 3},
            {"type": ["string", "null"], "maxLength": 3},
        ),
        # What a later part says takes precedence, if it is no constraint.
        ({"title": "A", "default": 1}, {"title": "B"}, {"title": "B", "default": 1}),
        # Names follow their values.
        (
            {"enum": [1, 2, 3], "x-enum-varnames": ["A", "B", "C"]},
            {"enum": [3, 2]},
            {"enum": [2, 3], "x-enum-varnames": ["B", "C"]},
        ),
        (
            {"enum": [3, 2]},
            {"enum": [1, 2, 3], "x-enum-varnames": ["A", "B", "C"]},
            {"enum": [3, 2], "x-enum-varnames": ["C", "B"]},
        ),
    ],
)
def test_narrower_keywords_win(first: Json, second: Json, expected: Json) -> None:
    made = intersect(first, second)
    assert value_of(made) == expected
    assert not made.contradictions


@pytest.mark.parametrize(
    ("first", "second", "keyword"),
    [
        ({"type": "string"}, {"type": "integer"}, "type"),
        ({"enum": ["a"]}, {"enum": ["b"]}, "enum"),
        ({"const": "a"}, {"enum": ["b"]}, "const"),
        ({"const": 1}, {"const": True}, "const"),
        ({"type": "string"}, {"const": 1}, "const"),
        ({"type": "integer", "minimum": 3}, {"maximum": 2}, "minimum"),
        ({"type": "number", "exclusiveMinimum": 2}, {"maximum": 2}, "exclusiveMinimum"),
        ({"type": "string", "minLength": 3}, {"maxLength": 2}, "minLength"),
        ({"minItems": 3}, {"type": "array", "maxItems": 2}, "minItems"),
        ({"minItems": 3}, {"maxItems": 2}, None),
    ],
)
def test_a_contradiction_names_both_places(
    first: Json, second: Json, keyword: str | None
) -> None:
    found = intersect(first, second).contradictions
    assert [each.keyword for each in found] == ([] if keyword is None else [keyword])
    for each in found:
        assert each.first.pointer.startswith("/first/")
        assert each.second.pointer.startswith("/second/")


def test_a_child_keeps_its_own_origin() -> None:
    made = intersect(
        {"properties": {"a": {"type": "string"}, "b": {"minLength": 1}}},
        {"properties": {"b": {"maxLength": 2}, "c": {}}},
    ).node
    found = dict(made.iter_items_of("properties"))
    assert list(found) == ["a", "b", "c"]
    assert found["a"].origin.pointer == "/first/properties/a"
    assert found["c"].origin.pointer == "/second/properties/c"
    parts = [each.origin.pointer for each in found["b"].iter_elements_of("allOf")]
    assert parts == ["/first/properties/b", "/second/properties/b"]


def test_members_are_kept_if_types_contradict() -> None:
    first = {"type": "object", "properties": {"a": {}}}
    made = value_of(intersect(first, {"type": "string"}))
    assert made["type"] == "object"
