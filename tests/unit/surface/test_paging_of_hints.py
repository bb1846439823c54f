"""How a list comes in pages: found by its schema, or said by a hint."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from flexprice_codegen.api.model import (
    ApiOperation,
    NamedSchema,
    ObjectSchema,
    Property,
)
from flexprice_codegen.api.types import Array, NodeMetadata, Reference, String, Type
from flexprice_codegen.diagnostics import DiagnosticSink, Origin
from flexprice_codegen.surface.model import Pagination
from flexprice_codegen.surface.paging import PagingContext, read_pagination

HINT = "/paths/~1things/get/x-codegen/paging"
TEXT = String()


def build_object(key: str, **properties: Type) -> ObjectSchema:
    about = NodeMetadata(origin=Origin("", "/"))
    return ObjectSchema(
        key=key,
        properties=tuple(
            Property(wire=name, type=type_, about=about)
            for name, type_ in properties.items()
        ),
        about=about,
    )


SCHEMAS: dict[str, NamedSchema] = {
    each.key: each
    for each in (
        build_object(
            "Page", items=Array(item=TEXT), pagination=TEXT, next=TEXT, total=TEXT
        ),
        build_object("List", items=Array(item=TEXT)),
        build_object("Single", items=TEXT, pagination=TEXT),
        build_object("Flat", limit=TEXT, offset=TEXT),
        build_object("Filter", filter=Reference(key="Flat"), limit=TEXT),
    )
}


def read(
    hint: object = None,
    response: str = "Page",
    body: str = "",
    query: Iterable[str] = ("limit", "offset"),
) -> tuple[Pagination | None, list[str]]:
    """Return the pagination of an operation, and the warnings."""
    operation = ApiOperation(
        method="GET",
        path="/things",
        route="/things",
        id="",
        hints=() if hint is None else (("paging", hint),),
        about=NodeMetadata(origin=Origin("", "/paths/~1things/get")),
    )
    context = PagingContext(
        query=frozenset(query),
        body=Reference(key=body) if body else None,
        response=Reference(key=response),
        definitions=SCHEMAS,
    )
    sink = DiagnosticSink()
    pagination = read_pagination(operation, context, sink)

    assert all(each.code == "paging" for each in sink.diagnostics)
    assert all(each.location == Origin("", HINT) for each in sink.diagnostics)
    assert all("`paging: false`" in each.help for each in sink.diagnostics)
    return pagination, [each.message for each in sink.diagnostics]


@pytest.mark.parametrize(
    ("response", "body", "query", "expected"),
    [
        ("Page", "", ["limit", "offset", "more"], Pagination(place="query")),
        ("Page", "", ["limit", "offset"], Pagination(place="query")),
        ("Page", "", ["limit"], Pagination(by="whole")),
        ("Page", "", ["offset"], Pagination(by="whole")),
        ("Page", "Flat", [], Pagination(place="body")),
        ("Page", "Flat", ["limit"], Pagination(by="whole")),
        (
            "Page",
            "Filter",
            [],
            Pagination(place="body", send="filter.offset", limit="filter.limit"),
        ),
        ("List", "", ["limit", "offset"], None),
        ("Single", "", ["limit", "offset"], None),
    ],
)
def test_pages_are_found_by_the_schemas_of_both_sides(
    response: str, body: str, query: list[str], expected: Pagination | None
) -> None:
    assert read(None, response, body, query) == (expected, [])


def test_a_hint_without_pages_is_no_mistake() -> None:
    assert read(hint=False) == (None, [])


@pytest.mark.parametrize(
    ("hint", "query", "expected"),
    [
        (
            {"by": "page", "send": "number", "limit": "size"},
            ["number", "size"],
            Pagination(by="page", send="number", limit="size"),
        ),
        (
            {"by": "offset", "send": "skip"},
            ["skip"],
            Pagination(send="skip", limit=""),
        ),
        (
            {"by": "cursor", "send": "after", "next": "next", "items": "items"},
            ["after"],
            Pagination(by="cursor", send="after", limit="", next="next"),
        ),
        (
            {"by": "link", "next": "next"},
            [],
            Pagination(by="link", send="", limit="", next="next"),
        ),
    ],
)
def test_a_hint_says_by_what_pages_come(
    hint: object, query: list[str], expected: Pagination
) -> None:
    assert read(hint, query=query) == (expected, [])


@pytest.mark.parametrize(
    ("hint", "said"),
    [
        (True, "the hint has no form"),
        ({"send": "offset"}, "the hint has no form"),
        ({"by": "whole", "send": "offset"}, "the hint has no form"),
        ({"by": "page", "send": "offset", "size": "limit"}, "the hint has no form"),
        ({"by": "page", "send": "offset", "limit": 5}, "the hint has no form"),
        ({"by": "page", "send": "offset", "items": "total"}, "has no list at 'total'"),
        ({"by": "cursor", "send": "offset"}, "its answer has no 'next'"),
        ({"by": "link", "next": "more"}, "its answer has no 'more'"),
        ({"by": "page", "send": "page"}, "a field 'page', beside ''"),
        ({"by": "page", "limit": "limit"}, "a field '', beside 'limit'"),
        ({"by": "cursor", "next": "next"}, "a field '', beside ''"),
    ],
)
def test_a_hint_that_does_not_fit_is_a_warning(hint: object, said: str) -> None:
    pagination, (message,) = read(hint)
    assert pagination is None
    assert said in message


def test_what_is_sent_is_in_one_place() -> None:
    pagination, (message,) = read(
        {"by": "page", "send": "offset", "limit": "limit"}, "Page", "Flat", ["offset"]
    )
    assert pagination is None
    assert "'offset', beside 'limit'" in message
