"""Rules about whole operations and about what a document says once: each fires on its case."""

from __future__ import annotations

import pytest
from support.comparing import compare_wire
from support.documents import DONE, Json, document

GONE = {"deprecated": True, "x-sunset": "2026-01-31"}
EARLY = {"deprecated": True, "x-sunset": "2030-01-31"}


def serving(**operations: Json) -> Json:
    """Return a document whose path has these operations, beside one that stays."""
    paths = {"/stays": {"get": {"responses": DONE}}}
    if operations:
        paths["/a"] = {
            method: {"responses": DONE, **members}
            for method, members in operations.items()
        }
    return document(paths)


def secured(*scopes: str, texts: tuple[str, ...] = ("read",), **flow: str) -> Json:
    """Return a document that asks for scopes; `texts` are those that there are."""
    urls = {
        "authorizationUrl": "https://a/login",
        "tokenUrl": "https://a/token",
        **flow,
    }
    declared = {text.partition(":")[0]: text for text in texts}
    made = document(
        {"/a": {"get": {"responses": DONE}}}, security=[{"login": [*scopes]}]
    )
    made["components"]["securitySchemes"] = {
        "login": {
            "type": "oauth2",
            "flows": {"authorizationCode": {**urls, "scopes": declared}},
        }
    }
    return made


def declaring(**schemes: Json) -> Json:
    made = document({"/a": {"get": {"responses": DONE}}})
    made["components"]["securitySchemes"] = schemes
    return made


BEARER = {"type": "http", "scheme": "bearer"}
CASES: dict[str, tuple[Json, Json]] = {
    "api-removed-with-deprecation": (serving(get=GONE, put={}), serving(put={})),
    "api-removed-before-sunset": (serving(get=EARLY, put={}), serving(put={})),
    "api-path-removed-with-deprecation": (serving(get=GONE), serving()),
    "api-path-removed-before-sunset": (serving(get=EARLY), serving()),
    "api-global-security-scope-added": (secured(), secured("read")),
    "api-global-security-scope-removed": (secured("read"), secured()),
    "api-security-component-added": (declaring(), declaring(token=BEARER)),
    "api-security-component-removed": (declaring(token=BEARER), declaring()),
    "api-security-component-bearer-format-changed": (
        declaring(token=BEARER),
        declaring(token={**BEARER, "bearerFormat": "JWT"}),
    ),
    "api-security-component-oauth-scope-added": (
        secured(),
        secured(texts=("read", "write")),
    ),
    "api-security-component-oauth-scope-removed": (
        secured(texts=("read", "write")),
        secured(),
    ),
    "api-security-component-oauth-scope-changed": (
        secured(),
        secured(texts=("read: all",)),
    ),
    "api-security-component-oauth-url-changed": (
        secured(),
        secured(authorizationUrl="https://b/login"),
    ),
    "api-security-component-oauth-token-url-changed": (
        secured(),
        secured(tokenUrl="https://b/token"),
    ),
}


@pytest.mark.parametrize("id_", CASES)
def test_each_rule_fires_alone_on_its_case(id_: str) -> None:
    old, new = CASES[id_]
    assert [each.rule for each in compare_wire(old, new)] == [id_]
