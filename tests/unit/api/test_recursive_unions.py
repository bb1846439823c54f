"""Unions that lead back to themselves get the variants of the whole cycle."""

from __future__ import annotations

from support.documents import TEXT, document, read_api, record, ref

from flexprice_codegen.api.model import AliasSchema
from flexprice_codegen.api.types import AnyValue, Type


def type_of(key: str, **schemas: object) -> Type:
    """Return the type of an alias."""
    found = read_api(document(schemas=schemas)).schemas[key]
    assert isinstance(found, AliasSchema)
    return found.type


def test_a_union_with_itself_is_its_other_option() -> None:
    one = {"oneOf": [ref("A"), ref("B")]}
    plain = {"oneOf": [ref("B")]}
    thing = record(x="string")
    assert type_of("A", A=one, B=thing) == type_of("A", A=plain, B=thing)


def test_a_circle_of_unions_offers_the_same_everywhere() -> None:
    schemas = {"A": {"oneOf": [ref("B"), TEXT]}, "B": {"oneOf": [ref("A"), {"type": "integer"}]}}  # fmt: skip
    assert type_of("A", **schemas) == type_of("B", **schemas)


def test_a_circle_that_offers_nothing_else_is_any_value() -> None:
    both = {"oneOf": [ref("A"), ref("B")]}
    assert type_of("A", A=both, B=both) == AnyValue()
