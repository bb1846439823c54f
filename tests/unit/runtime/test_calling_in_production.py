"""What a call does where a business depends on it: limits, broken answers, redirects."""

from __future__ import annotations

import asyncio
import gzip
import pickle
import ssl
from collections.abc import Callable
from time import monotonic

import httpx2
import pytest
from support.loopback import Fault, Loopback, Reply
from support.patience import PATIENCE
from support.sample.client import AsyncSample, Sample
from support.sample_calls import BOTH, call, get
from support.values import Value

from flexprice_codegen.runtime import calling, errors
from flexprice_codegen.runtime.calling import Arguments
from flexprice_codegen.runtime.operation import Operation
from flexprice_codegen.runtime.retry import Retry

SEARCH: Operation[object] = Operation("POST", "/search", "Any", safe=True)
LIMITED: Operation[object] = Operation("POST", "/limited", "Any", unprocessed_429=True)
OPEN: Operation[object] = Operation("POST", "/open", "Any")
SOON = Retry(initial_delay=0.001)
ONCE = Retry(max_retries=0)


def use(operation: Operation[object], **arguments: Value) -> Callable[[Value], Value]:
    """Return a call of an operation."""
    return lambda client: client(operation, Arguments(**arguments))


def answering(
    mode: str, answer: Callable[[httpx2.Request], httpx2.Response], **more: Value
) -> Value:
    """Return an `http_client` that a function answers."""
    kind = httpx2.Client if mode == "sync" else httpx2.AsyncClient
    return kind(transport=httpx2.MockTransport(answer), **more)


DEADLINES: dict[str, Callable[[float], tuple[Callable[[Value], Value], Value]]] = {
    "of the client": lambda seconds: (use(SEARCH, body={}), {"deadline": seconds}),
    "of a copy": lambda seconds: (
        lambda client: use(SEARCH, body={})(client.with_options(deadline=seconds)),
        {},
    ),
    "of a call": lambda seconds: (
        use(SEARCH, body={}, options={"deadline": seconds}),
        {},
    ),
    "of retries": lambda seconds: (
        use(SEARCH, body={}),
        {"retry": Retry(initial_delay=0.001, max_delay=60, deadline=seconds)},
    ),
}
"""The call and the settings of a client, by what has a deadline of so many seconds."""


@BOTH
@pytest.mark.parametrize("begin", DEADLINES.values(), ids=DEADLINES)
def test_a_deadline_ends_a_response_that_comes_in_drops(
    mode: str,
    begin: Callable[[float], Value],
    server: Loopback,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def tell_time() -> float:
        """Be an hour later once the request has arrived, however fast that was."""
        return monotonic() + 3_600 * len(server.requests)

    monkeypatch.setattr(calling, "monotonic", tell_time)
    server.reply(*[Reply(body=b"[" + b" " * 500 + b"]", drip=0.01)] * 3)
    search, settings = begin(PATIENCE)
    with pytest.raises(errors.APITimeoutError) as caught:
        call(mode, server, search, **settings)
    assert caught.value.status_code == 200
    assert len(server.requests) == 1


@BOTH
@pytest.mark.parametrize("begin", DEADLINES.values(), ids=DEADLINES)
def test_a_deadline_is_for_all_attempts(
    mode: str, begin: Callable[[float], Value], server: Loopback
) -> None:
    server.reply(Reply(503, headers={"Retry-After": "0.001"}))
    server.reply(Reply(503, headers={"Retry-After": "40"}))
    search, settings = begin(30)
    with pytest.raises(errors.ServerError):
        call(mode, server, search, **{"retry": Retry(max_delay=60), **settings})
    assert len(server.requests) == 2


@BOTH
def test_timeouts_do_not_go_beyond_the_deadline(mode: str, server: Loopback) -> None:
    server.reply(Reply(wait=30))
    with pytest.raises(errors.APITimeoutError):
        call(mode, server, get, retry=Retry(deadline=0.05))


@BOTH
def test_a_deadline_bounds_a_call_without_timeouts(mode: str, server: Loopback) -> None:
    limits: list[Value] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        limits.extend(request.extensions["timeout"].values())
        return httpx2.Response(200, json={"id": "c1"})

    http = answering(mode, answer)
    call(mode, server, get, http_client=http, timeout=None, deadline=PATIENCE)
    assert all(0 < each <= PATIENCE for each in limits)


@BOTH
def test_a_response_that_is_too_large_is_not_kept(mode: str, server: Loopback) -> None:
    body = gzip.compress(b'{"id": "' + b"x" * 2_000 + b'"}')
    packed = Reply(body=body, headers={"Content-Encoding": "gzip"})
    server.reply(packed, packed)
    with pytest.raises(errors.APIConnectionError, match="larger than 1000 bytes"):
        call(mode, server, get, max_response_size=1_000)
    assert call(mode, server, get, max_response_size=10_000).id == "x" * 2_000


@BOTH
def test_a_body_that_is_packed_twice_is_not_read(mode: str, server: Loopback) -> None:
    bomb = gzip.compress(gzip.compress(b" " * 10_000_000))
    server.reply(Reply(body=bomb, headers={"Content-Encoding": "gzip, gzip"}))
    with pytest.raises(errors.APIConnectionError, match="packed 2 times"):
        call(mode, server, get)


@BOTH
@pytest.mark.parametrize(
    "reply",
    [
        Reply(
            201, b'{"id": "customer"}', {"X-Request-ID": "r1"}, fault=Fault.HALF_BODY
        ),
        Reply(201, b"no gzip", {"X-Request-ID": "r1", "Content-Encoding": "gzip"}),
    ],
    ids=["cut", "broken"],
)
def test_a_write_that_was_answered_is_told_from_one_that_was_not(
    mode: str, server: Loopback, reply: Reply
) -> None:
    server.reply(reply)
    with pytest.raises(
        errors.APIConnectionError, match="response 201 is lost"
    ) as caught:
        call(mode, server, use(OPEN, body={}))
    error = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
    assert (error.status_code, error.request_id) == (201, "r1")
    assert error.headers["x-request-id"] == "r1"
    assert len(server.requests) == 1


@BOTH
def test_a_post_that_only_reads_is_retried(mode: str, server: Loopback) -> None:
    server.reply(Reply(503), Reply(429), Reply(body=b"[]"))
    assert call(mode, server, use(SEARCH, body={}), retry=SOON) == []


@BOTH
def test_a_post_is_retried_after_429_only_where_nothing_was_done(
    mode: str, server: Loopback
) -> None:
    server.reply(Reply(429), Reply(body=b"[]"), Reply(503), Reply(429))
    assert call(mode, server, use(LIMITED, body={}), retry=SOON) == []
    for operation, kind in (
        (LIMITED, errors.ServerError),
        (OPEN, errors.RateLimitError),
    ):
        with pytest.raises(kind):
            call(mode, server, use(operation, body={}), retry=SOON)
    assert len(server.requests) == 4


@BOTH
def test_a_certificate_that_is_refused_is_final(mode: str, server: Loopback) -> None:
    arrived: list[httpx2.Request] = []

    def refuse(request: httpx2.Request) -> httpx2.Response:
        arrived.append(request)
        try:
            raise ssl.SSLCertVerificationError("self-signed certificate")
        except ssl.SSLError as error:
            raise httpx2.ConnectError("no", request=request) from error

    with pytest.raises(errors.APIConnectionError):
        call(mode, server, get, http_client=answering(mode, refuse), retry=SOON)
    assert len(arrived) == 1


@BOTH
def test_a_server_that_is_not_trusted_is_asked_once(
    mode: str, secure: Loopback, tls: ssl.SSLContext
) -> None:
    greetings: list[Value] = []
    tls.sni_callback = lambda *greeting: greetings.append(greeting)
    url = secure.url.replace("http:", "https:")
    with pytest.raises(errors.APIConnectionError, match="certificate"):
        call(mode, secure, get, base_url=url)
    assert len(greetings) == 1


@BOTH
def test_an_error_says_when_to_come_again_and_where_else_to_go(
    mode: str, server: Loopback
) -> None:
    server.reply(Reply(429, headers={"Retry-After": "0.5"}))
    with pytest.raises(errors.RateLimitError) as limited:
        call(mode, server, get, retry=ONCE)
    assert limited.value.retry_after == 0.5
    server.reply(Reply(307, headers={"Location": "https://u:p@eu.example/v1?key=s3c"}))
    with pytest.raises(errors.APIStatusError) as moved:
        call(mode, server, get)
    assert "to https://eu.example/v1 (" in str(moved.value)
    assert "s3c" not in str(moved.value)


@BOTH
@pytest.mark.parametrize(
    "given", [{"api_key": "s3c"}, {"token": "s3c"}, {"login": ("a", "s3c")}]
)
def test_no_credential_follows_a_redirect_to_another_origin(
    mode: str, given: dict[str, Value], server: Loopback
) -> None:
    arrived: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        arrived.append(request)
        places = ["https://one.test/b", "https://two.test/c", "https://one.test/d"]
        if len(arrived) > len(places):
            return httpx2.Response(200, json={"id": "c1"})
        return httpx2.Response(307, headers={"location": places[len(arrived) - 1]})

    http = answering(mode, answer, follow_redirects=True, auth=None)
    settings = {"api_key": None, "base_url": "https://one.test", **given}
    assert call(mode, server, get, http_client=http, **settings).id == "c1"
    names = {"x-api-key", "authorization"}
    sent = [bool(names & set(each.headers)) for each in arrived]
    assert sent == [True, True, False, False]


@BOTH
def test_redirects_without_end_are_an_error(mode: str, server: Loopback) -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(307, headers={"location": str(request.url)})

    http = answering(mode, answer, follow_redirects=True)
    with pytest.raises(errors.APIConnectionError, match="too many redirects"):
        call(mode, server, get, http_client=http, retry=SOON)


@BOTH
def test_a_hook_that_fails_gives_the_connection_back(
    mode: str, server: Loopback
) -> None:
    def fail(_: httpx2.Response) -> None:
        raise KeyError("hook")

    kind: Value = httpx2.Client if mode == "sync" else httpx2.AsyncClient
    http = kind(limits=httpx2.Limits(max_connections=1))
    server.reply(*[Reply(body=b'{"id": "c1"}')] * 2)
    calls: list[Value] = []

    def both(client: Value) -> Value:
        calls.append(client.customers.get)
        if mode == "sync":
            with pytest.raises(KeyError):
                client.customers.get("c1")
            return client.with_options(on_response=None).customers.get("c1")
        return later(client)

    async def later(client: Value) -> Value:
        with pytest.raises(KeyError):
            await client.customers.get("c1")
        found = await client.with_options(on_response=None).customers.get("c1")
        await http.aclose()
        return found

    found = call(mode, server, both, http_client=http, on_response=fail, timeout=5)
    assert found.id == "c1"
    if isinstance(http, httpx2.Client):
        http.close()


@BOTH
def test_a_pickled_raw_response_has_no_secret(mode: str, server: Loopback) -> None:
    server.reply(Reply(body=b'{"id": "c1"}'))
    raw = call(
        mode,
        server,
        lambda client: client.customers.with_raw_response.get("c1"),
        api_key="s3cr3t",
    )
    pickled = pickle.dumps(raw)
    assert b"s3cr3t" not in pickled
    again = pickle.loads(pickled)  # noqa: S301 - our own
    assert again.parse() == raw.parse()
    assert (again.status_code, again.headers) == (raw.status_code, raw.headers)


@BOTH
@pytest.mark.parametrize(
    "settings",
    [
        {"retry": 3},
        {"timeout": 0},
        {"timeout": -1},
        {"timeout": "5"},
        {"timeout": float("inf")},
        {"timeout": httpx2.Timeout(5, read=-1)},
        {"timeout": True},
        {"deadline": 0},
        {"deadline": "1"},
        {"max_response_size": 0},
        {"max_response_size": 1.5},
        {"base_url": ""},
        {"base_url": " "},
    ],
    ids=repr,
)
def test_settings_are_checked_where_they_are_given(
    mode: str, settings: dict[str, Value]
) -> None:
    kind: Value = Sample if mode == "sync" else AsyncSample
    with pytest.raises((TypeError, ValueError)):
        kind(api_key="k", **settings)
    if "base_url" not in settings:
        with pytest.raises((TypeError, ValueError)):
            kind(api_key="k").with_options(**settings)


def test_an_http_client_of_the_other_kind_is_refused() -> None:
    with pytest.raises(TypeError, match=r"httpx2\.Client, got"):
        Sample(http_client=httpx2.AsyncClient())  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"httpx2\.AsyncClient, got"):
        AsyncSample(http_client=httpx2.Client())  # type: ignore[arg-type]


@BOTH
def test_the_base_url_has_an_order(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kind: Value = Sample if mode == "sync" else AsyncSample
    kind_of_httpx: Value = httpx2.Client if mode == "sync" else httpx2.AsyncClient
    monkeypatch.setenv("SAMPLE_BASE_URL", "http://environment")
    http = kind_of_httpx(base_url="http://client/v1")
    assert "//given" in repr(kind(base_url="http://given", http_client=http))
    assert "//client/v1'" in repr(kind(http_client=http))
    assert "//environment" in repr(kind(http_client=kind_of_httpx()))
    monkeypatch.setenv("SAMPLE_BASE_URL", "")
    with pytest.raises(ValueError, match="SAMPLE_BASE_URL"):
        kind()
    monkeypatch.delenv("SAMPLE_BASE_URL")
    assert "//us.api.example" in repr(kind())


@BOTH
@pytest.mark.parametrize(
    "url",
    [
        "http://user:s3cr3t@shop.example/v1",
        "HTTP://user:p@s3cr3t@shop.example/v1",
        "http://user:p%2Fs3cr3t@shop.example/v1",
        "http://shop.example/v1?token=s3cr3t",
    ],
)
def test_no_repr_shows_a_secret_of_a_base_url(mode: str, url: str) -> None:
    kind: Value = Sample if mode == "sync" else AsyncSample
    try:
        shown = repr(kind(base_url=url)) + repr(kind(base_url=url).customers)
    except ValueError as error:
        shown = str(error)
    assert "s3cr3t" not in shown


@BOTH
@pytest.mark.parametrize(
    ("own", "given", "expected"),
    [(None, {}, 60), (0.5, {}, 0.5), (5, {}, 60), (0.5, {"timeout": 7}, 7)],
)
def test_the_timeout_of_an_http_client_counts_where_it_says_anything(
    mode: str,
    own: float | None,
    given: dict[str, Value],
    expected: float,
    server: Loopback,
) -> None:
    limits: list[Value] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        limits.append(request.extensions["timeout"])
        return httpx2.Response(200, json={"id": "c1"})

    more = {} if own is None else {"timeout": own}
    call(mode, server, get, http_client=answering(mode, answer, **more), **given)
    assert set(limits[0].values()) == {expected}


@BOTH
def test_headers_and_query_of_a_client_are_sent_with_every_call(
    mode: str, server: Loopback
) -> None:
    server.reply(*[Reply(body=b'{"id": "c1"}')] * 2)
    own = {"headers": {"X-Tenant": "t"}, "query": {"region": "eu", "tags": ["a", "b"]}}
    call(mode, server, get, **own)
    assert server.last.headers["x-tenant"] == "t"
    assert server.last.target.endswith("?region=eu&tags=a&tags=b")
    other = {"headers": {"X-Trace": "1"}}
    call(mode, server, lambda client: get(client.with_options(**other)), **own)
    assert "x-tenant" not in server.last.headers
    assert server.last.headers["x-trace"] == "1"


@BOTH
def test_hooks_know_the_operation_and_the_attempt(mode: str, server: Loopback) -> None:
    seen: list[Value] = []

    def see(request: httpx2.Request) -> None:
        seen.append((request.extensions["operation"], request.extensions["attempt"]))

    server.reply(Reply(503), Reply(body=b'{"id": "c1"}'))
    call(mode, server, get, on_request=see)
    assert seen == [("GET /customers/{id}", 1), ("GET /customers/{id}", 2)]


def test_a_hook_that_is_cancelled_gives_the_connection_back(server: Loopback) -> None:
    async def run() -> str:
        begun = asyncio.Event()

        async def wait(_: httpx2.Response) -> None:
            begun.set()
            await asyncio.Event().wait()

        limits = httpx2.Limits(max_connections=1)
        async with httpx2.AsyncClient(limits=limits) as http:
            client = AsyncSample(
                api_key="k", base_url=server.url, http_client=http, on_response=wait
            )
            task = asyncio.ensure_future(client.customers.get("c1"))
            await begun.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            free = client.with_options(on_response=None)
            return (await free.customers.get("c1")).id

    server.reply(*[Reply(body=b'{"id": "c1"}')] * 2)
    assert asyncio.run(run()) == "c1"
