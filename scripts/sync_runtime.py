"""Make code that blocks from the asynchronous code: `make sync` runs this.

In: modules of `runtime/`. Out: the client that blocks, a module of its own; and the
class `Batch`, beside `AsyncBatch`. A test compares them.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

RUNTIME = Path(__file__).parent.parent / "generator" / "flexprice_codegen" / "runtime"
CLIENTS = ("async_client.py", "client.py")
BATCHES = "batching.py"

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
    '"""Items for an asynchronous client, in one event loop of asyncio.\n\n'
    "    An asynchronous context manager: it sends what waits when it is left, also when "
    "it\n    is cancelled. The items keep their order as long as `requests_at_once` is 1.": (
        '"""Items for a client that blocks; threads may share it.\n\n'
        "    A context manager: it sends what waits when it is left. The items keep their "
        "order\n    as long as `requests_at_once` is 1."
    ),
    "  # also if it is cancelled once more": "  # also if it is interrupted",
}
_NAMES = {
    "AsyncBatch": "Batch",
    "AsyncClient": "SyncClient",
    "AsyncIterator": "Iterator",
    "AsyncResource": "Resource",
    "Tasks": "Threads",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "aclose": "close",
    "aiter_bytes": "iter_bytes",
    "aread": "read",
    "httpx2.AsyncClient": "httpx2.Client",
    "resolve_async": "resolve",
    "sleep_async": "sleep",
}
_KEYWORDS = re.compile(r"\b(?:async|await) ")
_NAME = re.compile(r"(?<![\w.])(?:httpx2\.)?\w+|(?<=\.)\w+")


def build_sync_code(text: str) -> str:
    """Return the code of a module that blocks.

    Args:
        text: The code of the asynchronous module.
    """
    for old, new in _TEXTS.items():
        text = text.replace(old, new)
    text = _KEYWORDS.sub("", text)
    return _NAME.sub(lambda found: _NAMES.get(found[0], found[0]), text)


def replace_sync_class(text: str) -> str:
    """Return the code of the module of batches, with its `Batch` made afresh.

    Args:
        text: The code of the module.
    """
    classes = {
        node.name: slice(node.lineno - 1, node.end_lineno)
        for node in ast.parse(text).body
        if isinstance(node, ast.ClassDef)
    }
    lines = text.splitlines()
    code = build_sync_code("\n".join(lines[classes["AsyncBatch"]]))
    lines[classes["Batch"]] = code.splitlines()
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    source, target = (RUNTIME / name for name in CLIENTS)
    target.write_text(build_sync_code(source.read_text("utf-8")), "utf-8")
    batches = RUNTIME / BATCHES
    batches.write_text(replace_sync_class(batches.read_text("utf-8")), "utf-8")
