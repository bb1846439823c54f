"""Lists in pages, in generated clients, also of servers that lie about them."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from urllib.parse import parse_qsl

import pytest
from support.documents import (
    INTEGER,
    TEXT,
    content,
    document,
    operation,
    parameter,
    record,
    ref,
)
from support.generated import Generator
from support.loopback import Loopback, Received, Reply
from support.values import Value

from flexprice_codegen.diagnostics import FileLocation, Level

pytestmark = pytest.mark.slow

BOTH = pytest.mark.parametrize("mode", ["sync", "async"])


def query(*names: str) -> list[Value]:
    """Return optional parameters of the query."""
    return [parameter(each) for each in names]


def listing(answer: str, *names: str, **hint: Value) -> dict[str, Value]:
    """Return a path whose GET gives a list."""
    followed = {"paging": hint} if hint else None
    found = operation("x", ref(answer), parameters=query(*names), hint=followed)
    return {"get": found}


DOCUMENT = document(
    {
        "/query": listing("Page", "limit", "offset", "kind"),
        "/whole": listing("Page"),
        "/pages": listing("Page", "page", "size", by="page", send="page", limit="size"),
        "/cursor": listing(
            "Feed", "after", by="cursor", send="after", next="meta.next"
        ),
        "/links": listing("Feed", "after", "kind", by="link", next="meta.next"),
        "/bare": listing(
            "Bare", "limit", "skip", by="offset", send="skip", limit="limit", items=""
        ),
        "/numbered": listing("Counted", "page", "size"),
        "/repos": {
            "get": operation(
                "x",
                parameters=[
                    parameter("kind"),
                    parameter("page"),
                    parameter("per_page", schema={"type": "integer", "maximum": 30}),
                ],
                responses={
                    "200": {
                        "description": "Some.",
                        "headers": {"Link": {"schema": TEXT}},
                        "content": content(ref("Bare")),
                    }
                },
            )
        },
        "/django": listing("Django", "page"),
        "/spring": listing("Spring", "page", "size"),
        "/pageable": {
            "get": operation(
                "x",
                ref("Spring"),
                parameters=[parameter("pageable", schema=ref("Pageable"))],
            )
        },
        "/single": {"get": operation("x", ref("Thing"))},
        "/body": {
            "post": operation("x", ref("Page"), ref("Filter"))
            | {"x-codegen": {"safe": True}}
        },
        "/nested": {"post": operation("x", ref("Page"), ref("Outer"))},
    },
    {
        "Thing": record(id=TEXT, name=TEXT),
        "Page": record(
            items={"type": "array", "items": ref("Thing")},
            pagination=record(total=INTEGER, limit=INTEGER, offset=INTEGER),
        ),
        "Feed": record(
            items={"type": "array", "items": ref("Thing")}, meta=record(next=TEXT)
        ),
        "Counted": record(
            items={"type": "array", "items": ref("Thing")}, total=INTEGER
        ),
        "Django": record(
            results={"type": "array", "items": ref("Thing")},
            next={"type": ["string", "null"], "format": "uri"},
            previous={"type": ["string", "null"], "format": "uri"},
            count=INTEGER,
        ),
        "Spring": record(
            content={"type": "array", "items": ref("Thing")},
            totalElements=INTEGER,
            totalPages=INTEGER,
        ),
        "Pageable": record(page=INTEGER, size=INTEGER, sort=TEXT),
        "Bare": {"type": "array", "items": ref("Thing")},
        "Filter": record(limit=INTEGER, offset=INTEGER, kind=TEXT),
        "Outer": record(filter=ref("Filter"), kind=TEXT),
    },
)
for _path, _item in DOCUMENT["paths"].items():
    for _each in _item.values():
        _each["operationId"] = f"list_{_path.strip('/')}"


class Lists(Loopback):
    """A server whose answers are made of the requests."""

    def __init__(self, answer: Callable[[Received], Value]) -> None:
        super().__init__()
        self._answer = answer

    def next_reply(self) -> Reply:
        """Answer the latest request; a number is a status without a body."""
        found = self._answer(self.last)
        if isinstance(found, int):
            return Reply(found)
        return Reply(body=json.dumps(found).encode())


@pytest.fixture(scope="module")
def shop(generated: Generator) -> ModuleType:
    """Make the client."""
    made = generated(DOCUMENT)
    made.module("models")
    return made.package


def things(first: int, last: int) -> list[Value]:
    """Return the things from a number up to another."""
    return [{"id": f"t{each}"} for each in range(first, last)]


def slice_of(total: int) -> Callable[[Received], Value]:
    """Answer as an honest server that has so many things."""

    def answer(request: Received) -> Value:
        asked = sent(request)
        start, size = int(asked["offset"]), int(asked["limit"])
        items = things(start, min(start + size, total))
        return {"items": items, "pagination": {"total": total, "offset": start}}

    return answer


def sent(request: Received) -> dict[str, Value]:
    """Return what a request asks for, in its query or in its body."""
    plain = json.loads(request.body) if request.body else {}
    found: dict[str, Value] = dict(parse_qsl(request.query))
    return {**found, **plain.get("filter", plain)}


def walk(
    shop: Value,
    server: Loopback,
    method: str,
    *given: Value,
    mode: str = "sync",
    **options: Value,
) -> list[str]:
    """Return the ids of all that a list gives."""
    named = options.pop("named", {})

    async def run() -> list[str]:
        async with shop.AsyncShop(base_url=server.url) as client:
            each_of = shop.paged(getattr(client.things, method), **options)
            return [each.id async for each in each_of(*given, **named)]

    if mode == "async":
        return asyncio.run(run())
    with shop.Shop(base_url=server.url) as client:
        each_of = shop.paged(getattr(client.things, method), **options)
        return [each.id for each in each_of(*given, **named)]


def ids(count: int) -> list[str]:
    """Return the first ids."""
    return [f"t{each}" for each in range(count)]


@BOTH
@pytest.mark.parametrize("total", [0, 1, 9, 10, 11, 20, 25])
@pytest.mark.parametrize("method", ["list_query", "list_body", "list_nested"])
def test_all_items_come_once_and_in_order(
    mode: str, total: int, method: str, shop: Value
) -> None:
    given: list[Value] = [] if method == "list_query" else [{}]
    with Lists(slice_of(total)) as server:
        found = walk(shop, server, method, *given, mode=mode, size=10)
        assert found == ids(total)
        assert len(server.requests) == total // 10 + 1


@BOTH
def test_it_says_what_it_wants_and_keeps_what_it_was_given(
    mode: str, shop: Value
) -> None:
    body = shop.models.Filter(kind="a")
    outer = shop.models.Outer(kind="b")
    with Lists(slice_of(150)) as server:
        assert walk(shop, server, "list_body", body, mode=mode) == ids(150)
        assert [sent(each) for each in server.requests] == [
            {"kind": "a", "limit": 100, "offset": 0},
            {"kind": "a", "limit": 100, "offset": 100},
        ]
        walk(shop, server, "list_nested", outer, mode=mode)
        assert json.loads(server.last.body) == {
            "kind": "b",
            "filter": {"limit": 100, "offset": 100},
        }
        walk(shop, server, "list_query", mode=mode, named={"kind": "c"})
        assert server.last.query == "limit=100&offset=100&kind=c"
    assert body == shop.models.Filter(kind="a")


@BOTH
def test_it_begins_where_the_caller_says(mode: str, shop: Value) -> None:
    body = shop.models.Filter(limit=4, offset=6)
    with Lists(slice_of(12)) as server:
        assert walk(shop, server, "list_body", body, mode=mode) == ids(12)[6:]
        asked = [
            (sent(each)["offset"], sent(each)["limit"]) for each in server.requests
        ]
    assert asked == [(6, 4), (10, 4)]


def lying(**pagination: Value) -> Callable[[Received], Value]:
    """Answer with the right items and a wrong `pagination`."""

    def answer(request: Received) -> Value:
        return slice_of(25)(request) | {"pagination": pagination}

    return answer


@BOTH
@pytest.mark.parametrize(
    "pagination",
    [
        {"total": 10, "offset": 10},
        {"total": 0, "offset": 0},
        {"total": 10**9, "offset": 10**9},
        {"total": -1, "limit": 50, "offset": -1},
        {},
    ],
)
def test_totals_and_offsets_that_lie_change_nothing(
    mode: str, pagination: Value, shop: Value
) -> None:
    with Lists(lying(**pagination)) as server:
        assert walk(shop, server, "list_body", {}, mode=mode, size=10) == ids(25)
        # A total that says that there is more is believed once more.
        assert len(server.requests) == 3 + (pagination.get("total", 0) > 25)


@BOTH
@pytest.mark.parametrize("total", [50, 99, 100, 101, 157])
@pytest.mark.parametrize("method", ["list_query", "list_body", "list_numbered"])
def test_a_server_that_caps_its_pages_in_silence_loses_nothing(
    mode: str, total: int, method: str, shop: Value, caplog: pytest.LogCaptureFixture
) -> None:
    def answer(request: Received) -> Value:
        asked = sent(request)
        start = int(asked.get("offset", 50 * (int(asked.get("page", 1)) - 1)))
        items = things(start, min(start + 50, total))
        pagination = {"limit": 100, "offset": start, "total": total}
        return {"items": items, "pagination": pagination, "total": total}

    given: list[Value] = [{}] if method == "list_body" else []
    with Lists(answer) as server:
        assert walk(shop, server, method, *given, mode=mode) == ids(total)
        assert len(server.requests) <= total // 50 + 1
    said = caplog.text.count(f"asked for 100 items, got 50 of {total}")
    assert said == (total > 50)


@BOTH
def test_a_page_after_the_first_counts_what_is_before_it(
    mode: str, shop: Value
) -> None:
    def answer(request: Received) -> Value:
        start = 10 * (int(sent(request)["page"]) - 1)
        return {"items": things(start, min(start + 10, 25)), "total": 25}

    with Lists(answer) as server:
        found = walk(
            shop, server, "list_numbered", mode=mode, size=10, named={"page": 2}
        )
        assert found == ids(25)[10:]
        assert len(server.requests) == 2


@BOTH
@pytest.mark.parametrize("count", [0, 3, 10, 25])
def test_a_server_that_ignores_paging_is_asked_no_more_than_twice(
    mode: str, count: int, shop: Value
) -> None:
    page = {"items": things(0, count), "pagination": {"limit": 50, "offset": 0}}
    with Lists(lambda _: page) as server:
        assert walk(shop, server, "list_body", {}, mode=mode, size=10) == ids(count)
        assert len(server.requests) <= 2


@BOTH
def test_a_server_that_ignores_paging_and_changes_its_things_is_left(
    mode: str, shop: Value
) -> None:
    def answer(_: Received) -> Value:
        names = f"seen {len(server.requests)} times"
        return {"items": [each | {"name": names} for each in things(0, 10)]}

    with Lists(answer) as server:
        assert walk(shop, server, "list_body", {}, mode=mode, size=10) == ids(10)
        assert len(server.requests) == 2


@BOTH
def test_a_server_that_goes_in_circles_is_left(mode: str, shop: Value) -> None:
    def answer(_: Received) -> Value:
        start = 10 * (len(server.requests) % 3)
        return {"items": things(start, start + 10)}

    with Lists(answer) as server:
        found = walk(shop, server, "list_body", {}, mode=mode, size=10)
        assert sorted(found) == sorted(ids(30))
        assert len(server.requests) == 4


@BOTH
def test_a_server_that_gives_less_than_asked_and_says_so_is_asked_on(
    mode: str, shop: Value
) -> None:
    def answer(request: Received) -> Value:
        start = int(sent(request)["offset"])
        page = things(start, min(start + 7, 20))
        return {"items": page, "pagination": {"limit": 7, "offset": start}}

    with Lists(answer) as server:
        assert walk(shop, server, "list_body", {}, mode=mode, size=10) == ids(20)


@BOTH
@pytest.mark.parametrize("answer", [{"items": None}, {}, {"items": []}])
def test_null_and_nothing_are_no_items(mode: str, answer: Value, shop: Value) -> None:
    with Lists(lambda _: answer) as server:
        assert walk(shop, server, "list_query", mode=mode) == []
        assert len(server.requests) == 1


@BOTH
@pytest.mark.parametrize("method", ["list_query", "list_body"])
def test_a_page_that_fails_in_passing_is_asked_for_again(
    mode: str, method: str, shop: Value
) -> None:
    asked: list[Received] = []

    def answer(request: Received) -> Value:
        asked.append(request)
        is_third = len(asked) == 3
        return 503 if is_third else slice_of(35)(request)

    with Lists(answer) as server:
        given: list[Value] = [{}] if method == "list_body" else []
        assert walk(shop, server, method, *given, mode=mode, size=10) == ids(35)
    assert len(asked) == 5
    assert (asked[2].body, asked[2].target) == (asked[3].body, asked[3].target)


def test_a_list_that_is_none_is_named(shop: Value) -> None:
    said = pytest.raises(shop.APIError, match=r"GET /query: .* no list at 'items'")
    with Lists(lambda _: {"items": "no"}) as server, said:
        walk(shop, server, "list_query")


@BOTH
def test_a_list_that_comes_whole_is_asked_for_once(mode: str, shop: Value) -> None:
    with Lists(lambda _: {"items": things(0, 300)}) as server:
        assert walk(shop, server, "list_whole", mode=mode) == ids(300)
        assert [each.target for each in server.requests] == ["/whole"]


@BOTH
def test_pages_may_be_numbered(mode: str, shop: Value) -> None:
    def answer(request: Received) -> Value:
        start = (int(sent(request)["page"]) - 1) * 10
        return {"items": things(start, min(start + 10, 15))}

    with Lists(answer) as server:
        assert walk(shop, server, "list_pages", mode=mode, size=10) == ids(15)
        assert [each.query for each in server.requests] == [
            "page=1&size=10",
            "page=2&size=10",
        ]


@BOTH
def test_pages_may_follow_a_cursor_and_be_short(mode: str, shop: Value) -> None:
    pages = {"": (0, 3, "b"), "b": (3, 4, "c"), "c": (4, 9, None)}

    def answer(request: Received) -> Value:
        first, last, following = pages[sent(request).get("after", "")]
        return {"items": things(first, last), "meta": {"next": following}}

    with Lists(answer) as server:
        assert walk(shop, server, "list_cursor", mode=mode) == ids(9)
        assert [each.query for each in server.requests] == ["", "after=b", "after=c"]


@BOTH
def test_an_empty_page_ends_nothing_while_there_is_a_cursor(
    mode: str, shop: Value
) -> None:
    pages = {"": (0, 1, "b"), "b": (1, 1, "c"), "c": (1, 1, "d"), "d": (1, 2, None)}

    def answer(request: Received) -> Value:
        first, last, following = pages[sent(request).get("after", "")]
        return {"items": things(first, last), "meta": {"next": following}}

    with Lists(answer) as server:
        assert walk(shop, server, "list_cursor", mode=mode) == ids(2)
        assert len(server.requests) == 4


def test_a_cursor_that_leads_nowhere_is_left_in_the_end(
    shop: Value, caplog: pytest.LogCaptureFixture
) -> None:
    def answer(_: Received) -> Value:
        return {"items": [], "meta": {"next": f"c{len(server.requests)}"}}

    with Lists(answer) as server:
        assert walk(shop, server, "list_cursor") == []
        assert len(server.requests) == 1_000
    assert "GET /cursor: stopped after 1000 empty pages" in caplog.text


@BOTH
def test_the_header_link_leads_on(mode: str, shop: Value) -> None:
    header = {
        "": '<https://e.example/repos?page=2&kind=x>; rel="next", </repos>; rel=first',
        "2": '</repos?page=3>; title="a, b"; REL="last next"',
        "3": '</repos?page=1>; rel="first"',
    }

    class Linked(Lists):
        def next_reply(self) -> Reply:
            """Answer with the header of the page that was asked for."""
            page = sent(self.last).get("page", "")
            number = int(page or 1) - 1
            body = json.dumps(things(2 * number, 2 * number + 2)).encode()
            return Reply(body=body, headers={"Link": header[page]})

    with Linked(lambda _: None) as server:
        named = {"kind": "a"}
        assert walk(shop, server, "list_repos", mode=mode, named=named) == ids(6)
        assert [sent(each) for each in server.requests] == [
            {"per_page": "30", "kind": "a"},
            {"per_page": "30", "kind": "a", "page": "2"},
            {"per_page": "30", "kind": "a", "page": "3"},
        ]


@BOTH
def test_lists_of_django_follow_their_links(mode: str, shop: Value) -> None:
    def answer(request: Received) -> Value:
        page = int(sent(request).get("page", 1))
        following = f"http://internal/django?page={page + 1}" if page < 3 else None
        items = things(2 * page - 2, 2 * page)
        return {"count": 6, "next": following, "previous": None, "results": items}

    with Lists(answer) as server:
        assert walk(shop, server, "list_django", mode=mode) == ids(6)
        assert server.last.query == "page=3"


@BOTH
@pytest.mark.parametrize("method", ["list_spring", "list_pageable"])
def test_pages_of_spring_begin_at_zero(mode: str, method: str, shop: Value) -> None:
    def answer(request: Received) -> Value:
        asked = sent(request)
        start = int(asked["page"]) * int(asked["size"])
        items = things(start, min(start + 10, 25))
        return {"content": items, "totalElements": 25, "totalPages": 3}

    with Lists(answer) as server:
        assert walk(shop, server, method, mode=mode, size=10) == ids(25)
        assert [sent(each) for each in server.requests] == [
            {"page": str(page), "size": "10"} for page in range(3)
        ]


def test_an_object_of_the_query_keeps_what_the_caller_gave(shop: Value) -> None:
    given = shop.models.Pageable(page=1, size=2, sort="name")
    with Lists(lambda _: {"content": [], "totalElements": 3}) as server:
        walk(shop, server, "list_pageable", named={"pageable": given})
        assert server.last.query == "page=1&size=2&sort=name"
    assert given == shop.models.Pageable(page=1, size=2, sort="name")


@BOTH
def test_a_cursor_that_stands_still_is_left(mode: str, shop: Value) -> None:
    def answer(_: Received) -> Value:
        start = 10 * (len(server.requests) - 1)
        return {"items": things(start, start + 10), "meta": {"next": "same"}}

    with Lists(answer) as server:
        assert walk(shop, server, "list_cursor", mode=mode) == ids(20)
        assert len(server.requests) == 2


@BOTH
def test_the_query_of_a_link_is_followed_and_its_host_is_not(
    mode: str, shop: Value
) -> None:
    def answer(request: Received) -> Value:
        more = "https://elsewhere.example/links?kind=a&after=t2"
        start = 0 if "after" not in sent(request) else 2
        return {
            "items": things(start, start + 2),
            "meta": {"next": None if start else more},
        }

    with Lists(answer) as server:
        named = {"kind": "a"}
        assert walk(shop, server, "list_links", mode=mode, named=named) == ids(4)
        queries = [each.query for each in server.requests]
    assert queries == ["kind=a", "after=t2&kind=a"]


@BOTH
def test_a_link_keeps_what_it_repeats_and_what_is_empty(mode: str, shop: Value) -> None:
    def answer(request: Received) -> Value:
        start = 0 if "after" not in sent(request) else 2
        more = None if start else "?tag=a&tag=b%26c&q=&after=t2"
        return {"items": things(start, start + 2), "meta": {"next": more}}

    with Lists(answer) as server:
        assert walk(shop, server, "list_links", mode=mode) == ids(4)
        assert server.last.query == "after=t2&tag=a&tag=b%26c&q="


@BOTH
def test_what_the_caller_gave_stays_whatever_a_link_makes_of_it(
    mode: str, shop: Value
) -> None:
    def answer(request: Received) -> Value:
        start = 0 if "after" not in sent(request) else 2
        more = None if start else "?kind=b&kind=c&after=t2"
        return {"items": things(start, start + 2), "meta": {"next": more}}

    with Lists(answer) as server:
        named = {"kind": "a"}
        assert walk(shop, server, "list_links", mode=mode, named=named) == ids(4)
        queries = [each.query for each in server.requests]
    assert queries == ["kind=a", "after=t2&kind=a"]


@BOTH
def test_a_bare_list_may_be_paged(mode: str, shop: Value) -> None:
    def answer(request: Received) -> Value:
        start = int(sent(request)["skip"])
        return things(start, min(start + 10, 15))

    with Lists(answer) as server:
        assert walk(shop, server, "list_bare", mode=mode, size=10) == ids(15)


def test_pages_come_as_they_are_asked_for(shop: Value) -> None:
    seen: list[int] = []
    with Lists(slice_of(25)) as server, shop.Shop(base_url=server.url) as client:
        found = shop.paged(client.things.list_query, size=10, progress=seen.append)()
        assert server.requests == []
        pages = found.pages()
        assert [len(next(pages)) for _ in range(2)] == [10, 10]
        assert len(server.requests) == 2
        assert seen == [10, 20]
        assert [len(page) for page in found.pages()] == [10, 10, 5]
        assert len(list(found)) == 25


def test_pages_come_as_they_are_asked_for_async(shop: Value) -> None:
    seen: list[int] = []

    async def run(server: Loopback) -> list[int]:
        async with shop.AsyncShop(base_url=server.url) as client:
            method = client.things.list_query
            found = shop.paged(method, size=10, progress=seen.append)()
            assert server.requests == []
            return [len(page) async for page in found.pages()]

    with Lists(slice_of(25)) as server:
        assert asyncio.run(run(server)) == [10, 10, 5]
    assert seen == [10, 20, 25]


def test_numbers_may_be_given_as_texts(shop: Value) -> None:
    with Lists(slice_of(25)) as server:
        named = {"limit": "10", "offset": "5"}
        assert walk(shop, server, "list_query", named=named) == ids(25)[5:]


@BOTH
def test_a_cursor_that_is_no_text_is_sent_or_refused_but_no_loop(
    mode: str, shop: Value
) -> None:
    page = {"items": things(0, 2), "meta": {"next": ["a"]}}
    with Lists(lambda _: page) as server:
        assert walk(shop, server, "list_cursor", mode=mode) == ids(2)
        assert len(server.requests) == 2


def test_a_method_that_gives_raw_answers_has_the_same_pages(shop: Value) -> None:
    with Lists(slice_of(12)) as server, shop.Shop(base_url=server.url) as client:
        method = client.things.with_raw_response.list_query
        assert [each.id for each in shop.paged(method, size=10)()] == ids(12)


def test_what_has_no_pages_says_so_before_any_request(shop: Value) -> None:
    with Lists(lambda _: {}) as server, shop.Shop(base_url=server.url) as client:
        with pytest.raises(TypeError, match="GET /single: its pages are not described"):
            shop.paged(client.things.list_single)
        with pytest.raises(TypeError, match="its pages are not described"):
            shop.paged(shop.AsyncShop(base_url=server.url).things.list_single)
        with pytest.raises(TypeError, match="its pages are not described"):
            shop.paged(client.things.with_raw_response.list_single)
        assert not server.requests
        for other in (len, client.things.__repr__):
            with pytest.raises(TypeError, match="not a method such as"):
                shop.paged(other)
        with pytest.raises(TypeError, match="kind_of"):
            shop.paged(client.things.list_query)(kind_of="a")


@pytest.mark.parametrize(
    ("hint", "said"),
    [
        ("offset", "the hint `paging` has an unknown form"),
        ({"by": "magic"}, "the hint `paging` has an unknown form"),
        ({"by": "cursor", "sent": "after"}, "the hint `paging` has an unknown form"),
        ({"by": "cursor", "send": "after"}, "the response has no 'next'"),
        (
            {"by": "cursor", "send": "aftr", "next": "meta.next"},
            "the request has no parameter or field `aftr`",
        ),
        (
            {"by": "cursor", "send": "after", "next": "meta.nxt"},
            "the response has no 'meta.nxt'",
        ),
        (
            {"by": "page", "send": "after", "items": "data"},
            "the response has no list at 'data'",
        ),
    ],
)
def test_a_hint_that_cannot_be_followed_is_a_warning(
    generated: Generator, hint: Value, said: str
) -> None:
    paths = {"/cursor": listing("Feed", "after", by="x")}
    paths["/cursor"]["get"]["x-codegen"]["paging"] = hint
    made = generated(document(paths, DOCUMENT["components"]["schemas"]))
    (told,) = (each for each in made.diagnostics if said in each.message)
    assert told.level is Level.WARNING
    assert told.message.startswith("GET /cursor: ")
    assert isinstance(told.location, FileLocation)
    assert not hasattr(made.package, "paged")


def test_a_list_may_be_said_to_have_no_pages(generated: Generator) -> None:
    paths = {"/query": listing("Page", "limit", "offset", by="x")}
    paths["/query"]["get"]["x-codegen"]["paging"] = False
    made = generated(document(paths, DOCUMENT["components"]["schemas"]))
    assert not hasattr(made.package, "paged")


CHECKERS = {
    "mypy": (sys.executable, "-m", "mypy", "--strict"),
    "pyright": (
        str(Path(sys.executable).with_name("pyright")),
        *("--pythonpath", sys.executable),
    ),
}
TYPED = """
from typing import assert_type

from {package} import AsyncShop, RawResponse, Shop, models, paged

with Shop() as client:
    for thing in paged(client.things.list_body)(models.Filter(kind="a")):
        assert_type(thing, models.Thing)
    for thing in paged(client.things.list_bare)(skip="1"):
        assert_type(thing, models.Thing)
    for page in paged(client.things.list_query, size=5)(kind="a").pages():
        assert_type(page, list[models.Thing])
    raw = client.things.with_raw_response.list_query(kind="a")
    assert_type(raw, RawResponse[models.Page])
    assert_type(raw.parse(), models.Page)
    paged(client.things.list_query)(kind=1)  # type: ignore[arg-type]


async def main() -> None:
    async with AsyncShop() as client:
        async for thing in paged(client.things.list_body)(models.Filter(kind="a")):
            assert_type(thing, models.Thing)
        raw = await client.things.with_raw_response.list_query(kind="a")
        assert_type(raw.parse(), models.Page)
"""


PAGELESS = """
# pyright: reportUnnecessaryTypeIgnoreComment=true
from {package} import AsyncShop, Shop, models, paged

with Shop() as client:
    paged(client.things.list_query)(kind="a")
    paged(client.things.list_bare)()
    paged(client.things.list_single)  # type: ignore[arg-type]
    paged(client.things.add)  # type: ignore[arg-type]


async def main() -> None:
    async with AsyncShop() as client:
        paged(client.things.list_query)(kind="a")
        paged(client.things.list_single)  # type: ignore[arg-type]
"""


@pytest.mark.slow
@pytest.mark.parametrize("checker", CHECKERS)
def test_pages_and_raw_answers_are_typed(shop: ModuleType, checker: str) -> None:
    assert shop.__file__ is not None
    folder = Path(shop.__file__).parents[1]
    assert check(folder, TYPED.format(package=shop.__name__), checker) == ""


@pytest.mark.slow
@pytest.mark.parametrize("checker", CHECKERS)
def test_a_method_without_pages_is_a_type_error(
    generated: Generator, checker: str
) -> None:
    names = ("/query", "/bare", "/single")
    paths = {name: DOCUMENT["paths"][name] for name in names}
    paths["/add"] = {"post": operation("add", None, ref("Thing"))}
    made = generated(document(paths, DOCUMENT["components"]["schemas"]))
    code = PAGELESS.format(package=made.name)
    assert check(made.folder.parent, code, checker) == ""


def check(folder: Path, code: str, checker: str) -> str:
    """Return what a type checker says of code; an unused comment is an error, too."""
    (folder / "typed.py").write_text(code, "utf-8")
    done = subprocess.run(
        [*CHECKERS[checker], "typed.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout if done.returncode else ""
