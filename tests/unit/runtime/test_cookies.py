"""Cookies of a call: written as forms, beside those that are there."""

from __future__ import annotations

import httpx2
from msgspec import UNSET
from support.values import Value

from flexprice_codegen.runtime.cookies import cookies
from flexprice_codegen.runtime.operation import Operation
from flexprice_codegen.runtime.parameters import Style

GET: Operation[Value] = Operation("GET", "/a")


def send(operation: Operation[Value], values: Value, there: str = "") -> str | None:
    """Return the header of a request, with the cookies that were `there`."""
    request = httpx2.Request("GET", "http://h/", headers={"cookie": there})
    for add in cookies(operation, values):
        add(request)
    return request.headers["cookie"] or None


def test_cookies_are_forms_whose_values_cannot_end_early() -> None:
    assert send(GET, {"a": 'x;y="z', "b": [1, 2]}) == "a=x%3By=%22z; b=1; b=2"


def test_a_cookie_replaces_one_of_its_name() -> None:
    assert send(GET, {"b": "new"}, "a=1; b=old; bb=2") == "a=1; bb=2; b=new"


def test_without_values_nothing_is_added() -> None:
    assert cookies(GET, {"a": None, "b": UNSET}) == ()
    assert send(GET, {}, "a=1") == "a=1"


def test_a_cookie_has_the_style_of_its_operation() -> None:
    joined: Operation[Value] = Operation(
        "GET", "/a", styles={"cookie:ids": Style(explode=False)}
    )
    assert send(joined, {"ids": [1, 2]}) == "ids=1,2"
