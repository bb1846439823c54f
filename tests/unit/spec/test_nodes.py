"""Nodes: values of a document with their origin, read as they are meant."""

from __future__ import annotations

from typing import Any

import pytest

from flexprice_codegen.diagnostics import DiagnosticError, Origin
from flexprice_codegen.spec.nodes import Node, WrittenFloat


def node(value: Any) -> Node:  # noqa: ANN401 - JSON
    return Node(value, Origin("", "/x"))


def test_a_child_knows_where_it_is() -> None:
    (element,) = node({"a/b": [1]}).get_required("a/b").iter_elements()
    assert element.origin == Origin("", "/x/a~1b/0")
    assert node({"a": 1}).get("b") is None


@pytest.mark.parametrize(
    ("value", "text"), [("a", "a"), (1, "1"), (WrittenFloat("1.10"), "1.10")]
)
def test_a_number_is_the_text_that_was_written(value: object, text: str) -> None:
    assert node(value).read_string() == text


@pytest.mark.parametrize(
    ("value", "is_on"), [(True, True), ("Yes", True), ("off", False)]
)
def test_words_of_yaml_1_1_are_booleans(value: object, *, is_on: bool) -> None:
    assert node(value).read_boolean() is is_on


@pytest.mark.parametrize(
    ("value", "method"),
    [
        (1, "read_mapping"),
        ("a", "iter_elements"),
        (True, "read_string"),
        (0, "read_boolean"),
    ],
)
def test_another_type_is_an_error_with_its_place(value: object, method: str) -> None:
    with pytest.raises(DiagnosticError, match="expected ") as raised:
        list(getattr(node(value), method)())
    (said,) = raised.value.diagnostics
    assert (said.code, said.location) == ("wrong-type", Origin("", "/x"))


def test_what_is_missing_or_null_is_empty() -> None:
    for value in ({}, {"a": None}):
        assert node(value).get_string("a", "d") == "d"
        assert not node(value).get_boolean("a")
        assert list(node(value).iter_items_of("a")) == []
        assert list(node(value).iter_elements_of("a")) == []
    with pytest.raises(DiagnosticError, match="'a' is missing"):
        node({}).get_required("a")


def test_php_writes_what_is_empty_the_other_way_round() -> None:
    assert node([]).read_mapping() == {}
    assert list(node({"a": {}}).iter_elements_of("a")) == []
