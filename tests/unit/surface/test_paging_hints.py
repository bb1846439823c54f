"""Which hints describe pages, and what is said of the others."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import pytest
from support.documents import TEXT, document, operation, parameter, read_surface, record

from flexprice_codegen.api.model import (
    ApiOperation,
    NamedSchema,
    ObjectSchema,
    Property,
)
from flexprice_codegen.api.types import Array, NodeMetadata, Reference, String, Type
from flexprice_codegen.diagnostics import DiagnosticSink, Level, Origin
from flexprice_codegen.surface.model import Pagination
from flexprice_codegen.surface.paging_hints import read_pagination
from flexprice_codegen.surface.paging_shapes import PagingContext

STRING = String()
LOCATIONS = {
    "query_start": "query",
    "query_size": "query",
    "body_start": "body",
    "filter.size": "body",
    "missing": "",
    "filter.missing": "",
    "": "",
}
"""Names and paths that a hint can send, with the locations that the request has."""


def read_hint(hint: object) -> tuple[Pagination | None, list[str]]:
    """Return the pagination of an operation with a hint, and the warnings."""
    listed = operation(
        "listThings",
        record(items={"type": "array", "items": TEXT}, next=TEXT),
        record(body_start=TEXT, filter=record(size=TEXT)),
        hint={"paging": hint},
        parameters=[parameter("query_start"), parameter("query_size")],
    )
    sink = DiagnosticSink()
    (resource,) = read_surface(
        document({"/things": {"post": listed}}), sink=sink
    ).resources
    (method,) = resource.methods
    warnings = [e.message for e in sink.diagnostics if e.level is Level.WARNING]
    return method.pagination, warnings


@pytest.mark.parametrize("by", ["offset", "page", "cursor", "link"])
@pytest.mark.parametrize(("send", "limit"), list(product(LOCATIONS, repeat=2)))
def test_a_hint_sends_only_what_the_request_has(by: str, send: str, limit: str) -> None:
    hint = {"by": by, "send": send, "limit": limit, "next": "next"}
    pagination, warnings = read_hint(hint)
    named_ = [each for each in (send, limit) if each]
    missing = [each for each in named_ if not LOCATIONS[each]]
    locations = {LOCATIONS[each] for each in named_}

    if missing:
        assert pagination is None
        (warning,) = warnings
        reason = f"the request has no parameter or field `{missing[0]}`"
        assert warning == f"POST /things: {reason}; the method is not paginated"
    elif len(locations) > 1 or (by != "link" and not send):
        assert pagination is None
        assert len(warnings) == 1
    else:
        assert warnings == []
        assert pagination is not None
        assert {pagination.place} == (locations or {"query"})
        assert (pagination.send, pagination.limit) == (send, limit)


HINT = "/paths/~1things/get/x-codegen/paging"


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
            "Page",
            items=Array(item=STRING),
            pagination=STRING,
            next=STRING,
            total=STRING,
        ),
        build_object("List", items=Array(item=STRING)),
        build_object("Single", items=STRING, pagination=STRING),
        build_object("Flat", limit=STRING, offset=STRING),
        build_object("Filter", filter=Reference(key="Flat"), limit=STRING),
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
        query=dict.fromkeys(query, STRING),
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
        ({"by": "link"}, [], Pagination(by="link", send="", limit="")),
        (
            {"by": "page", "send": "page", "first": 0, "total": "total"},
            ["page"],
            Pagination(by="page", send="page", limit="", first=0, total="total"),
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
        ({"by": "cursor", "send": "offset"}, "the response has no 'next'"),
        ({"by": "link", "next": "more"}, "the response has no 'more'"),
        ({"by": "page", "send": "offset", "first": 2}, "the hint has no form"),
        ({"by": "page", "send": "offset", "total": "all"}, "has no 'all'"),
        ({"by": "link", "next": ""}, "the response has no 'next'"),
        ({"by": "page", "send": "page"}, "no parameter or field `page`"),
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
