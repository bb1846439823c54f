"""The rarer styles of parameters, each by itself."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.runtime.parameters import Style
from flexprice_codegen.runtime.styles import DeepObject, JsonText, Label, Matrix

NESTED = {"a": {"b": [1, 2]}, "c": None, "d": "x&y"}


def escape(text: str) -> str:
    return quote(text, safe="")


@pytest.mark.parametrize(
    ("style", "value", "text"),
    [
        (Label(), ["a", "b,c"], ".a,b%2Cc"),
        (Label(explode=True), ["a", "b,c"], ".a.b%2Cc"),
        (Matrix(), {"a": 1}, ";p=a,1"),
        (Matrix(explode=True), {"a": 1, "b": 2}, ";a=1;b=2"),
        (Matrix(explode=True), ["a", "b"], ";p=a;p=b"),
        (JsonText(), {"a": 1}, "%7B%22a%22%3A1%7D"),
    ],
)
def test_a_value_in_a_path(style: Style, value: object, text: str) -> None:
    assert style.text("p", value, escape) == text


def test_a_deep_object_names_each_leaf_and_leaves_null_out() -> None:
    assert list(DeepObject().pairs("f", NESTED, str)) == [
        "f[a][b]=1",
        "f[a][b]=2",
        "f[d]=x&y",
    ]


@given(st.text())
def test_no_value_of_json_ends_its_member(text: str) -> None:
    (pair,) = JsonText().pairs("p", text, lambda t: quote(t, safe="", errors="replace"))
    assert pair.startswith("p=")
    assert not set(pair[2:]) & set("&=#+ ")
