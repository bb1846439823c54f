"""Calls a server on loopback a thousand times, as a program with much to do does.

In: who calls (`ours`, `sdk`), how many at once, the URL of the server. Out: see `loop`;
a turn is a thousand calls. One at once is the client that blocks, more are asyncio.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any

from benchmarks.children.encode import FIELDS
from benchmarks.children.loop import serve

CALLS = 1_000


def caller_of(caller: str, url: str, *, waits: bool) -> Callable[[], Any]:
    """Return what makes one call."""
    if caller == "ours":
        package = import_module("flexprice_client")
        kind = package.AsyncFlexprice if waits else package.Flexprice
        client = kind(api_key="key", base_url=url)
        make = import_module("flexprice_client.models").CreateCustomerRequest
        return lambda: client.customers.create_customer(make(**FIELDS))
    sdk = import_module("flexprice").Flexprice(api_key_auth="key", server_url=url)
    call = (
        sdk.customers.create_customer_async if waits else sdk.customers.create_customer
    )
    return lambda: call(**FIELDS)


async def together(call: Callable[[], Awaitable[object]], at_once: int) -> None:
    """Make the calls, so many at once."""
    left = iter(range(CALLS))

    async def work() -> None:
        for _ in left:
            await call()

    await asyncio.gather(*(work() for _ in range(at_once)))


def main() -> None:
    """Read the arguments and serve."""
    caller, at_once, url = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    call = caller_of(caller, url, waits=at_once > 1)
    with asyncio.Runner() as runner:
        if at_once > 1:
            serve(lambda: runner.run(together(call, at_once)))
        else:
            serve(lambda: [call() for _ in range(CALLS)])


if __name__ == "__main__":
    main()
