"""Clients in forked processes: no connection carries the calls of two of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from support.loopback import Loopback, Received, Reply
from support.patience import PATIENCE

TESTS = Path(__file__).parents[2]
MORE = 2_000
BOTH = pytest.mark.parametrize("mode", ["sync", "async"])
# Each starts Python. That the other mode is right, too, `calls` shows in each run.
SYNC_FIRST = pytest.mark.parametrize(
    "mode", ["sync", pytest.param("async", marks=pytest.mark.slow)]
)
BEGIN = """
import asyncio, gc, os, sys, threading
import httpx2
from flexprice_codegen.runtime.waiting import resolve_async
from flexprice_codegen.runtime.operation import Operation
from flexprice_codegen.runtime.streams import astream_values, stream_values
from support.sample.client import AsyncSample, Sample

mode, url = sys.argv[1:]
MORE = int(os.environ["MORE"])
kind, pool = (Sample, httpx2.Client) if mode == "sync" else (AsyncSample, httpx2.AsyncClient)
LINES = Operation("GET", "/lines/{id}", returns="Customer")


async def get(client, name):
    found = await resolve_async(client.customers.get(name))
    assert found.id == name, (found, name)


async def opened(client, name):
    open_ = stream_values if mode == "sync" else astream_values
    return await resolve_async(open_(client.customers, LINES, path={"id": name}))


async def following(stream):
    return await resolve_async(next(stream, None) if mode == "sync" else anext(stream, None))


def fork(work):
    pid = os.fork()
    if not pid:
        try:
            asyncio.run(work())
            gc.collect()
        except BaseException as error:
            sys.excepthook(type(error), error, error.__traceback__)
            os._exit(1)
        if mode == "async":
            os._exit(0)  # a loop of the parent is running
        raise SystemExit
    assert os.waitpid(pid, 0)[1] == 0


client = kind(api_key="k", base_url=url)
"""
CALLS = """
async def main():
    await get(client, "parent-0")
    fork(child)
    await get(client, "parent-1")
    fork(child)
    await get(client, "parent-2")


async def child():
    await get(client, f"child{os.getpid()}-0")
    await get(client, f"child{os.getpid()}-1")
    await resolve_async(client.close() if mode == "sync" else client.aclose())
"""
COPIES = """
async def main():
    await get(client.with_options(timeout=9), "parent-0")
    fork(child)
    await get(client, "parent-1")


async def child():
    await get(client, "child-0")
    await get(client.with_options(timeout=5), "child-1")
    found = await resolve_async(client.customers.with_raw_response.get("child-2"))
    assert found.parse().id == "child-2"
"""
LATE = """
async def main():
    fork(child)
    await get(client, "parent-0")
    fork(child)
    await get(client, "parent-1")


async def child():
    await get(client, f"child{os.getpid()}-0")
    await get(client, f"child{os.getpid()}-1")
"""
STREAMS = """
async def main():
    global stream
    stream = await opened(client, "parent-0")
    assert (await following(stream)).id == "parent-0"
    fork(child)
    count = 0
    while (found := await following(stream)) is not None:
        assert found.id == "more"
        count += 1
    assert count == MORE
    await get(client, "parent-1")


async def child():
    global stream
    try:
        await following(stream)
    except RuntimeError as error:
        message = f"this stream belongs to process {os.getppid()}, not {os.getpid()}: "
        assert str(error) == message + "open one after the fork", error
    else:
        raise AssertionError
    await resolve_async(stream.close() if mode == "sync" else stream.aclose())
    if mode == "sync":
        assert stream._pieces.gi_frame is not None
    else:
        assert stream._pieces.ag_frame is not None
    del stream
    own = await opened(client, "child-0")
    assert (await following(own)).id == "child-0"
    assert (await following(own)).id == "more"
"""
LOCKED = """
async def main():
    opening, forked = threading.Event(), threading.Event()
    usual = client._pool._open

    def slow():
        opening.set()
        assert forked.wait(600)
        return usual()

    client._pool._open = slow
    async def use():
        client._pool.client

    other = threading.Thread(target=lambda: asyncio.run(use()))
    other.start()
    opening.wait()
    client._pool._open = usual
    fork(child)
    forked.set()
    other.join()
    await get(client, "parent-0")


async def child():
    await get(client, "child-0")
"""
GIVEN = """
http = pool()
client = kind(api_key="k", base_url=url, http_client=http)


async def main():
    await get(client, "parent-0")
    fork(child)
    await get(client.with_options(timeout=9), "parent-1")


async def child():
    for each in (client, client.with_options(timeout=5)):
        for call in (get, opened):
            try:
                await call(each, "child-0")
            except RuntimeError as error:
                message = f"http_client belongs to process {os.getppid()}, not {os.getpid()}: "
                assert str(error) == message + (
                    "create the client and its http_client after the fork"
                ), error
                assert error.__cause__ is error.__context__ is None
            else:
                raise AssertionError
    await resolve_async(client.close() if mode == "sync" else client.aclose())
"""
CLOSED = """
async def main():
    await get(client, "parent-0")
    await resolve_async(client.close() if mode == "sync" else client.aclose())
    fork(child)


async def child():
    try:
        await get(client, "child-0")
    except RuntimeError as error:
        assert "closed" in str(error)
    else:
        raise AssertionError
"""
END = """
asyncio.run(main())
"""


def answer(request: Received) -> Reply:
    """Say by whom a request was sent, and more than one read takes in a stream."""
    names = [request.path.rpartition("/")[2]]
    names += ["more"] * MORE if "lines" in request.path else []
    lines = (json.dumps({"id": each}) + " " * 1_000 for each in names)
    return Reply(body="\n".join(lines).encode())


def run(script: str, mode: str, server: Loopback, **environment: str) -> dict[str, int]:
    """Run a script, and count the connections of each process."""
    server.answer = answer
    url = server.url
    if "SSL_CERT_FILE" in environment:
        url = url.replace("http:", "https:")
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + script + END, mode, url],
        env={
            "MORE": f"{MORE}",
            "PYTHONPATH": os.pathsep.join(map(str, (TESTS, TESTS.parent))),
            "SSL_CERT_FILE": os.environ["SSL_CERT_FILE"],
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    used: dict[str, set[int]] = defaultdict(set)
    for each in server.requests:
        used[each.path.rpartition("/")[2].partition("-")[0]].add(each.connection)
    assert len(set().union(*used.values())) == sum(map(len, used.values()))
    return {name: len(connections) for name, connections in used.items()}


@BOTH
@pytest.mark.parametrize("script", [CALLS, LATE], ids=["calls", "late"])
def test_each_process_has_connections_of_its_own(
    script: str, mode: str, server: Loopback
) -> None:
    found = run(script, mode, server)
    assert found.pop("parent") == 1  # which no child has closed
    assert list(found.values()) == [1, 1]


@SYNC_FIRST
def test_copies_of_a_client_share_those_of_their_process(
    mode: str, server: Loopback
) -> None:
    assert run(COPIES, mode, server) == {"parent": 1, "child": 1}


@SYNC_FIRST
def test_a_stream_is_read_by_the_process_that_opened_it(
    mode: str, server: Loopback
) -> None:
    assert run(STREAMS, mode, server) == {"parent": 1, "child": 1}


@SYNC_FIRST
def test_a_lock_that_a_thread_held_during_the_fork_stops_nobody(
    mode: str, server: Loopback
) -> None:
    # Python 3.12 and later warn of threads, on standard error.
    found = run(LOCKED, mode, server, PYTHONWARNINGS="ignore::DeprecationWarning")
    assert found == {"parent": 1, "child": 1}


@SYNC_FIRST
def test_an_http_client_that_was_given_belongs_to_one_process(
    mode: str, server: Loopback
) -> None:
    assert run(GIVEN, mode, server) == {"parent": 1}


@SYNC_FIRST
def test_a_client_that_was_closed_before_stays_closed(
    mode: str, server: Loopback
) -> None:
    assert run(CLOSED, mode, server) == {"parent": 1}


@SYNC_FIRST
def test_a_child_ends_no_session_of_its_parent(
    mode: str, secure: Loopback, certificate: Path
) -> None:
    found = run(CALLS, mode, secure, SSL_CERT_FILE=str(certificate))
    assert found.pop("parent") == 1
    assert list(found.values()) == [1, 1]
