"""The operations of a path: methods in every spelling, references beside operations."""

from __future__ import annotations

from support.documents import DONE, document, operation, read_api

from flexprice_codegen.diagnostics import DiagnosticSink


def keys(sink: DiagnosticSink, **paths: object) -> list[str]:
    """Return the keys of the operations of a document with these paths."""
    found = read_api(document({f"/{name}": each for name, each in paths.items()}), sink)
    return [each.key for each in found.operations]


def test_methods_may_be_written_in_capitals_and_small_letters_win() -> None:
    sink = DiagnosticSink()
    found = keys(sink, a={"POST": operation("loud"), "post": operation("small"), "Get": {"responses": DONE}})  # fmt: skip
    assert sorted(found) == ["GET /a", "POST /a"]
    assert [each.code for each in sink.diagnostics] == ["method-case"]


def test_operations_beside_a_reference_win_over_those_of_its_target() -> None:
    paths = {
        "/a": {"get": operation("target"), "put": operation("put")},
        "/b": {"$ref": "#/paths/~1a", "get": operation("own")},
    }
    found = read_api(document(paths))
    assert {each.key: each.id for each in found.operations if each.path == "/b"} == {
        "GET /b": "own",
        "PUT /b": "put",
    }


def test_methods_of_openapi_3_2_are_read_and_a_wrong_one_is_a_warning() -> None:
    sink = DiagnosticSink()
    more = {"LINK": operation("link"), "no method": operation("none")}
    found = keys(sink, a={"query": operation("query"), "additionalOperations": more})
    assert found == ["QUERY /a", "LINK /a"]
    assert [each.code for each in sink.diagnostics] == ["method"]
