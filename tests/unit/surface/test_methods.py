"""Methods from operations: what is sent as it is declared, and how lists are asked for."""

from __future__ import annotations

from typing import Any

import pytest
from support.surfaces import build_client


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
        "schema": {"type": "object", "properties": {"part": {"type": "string"}}},
        "encoding": {"part": {"contentType": content_type}},
    }
    operation = {
        "requestBody": {"content": {"multipart/form-data": content}},
        "responses": {"204": {"description": "Done."}},
    }
    assert build_client({"/things": {"post": operation}}).codes == notes


@pytest.mark.parametrize(("location", "by"), [("query", "offset"), ("header", "whole")])
def test_pages_are_asked_for_in_the_query(location: str, by: str) -> None:
    items = {"type": "array", "items": {"type": "string"}}
    page = {"type": "object", "properties": {"items": items, "pagination": {}}}
    operation: dict[str, Any] = {
        "parameters": [
            {"name": name, "in": location, "schema": {"type": "integer"}}
            for name in ("limit", "offset")
        ],
        "responses": {
            "200": {
                "description": "Them.",
                "content": {"application/json": {"schema": page}},
            }
        },
    }
    pagination = build_client({"/things": {"get": operation}}).get_method().pagination
    assert pagination is not None
    assert pagination.by == by
