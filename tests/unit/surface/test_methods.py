"""Methods from operations: what they say about parts that they send otherwise."""

from __future__ import annotations

import pytest
from support.documents import DONE, Json, document, read_surface, record

from flexprice_codegen.diagnostics import DiagnosticSink


def list_notes(body: Json) -> list[str]:
    """Return the codes of the notes about an operation with a request body."""
    operation = {"requestBody": body, "responses": DONE}
    sink = DiagnosticSink()
    read_surface(document({"/things": {"post": operation}}), sink=sink)
    return [each.code for each in sink.diagnostics]


@pytest.mark.parametrize(
    ("content_type", "notes"),
    [
        ("application/json", []),
        ("application/octet-stream", []),
        ("text/plain", []),
        ("image/png", ["part-media-type"]),
    ],
)
def test_a_part_is_sent_with_the_media_types_of_the_runtime(
    content_type: str, notes: list[str]
) -> None:
    content = {
        "schema": record(part="string"),
        "encoding": {"part": {"contentType": content_type}},
    }
    body = {"content": {"multipart/form-data": content}}
    assert list_notes(body) == notes
