"""The hint for lists, on a parameter, on a body, and on the document."""

from __future__ import annotations

import pytest
from support.documents import document, read_api

from flexprice_codegen.diagnostics import DiagnosticSink

RESPONSES = {"204": {"description": "Done."}}


def read(**hints: object) -> tuple[list[str | None], list[str]]:
    """Return the notations of a parameter and of a body, and the codes."""
    owners: dict[str, dict[str, object]] = {
        name: {"x-codegen": {"arrays": hints[name]}} if name in hints else {}
        for name in ("parameter", "body", "root")
    }
    parameter = {"name": "p", "in": "query", "schema": {"type": "string"}}
    operation = {
        "parameters": [parameter | owners["parameter"]],
        "requestBody": {"content": {"application/json": {}}} | owners["body"],
        "responses": RESPONSES,
    }
    sink = DiagnosticSink()
    found = document({"/things": {"post": operation}}) | owners["root"]
    (made,) = read_api(found, sink).operations
    assert made.body is not None
    notations: list[str | None] = [each.arrays for each in made.parameters]
    return [*notations, made.body.arrays], [each.code for each in sink.diagnostics]


def test_nothing_is_asked_for_by_default() -> None:
    assert read() == ([None, None], [])


@pytest.mark.parametrize("notation", ["brackets", "indices", "repeat"])
def test_the_hint_of_the_document_is_the_default(notation: str) -> None:
    assert read(root=notation) == ([notation, notation], [])
    assert read(parameter=notation) == ([notation, None], [])
    assert read(root="repeat", body=notation) == (["repeat", notation], [])


@pytest.mark.parametrize("notation", ["commas", 1, None, ["brackets"]])
def test_an_unknown_notation_is_ignored(notation: object) -> None:
    codes = [] if notation is None else ["array-notation"]
    assert read(body=notation) == ([None, None], codes)
