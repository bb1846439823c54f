"""What a user sees of calls: hooks, logs, reprs; and what threads and tasks share."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
from support.loopback import Fault, Loopback, Reply
from support.sample.client import AsyncSample, Sample

from flexprice_codegen.runtime import errors
from flexprice_codegen.runtime.retry import Retry
from flexprice_codegen.runtime.shapes import Value

BOTH = pytest.mark.parametrize("mode", ["sync", "async"])


def call(
    mode: str, server: Loopback, use: Callable[[Value], Value], **settings: Value
) -> Value:
    """Use a client of one kind."""
    settings = {"api_key": "k3y", "retry": Retry(first=0.001), **settings}
    if mode == "sync":
        with Sample(base_url=server.url, **settings) as client:
            return use(client)

    async def run() -> Value:
        async with AsyncSample(base_url=server.url, **settings) as client:
            return await use(client)

    return asyncio.run(run())


def get(client: Value) -> Value:
    """Get a customer."""
    return client.customers.get("c1")


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


@BOTH
def test_calls_are_logged_without_secrets(
    mode: str, server: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "support.sample")
    server.reply(Reply(503), Reply(body=b"{}", headers={"X-Request-ID": "01J"}))
    call(mode, server, get)
    lines = [each for each in caplog.records if each.name == "support.sample"]
    texts = [each.getMessage() for each in lines]
    assert [each.levelname for each in lines] == ["DEBUG", "INFO", "DEBUG", "DEBUG"]
    assert texts[0].startswith("GET http://127.0.0.1/customers/c1 {")
    assert "'x-api-key': '***'" in texts[0]
    assert "'accept': 'application/json'" in texts[0]
    assert "GET /customers/{id}: attempt 1 ended after" in texts[1]
    assert "503, id None; again in 0.00 s" in texts[1]
    assert texts[3].endswith("200, id 01J")
    assert "k3y" not in caplog.text


def test_secrets_in_the_query_and_by_their_sound_are_masked(
    server: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    def on_request(request: httpx2.Request) -> None:
        request.headers["X-Session-Token"] = "s3cret"

    server.reply(Reply(body=b"[]"))
    base = server.url.replace("//", "//user:s3cret@")
    with Sample(query_key="s3cret", base_url=base, on_request=on_request) as client:
        client.customers.list(tags=["a b"])
    assert "/customers?tags=a%20b&key=*** {" in caplog.text
    assert "s3cret" not in caplog.text


def test_nothing_is_logged_unless_asked_for(
    server: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "support.sample")
    call("sync", server, get)
    assert [each for each in caplog.records if each.name == "support.sample"] == []


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
            mine = client.with_options(timeout=5 + number)
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
            return await client.with_options(timeout=5).customers.get("c1")

    asyncio.run(run())
    assert [each.path for each in server.requests] == [
        "/customers/slow",
        "/customers/c1",
    ]


def test_a_call_that_is_cancelled_while_it_waits_sends_no_more(
    server: Loopback,
) -> None:
    server.reply(Reply(503))
    retry = Retry(first=60, longest=60)

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
