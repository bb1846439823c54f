"""Keys of definitions: unique, readable, and the same in every run."""

from __future__ import annotations

import pytest

from flexprice_codegen.api.keys import (
    build_reference,
    check_depth,
    get_last_name,
    get_schema_key,
    get_variant_label,
)
from flexprice_codegen.diagnostics import DiagnosticError, Origin
from flexprice_codegen.spec.nodes import Node


@pytest.mark.parametrize(
    ("resource", "pointer", "key"),
    [
        ("", "/components/schemas/Pet", "Pet"),
        ("", "/components/schemas/a~1b~0", "a/b~"),
        ("", "/components/schemas/Pet/properties/x", "#/components/schemas/Pet/properties/x"),
        ("", "/components/schemas/A > b", "#/components/schemas/A%20>%20b"),
        ("pets.yaml", "/components/schemas/Pet", "pets.yaml#/components/schemas/Pet"),
    ],
)  # fmt: skip
def test_only_a_component_of_the_document_is_its_name(
    resource: str, pointer: str, key: str
) -> None:
    assert get_schema_key(Origin(resource, pointer)) == key


@pytest.mark.parametrize(
    ("key", "name"),
    [("A > order", "order"), ("A > tags > []", "tags"), ("{} > []", "{} > []")],
)
def test_the_last_name_is_no_list_and_no_map(key: str, name: str) -> None:
    assert get_last_name(key) == name


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("Cat", "#/components/schemas/Cat"),
        ("#/components/schemas/Cat", "#/components/schemas/Cat"),
        ("cat.yaml", "cat.yaml"),
        ("pets/cat", "pets/cat"),
    ],
)
def test_a_value_of_a_mapping_is_a_name_or_a_reference(
    text: str, reference: str
) -> None:
    assert build_reference(text) == reference


def test_a_variant_is_called_by_reference_title_or_number() -> None:
    labels = [
        get_variant_label(Node(value, Origin("", "")), 3)
        for value in ({"$ref": "#/x/Cat"}, {"title": "Dog"}, {"title": ""}, True)
    ]
    assert labels == ["Cat", "Dog", "3", "3"]


def test_schemas_may_not_be_nested_without_end() -> None:
    node = Node({}, Origin("", "/a"))
    check_depth(node, " > ".join("a" * 61))
    with pytest.raises(DiagnosticError, match="exceeds 60 levels"):
        check_depth(node, " > ".join("a" * 62))
