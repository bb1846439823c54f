"""Composition: `allOf` that is reached on many ways, or that contains itself."""

from __future__ import annotations

from support.documents import document, read_api, ref

from flexprice_codegen.api.model import ObjectSchema
from flexprice_codegen.diagnostics import DiagnosticSink


def test_a_schema_that_is_reached_on_a_million_ways_is_merged_once() -> None:
    schemas: dict[str, object] = {
        f"A{n}": {"allOf": [ref(f"A{n + 1}"), ref(f"A{n + 1}")]} for n in range(40)
    }
    schemas["A40"] = {"type": "object", "properties": {"id": {"type": "string"}}}
    sink = DiagnosticSink()
    found = read_api(document(schemas=schemas), sink).schemas["A0"]
    assert isinstance(found, ObjectSchema)
    assert [each.wire for each in found.properties] == ["id"]
    assert not sink.diagnostics


def test_a_schema_that_is_composed_of_itself_is_a_warning() -> None:
    sink = DiagnosticSink()
    schemas: dict[str, object] = {
        "A": {"allOf": [ref("B"), {"properties": {"a": {"type": "string"}}}]},
        "B": {"allOf": [ref("A"), {"properties": {"b": {"type": "string"}}}]},
    }
    read_api(document(schemas=schemas), sink)
    assert {each.code for each in sink.diagnostics} == {"composition-cycle"}
    assert all("accepts any value" in each.message for each in sink.diagnostics)


def test_a_discriminator_that_maps_to_nothing_costs_only_that_value() -> None:
    kind = {"type": "object", "properties": {"kind": {"type": "string"}}}
    mapping = {"gone": "#/components/schemas/Gone", "cat": "#/components/schemas/Cat"}
    choice = {
        "oneOf": [ref("Cat"), ref("Dog")],
        "discriminator": {"propertyName": "kind", "mapping": mapping},
    }
    sink = DiagnosticSink()
    api = read_api(document(schemas={"Cat": kind, "Dog": kind, "Pet": choice}), sink)
    assert "Pet" in api.schemas
    assert [each.code for each in sink.diagnostics] == ["unresolved-reference"]
    assert "skipped value 'gone' of the discriminator" in sink.diagnostics[0].message
