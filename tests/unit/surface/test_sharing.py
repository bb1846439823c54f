"""Equal inline schemas share a class, unless an earlier run kept them apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from support.documents import document, read_api
from support.surfaces import NamedClient, build_client

from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.surface.build import build_surface
from flexprice_codegen.surface.previous_names import PreviousNames

TEXT = {"type": "string"}
PART = {"type": "object", "properties": {"a": TEXT}}


def answer(id_: str, **statuses: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return an operation with a schema or a reference for each status."""
    return {
        "get": {
            "operationId": id_,
            "tags": ["x"],
            "responses": {
                status.removeprefix("s"): (
                    each
                    if "$ref" in each
                    else {
                        "description": "It.",
                        "content": {"application/json": {"schema": each}},
                    }
                )
                for status, each in statuses.items()
            },
        }
    }


def with_part(schema: Any, wire: str = "part") -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return an object with one property."""
    return {"type": "object", "properties": {wire: schema}}


def build(schemas: dict[str, Any], before: NamedClient | None = None) -> NamedClient:
    """Build a client of component schemas."""
    return build_client({}, schemas, before)


@pytest.mark.parametrize(
    "schema", [PART, {"oneOf": [PART, TEXT]}, {"type": "string", "enum": ["a", "b"]}]
)
def test_equal_properties_with_one_name_share_a_class(
    schema: Any,  # noqa: ANN401 - JSON
) -> None:
    names = build({"A": with_part(schema), "B": with_part(schema)}).list_classes()
    assert {"A", "B", "Part"} <= {*names}
    assert not {"APart", "BPart"} & {*names}


def test_others_do_not() -> None:
    other = {"type": "object", "properties": {"a": {"type": "integer"}}}
    found = build({"A": with_part(PART), "B": with_part(other)})
    assert found.list_classes() == ["A", "APart", "B", "BPart"]
    found = build({"A": with_part(PART), "B": with_part(PART, "piece")})
    assert found.list_classes() == ["A", "APart", "B", "BPiece"]


def test_results_of_operations_do_not() -> None:
    found = build_client({"/a": answer("a", s200=PART), "/b": answer("b", s200=PART)})
    assert found.list_classes() == ["AResponse", "BResponse"]


@pytest.mark.parametrize(
    ("status", "name"), [("default", "Error"), ("s404", "Error404")]
)
def test_errors_of_operations_do(status: str, name: str) -> None:
    found = build_client(
        {f"/{id_}": answer(id_, s204=TEXT, **{status: PART}) for id_ in "ab"}
    )
    assert found.list_classes() == [name]


def test_a_component_is_one_class() -> None:
    made = {"description": "It.", "content": {"application/json": {"schema": PART}}}
    whole = document(
        {
            f"/{id_}": answer(
                id_,
                s404={"$ref": "#/components/responses/Problem"},
                default={"$ref": "#/components/responses/Problem"},
            )
            for id_ in "ab"
        },
        {"Other": PART},
    )
    whole["components"]["responses"] = {"Problem": made}
    api = read_api(whole, DiagnosticSink())
    surface = build_surface(api, PreviousNames(), DiagnosticSink())
    assert [each.name for each in surface.models] == ["Other", "Problem"]

    whole["components"]["schemas"]["Problem"] = PART
    api = read_api(whole, DiagnosticSink())
    surface = build_surface(api, PreviousNames(), DiagnosticSink())
    names = [each.name for each in surface.models]
    assert names == ["Other", "Problem", "ProblemResponse"]


def test_what_is_sent_and_what_is_received_have_their_own() -> None:
    body = {"content": {"application/json": {"schema": with_part(PART)}}}
    paths = answer("a", s200=with_part(PART))
    paths["get"]["requestBody"] = body
    found = build_client({"/a": paths})
    assert len(found.list_classes()) == 4


def test_classes_of_an_earlier_run_stay_apart() -> None:
    apart = build({"A": with_part(PART), "B": with_part(PART, "piece")})
    rows = tuple(
        replace(each, key="B > part") if each.key == "B > piece" else each
        for each in apart.surface.names
    )
    before = apart._replace(surface=replace(apart.surface, names=rows))

    schemas = {name: with_part(PART) for name in "ABC"}
    after = build(schemas, before)
    assert after.list_classes() == ["A", "APart", "B", "BPiece", "C"]
    assert after.list_aliases() == []


def test_a_schema_that_is_no_longer_equal_gets_a_class_of_its_own() -> None:
    before = build({"A": with_part(PART), "B": with_part(PART)})
    other = {"type": "object", "properties": {"a": TEXT, "b": TEXT}}
    after = build({"A": with_part(PART), "B": with_part(other)}, before)
    assert after.list_classes() == ["A", "B", "BPart", "Part"]
