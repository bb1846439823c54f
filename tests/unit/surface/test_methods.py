"""Methods from operations: what they say about parts that they send otherwise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flexprice_codegen.api.build import build_api
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.spec.document import load_document
from flexprice_codegen.surface.build import build_surface
from flexprice_codegen.surface.previous_names import PreviousNames


def list_notes(folder: Path, body: dict[str, Any]) -> list[str]:
    """Return the codes of the notes about an operation with a request body."""
    operation = {"requestBody": body, "responses": {"204": {"description": "Done."}}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://shop.example"}],
        "paths": {"/things": {"post": operation}},
    }
    path = folder / "openapi.json"
    path.write_text(json.dumps(document), encoding="utf-8")

    sink = DiagnosticSink()
    api = build_api(load_document([str(path)], sink=sink), sink)
    build_surface(api, PreviousNames(), sink)
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
    tmp_path: Path, content_type: str, notes: list[str]
) -> None:
    content = {
        "schema": {"type": "object", "properties": {"part": {"type": "string"}}},
        "encoding": {"part": {"contentType": content_type}},
    }
    body = {"content": {"multipart/form-data": content}}
    assert list_notes(tmp_path, body) == notes
