"""Enums and constants: their values, and what is converted."""

from __future__ import annotations

import pytest
from support.documents import Json, document, read_api

from flexprice_codegen.api.model import AliasSchema, EnumSchema, NamedSchema
from flexprice_codegen.api.types import Literals
from flexprice_codegen.diagnostics import DiagnosticSink


def read(schema: Json, sink: DiagnosticSink | None = None) -> NamedSchema:
    return read_api(document(schemas={"A": schema}), sink).schemas["A"]


def values_of(schema: Json, sink: DiagnosticSink | None = None) -> list[str | int]:
    found = read(schema, sink)
    assert isinstance(found, EnumSchema)
    return [each.value for each in found.values]


@pytest.mark.parametrize(
    ("schema", "values"),
    [
        ({"enum": ["a", "b"]}, ["a", "b"]),
        ({"type": "integer", "enum": [2, 1]}, [2, 1]),
    ],
)
def test_texts_or_integers_are_an_enum(schema: Json, values: list[object]) -> None:
    assert values_of(schema) == values


def test_values_that_come_twice_count_once_with_a_note() -> None:
    sink = DiagnosticSink()
    assert values_of({"enum": ["a", "b", "a"]}, sink) == ["a", "b"]
    assert [each.code for each in sink.diagnostics] == ["duplicate-enum-value"]


def test_null_makes_the_type_nullable() -> None:
    found = read({"type": ["string", "null"], "enum": ["a", "b", None]})
    assert isinstance(found, EnumSchema)
    assert [each.value for each in found.values] == ["a", "b"]
    assert found.about.nullable


def test_mixed_values_are_literals_and_one_is_not_true() -> None:
    found = read({"enum": ["a", 1, True]})
    assert isinstance(found, AliasSchema)
    assert found.type == Literals(values=("a", 1, True))
    assert found.type != Literals(values=("a", 1, 1))


@pytest.mark.parametrize(
    ("names", "values", "expected"),
    [
        # The one that ends like the value comes first.
        (["DefaultSize", "SizeMonth"], ["MONTH"] * 2, ("SizeMonth", "DefaultSize")),
        (["B", "A"], ["x", "x"], ("A", "B")),
        (["A", "A"], ["x", "x"], ("A",)),
        (["", "A"], ["x", "x"], ("A",)),
    ],
)
@pytest.mark.parametrize("keyword", ["x-enum-varnames", "x-enumNames"])
def test_a_value_that_is_listed_twice_has_two_names(
    keyword: str, names: list[str], values: list[str], expected: tuple[str, ...]
) -> None:
    found = read({"enum": values, keyword: names})
    assert isinstance(found, EnumSchema)
    assert [each.names for each in found.values] == [expected]


def test_members_have_the_names_that_the_document_gives() -> None:
    schema = {"enum": ["a", "b"], "x-enum-varnames": ["KindA", "KindB"], "x-enum-descriptions": ["An a."]}  # fmt: skip
    found = read(schema)
    assert isinstance(found, EnumSchema)
    assert [each.names for each in found.values] == [("KindA",), ("KindB",)]
    assert found.values[0].about.description == "An a."
