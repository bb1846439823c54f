"""Which hints describe pages, and what is said of the others."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from support.generated import named

from flexprice_codegen.diagnostics import Level
from flexprice_codegen.surface.model import Pagination

TEXT = {"type": "string"}
LOCATIONS = {
    "query_start": "query",
    "query_size": "query",
    "body_start": "body",
    "filter.size": "body",
    "missing": "",
    "filter.missing": "",
    "": "",
}
"""Names and paths that a hint can send, with the locations that the request has."""


def read_hint(folder: Path, hint: object) -> tuple[Pagination | None, list[str]]:
    """Return the pagination of an operation with a hint, and the warnings."""
    body: dict[str, Any] = {
        "type": "object",
        "properties": {
            "body_start": TEXT,
            "filter": {"type": "object", "properties": {"size": TEXT}},
        },
    }
    answer: dict[str, Any] = {
        "type": "object",
        "properties": {"items": {"type": "array", "items": TEXT}, "next": TEXT},
    }
    operation = {
        "operationId": "listThings",
        "x-codegen": {"paging": hint},
        "parameters": [
            {"name": name, "in": "query", "schema": TEXT}
            for name in ("query_start", "query_size")
        ],
        "requestBody": {"content": {"application/json": {"schema": body}}},
        "responses": {
            "200": {
                "description": "",
                "content": {"application/json": {"schema": answer}},
            }
        },
    }
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/things": {"post": operation}},
    }
    found = named(folder, json.dumps(document))
    return found.method("list_things").pagination, found.said(Level.WARNING)


@pytest.mark.parametrize("by", ["offset", "page", "cursor", "link"])
@pytest.mark.parametrize(("send", "limit"), list(product(LOCATIONS, repeat=2)))
def test_a_hint_sends_only_what_the_request_has(
    tmp_path: Path, by: str, send: str, limit: str
) -> None:
    hint = {"by": by, "send": send, "limit": limit, "next": "next"}
    pagination, warnings = read_hint(tmp_path, hint)
    named_ = [each for each in (send, limit) if each]
    missing = [each for each in named_ if not LOCATIONS[each]]
    locations = {LOCATIONS[each] for each in named_}

    if missing:
        assert pagination is None
        (warning,) = warnings
        reason = f"the request has no parameter or field `{missing[0]}`"
        assert warning == f"POST /things: {reason}; its pages come one by one"
    elif len(locations) > 1 or (by != "link" and not send):
        assert pagination is None
        assert len(warnings) == 1
    else:
        assert warnings == []
        assert pagination is not None
        assert {pagination.place} == (locations or {"query"})
        assert (pagination.send, pagination.limit) == (send, limit)
