"""Names of types that JSON Schema does not have, and what they mean."""

from __future__ import annotations

import pytest
from support.documents import Json

from flexprice_codegen.api.type_names import normalize_types
from flexprice_codegen.diagnostics import DiagnosticSink, Level, Origin
from flexprice_codegen.spec.nodes import Node


def normalized(schema: Json) -> tuple[object, list[Level]]:
    """Return the schema with types of JSON Schema, and the levels of what is said."""
    sink = DiagnosticSink()
    found = normalize_types(Node(schema, Origin("", "")), sink)
    return found.value, [each.level for each in sink.diagnostics]


@pytest.mark.parametrize(
    ("schema", "meant"),
    [
        ({"type": "file"}, {"type": "string", "format": "binary"}),
        ({"type": "Integer"}, {"type": "integer"}),
        ({"type": "long"}, {"type": "integer", "format": "int64"}),
        ({"type": "date", "format": "mine"}, {"type": "string", "format": "mine"}),
        ({"type": ["String", "null"]}, {"type": ["string", "null"]}),
        ({"type": "any"}, {}),
    ],
)
def test_another_name_is_a_note(schema: Json, meant: Json) -> None:
    assert normalized(schema) == (meant, [Level.NOTE])


@pytest.mark.parametrize("type_", ["nonsense", ["string", "nonsense"]])
def test_a_name_that_means_nothing_is_a_warning_and_any_value(type_: object) -> None:
    assert normalized({"type": type_, "title": "T"}) == (
        {"title": "T"},
        [Level.WARNING],
    )


@pytest.mark.parametrize(
    "schema", [{}, {"type": None}, {"type": "string"}, {"type": ["string", "null"]}]
)
def test_types_of_json_schema_stay(schema: Json) -> None:
    assert normalized(schema) == (schema, [])
