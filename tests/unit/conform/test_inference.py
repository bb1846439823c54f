"""`conform.inference`: a schema that accepts all values, and has none of them."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.conform.inference import SchemaSketch

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=10,
)


def infer(*values: object, has_nullable: bool = False) -> dict[str, object]:
    sketch = SchemaSketch()
    for each in values:
        sketch.add_value(each)
    return sketch.to_schema(has_nullable=has_nullable)


@given(st.lists(VALUES, min_size=1, max_size=5))
def test_every_value_is_valid_by_the_inferred_schema(values: list[object]) -> None:
    schema = infer(*values)

    for each in values:
        jsonschema.validate(each, schema)


@pytest.mark.parametrize(
    ("values", "schema"),
    [
        ([1, 2.5], {"type": "number"}),
        ([1, 2], {"type": "integer"}),
        (["2026-01-02T03:04:05Z", ""], {"type": "string", "format": "date-time"}),
        (["a", 1], {}),
        ([None], {}),
        ([[]], {"type": "array", "items": {}}),
        ([{"a": 1}], {"type": "object", "properties": {"a": {"type": "integer"}}}),
    ],
)
def test_what_is_inferred(values: list[object], schema: dict[str, object]) -> None:
    assert infer(*values) == schema


def test_null_is_written_as_the_version_has_it() -> None:
    assert infer(None, 1) == {"type": ["integer", "null"]}
    assert infer(None, 1, has_nullable=True) == {"type": "integer", "nullable": True}


def test_names_that_only_one_object_has_are_not_written() -> None:
    made = infer({"id": 1, "ada@example.com": 1}, {"id": 2, "bob@example.com": 1})

    assert json.dumps(made).count("example") == 0
    assert made["properties"] == {"id": {"type": "integer"}}
