"""Calls of the sample client, in both of its kinds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from flexprice_codegen.runtime.retry import Retry
from support.loopback import Loopback
from support.sample.client import AsyncSample, Sample
from support.values import Value

BOTH = pytest.mark.parametrize("mode", ["sync", "async"])


def call(
    mode: str, server: Loopback, use: Callable[[Value], Value], **settings: Value
) -> Value:
    """Use a client of one kind, and return what the call returns.

    It hardly waits between attempts, unless another `retry` is given.
    """
    usual = {
        "api_key": "k3y",
        "base_url": server.url,
        "retry": Retry(initial_delay=0.001),
    }
    settings = {**usual, **settings}
    if mode == "sync":
        with Sample(**settings) as client:
            return use(client)

    async def run() -> Value:
        async with AsyncSample(**settings) as client:
            return await use(client)

    return asyncio.run(run())


def get(client: Value) -> Value:
    """Get a customer."""
    return client.customers.get("c1")
