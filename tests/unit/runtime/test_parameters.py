"""Parameters as texts, in every style of OpenAPI."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from support.shapes import Color, Money

from flexprice_codegen.runtime.parameters import (
    Style,
    Styles,
    header_texts,
    pairs,
    path_text,
)
from flexprice_codegen.runtime.styles import (
    PIPES,
    SPACES,
    DeepObject,
    JsonText,
    Label,
    Matrix,
    Reserved,
)

LIST = ["blue", "black"]
OBJECT = {"R": 100, "G": 200}


def path(value: object, style: Style | None = None) -> str:
    """Write a path parameter named color."""
    styles: Styles = {} if style is None else {"path:color": style}
    return path_text("{color}", {"color": value}, styles)


def query(value: object, style: Style | None = None) -> str:
    """Write a query parameter named color."""
    styles: Styles = {} if style is None else {"query:color": style}
    return "&".join(pairs("query", {"color": value}, styles))


@pytest.mark.parametrize(
    ("style", "text", "of_list", "of_object"),
    [
        (Style(explode=False), "blue", "blue,black", "R,100,G,200"),
        (Style(), "blue", "blue,black", "R=100,G=200"),
        (Label(), ".blue", ".blue,black", ".R,100,G,200"),
        (Label(explode=True), ".blue", ".blue.black", ".R=100.G=200"),
        (Matrix(), ";color=blue", ";color=blue,black", ";color=R,100,G,200"),
        (
            Matrix(explode=True),
            ";color=blue",
            ";color=blue;color=black",
            ";R=100;G=200",
        ),
    ],
)
def test_paths_follow_the_table_of_the_standard(
    style: Style, text: str, of_list: str, of_object: str
) -> None:
    assert path("blue", style) == text
    assert path(LIST, style) == of_list
    assert path(OBJECT, style) == of_object


@pytest.mark.parametrize(
    ("style", "value", "text"),
    [
        (None, "blue", "color=blue"),
        (None, LIST, "color=blue&color=black"),
        (None, OBJECT, "R=100&G=200"),
        (Style(explode=False), LIST, "color=blue,black"),
        (Style(explode=False), OBJECT, "color=R,100,G,200"),
        (SPACES, LIST, "color=blue%20black"),
        (PIPES, LIST, "color=blue%7Cblack"),
        (DeepObject(), OBJECT, "color%5BR%5D=100&color%5BG%5D=200"),
        (
            DeepObject(),
            {"a": {"b": [1, 2], "c": None}},
            "color%5Ba%5D%5Bb%5D%5B%5D=1&color%5Ba%5D%5Bb%5D%5B%5D=2",
        ),
        (JsonText(), OBJECT, "color=%7B%22R%22%3A100%2C%22G%22%3A200%7D"),
        (Reserved(), "a/b?c=d&e#f", "color=a/b?c%3Dd%26e%23f"),
    ],
)
def test_queries_follow_the_table_of_the_standard(
    style: Style | None, value: object, text: str
) -> None:
    assert query(value, style) == text


@pytest.mark.parametrize("style", [SPACES, Style(explode=False)])
def test_a_separator_within_a_value_is_encoded(style: Style) -> None:
    assert query(["a,b c|d", "e"], style).count(style.separator) == 1 + (
        style.separator == "%20"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        (5, "5"),
        (1.5, "1.5"),
        (7.0, "7"),
        (1e22, "1e%2B22"),
        (Decimal("1.10"), "1.10"),
        (datetime(2026, 1, 31, 12, tzinfo=UTC), "2026-01-31T12%3A00%3A00Z"),
        (date(2026, 1, 31), "2026-01-31"),
        (UUID(int=0), "00000000-0000-0000-0000-000000000000"),
        (Color.RED, "red"),
        (Color("new one"), "new%20one"),
        ("é&=/", "%C3%A9%26%3D%2F"),
        ("", ""),
    ],
)
def test_a_scalar_has_one_text(value: object, text: str) -> None:
    assert query(value) == f"color={text}"


def test_a_class_is_written_as_an_object() -> None:
    assert query(Money(amount=Decimal("1.10"))) == "amount=1.10"


def test_what_is_not_given_is_not_sent() -> None:
    values: dict[str, object] = {"a": UNSET, "b": None, "c": [], "d": "x"}
    assert list(pairs("query", values, {})) == ["d=x"]
    assert list(header_texts({"A": UNSET, "B": None, "C": [], "D": {}}, {})) == []
    assert list(header_texts({"A": ""}, {})) == [("a", "")]
    joined = {"query:c": Style(explode=False), "query:e": SPACES}
    assert list(pairs("query", {"c": [], "e": {}}, joined)) == []


@pytest.mark.parametrize(
    "value",
    [
        "",
        ".",
        "..",
        None,
        UNSET,
        [],
        [
            "",
        ],
    ],
)
@pytest.mark.parametrize("style", [None, Style()])
def test_a_path_parameter_that_would_lead_elsewhere_is_refused(
    value: object, style: Style | None
) -> None:
    with pytest.raises(ValueError, match=r"color: expected a value other than"):
        path(value, style)


@pytest.mark.parametrize("style", [Label(), Label(explode=True), Matrix()])
@pytest.mark.parametrize("value", [None, UNSET, []])
def test_a_path_parameter_of_nothing_is_refused_in_any_style(
    value: object, style: Style
) -> None:
    with pytest.raises(ValueError, match=r"color: expected a value other than"):
        path(value, style)


def test_json_in_a_path_may_be_nested() -> None:
    assert path({"a": [1]}, JsonText()) == "%7B%22a%22%3A%5B1%5D%7D"


@pytest.mark.parametrize("value", ["", ".", [""]])
def test_a_label_that_would_lead_elsewhere_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"color: expected a value other than"):
        path(value, Label())


def test_a_path_parameter_that_is_missing_is_refused() -> None:
    with pytest.raises(ValueError, match=r"id: expected a value other than"):
        path_text("/a/{id}", {}, {})


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_no_path_parameter_leaves_its_segment(value: str) -> None:
    if value not in (".", ".."):
        text = path_text("/a/{id}/b", {"id": value}, {})
        assert text.count("/") == 3
        assert not set(text) & set("?#\\ \r\n")


@pytest.mark.parametrize(
    ("value", "text"),
    [("a b", "a b"), (LIST, "blue,black"), (OBJECT, "R,100,G,200"), (True, "true")],
)
def test_headers_are_simple(value: object, text: str) -> None:
    assert list(header_texts({"X-Color": value}, {})) == [("x-color", text)]


@pytest.mark.parametrize(
    "value", ["s3\r\nX-Evil: 1", "s3\n", "s3\x00", "s3é", " s3", "s3\x7f"]
)
def test_what_a_header_cannot_hold_is_refused_and_not_shown(value: str) -> None:
    with pytest.raises(ValueError, match="X-Color: the value has a line break") as info:
        list(header_texts({"X-Color": value}, {}))
    assert "s3" not in str(info.value)


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (
            datetime.fromisoformat("2026-01-31"),
            ValueError,
            "color: the time .* has no time zone",
        ),
        (float("nan"), ValueError, "color: nan is not a number"),
        ("\ud800", ValueError, "color: the string contains half of a surrogate pair"),
        ([["a"]], TypeError, "color: a list or an object can contain only scalars"),
        ({"a": {}}, TypeError, "color: a list or an object can contain only scalars"),
        ([None], TypeError, "color: a list or an object can contain only scalars"),
        (object(), TypeError, "color: a value of type object cannot be sent"),
    ],
)
def test_what_has_no_text_is_refused_by_name(
    value: object, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        query(value)
