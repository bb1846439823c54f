"""The asynchronous client, and the other one, which is made of it."""

from __future__ import annotations

import asyncio
import inspect
from typing import get_type_hints
from unittest.mock import create_autospec

import pytest
import trio
from black import format_str
from black.mode import Mode, TargetVersion
from support.loopback import Loopback, Reply
from support.sample.client import AsyncSample, Sample
from support.values import Value

from flexprice_codegen.runtime.async_client import AsyncClient
from flexprice_codegen.runtime.client import SyncClient
from sync_runtime import (
    BATCHES,
    CLIENTS,
    RUNTIME,
    build_sync_code,
    replace_sync_class,
)

BODY = b'{"id": "c1"}'
LAYOUT = Mode(target_versions={TargetVersion.PY311})


def test_both_clients_are_the_same_code() -> None:
    source, kept = ((RUNTIME / name).read_text("utf-8") for name in CLIENTS)
    assert format_str(build_sync_code(source), mode=LAYOUT) == kept, "run `make sync`"


def test_both_batches_are_the_same_code() -> None:
    kept = (RUNTIME / BATCHES).read_text("utf-8")
    code = replace_sync_class(kept)
    assert format_str(code, mode=LAYOUT) == kept, "run `make sync`"


@pytest.mark.parametrize("run", [asyncio.run, trio.run], ids=["asyncio", "trio"])
def test_each_event_loop_has_connections_of_its_own(
    run: object, server: Loopback
) -> None:
    client = AsyncSample(api_key="k", base_url=server.url)
    server.reply(*[Reply(200, BODY, {"Connection": "close"})] * 3)

    async def use() -> str:
        return (await client.customers.get("c1")).id

    assert callable(run)
    assert [run(use) if run is trio.run else run(use()) for _ in range(3)] == ["c1"] * 3


def test_connections_of_loops_that_have_ended_are_forgotten(server: Loopback) -> None:
    client = AsyncSample(api_key="k", base_url=server.url)
    server.reply(*[Reply(200, BODY, {"Connection": "close"})] * 3)

    async def use() -> None:
        await client.customers.get("c1")

    for _ in range(3):
        asyncio.run(use())
    assert len(client._pool._opened) <= 2  # noqa: SLF001 - what it is about


def test_a_client_that_is_closed_stays_closed_in_another_loop(server: Loopback) -> None:
    client = AsyncSample(api_key="k", base_url=server.url)
    asyncio.run(client.aclose())

    async def use() -> None:
        await client.customers.get("c1")

    with pytest.raises(RuntimeError, match="closed"):
        asyncio.run(use())


@pytest.mark.parametrize("kind", [SyncClient, AsyncClient])
def test_tools_read_the_type_hints_of_a_client(kind: type[object]) -> None:
    assert get_type_hints(kind)
    for _, method in inspect.getmembers(kind, inspect.isfunction):
        inspect.signature(method, eval_str=True)


@pytest.mark.parametrize("kind", [Sample, AsyncSample])
def test_a_mock_of_a_client_has_its_resources(kind: Value) -> None:
    mock = create_autospec(kind)
    resource = create_autospec(kind.customers)
    for customers in (mock.customers, resource):
        found = customers.get("c1")
        assert inspect.iscoroutine(found) == (kind is AsyncSample)
        if inspect.iscoroutine(found):
            found.close()
        with pytest.raises(TypeError, match="id"):
            customers.get(name="c1")
    with pytest.raises(AttributeError):
        _ = mock.customers.gets
