"""Waiting, with and without an event loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest
import trio

from flexprice_codegen.runtime.waiting import (
    find_loop,
    resolve,
    resolve_async,
    sleep_async,
)


async def later() -> str:
    return "later"


def test_what_has_to_be_awaited_is_refused_where_nothing_is_awaited() -> None:
    assert resolve("now") == "now"
    with pytest.raises(TypeError, match="use the asynchronous client"):
        resolve(later())


def test_what_has_to_be_awaited_is_awaited() -> None:
    assert asyncio.run(resolve_async(later())) == "later"
    assert asyncio.run(resolve_async("now")) == "now"


def run_in_trio(function: Callable[[], Awaitable[object]]) -> object:
    return trio.run(function)


def run_in_asyncio(function: Callable[[], Awaitable[object]]) -> object:
    async def use() -> object:
        return await function()

    return asyncio.run(use())


@pytest.mark.parametrize("run", [run_in_asyncio, run_in_trio])
def test_both_event_loops_sleep_and_tell_their_runs_apart(
    run: Callable[[Callable[[], Awaitable[object]]], object],
) -> None:
    async def use() -> object:
        start = time.monotonic()
        await sleep_async(0.01)
        assert time.monotonic() > start
        assert find_loop() is find_loop()
        return find_loop()

    assert run(use) is not run(use)
