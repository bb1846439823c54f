"""The rarer styles of parameters, each by itself."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.runtime.parameters import Style
from flexprice_codegen.runtime.sent_forms import as_dates
from flexprice_codegen.runtime.styles import (
    DeepObject,
    JsonHeader,
    JsonText,
    Label,
    Matrix,
    Nested,
    Reserved,
    SentAs,
)

NESTED = {"a": {"b": [1, 2]}, "c": None, "d": "x&y"}


def escape(text: str) -> str:
    return quote(text, safe="")


def escape_any(text: str) -> str:
    return quote(text, safe="", errors="replace")


@pytest.mark.parametrize(
    ("style", "value", "text"),
    [
        (Label(), ["a", "b,c"], ".a,b%2Cc"),
        (Label(explode=True), ["a", "b,c"], ".a.b%2Cc"),
        (Matrix(), {"a": 1}, ";p=a,1"),
        (Matrix(explode=True), {"a": 1, "b": 2}, ";a=1;b=2"),
        (Matrix(explode=True), ["a", "b"], ";p=a;p=b"),
        (Matrix(), "", ";p"),
        (JsonText(), {"a": 1}, "%7B%22a%22%3A1%7D"),
    ],
)
def test_a_value_in_a_path(style: Style, value: object, text: str) -> None:
    assert style.text("p", value, escape) == text


def test_a_deep_object_names_each_leaf_and_leaves_null_out() -> None:
    assert list(DeepObject().pairs("f", NESTED, str)) == [
        ("f[a][b][]", "1"),
        ("f[a][b][]", "2"),
        ("f[d]", "x&y"),
    ]


@given(st.text())
def test_no_value_of_json_ends_its_member(text: str) -> None:
    ((name, written),) = JsonText().pairs("p", text, escape_any)
    assert name == "p"
    assert not set(written) & set("&=#+ ")


@given(st.text())
def test_json_in_a_header_is_ascii_and_the_same_json(text: str) -> None:
    value = {"n": text.encode("utf-8", "replace").decode()}
    written = JsonHeader().text("h", value, str)
    assert written.isascii()
    assert json.loads(written) == value


@given(st.text("ab/?&=#%2F é", max_size=8))
def test_what_is_reserved_is_kept_and_cannot_end_its_member(text: str) -> None:
    ((_, written),) = Reserved().pairs("p", text, escape)
    assert not set(written) & set("&=# ")
    assert unquote(written) == unquote(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [("a%2Fb", "a%2Fb"), ("100%", "100%25"), ("%zz", "%25zz"), ("a/b", "a/b")],
)
def test_what_is_percent_encoded_is_not_encoded_again(text: str, written: str) -> None:
    assert list(Reserved().pairs("p", text, escape)) == [("p", written)]


def test_an_object_may_hold_a_list() -> None:
    page = {"page": 0, "sort": ["name,asc", "id"], "filter": {"a": [1]}}
    assert list(Nested().pairs("pageable", page, escape)) == [
        ("page", "0"),
        ("sort", "name%2Casc"),
        ("sort", "id"),
        ("filter%5Ba%5D%5B%5D", "1"),
    ]


def test_a_value_goes_through_its_form_first() -> None:
    style = SentAs(form=as_dates)
    assert list(style.pairs("d", date(2026, 1, 2), escape)) == [("d", "2026-01-02")]
    joined = SentAs(form=as_dates, style=Style(explode=False))
    assert joined.text("d", [date(2026, 1, 2)], escape) == "2026-01-02"
    with pytest.raises(TypeError, match="d: expected a date, got a datetime"):
        style.text("d", datetime(2026, 1, 2, tzinfo=UTC), escape)
