"""What an error says, whatever shape the server said it in."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.values import Value

from flexprice_codegen.runtime import errors
from flexprice_codegen.runtime.errors import Problem, read_problem


@pytest.mark.parametrize(
    ("body", "code", "message", "details"),
    [
        (
            {"code": "not_found", "message": "No customer", "http_status_code": 404},
            "not_found",
            "No customer",
            None,
        ),
        (
            {"code": "invalid", "message": "Bad", "details": {"Name": "required"}},
            "invalid",
            "Bad",
            {"Name": "required"},
        ),
        ({"error": "Unauthorized"}, None, "Unauthorized", None),
        (
            {"error": "Forbidden", "message": "No access"},
            "Forbidden",
            "No access",
            None,
        ),
        ({"message": "Suspended"}, None, "Suspended", None),
        ({"error": {}}, None, "", None),
        (
            {"error": {"code": "E1", "message": "Broken", "details": [1]}},
            "E1",
            "Broken",
            [1],
        ),
        ({"success": False, "error": {"message": "Dead"}}, None, "Dead", None),
        (
            {"errors": [{"code": 7, "message": "One"}, {"detail": "Two"}, "Three"]},
            "7",
            "One; Two; Three",
            [{"code": 7, "message": "One"}, {"detail": "Two"}, "Three"],
        ),
        (
            {"errors": {"email": ["is taken"], "name": ["is long", "is odd"]}},
            None,
            "email: is taken; name: is long; is odd",
            {"email": ["is taken"], "name": ["is long", "is odd"]},
        ),
        (
            {"type": "https://e.example/p", "title": "Out", "detail": "No credit"},
            None,
            "No credit",
            None,
        ),
        ({"type": "about:blank", "title": "Not Found"}, None, "Not Found", None),
        ({"detail": "Not here"}, None, "Not here", None),
        (
            {"detail": [{"loc": ["body", "a"], "msg": "required", "type": "missing"}]},
            None,
            "body.a: required",
            [{"loc": ["body", "a"], "msg": "required", "type": "missing"}],
        ),
        (
            {"error": "invalid_grant", "error_description": "Expired"},
            "invalid_grant",
            "Expired",
            None,
        ),
        (  # Django REST framework
            {"title": ["may not be blank"], "price": ["is required", "is low"]},
            None,
            "title: may not be blank; price: is required; is low",
            None,
        ),
        (  # Spring
            {
                "error": "Bad Request",
                "message": "Validation failed",
                "errors": [{"field": "name", "defaultMessage": "must not be blank"}],
            },
            "Bad Request",
            "Validation failed: name: must not be blank",
            [{"field": "name", "defaultMessage": "must not be blank"}],
        ),
        (  # RFC 9457, 3
            {
                "title": "Your request is not valid.",
                "errors": [{"detail": "must be positive", "pointer": "#/age"}],
            },
            None,
            "Your request is not valid.: #/age: must be positive",
            [{"detail": "must be positive", "pointer": "#/age"}],
        ),
        ([{"message": "In a list"}], None, "In a list", None),
        ("Just text", None, "Just text", None),
        (None, None, "", None),
        (5, None, "", None),
        ({}, None, "", None),
    ],
)
def test_code_message_and_details_are_found_in_any_shape(
    body: object, code: str | None, message: str, details: object
) -> None:
    found = read_problem(json.dumps(body).encode())
    assert found == Problem(body, code, message, details)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", ""),
        (b"404 page not found", "404 page not found"),
        (b"one\r\n\ttwo\x00", "one two"),
        (
            b"<html><head><title>502 Bad &amp; Gone</title></head></html>",
            "502 Bad & Gone",
        ),
        (b"<p>Sorry,</p><script>x()</script><b>no</b>", "Sorry, no"),
        (b"\xff\xfe", "\ufffd\ufffd"),
        (b"x" * 1000, "x" * 299 + "…"),
        (b"<" * 100_000, "<" * 299 + "…"),
    ],
)
def test_texts_and_pages_become_one_short_line(raw: bytes, message: str) -> None:
    assert read_problem(raw).message == message


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["error", "errors", "message", "detail", "details", "code"]),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)


@given(JSON.map(json.dumps).map(str.encode) | st.binary(max_size=40))
def test_no_body_breaks_the_reading_of_an_error(raw: bytes) -> None:
    found = read_problem(raw)
    assert isinstance(found.message, str)
    assert found.code is None or isinstance(found.code, str)


NESTED = pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ('{"errors":[', "]}"),
        ('{"detail":[{"errors":', "}]}"),
        ('{"error":', "}"),
        ('{"message":[[', "]]}"),
        ("[", "]"),
        ("[[[],[],", "]]"),
    ],
)


@NESTED
def test_the_depth_of_an_error_costs_nothing(
    opening: str, closing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    text = errors.find_message

    def counted(value: Value, *levels: int) -> str:
        calls.append(value)
        return text(value, *levels)

    monkeypatch.setattr(errors, "find_message", counted)
    read_problem((opening * 20 + "1" + closing * 20).encode())
    few = len(calls)
    read_problem((opening * 200 + "1" + closing * 200).encode())
    assert len(calls) - few == few < 500


@NESTED
@pytest.mark.parametrize("levels", [400, 900, 1_000, 5_000])
@pytest.mark.usefixtures("usual_depth")
def test_no_depth_of_an_error_is_a_recursion_error(
    opening: str, closing: str, levels: int
) -> None:
    found = read_problem((opening * levels + "1" + closing * levels).encode())
    assert len(found.message) <= 300
