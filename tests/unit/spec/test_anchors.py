"""Names that schemas declare for themselves, and `$defs` around a reference."""

from __future__ import annotations

from typing import Any

import pytest
from support.documents import TEXT, document, read_api, record

from flexprice_codegen.api.model import AliasSchema
from flexprice_codegen.api.types import Reference
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.spec.anchors import find_in_enclosing_schema, find_schema_names
from flexprice_codegen.spec.nodes import Node


def test_names_lead_to_the_first_schema_that_declares_them() -> None:
    value: Any = {
        "$self": "https://a/api#",
        "a": {"$id": "leaf", "$anchor": "x"},
        "b": [{"$id": "leaf"}, {"$dynamicAnchor": "y/z"}, {"$id": "#"}, {"$id": 1}],
    }
    assert find_schema_names(value) == {
        "https://a/api": "",
        "leaf": "/a",
        "https://a/leaf": "/a",
        "#x": "/a",
        "#y/z": "/b/1",
    }


def test_a_copied_schema_has_its_own_definitions() -> None:
    inner: Any = {"$defs": {"T": {"type": "string"}}, "items": [{"$ref": "#/$defs/T"}]}
    root = Node({"a": {"b": inner}}, Origin("", ""))
    found = find_in_enclosing_schema(root, "/a/b/items/0", "/$defs/T")
    assert found is not None
    assert found.origin.pointer == "/a/b/$defs/T"
    assert find_in_enclosing_schema(root, "/a/b/items/0", "/$defs/U") is None
    assert find_in_enclosing_schema(root, "/a/b/items/0", "/a/b") is None


@pytest.mark.parametrize(
    ("own", "reference"),
    [
        ("https://a.test/v1/api.yaml", "api.yaml#/components/schemas/A"),
        ("https://a.test/v1/api.yaml", "/v1/api.yaml#/components/schemas/A"),
        ("/v1/api.yaml", "./api.yaml#/components/schemas/A"),
        ("api.yaml", "./api.yaml#/components/schemas/A"),
        ("https://a.test/v1/api.yaml", "https://a.test/v1/a.json"),
        ("https://a.test/v1/api.yaml", "a.json"),
    ],
)
def test_references_are_relative_to_the_name_of_the_document(
    own: str, reference: str
) -> None:
    schemas = {"A": {"$id": "a.json", **record(id=TEXT)}, "B": {"$ref": reference}}
    made = {**document(schemas=schemas, openapi="3.2.0"), "$self": own}
    found = read_api(made).schemas["B"]
    assert isinstance(found, AliasSchema)
    assert found.type == Reference(key="A")
