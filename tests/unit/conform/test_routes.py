"""`conform.routes`: literals before templates, bases of servers, and masked paths."""

from __future__ import annotations

import pytest
from support.documents import document, operation, parameter, read_api

from flexprice_codegen.conform.routes import RouteIndex

ID = [parameter("id", "path")]
PATHS = {
    "/things/{id}": {"get": operation("getThing", parameters=ID)},
    "/things/search": {"get": operation("search")},
    "/things/{id}/parts": {"get": operation("parts", parameters=ID)},
    "/{id}/other": {"post": operation("other", parameters=ID)},
    "/v1/odd": {"get": operation("odd")},
}


def index(*servers: str) -> RouteIndex:
    made = document(PATHS)
    made["servers"] = [
        {"url": "https://{region}.example.com/v1"},
        {"url": "https://eu.example.com/v1"},
    ]
    return RouteIndex(read_api(made), servers)


@pytest.mark.parametrize(
    ("method", "path", "key"),
    [
        ("GET", "/v1/things/search", "GET /things/search"),
        ("GET", "/v1/things/1", "GET /things/{id}"),
        ("GET", "/v1/things/1/", "GET /things/{id}"),
        ("GET", "/things/1", "GET /things/{id}"),
        ("GET", "/v1/things/1/parts", "GET /things/{id}/parts"),
        ("POST", "/v1/x/other", "POST /{id}/other"),
        ("GET", "/v1/v1/odd", "GET /v1/odd"),
        ("GET", "/v1/odd", "GET /v1/odd"),
        ("POST", "/v1/things/1", None),
        ("GET", "/v1/things", None),
        ("GET", "/v1/things/1/2", None),
        ("GET", "/proxy/things/1", None),
    ],
)
def test_a_request_belongs_to_the_most_literal_route(
    method: str, path: str, key: str | None
) -> None:
    found = index().find_operation(method, path)

    assert (found.key if found else None) == key


def test_a_server_of_the_user_is_a_base() -> None:
    served = index("https://a.example/proxy/")

    for host in ("", "https://a.example", "https://eu.example.com"):
        assert served.find_operation("GET", "/proxy/things/1", host) is not None


@pytest.mark.parametrize(
    ("host", "path", "key"),
    [
        ("https://eu.example.com", "/v1/v1/odd", "GET /v1/odd"),
        # The server has no such route; a proxy could have left its base out.
        ("https://eu.example.com", "/v1/odd", None),
        ("https://eu.example.com", "/things/search", "GET /things/search"),
        ("http://127.0.0.1:8000", "/v1/odd", "GET /v1/odd"),
    ],
)
def test_a_documented_server_has_its_own_base(
    host: str, path: str, key: str | None
) -> None:
    found = index().find_operation("GET", path, host)

    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    ("path", "masked"),
    [
        ("/v1/words/only", "/words/only"),
        ("/v1/users/cust_12", "/users/{…}"),
        ("/v1/users/a%40b.example", "/users/{…}"),
        ("/v1/users/abcdefghijklmnopqrstuvwxyz", "/users/{…}"),
    ],
)
def test_segments_that_can_be_private_are_masked(path: str, masked: str) -> None:
    assert index().mask_path(path) == masked
