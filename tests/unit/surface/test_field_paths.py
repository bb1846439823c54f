"""Paths into bodies: unions of unions lead to one type on many ways."""

from __future__ import annotations

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
from flexprice_codegen.surface.field_paths import resolve_aliases

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
