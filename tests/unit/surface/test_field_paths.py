"""Fields that hints name by their path."""

from __future__ import annotations

import pytest
from support.documents import document, read_api, record, ref

from flexprice_codegen.api.types import Reference, String, Type
from flexprice_codegen.surface.field_paths import get_type_at_path

SCHEMAS = {
    "Page": record(
        pagination={"oneOf": [ref("Pages"), {"type": "null"}]},
        items={"type": "array", "items": ref("Thing")},
    ),
    "Pages": {"allOf": [record(total="string")]},
    "Thing": record(name="string", id={"type": "string", "readOnly": True}, any={}),
    "Loop": {"oneOf": [ref("Loop"), ref("Thing")]},
}


def at(path: str, *, key: str = "Page", sent: bool = False) -> Type | None:
    schemas = read_api(document(schemas=SCHEMAS)).schemas
    return get_type_at_path(schemas, Reference(key=key), path, sent=sent)


@pytest.mark.parametrize("path", ["pagination.total", "items[].name", "items[].id"])
def test_a_path_leads_through_null_lists_and_composition(path: str) -> None:
    assert at(path) == String()


@pytest.mark.parametrize("path", ["total", "items.name", "pagination[].total", "items[].gone"])  # fmt: skip
def test_a_path_to_nothing_has_no_type(path: str) -> None:
    assert at(path) is None


def test_what_is_only_received_is_not_among_what_is_sent() -> None:
    assert at("items[].id", sent=True) is None
    assert at("items[].name", sent=True) == String()


def test_any_value_has_any_field_and_a_loop_comes_to_an_end() -> None:
    assert at("items[].any.thing") is not None
    assert at("name", key="Loop") == String()
    assert at("gone", key="Loop") is None
