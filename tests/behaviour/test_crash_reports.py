"""What sentry_sdk sends of a call that fails: everything but secrets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from uuid import uuid4

import pytest
from support.loopback import Fault, Loopback, Reply
from support.patience import PATIENCE
from support.values import Value

TESTS = Path(__file__).parents[1]
SCRIPT = """
import asyncio, logging, sys
from unittest import mock
import h11, httpx2, sentry_sdk
from sentry_sdk.transport import Transport
from flexprice_codegen.runtime.waiting import resolve_async
from flexprice_codegen.runtime.operation import Operation
from flexprice_codegen.runtime.retry import Retry
from flexprice_codegen.runtime.streams import astream_values, stream_values
from support.sample.client import AsyncSample, Sample

LINES = Operation("GET", "/lines", returns="Customer")
mode, url = sys.argv[1:]
kind = Sample if mode == "sync" else AsyncSample


class Printed(Transport):
    def capture_envelope(self, envelope):
        for item in envelope.items:
            print(item.get_bytes().decode())


def fail(*_):
    raise LookupError("of the user")


def log(*_):
    logging.error("the hook logs")


async def read(client):
    if mode == "sync":
        return list(stream_values(client.customers, LINES))
    return [each async for each in await astream_values(client.customers, LINES)]


async def get(client):
    return await resolve_async(client.customers.get("c1"))


async def create(client):
    return await resolve_async(client.customers.create({"name": object()}))


async def upload(client):
    return await resolve_async(client.customers.upload("c1", b"x" * 2_000_000))


async def write(client):
    with mock.patch.object(h11.Connection, "send", side_effect=OSError("no space")):
        await get(client)


async def cancel(client):
    task = asyncio.ensure_future(get(client))
    await asyncio.sleep(0.2)
    task.cancel()
    await task


async def report(use, **settings):
    try:
        await use(kind(retry=Retry(1, 0.001), **settings))
    except BaseException as error:
        sentry_sdk.capture_exception(error)


async def main():
    await report(get)
    await report(get)
    await report(get)
    await report(read)
    await report(get, timeout=httpx2.Timeout(60, read=0.1))
    await report(upload, timeout=httpx2.Timeout(60, read=0.1))
    await report(get, on_request=fail)
    await report(get, on_response=fail)
    await report(get, on_request=log, base_url="http://127.0.0.1:1")
    await report(create)
    await report(get, token=fail, api_key=fail)
    await report(get, base_url=sys.argv[2] + "?query")
    await report(write)
    if mode == "async":
        await report(cancel)


sentry_sdk.init("http://key@localhost/1", transport=Printed, attach_stacktrace=True)
asyncio.run(main())
sentry_sdk.flush()
"""
HALF = Reply(fault=Fault.HALF_BODY)
SLOW = Reply(wait=30)
REPLIES = [Reply(401), *[Reply(503)] * 2, *[HALF] * 3, *[SLOW] * 4, Reply(), SLOW]
RAISED = [
    "AuthenticationError",
    "ServerError",
    "APIConnectionError",
    "APIConnectionError",
    "APITimeoutError",
    "APITimeoutError",
    "LookupError",
    "LookupError",
    "the hook logs",
    "the hook logs",
    "APIConnectionError",
    "TypeError",
    "LookupError",
    "ValueError",
    "OSError",
]
SECRET = uuid4().hex
MARKS = (SECRET, b64encode(f"user:{SECRET}".encode()).decode())


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["sync", "async"])
@pytest.mark.parametrize(
    "secrets",
    [
        {"SAMPLE_API_KEY": SECRET},
        {"SAMPLE_QUERY_KEY": SECRET},
        {"SAMPLE_TOKEN": SECRET},
        {"SAMPLE_LOGIN": f"user:{SECRET}"},
        {"SAMPLE_API_KEY": "k", "SAMPLE_BASE_URL": f"user:{SECRET}"},
    ],
    ids=["header", "query", "bearer", "basic", "base_url"],
)
def test_no_secret_is_sent(
    mode: str, secrets: dict[str, str], server: Loopback
) -> None:
    user = secrets.get("SAMPLE_BASE_URL")
    url = server.url.replace("//", f"//{user}@") if user else server.url
    server.reply(*REPLIES)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, mode, server.url],
        env={
            **secrets,
            "SAMPLE_BASE_URL": url,
            "PYTHONPATH": os.pathsep.join(map(str, (TESTS, TESTS.parent))),
        },
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [title(each) for each in events] == RAISED + ["CancelledError"] * (
        mode == "async"
    )
    assert '"vars":' in done.stdout
    assert not any(mark in done.stdout for mark in MARKS)


def title(event: Value) -> Value:
    """Return the type of what was raised last, or what was logged."""
    if "exception" in event:
        return event["exception"]["values"][-1]["type"]
    return event["logentry"]["message"]
