"""Parameters: of a path and its operations, with the style that is meant."""

from __future__ import annotations

from support.documents import TEXT, document, operation, parameter, read_api

from flexprice_codegen.api.model import Parameter
from flexprice_codegen.diagnostics import DiagnosticSink


def read(
    path: str,
    *own: object,
    sink: DiagnosticSink | None = None,
    shared: tuple[object, ...] = (),
) -> dict[str, Parameter]:
    """Return the parameters of an operation by name."""
    item = {"get": operation(parameters=list(own)), "parameters": list(shared)}
    (found,) = read_api(document({path: item}), sink).operations
    return {each.wire: each for each in found.parameters}


def test_each_location_has_its_style() -> None:
    found = read(
        "/a/{id}", parameter("id", "path"), parameter("q"), parameter("H", "header")
    )
    assert [(each.style, each.explode) for each in found.values()] == [
        ("simple", False), ("form", True), ("simple", False),
    ]  # fmt: skip


def test_an_operation_replaces_what_its_path_declares() -> None:
    shared = (parameter("q", description="of the path"), parameter("r"))
    found = read("/a", parameter("q", required=True), shared=shared)
    assert found["q"].required
    assert not found["q"].shared
    assert found["r"].shared


def test_what_the_path_needs_is_added_with_a_note() -> None:
    sink = DiagnosticSink()
    found = read("/a/{id}", sink=sink)
    assert found["id"].required
    assert found["id"].location == "path"
    assert [each.code for each in sink.diagnostics] == ["path-parameter-undeclared"]


def test_a_style_that_there_is_not_is_read_as_the_usual_one() -> None:
    sink = DiagnosticSink()
    found = read("/a", parameter("q", style="strange"), sink=sink)
    assert found["q"].style == "form"
    assert [each.code for each in sink.diagnostics] == ["parameter-style"]


def test_a_parameter_with_content_is_a_document_of_its_own() -> None:
    whole = {
        "name": "q",
        "in": "query",
        "content": {"application/json": {"schema": TEXT}},
    }
    assert read("/a", whole)["q"].media == "application/json"
