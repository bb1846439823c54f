"""Which property selects the variants of a union, and what that says of its variants."""

from __future__ import annotations

import pytest
from support.documents import TEXT, Json, document, read_api, record, ref

from flexprice_codegen.api.types import Scalar
from flexprice_codegen.surface.discriminators import (
    Discriminators,
    find_discriminators,
)

ONE: Json = {"const": "one"}
TWO: Json = {"enum": ["two", "due"]}
ANY: Json = {"type": "object"}


def find(schemas: Json, *sent: str) -> Discriminators:
    """Find the discriminators of a document's unions."""
    return find_discriminators(
        read_api(document(schemas=schemas)).schemas, frozenset(sent)
    )


def union(**variants: Json) -> Json:
    """Return the schemas of a union `U` and of its variants."""
    return {**variants, "U": {"anyOf": [ref(name) for name in variants]}}


@pytest.mark.parametrize(
    ("schemas", "name", "mapping"),
    [
        (union(A=record(k=ONE), B=record(k=TWO)), "k",
         {"one": "A", "two": "B", "due": "B"}),
        (union(A=record(k={"const": 1}), B=record(k={"const": 2})), "k",
         {1: "A", 2: "B"}),
        (union(A=record(k={"const": True}), B=record(k={"const": False})), "k",
         {True: "A", False: "B"}),
        # The one that all variants require comes first.
        (union(A=record(["l"], k=ONE, l=ONE), B=record(["l"], k=TWO, l=TWO)), "l",
         {"one": "A", "two": "B", "due": "B"}),
        # A variant that is no object is told by its JSON type.
        (union(A=record(k=ONE), B=record(k=TWO), C=TEXT), "k",
         {"one": "A", "two": "B", "due": "B"}),
        # One that is a union stands for all of its variants.
        ({"A": record(k=ONE), "B": record(k=TWO), "C": record(k={"const": 3}),
          "In": {"anyOf": [ref("A"), ref("B")]}, "U": {"anyOf": [ref("In"), ref("C")]}},
         "k", {"one": "In", "two": "In", "due": "In", 3: "C"}),
    ],
)  # fmt: skip
def test_a_property_whose_values_differ_in_all_variants_is_found(
    schemas: Json, name: str, mapping: dict[Scalar, str]
) -> None:
    found = find(schemas).by_union["U"]
    assert (found.property, found.is_declared) == (name, False)
    assert dict(found.mapping) == mapping


@pytest.mark.parametrize(
    "schemas",
    [
        union(A=record(k=ONE), B=record(k=ONE)),
        union(A=record(k=ONE), B=record(k={"enum": ["one", "two"]})),
        union(A=record(k=ONE), B=record(k=TEXT)),
        union(A=record(k=ONE), B=record(other=TWO)),
        union(A=record(k=ONE), B=record(k=TWO), C=ANY),
        # Neither Python nor a JSON parser tells all of these apart.
        union(A=record(k={"const": 1}), B=record(k={"const": True})),
        union(A=record(k={"const": 1.5}), B=record(k={"const": 2.5})),
        union(A=TEXT, B={"type": "integer"}),
    ],
)
def test_a_property_that_leaves_a_doubt_is_not(schemas: Json) -> None:
    found = find(schemas)
    assert "U" not in found.by_union
    assert not found.values


def test_a_mapping_gives_values_and_what_variants_list_adds_to_it() -> None:
    schemas = union(
        A=record(k=TEXT), B=record(k=TWO), C=record(k={"enum": ["c", "one"]})
    )
    schemas["U"]["discriminator"] = {
        "propertyName": "k",
        "mapping": {"one": "A", "uno": "A", "c": "C"},
    }
    found = find(schemas)
    assert found.by_union["U"].is_declared
    assert dict(found.by_union["U"].mapping) == {
        "one": "A", "uno": "A", "c": "C", "B": "B", "two": "B", "due": "B",
    }  # fmt: skip
    assert found.values["A", "k"] == ("one", "uno")
    assert found.values["C", "k"] == ("c",)


def test_the_default_has_the_key_none_and_gets_no_values() -> None:
    schemas = union(A=record(k=TEXT), B=record(k=TEXT))
    schemas["U"]["discriminator"] = {"propertyName": "k", "defaultMapping": "B"}
    found = find(schemas)
    assert dict(found.by_union["U"].mapping) == {"A": "A", "B": "B", None: "B"}
    assert found.values == {("A", "k"): ("A",)}


def test_only_a_union_that_is_sent_selects() -> None:
    schemas = union(A=record(k=ONE), B=record(k=TWO))
    assert find(schemas).selecting == frozenset()
    assert find(schemas, "U").selecting == {("A", "k"), ("B", "k")}


def test_the_name_of_a_base_selects_it_and_is_no_constant() -> None:
    base = {**record(["kind"], kind=TEXT), "discriminator": {"propertyName": "kind"}}
    child = {"allOf": [ref("Base"), record(own=TEXT)]}
    found = find({"Base": base, "Child": child, "H": record(b=ref("Base"))})
    (union_,) = found.by_union.values()
    assert dict(union_.mapping) == {"Base": "Base", "Child": "Child"}
    assert set(found.values) == {("Child", "kind")}


def test_a_base_that_the_mapping_names_has_no_other_value() -> None:
    tag = {"propertyName": "kind", "mapping": {"plain": "Base"}}
    base = {**record(["kind"], kind=TEXT), "discriminator": tag}
    child = {"allOf": [ref("Base"), record(own=TEXT)]}
    found = find({"Base": base, "Child": child, "H": record(b=ref("Base"))})
    (union_,) = found.by_union.values()
    assert dict(union_.mapping) == {"plain": "Base", "Child": "Child"}
