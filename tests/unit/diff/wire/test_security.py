"""Security: a new demand breaks, a further way in does not."""

from __future__ import annotations

import pytest
from support.comparing import compare_wire, list_on_wire
from support.documents import Json, document

OK = {"responses": {"200": {"description": "ok"}}}
KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}
LOGIN: Json = {
    "type": "oauth2",
    "flows": {
        "authorizationCode": {
            "authorizationUrl": "https://a/login",
            "tokenUrl": "https://a/token",
            "scopes": {"read": "Reading."},
        }
    },
}


def demanding(*security: dict[str, list[str]]) -> Json:
    return document({"/a": {"get": OK}}, security=list(security))


@pytest.mark.parametrize(
    ("old", "new", "end", "level"),
    [
        ([], [{"key": []}], "added", "error"),
        ([{"key": []}], [{"key": []}, {"other": []}], "added", "info"),
        ([{}], [{}, {"key": []}], "added", "info"),
        ([{"key": []}], [], "removed", "info"),
        ([{"key": []}, {"other": []}], [{"key": []}], "removed", "error"),
        ([{"key": ["a"]}], [{"key": ["a", "b"]}], "scope-added", "error"),
        ([{"key": ["a", "b"]}], [{"key": ["a"]}], "scope-removed", "info"),
    ],
)
def test_what_the_document_asks_for(
    old: list[dict[str, list[str]]],
    new: list[dict[str, list[str]]],
    end: str,
    level: str,
) -> None:
    assert list_on_wire(demanding(*old), demanding(*new)) == [
        (f"api-global-security-{end}", level)
    ]


def test_what_takes_the_place_of_all_that_was_accepted_is_a_demand() -> None:
    one, other = demanding({"key": []}), demanding({"other": []})
    assert list_on_wire(one, other) == [
        ("api-global-security-added", "error"),
        ("api-global-security-removed", "error"),
    ]


def test_the_order_of_alternatives_means_nothing() -> None:
    one: dict[str, list[str]] = {"key": []}
    other: dict[str, list[str]] = {"other": [], "third": []}
    turned: dict[str, list[str]] = {"third": [], "other": []}
    assert list_on_wire(demanding(one, other), demanding(turned, one)) == []


def test_to_ask_for_a_login_where_none_was_needed_breaks() -> None:
    free, asked = demanding({"key": []}, {}), demanding({"key": []})
    assert list_on_wire(free, asked) == [("api-global-security-added", "error")]
    assert list_on_wire(asked, free) == [("api-global-security-removed", "info")]


def declaring(**schemes: Json) -> Json:
    return document({"/a": {"get": OK}}, components={"securitySchemes": schemes})


def with_flow(**facts: object) -> Json:
    flow = {**LOGIN["flows"]["authorizationCode"], **facts}
    return {"type": "oauth2", "flows": {"authorizationCode": flow}}


@pytest.mark.parametrize(
    ("old", "new", "end", "level"),
    [
        ({}, {"key": KEY}, "added", "info"),
        ({"key": KEY}, {}, "removed", "info"),
        ({"key": KEY}, {"key": LOGIN}, "type-changed", "error"),
        ({"key": KEY}, {"key": {**KEY, "name": "X-Token"}}, "changed", "error"),
        (
            {"key": {"type": "http", "scheme": "bearer"}},
            {"key": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
            "bearer-format-changed",
            "info",
        ),
        (
            {"key": LOGIN},
            {"key": with_flow(authorizationUrl="https://b")},
            "oauth-url-changed",
            "warning",
        ),
        (
            {"key": LOGIN},
            {"key": with_flow(tokenUrl="https://b")},
            "oauth-token-url-changed",
            "warning",
        ),
        (
            {"key": LOGIN},
            {"key": with_flow(scopes={"read": "Reading.", "write": "Writing."})},
            "oauth-scope-added",
            "info",
        ),
        (
            {"key": LOGIN},
            {"key": with_flow(scopes={})},
            "oauth-scope-removed",
            "warning",
        ),
        (
            {"key": LOGIN},
            {"key": with_flow(scopes={"read": "Read."})},
            "oauth-scope-changed",
            "info",
        ),
    ],
)
def test_what_a_scheme_is(old: Json, new: Json, end: str, level: str) -> None:
    assert list_on_wire(declaring(**old), declaring(**new)) == [
        (f"api-security-component-{end}", level)
    ]


def test_a_scheme_that_no_client_can_use_is_compared_too() -> None:
    digest = {"type": "http", "scheme": "digest"}
    mutual = {"type": "mutualTLS"}
    assert list_on_wire(declaring(a=digest), declaring(a=mutual)) == [
        ("api-security-component-type-changed", "error")
    ]


def test_what_the_document_asks_for_reaches_who_says_nothing_else() -> None:
    def of(name: str) -> Json:
        paths = {"/a": {"get": OK}, "/b": {"get": {**OK, "security": []}}}
        schemes = {"key": {**KEY, "name": name}}
        return document(
            paths, security=[{"key": []}], components={"securitySchemes": schemes}
        )

    (found,) = compare_wire(of("X-Key"), of("X-Token"))
    assert found.rule == "api-security-component-changed"
    assert found.affected.operations == ("GET /a",)


@pytest.mark.parametrize("turned", [False, True])
def test_what_each_operation_demands_is_what_counts(*, turned: bool) -> None:
    shared = document({"/a": {"get": OK}}, security=[{"key": []}])
    own = document({"/a": {"get": {**OK, "security": [{"key": []}]}}}, security=[])
    old, new = (own, shared) if turned else (shared, own)
    assert compare_wire(old, new) == ()


def test_what_an_operation_demands_is_said_of_it() -> None:
    free = document({"/a": {"get": {**OK, "security": []}}})
    bound = document({"/a": {"get": {**OK, "security": [{"key": []}]}}})
    (found,) = compare_wire(free, bound)
    assert found.message.startswith("`GET /a` now requires `key`")
