"""What both clients share: where requests go, hooks, threads, and calls that are cancelled."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.loopback import Fault, Loopback, Reply
from support.patience import PATIENCE
from support.sample.client import AsyncSample, Sample
from support.sample_calls import BOTH, call, get
from support.values import Value

from flexprice_codegen.runtime import errors
from flexprice_codegen.runtime.calling import Arguments
from flexprice_codegen.runtime.cookies import cookies
from flexprice_codegen.runtime.downloads import download
from flexprice_codegen.runtime.operation import Operation
from flexprice_codegen.runtime.retry import Retry
from flexprice_codegen.runtime.streams import astream_values, stream_values

LIST: Operation[object] = Operation("GET", "/things/{id}", returns="Any")
ELSEWHERE: Operation[object] = Operation("GET", "/a", "Any", server="https://o/v2")
BESIDE: Operation[object] = Operation("GET", "/a", "Any", server="/v2")
ACTION: Operation[object] = Operation("GET", "/things?action=x", returns="Any")


def sent(mode: str, use: Callable[[Value], Value], **settings: Value) -> httpx2.Request:
    """Use a client of a mode, and give the request that would have been sent."""
    requests: list[httpx2.Request] = []

    def keep(request: httpx2.Request) -> httpx2.Response:
        requests.append(request)
        return httpx2.Response(200, json={})

    http: dict[str, Value] = settings.pop("http", {})
    http["transport"] = httpx2.MockTransport(keep)
    settings = {"api_key": "k", "base_url": "http://h/v1", **settings}
    if mode == "sync":
        use(Sample(http_client=httpx2.Client(**http), **settings))
    else:
        asyncio.run(
            use(AsyncSample(http_client=httpx2.AsyncClient(**http), **settings))
        )
    (request,) = requests
    return request


def listed(query: dict[str, Value], **more: Value) -> Callable[[Value], Value]:
    """Return a call with a query."""
    return lambda client: client(LIST, Arguments({"id": "a/b"}, query, **more))


@BOTH
@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("http://h/v1?region=eu", "'http://h/v1': expected no query and no fragment"),
        ("http://h/v1#top", "'http://h/v1': expected no query and no fragment"),
        ("http://u:p@h?a#b", "'http://h': expected no query and no fragment"),
        ("http://[::1", "'http://[::1': expected a URL such as https://"),
        ("http://h\n", "'http://h\\n': expected a URL such as https://"),
        ("http://u:p@h:x/", "'http://h:x/': expected a URL such as https://"),
        ("http://", "'http://': expected http:// or https://, and a host"),
        ("http:///v1", "'http:///v1': expected http:// or https://, and a host"),
        ("example.com", "'example.com': expected http:// or https://, and a host"),
        ("//u:p@h", "'//h': expected http:// or https://, and a host"),
        ("ftp://h", "'ftp://h': expected http:// or https://, and a host"),
        ("http://h:65536", "'http://h:65536': expected a port of at most 65535"),
    ],
)
def test_a_base_url_that_leads_elsewhere_is_refused(
    mode: str, url: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind: Value = Sample if mode == "sync" else AsyncSample
    with pytest.raises(ValueError, match=r"^invalid") as caught:
        kind(base_url=url)
    assert str(caught.value).startswith(f"invalid base_url {fault}")
    monkeypatch.setenv("SAMPLE_BASE_URL", url)
    with pytest.raises(ValueError, match=r"^invalid") as caught:
        kind()
    assert str(caught.value).startswith(f"invalid SAMPLE_BASE_URL {fault}")
    assert kind(base_url="http://h")  # which comes first


@BOTH
@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("http://h", "http://h/things/a%2Fb"),
        ("HTTP://H:80/v1//", "http://h/v1/things/a%2Fb"),
        ("http://h/v1?", "http://h/v1/things/a%2Fb"),
        ("http://h/v1#", "http://h/v1/things/a%2Fb"),
        ("http://h/a b/%2F/ü", "http://h/a%20b/%2F/%C3%BC/things/a%2Fb"),
        ("http://u:p@[::1]:8080/v1", "http://[::1]:8080/v1/things/a%2Fb"),
    ],
)
def test_a_base_url_is_followed_to_the_letter(mode: str, url: str, target: str) -> None:
    assert str(sent(mode, listed({}), base_url=url).url) == target


@BOTH
@pytest.mark.parametrize(
    ("operation", "base_url", "expected"),
    [
        (ELSEWHERE, None, "https://o/v2/a"),
        (ELSEWHERE, "http://h/v1", "http://h/v1/a"),
        (BESIDE, None, "https://us.api.example/v2/a"),
        (BESIDE, "http://h/v1", "http://h/v2/a"),
    ],
)
def test_a_server_of_an_operation_gives_way_to_a_base_url(
    mode: str, operation: Operation[object], base_url: str | None, expected: str
) -> None:
    request = sent(
        mode, lambda client: client(operation, Arguments()), base_url=base_url
    )
    assert str(request.url) == expected


@BOTH
def test_a_password_in_a_base_url_is_sent_as_before(mode: str) -> None:
    settings = {"base_url": "http://u%40:p%2F@h", "token": "t"}
    request = sent(mode, listed({}), **settings)
    assert request.headers["authorization"] == "Basic dUA6cC8="
    own = sent(mode, listed({}), base_url="http://u:p@h", http={"auth": ("a", "b")})
    assert own.headers["authorization"] == "Basic YTpi"


texts = st.text(st.characters(codec="utf-8"), max_size=4)
names = st.sampled_from(["a", "b", "a b", "ä&=?#", "tags"])
queries = st.dictionaries(
    names, texts | st.lists(texts, min_size=1, max_size=3), max_size=3
)


@given(
    queries,
    queries,
    st.sampled_from(["sync", "async"]),
    st.sampled_from([{}, {"query_key": "s3cr3t", "api_key": None}]),
)
def test_params_of_an_http_client_are_added_to_the_query_of_the_call(
    query: dict[str, Value],
    params: dict[str, Value],
    mode: str,
    settings: dict[str, Value],
) -> None:
    plain = sent(mode, listed(query), **settings).url
    url = sent(mode, listed(query), http={"params": params}, **settings).url
    assert url.path == plain.path
    own = parse_qsl(plain.query.decode(), keep_blank_values=True)
    more = [
        each
        for each in httpx2.QueryParams(params).multi_items()
        if each[0] not in query
    ]
    found = parse_qsl(url.query.decode(), keep_blank_values=True)
    assert sorted(found) == sorted([*own, *more])
    start = plain.query.decode().removesuffix("key=s3cr3t").rstrip("&")
    assert url.query.decode().startswith(start)  # written as the document says


@BOTH
def test_a_query_in_the_path_of_an_operation_is_kept(mode: str) -> None:
    http = {"params": {"tenant": "t"}, "base_url": "http://elsewhere/v9?lost=1#x"}
    request = sent(mode, lambda client: client(ACTION, Arguments()), http=http)
    assert request.url.host == "h"
    assert request.url.raw_path == b"/v1/things?action=x&tenant=t"


@BOTH
def test_headers_and_cookies_of_an_http_client_are_added_too(mode: str) -> None:
    http = {
        "headers": [("X-Many", "1"), ("X-Many", "2"), ("Accept", "text/html")],
        "cookies": {"tenant": "t1", "mine": "theirs", "sid": "old"},
    }
    added = cookies(LIST, {"mine": ["a", "b c"], "c": "d"})
    given = listed({}, headers={"X-Own": "o"}, cookies=added)
    request = sent(mode, given, http=http)
    assert request.headers.get_list("x-many") == ["1", "2"]
    assert request.headers["x-own"] == "o"
    assert request.headers["accept"] == "application/json"
    found = sorted(request.headers["cookie"].split("; "))
    assert found == ["c=d", "mine=a", "mine=b%20c", "sid=old", "tenant=t1"]
    assert request.headers.get_list("cookie") == [request.headers["cookie"]]


@BOTH
def test_streams_and_downloads_lose_nothing(
    mode: str, server: Loopback, tmp_path: Path
) -> None:
    query = {"ids": "a b", "q": ""}
    target = "/v1/things/a%2Fb?ids=a%20b&q=&tenant=t1"

    async def read() -> None:
        settings: dict[str, Value] = {"api_key": "k", "retry": Retry(0)}
        settings["base_url"] = f"{server.url}/v1"
        params = {"tenant": "t1", "q": "lost"}
        given: Value = {"path": {"id": "a/b"}, "query": query}
        if mode == "sync":
            with httpx2.Client(params=params) as http:
                client = Sample(http_client=http, **settings)
                assert list(stream_values(client.customers, LIST, **given)) == [{}]
                return
        async with httpx2.AsyncClient(params=params) as later:
            other = AsyncSample(http_client=later, **settings)
            found = await astream_values(other.customers, LIST, **given)
            assert [each async for each in found] == [{}]

    server.reply(Reply(body=b"{}"))
    asyncio.run(read())
    assert server.last.target == target
    server.reply(Reply(body=b"picture"))

    def fetch(client: Value) -> Value:
        call: Value = download(client.customers.picture, tmp_path / "file")
        return call("a/b")

    request = sent(mode, fetch, http={"params": {"tenant": "t1"}})
    assert request.url.raw_path == b"/v1/customers/a%2Fb/picture?tenant=t1"


def test_a_url_with_params_of_an_http_client_does_not_show_them() -> None:
    request = sent("sync", listed({"a": "b"}), http={"params": {"key": "s3cr3t"}})
    assert urlsplit(str(request.url)).query == "…"
    assert request.url.query == b"a=b&key=s3cr3t"


def arrived(server: Loopback) -> None:
    """Wait for a request."""
    while not server.requests:
        time.sleep(0.001)


@BOTH
def test_hooks_see_every_attempt(mode: str, server: Loopback) -> None:
    seen: list[object] = []

    def on_request(request: httpx2.Request) -> None:
        request.headers["x-attempt"] = str(len(seen))
        seen.append((request.method, request.url.path))

    def on_response(response: httpx2.Response) -> None:
        seen.append((response.status_code, response.content))

    server.reply(Reply(503, b"busy"), Reply(body=b'{"id": "c1"}'))
    call(mode, server, get, on_request=on_request, on_response=on_response)
    assert seen == [
        ("GET", "/customers/c1"),
        (503, b"busy"),
        ("GET", "/customers/c1"),
        (200, b'{"id": "c1"}'),
    ]
    assert [each.headers["x-attempt"] for each in server.requests] == ["0", "2"]


def test_hooks_of_the_asynchronous_client_may_wait(server: Loopback) -> None:
    seen: list[str] = []

    async def on_request(request: httpx2.Request) -> None:
        await asyncio.sleep(0)
        seen.append(request.method)

    async def on_response(response: httpx2.Response) -> None:
        await asyncio.sleep(0)
        seen.append(str(response.status_code))

    call("async", server, get, on_request=on_request, on_response=on_response)
    assert seen == ["GET", "200"]


@BOTH
def test_a_hook_that_fails_stops_the_call(mode: str, server: Loopback) -> None:
    def on_request(request: httpx2.Request) -> None:
        raise KeyError(request.method)

    with pytest.raises(KeyError):
        call(mode, server, get, on_request=on_request)
    assert server.requests == []


@BOTH
def test_a_broken_connection_is_no_response(mode: str, server: Loopback) -> None:
    seen: list[int] = []
    server.reply(Reply(fault=Fault.NO_ANSWER))
    call(mode, server, get, on_response=lambda found: seen.append(found.status_code))
    assert seen == [200]


def test_a_resource_says_what_it_calls(server: Loopback) -> None:
    with Sample(api_key="k3y", base_url=server.url) as client:
        assert repr(client.customers) == (
            f"<Customers of Sample(base_url='{server.url}')>"
        )


def test_threads_may_share_a_client_and_its_options(server: Loopback) -> None:
    start = threading.Barrier(8)
    server.reply(*[Reply(503), Reply()] * 8)
    with Sample(api_key="k", base_url=server.url, retry=Retry(9, 0.001)) as client:

        def work(number: int) -> Value:
            start.wait()
            mine = client.with_options(timeout=PATIENCE + number)
            client.customers.with_raw_response.get(f"raw{number}")
            return mine.customers.get(f"own{number}"), mine.customers.list

        with ThreadPoolExecutor(8) as pool:
            assert len(list(pool.map(work, range(8)))) == 8
    expected = {f"/customers/{kind}{n}" for kind in ("raw", "own") for n in range(8)}
    assert {each.path for each in server.requests} == expected


def test_a_call_that_is_cancelled_leaves_no_connection_behind(
    server: Loopback,
) -> None:
    server.reply(Reply(wait=30))
    limits = httpx2.Limits(max_connections=1)

    async def run() -> Value:
        async with (
            httpx2.AsyncClient(limits=limits) as own,
            AsyncSample(api_key="k", base_url=server.url, http_client=own) as client,
        ):
            task = asyncio.create_task(client.customers.get("slow"))
            await asyncio.to_thread(arrived, server)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            # The only connection that is allowed is free again.
            return await client.customers.get("c1")

    asyncio.run(run())
    assert [each.path for each in server.requests] == [
        "/customers/slow",
        "/customers/c1",
    ]


def test_a_call_that_is_cancelled_while_it_waits_sends_no_more(
    server: Loopback,
) -> None:
    server.reply(Reply(503, headers={"Retry-After": "60"}))
    retry = Retry(max_delay=60)

    async def run() -> None:
        answered = asyncio.Event()

        def on_response(_: httpx2.Response) -> None:
            answered.set()

        async with AsyncSample(
            api_key="k", base_url=server.url, retry=retry, on_response=on_response
        ) as client:
            task = asyncio.create_task(client.customers.get("c1"))
            await answered.wait()
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(run())
    assert len(server.requests) == 1


def test_an_error_after_all_attempts_names_the_last(server: Loopback) -> None:
    server.reply(Reply(503), Reply(fault=Fault.NO_ANSWER), Reply(504))
    with pytest.raises(errors.ServerError, match="504"):
        call("sync", server, get)
