# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""What a client that blocks does otherwise than one that awaits.

In: what hooks and credentials return, and seconds. Out: the same, waited for.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable
from importlib import import_module
from typing import Any, Final, cast

sleep = time.sleep
_HINT: Final = "a hook or a credential is async: use the asynchronous client"


class NotAwaitedError(TypeError):
    """A function is asynchronous, where nothing is awaited."""


def resolve(value: Any, hint: str = _HINT) -> Any:
    """Return a value; raise a `NotAwaitedError` if it would have to be awaited."""
    if not isinstance(value, Awaitable):
        return value
    getattr(cast("Any", value), "close", bool)()  # else Python warns of it
    raise NotAwaitedError(hint)


async def resolve_async(value: Any) -> Any:
    """Return a value, awaited if it has to be."""
    return await cast("Any", value) if isinstance(value, Awaitable) else value


async def sleep_async(seconds: float) -> None:
    """Wait, in asyncio or in trio."""
    import asyncio  # late, for clients that block

    is_asyncio = isinstance(find_loop(), asyncio.AbstractEventLoop)
    await (asyncio if is_asyncio else import_module("trio")).sleep(seconds)


def find_loop() -> object:
    """Return the event loop that runs, or the run of trio."""
    import asyncio  # late, for clients that block

    try:
        return asyncio.get_running_loop()
    except RuntimeError:  # then it is trio: httpx2 knows no third
        return import_module("trio").lowlevel.current_trio_token()
