"""The types of generated code, and their text."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.surface.python_types import (
    ANY_TYPE,
    NONE_TYPE,
    DictType,
    ListType,
    LiteralType,
    ModelType,
    PlainType,
    PyType,
    drop_qualifiers,
    format_literal,
    format_type,
    join_types,
    list_model_names,
    widen_for_argument,
)

STR, INT, FLOAT = PlainType("str"), PlainType("int"), PlainType("float")


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ((STR, STR), "str"),
        ((NONE_TYPE, STR), "str | None"),
        ((STR, ANY_TYPE), "Any"),
        ((join_types(STR, NONE_TYPE), INT), "str | int | None"),
        ((LiteralType(("a",)), INT), "str | int"),
        ((LiteralType((True,)),), "Literal[True]"),
        ((ListType(ModelType("A")), DictType(STR)), "list[models.A] | dict[str, str]"),
    ],
)
def test_a_union_has_each_type_once_and_none_last(
    options: tuple[PyType, ...], text: str
) -> None:
    assert format_type(join_types(*options), "models.") == text


def test_one_and_true_are_two_literals() -> None:
    assert LiteralType((1,)) != LiteralType((True,))


def test_an_argument_that_takes_floats_takes_integers() -> None:
    assert widen_for_argument(join_types(INT, FLOAT, NONE_TYPE)) == join_types(FLOAT, NONE_TYPE)  # fmt: skip
    assert widen_for_argument(INT) == INT


def test_classes_are_found_wherever_they_are() -> None:
    inner = join_types(ListType(ModelType("A")), DictType(ModelType("B")), STR)
    assert list(list_model_names(inner)) == ["A", "B"]


def test_classes_of_a_module_have_no_qualifier_in_it() -> None:
    inner = join_types(ListType(ModelType("A")), DictType(ModelType("B")), STR)
    text = format_type(drop_qualifiers(inner, {"B", "C"}), "models.")
    assert text == "list[models.A] | dict[str, B] | str"


@given(st.text())
def test_any_text_is_a_literal_that_hides_nothing(text: str) -> None:
    code = format_literal(text)
    assert ast.literal_eval(code) == text
    assert code.isprintable()
