"""Names that schemas declare for themselves, and `$defs` around a reference."""

from __future__ import annotations

from typing import Any

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
