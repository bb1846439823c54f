"""What keywords say of a schema that declares no type, and of one that only narrows."""

from __future__ import annotations

from typing import Any

import pytest
from support.documents import document, load

from flexprice_codegen.api.keywords import (
    get_declared_types,
    is_annotation_only,
    is_constraint_only,
)
from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.spec.nodes import Node

TYPES = {
    "object": [
        *("properties", "additionalProperties", "patternProperties", "minProperties")
    ],
    "array": ["items", "prefixItems", "minItems", "maxItems", "uniqueItems"],
    "string": [
        *("pattern", "minLength", "maxLength", "contentEncoding", "contentMediaType")
    ],
    "number": ["minimum", "maximum", "exclusiveMinimum", "multipleOf"],
}
FORMATS = {
    "string": [
        *("date-time", "date", "time", "uuid", "email", "uri", "byte", "binary"),
        *("password", "hostname"),
    ],
    "integer": ["int32", "int64"],
    "number": ["float", "double"],
}
STRUCTURE = [
    *("$ref", "type", "enum", "const", "properties", "items", "allOf", "oneOf"),
    "anyOf",
]
CONSTRAINTS = [
    *("additionalProperties", "format", "pattern", "required", "minLength"),
    *("maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    *("multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties"),
    *("maxProperties", "not", "if", "contains", "dependentRequired"),
    *("unevaluatedItems", "prefixItems", "contentSchema", "x-extensible-enum"),
]


def read(schema: object) -> Node:
    """Return the node of a schema."""
    return load(document(x=schema)).root.get_required("x")


@pytest.mark.parametrize(
    ("expected", "keyword"),
    [(type_, keyword) for type_, all_ in TYPES.items() for keyword in all_],
)
def test_a_keyword_of_one_type_implies_it(expected: str, keyword: str) -> None:
    assert get_declared_types(read({keyword: 1, "format": "int32"})) == (expected,)
    assert get_declared_types(read({keyword: 1, "type": "boolean"})) == ("boolean",)


@pytest.mark.parametrize(
    ("expected", "format_"),
    [(type_, format_) for type_, all_ in FORMATS.items() for format_ in all_],
)
def test_so_does_a_format(expected: str, format_: str) -> None:
    assert get_declared_types(read({"format": format_})) == (expected,)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({}, ()),
        ({"format": "color"}, ()),
        ({"type": None, "minLength": 1}, ("string",)),
        ({"type": "null"}, ()),
        ({"type": ["string", "null", "integer", "string"]}, ("string", "integer")),
    ],
)
def test_the_types_of_a_schema_are_those_without_null(
    schema: dict[str, Any], expected: tuple[str, ...]
) -> None:
    assert get_declared_types(read(schema)) == expected


def test_a_type_is_a_string_or_a_list_of_strings() -> None:
    for type_ in (1, True, {"a": 1}):
        with pytest.raises(DiagnosticError):
            get_declared_types(read({"type": type_}))


@pytest.mark.parametrize("keyword", [*STRUCTURE, *CONSTRAINTS])
def test_a_keyword_that_restricts_values_is_no_annotation(keyword: str) -> None:
    assert is_annotation_only(read({"description": "It.", "x-a": 1}))
    assert not is_annotation_only(read({"description": "It.", keyword: 1}))
    assert not is_annotation_only(read([]))


def test_a_constraint_has_no_values_of_its_own() -> None:
    for keyword in CONSTRAINTS:
        assert is_constraint_only(read({keyword: 1})), keyword
    for keyword in STRUCTURE:
        assert not is_constraint_only(read({"required": ["a"], keyword: 1})), keyword
    assert not is_constraint_only(read([]))
