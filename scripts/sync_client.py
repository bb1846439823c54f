"""Make the client that blocks from the asynchronous one: `make sync` runs this.

In: `runtime/async_client.py`. Out: `runtime/client.py`, which a test compares.
"""

from __future__ import annotations

import re
from pathlib import Path

RUNTIME = Path(__file__).parent.parent / "generator" / "flexprice_codegen" / "runtime"
SOURCE = RUNTIME / "async_client.py"
TARGET = RUNTIME / "client.py"

_TEXTS = {
    "The client for asyncio and trio:": "The client that blocks:",
    '"""A client for asyncio and trio; an `http_client` that was given stays open."""': (
        '"""A client that blocks; threads may share it.\n\n'
        "    An `http_client` that was given stays open, and decides about redirects.\n"
        '    """'
    ),
    "_is_async = True": "_is_async = False",
    "an `AsyncClient`": "a `SyncClient`",
    "async for piece in response.aiter_bytes():\n                yield piece": (
        "yield from response.iter_bytes()"
    ),
}
_NAMES = {
    "AsyncClient": "SyncClient",
    "AsyncIterator": "Iterator",
    "AsyncResource": "Resource",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "aclose": "close",
    "aiter_bytes": "iter_bytes",
    "aread": "read",
    "find_loop": "find_no_loop",
    "httpx2.AsyncClient": "httpx2.Client",
    "resolve_async": "resolve",
    "sleep_async": "sleep",
}
_KEYWORDS = re.compile(r"\b(?:async|await) ")
_NAME = re.compile(r"(?<![\w.])(?:httpx2\.)?\w+|(?<=\.)\w+")


def build_sync_code(text: str) -> str:
    """Return the code of the client that blocks.

    Args:
        text: The code of the asynchronous client.
    """
    for old, new in _TEXTS.items():
        text = text.replace(old, new)
    text = _KEYWORDS.sub("", text)
    return _NAME.sub(lambda found: _NAMES.get(found[0], found[0]), text)


if __name__ == "__main__":
    TARGET.write_text(build_sync_code(SOURCE.read_text("utf-8")), "utf-8")
