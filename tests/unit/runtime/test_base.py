"""Where requests go: no path, query, header or cookie of a call is ever lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.loopback import Loopback, Reply
from support.sample.client import AsyncSample, Sample

from flexprice_codegen.runtime.base import Arguments
from flexprice_codegen.runtime.downloads import download
from flexprice_codegen.runtime.operation import Operation
from flexprice_codegen.runtime.retry import Retry
from flexprice_codegen.runtime.shapes import Value
from flexprice_codegen.runtime.streams import astream_values, stream_values

BOTH = pytest.mark.parametrize("mode", ["sync", "async"])
LIST: Operation[object] = Operation("GET", "/things/{id}", returns="Any")
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
    """Give a call with a query."""
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
    given = {"headers": {"X-Own": "o"}, "cookies": {"mine": ["a", "b c"], "c": "d"}}
    request = sent(mode, listed({}, **given), http=http)
    assert request.headers.get_list("x-many") == ["1", "2"]
    assert request.headers["x-own"] == "o"
    assert request.headers["accept"] == "application/json"
    cookies = sorted(request.headers["cookie"].split("; "))
    assert cookies == ["c=d", "mine=a", "mine=b%20c", "sid=old", "tenant=t1"]
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
