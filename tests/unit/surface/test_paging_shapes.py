"""Which schemas show that a list comes in pages."""

from __future__ import annotations

import pytest
from support.documents import (
    INTEGER,
    TEXT,
    Json,
    content,
    document,
    operation,
    parameter,
    read_surface,
    record,
)

from flexprice_codegen.surface.model import Pagination

LIST: Json = {"type": "array", "items": TEXT}
LINK: Json = {"Link": {"schema": TEXT}}


def number(name: str, **facts: object) -> Json:
    """Return a parameter of the query that is an integer."""
    return parameter(name, schema={**INTEGER, **facts})


def detect(
    answer: Json, *parameters: Json, headers: Json | None = None
) -> Pagination | None:
    """Return the pagination of an operation without a hint."""
    response = {"description": "A list.", "content": content(answer)}
    response["headers"] = headers or {}
    listed = operation("list", parameters=list(parameters), responses={"200": response})
    (resource,) = read_surface(document({"/things": {"get": listed}})).resources
    return resource.methods[0].pagination


PAGE, SIZE = number("page"), number("size")
LIMIT, OFFSET = number("limit"), number("offset")
DJANGO = record(results=LIST, next=TEXT, previous=TEXT, count=INTEGER)
SPRING = record(content=LIST, totalElements=INTEGER, last={"type": "boolean"})


@pytest.mark.parametrize("items", ["items", "data", "results", "content"])
@pytest.mark.parametrize("total", ["total", "count", "totalElements", "total_count"])
def test_a_list_with_a_total_is_asked_for_by_offset(items: str, total: str) -> None:
    answer = record(**{items: LIST, total: INTEGER})
    assert detect(answer, LIMIT, OFFSET) == Pagination(items=items, total=total)
    assert detect(answer, LIMIT, number("skip")) == Pagination(
        send="skip", items=items, total=total
    )
    assert detect(answer, LIMIT) is None


@pytest.mark.parametrize("count", ["total", "pages", "totalPages", "last"])
@pytest.mark.parametrize("size", ["size", "page_size", "per_page", "limit"])
def test_numbered_pages_have_a_count(count: str, size: str) -> None:
    found = detect(record(items=LIST, **{count: INTEGER}), PAGE, number(size))
    assert found is not None
    assert (found.by, found.send, found.limit, found.first) == ("page", "page", size, 1)


@pytest.mark.parametrize(
    "parameters", [(LIMIT, OFFSET), (PAGE, SIZE), (PAGE,), (SIZE,), ()]
)
def test_a_list_that_counts_nothing_is_no_page(parameters: tuple[Json, ...]) -> None:
    assert detect(record(items=LIST), *parameters) is None
    assert detect(LIST, *parameters) is None
    assert detect(record(total=INTEGER), *parameters) is None


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        ({"default": 0}, 0),
        ({"default": 1}, 1),
        ({"minimum": 0}, 0),
        ({"minimum": 1}, 1),
        ({"minimum": 0, "default": 1}, 1),
        ({}, 1),
    ],
)
def test_the_first_page_is_the_default_or_the_least(facts: Json, first: int) -> None:
    found = detect(record(items=LIST, total=INTEGER), number("page", **facts), SIZE)
    assert found is not None
    assert found.first == first


def test_spring_counts_from_zero_unless_it_says_otherwise() -> None:
    assert detect(SPRING, PAGE, SIZE) == Pagination(
        by="page",
        send="page",
        limit="size",
        items="content",
        total="totalElements",
        first=0,
    )
    found = detect(SPRING, number("page", default=1), SIZE)
    assert found is not None
    assert found.first == 1


def test_an_object_of_the_query_may_say_the_page() -> None:
    pageable = parameter("pageable", schema=record(page=INTEGER, size=INTEGER))
    found = detect(record(content=LIST, page=record(totalElements=INTEGER)), pageable)
    assert found == Pagination(
        by="page",
        place="object",
        send="pageable.page",
        limit="pageable.size",
        items="content",
        total="page.totalElements",
        first=0,
    )


def test_django_and_headers_have_links() -> None:
    assert detect(DJANGO, number("page_size")) == Pagination(
        by="link", send="", limit="page_size", items="results", next="next"
    )
    assert detect(DJANGO) == Pagination(
        by="link", send="", limit="", items="results", next="next"
    )
    assert detect(LIST, number("per_page"), headers=LINK) == Pagination(
        by="link", send="", limit="per_page", items=""
    )
    assert detect(LIST, number("per_page")) is None
    assert detect(record(results=LIST, next=TEXT)) is None


@pytest.mark.parametrize(
    ("facts", "size"),
    [({}, 100), ({"maximum": 50}, 50), ({"maximum": 500}, 100), ({"maximum": 0}, 100)],
)
def test_no_more_is_asked_for_than_allowed(facts: Json, size: int) -> None:
    found = detect(record(items=LIST, total=INTEGER), number("limit", **facts), OFFSET)
    assert found is not None
    assert found.size == size


def test_a_list_with_its_own_pages_is_whole_where_nothing_says_which() -> None:
    answer = record(items=LIST, pagination=record(total=INTEGER))
    assert detect(answer, LIMIT) == Pagination(by="whole")
    numbered = detect(answer, PAGE, LIMIT)
    assert numbered is not None
    assert (numbered.by, numbered.total) == ("page", "pagination.total")
