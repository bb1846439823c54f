"""Which schemas are applied to parts of a value, and which are no part of that."""

from __future__ import annotations

import pytest
from support.documents import document, load

from flexprice_codegen.api.applicators import read_applicators
from flexprice_codegen.api.types import String, Type
from flexprice_codegen.diagnostics import (
    build_error,
)
from flexprice_codegen.spec.nodes import Node

TEXT = {"type": "string"}


class Reader:
    """A reader that knows strings only, and keeps the keys."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    def read_type(self, node: Node, key: str) -> Type:
        """Return a string, or raise an error."""
        self.keys.append(key)
        if node.value in (True, TEXT):
            return String()
        raise build_error("schema-type", "it is no string", at=node.origin)


def list_places(schema: object) -> list[str]:
    """Return the places of the schemas that are applied."""
    root = load(document(x=schema)).root
    reader = Reader()
    found = read_applicators(reader, root.get_required("x"), "Key")
    assert all(type_ == String() for _, type_ in found)
    assert all(key.startswith("Key") for key in reader.keys)
    return [place for place, _ in found]


@pytest.mark.parametrize(
    "keyword",
    [
        *("not", "if", "then", "else", "contains", "propertyNames"),
        *("unevaluatedItems", "unevaluatedProperties"),
    ],
)
def test_a_keyword_applies_one_schema(keyword: str) -> None:
    assert list_places({keyword: TEXT}) == [keyword]
    assert list_places({keyword: True}) == [keyword]
    assert list_places({keyword: "a"}) == []


@pytest.mark.parametrize("keyword", ["patternProperties", "dependentSchemas"])
def test_a_keyword_applies_a_schema_by_name(keyword: str) -> None:
    assert list_places({keyword: {"a": TEXT, "b": TEXT}}) == [
        f"{keyword}/a",
        f"{keyword}/b",
    ]
    assert list_places({keyword: [TEXT]}) == []


def test_the_first_items_have_schemas_by_number() -> None:
    assert list_places({"prefixItems": [TEXT, TEXT]}) == [
        "prefixItems/0",
        "prefixItems/1",
    ]
    assert list_places({"prefixItems": TEXT}) == []


@pytest.mark.parametrize("own", ["items", "additionalProperties"])
def test_what_clients_combine_with_others_is_read_on_its_own(own: str) -> None:
    for beside in ("patternProperties", "unevaluatedProperties"):
        assert own in list_places({beside: {"type": "x"}, own: TEXT})
        assert own not in list_places({beside: {"type": "x"}, own: True})
    assert list_places({own: TEXT, "prefixItems": []}) == [own]
    assert list_places({own: TEXT, "if": TEXT}) == ["if"]
    assert list_places({own: TEXT}) == []


def test_a_schema_that_cannot_be_read_is_left_out() -> None:
    assert list_places({"if": {"type": "x"}, "then": TEXT}) == ["then"]


def test_a_schema_that_is_a_boolean_applies_nothing() -> None:
    assert list_places(schema=True) == []
