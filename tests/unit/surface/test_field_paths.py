"""Fields that hints name by their path."""

from __future__ import annotations

import pytest
from support.documents import document, read_api, record, ref

from flexprice_codegen.api.model import AliasSchema, NamedSchema
from flexprice_codegen.api.types import (
    Array,
    NodeMetadata,
    Nullable,
    Reference,
    String,
    Type,
    Union,
)
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.surface.field_paths import get_type_at_path, resolve_aliases

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


ABOUT = NodeMetadata(origin=Origin("", ""))


def alias(key: str, *variants: Type) -> NamedSchema:
    type_ = variants[0] if len(variants) == 1 else Union(variants=variants)
    return AliasSchema(key=key, type=type_, about=ABOUT)


def test_a_type_that_is_reached_on_a_million_ways_is_yielded_once() -> None:
    text = alias("A40", String())
    definitions = {"A40": text}
    for number in range(40):
        next_one = Reference(key=f"A{number + 1}")
        inner = Union(variants=(next_one, Array(item=next_one)))
        definitions[f"A{number}"] = alias(f"A{number}", next_one, Nullable(inner=inner))

    found = list(resolve_aliases(definitions, Reference(key="A0")))
    assert found.count(String()) == 1
    assert len(found) == 41


def test_types_are_yielded_in_the_order_of_the_document() -> None:
    inner = Union(variants=(String(format="b"), String(format="c")))
    type_ = Union(variants=(String(format="a"), inner, String(format="d")))
    found = [each.format for each in resolve_aliases({}, type_)]  # type: ignore[union-attr]
    assert found == ["a", "b", "c", "d"]
