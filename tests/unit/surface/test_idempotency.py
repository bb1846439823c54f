"""The hint `idempotency-key`: its forms, and what is none of them."""

from __future__ import annotations

from typing import Any

import pytest
from support.surfaces import NamedClient, build_client

BODY = {
    "type": "object",
    "properties": {
        "key": {"type": "string"},
        "uuid": {"type": "string", "format": "uuid"},
        "at": {"type": "string", "format": "date-time"},
        "number": {"type": "integer"},
        "short": {"type": "string", "maxLength": 31},
        "exact": {"type": "string", "maxLength": 32},
        "short_time": {"type": "string", "maxLength": 26},
        "kind": {"type": "string", "enum": ["a"]},
    },
}


def build(hint: object) -> NamedClient:
    """Build a client with one operation that has the hint."""
    operation: dict[str, Any] = {
        "x-codegen": {"idempotency-key": hint},
        "requestBody": {"content": {"application/json": {"schema": BODY}}},
        "responses": {"204": {"description": "Done."}},
    }
    return build_client({"/things": {"post": operation}})


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        ("derived", []),
        ({"caller": "key"}, [("key", "caller")]),
        ({"caller": ["key", "at"]}, [("key", "caller"), ("at", "caller")]),
        ({"fill": "key"}, [("key", "hex")]),
        ({"fill": "exact"}, [("exact", "hex")]),
        ({"fill": ["uuid", "key"]}, [("uuid", "uuid"), ("key", "hex")]),
        ({"fill": {"field": "at", "with": "now"}}, [("at", "now")]),
    ],
)
def test_the_forms_of_a_hint(hint: object, expected: list[tuple[str, str]]) -> None:
    client = build(hint)
    key = client.get_method().idempotency
    assert key is not None
    assert [(field.path, field.filling) for field in key.fields] == expected
    assert key.unless == ""
    assert client.codes == []


def test_a_field_can_make_another_unnecessary() -> None:
    key = build({"fill": "key", "unless": "at"}).get_method().idempotency
    assert key is not None
    assert key.unless == "at"


@pytest.mark.parametrize(
    "hint",
    [
        "other",
        7,
        {},
        {"caller": "key", "unless": "at"},
        {"caller": "key", "more": 1},
        {"fill": "key", "more": 1},
        {"fill": {"field": "at", "with": "now", "more": 1}},
        {"fill": {"field": "at", "with": "then"}},
        {"fill": {"field": "at"}},
        {"fill": []},
        {"fill": 7},
        {"caller": {"field": "at", "with": "now"}},
        {"fill": "missing"},
        {"fill": "key", "unless": "missing"},
        {"fill": "number"},
        {"fill": "short"},
        {"fill": "kind"},
        {"fill": "at"},
        {"fill": {"field": "short_time", "with": "now"}},
    ],
)
def test_what_is_none_of_them_is_a_warning(hint: object) -> None:
    client = build(hint)
    assert client.get_method().idempotency is None
    assert client.codes == ["idempotency-key"]
