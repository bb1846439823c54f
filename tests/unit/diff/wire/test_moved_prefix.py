"""A prefix may stand behind the servers or before the paths."""

from __future__ import annotations

import pytest
from support.comparing import compare_wire, list_on_wire
from support.documents import Json, document, operation, record


def at(prefix: str, *urls: str, **answer: str) -> Json:
    servers = [{"url": url} for url in urls]
    called = operation(answer=record(**answer))
    return document({f"{prefix}/x": {"get": called}}, servers=servers)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (at("", "https://a/v1"), at("/v1", "https://a")),
        (at("", "https://a/v1/", "https://b/v1"), at("/v1", "https://a", "https://b/")),
        (at("/x", "/api"), at("/api/x", "/")),
    ],
)
def test_the_addresses_are_the_same(one: Json, other: Json) -> None:
    assert compare_wire(one, other) == ()
    assert compare_wire(other, one) == ()


def test_a_document_without_servers_has_the_one_where_it_is() -> None:
    for none in (at(""), at("", "/")):
        assert compare_wire(none, at("", "/")) == ()
        assert compare_wire(at("", "/"), none) == ()
    assert compare_wire(at("", "/v1"), at("/v1")) == ()
    assert compare_wire(at("/v1"), at("", "/v1")) == ()


def test_an_operation_that_lies_elsewhere_came_or_went_by_itself() -> None:
    one = at("", "https://a/v1")
    other = at("/v1", "https://a")
    other["paths"]["/health"] = {"get": operation("health")}
    assert list_on_wire(one, other) == [("endpoint-added", "info")]
    assert list_on_wire(other, one) == [
        ("api-path-removed-without-deprecation", "error")
    ]


def test_what_else_has_changed_is_told() -> None:
    old, new = at("", "https://a/v1", a="string"), at("/v1", "https://a", a="integer")
    assert list_on_wire(old, new) == [("response-property-type-changed", "error")]


@pytest.mark.parametrize(
    "new", [at("/v2", "https://a"), at("/v1", "https://a", "https://b")]
)
def test_other_addresses_are_others(new: Json) -> None:
    assert compare_wire(at("", "https://a/v1"), new)
