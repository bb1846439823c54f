"""Composition: `allOf` that is reached on many ways, or that contains itself."""

from __future__ import annotations

import json
from pathlib import Path

from flexprice_codegen.api.build import build_api
from flexprice_codegen.api.model import Api, ObjectSchema
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.spec.document import load_document


def api_of(tmp_path: Path, schemas: dict[str, object], sink: DiagnosticSink) -> Api:
    path = tmp_path / "spec.json"
    info = {"title": "A", "version": "1"}
    document = {"openapi": "3.0.3", "info": info, "paths": {}}
    path.write_text(json.dumps({**document, "components": {"schemas": schemas}}))
    return build_api(load_document([str(path)], sink=sink), sink)


def reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def test_a_schema_that_is_reached_on_a_million_ways_is_merged_once(
    tmp_path: Path,
) -> None:
    schemas: dict[str, object] = {
        f"A{n}": {"allOf": [reference(f"A{n + 1}"), reference(f"A{n + 1}")]}
        for n in range(40)
    }
    schemas["A40"] = {"type": "object", "properties": {"id": {"type": "string"}}}
    sink = DiagnosticSink()
    found = api_of(tmp_path, schemas, sink).schemas["A0"]
    assert isinstance(found, ObjectSchema)
    assert [each.wire for each in found.properties] == ["id"]
    assert not sink.diagnostics


def test_a_schema_that_is_composed_of_itself_is_a_warning(tmp_path: Path) -> None:
    sink = DiagnosticSink()
    schemas: dict[str, object] = {
        "A": {"allOf": [reference("B"), {"properties": {"a": {"type": "string"}}}]},
        "B": {"allOf": [reference("A"), {"properties": {"b": {"type": "string"}}}]},
    }
    api_of(tmp_path, schemas, sink)
    assert {each.code for each in sink.diagnostics} == {"composition-cycle"}
    assert all("is read as any value" in each.message for each in sink.diagnostics)


def test_a_discriminator_that_maps_to_nothing_costs_only_that_value(
    tmp_path: Path,
) -> None:
    kind = {"type": "object", "properties": {"kind": {"type": "string"}}}
    mapping = {"gone": "#/components/schemas/Gone", "cat": "#/components/schemas/Cat"}
    choice = {
        "oneOf": [reference("Cat"), reference("Dog")],
        "discriminator": {"propertyName": "kind", "mapping": mapping},
    }
    sink = DiagnosticSink()
    api = api_of(tmp_path, {"Cat": kind, "Dog": kind, "Pet": choice}, sink)
    assert "Pet" in api.schemas
    assert [each.code for each in sink.diagnostics] == ["unresolved-reference"]
    assert (
        "the value 'gone' of the discriminator is left out"
        in sink.diagnostics[0].message
    )
