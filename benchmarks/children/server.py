"""A server on loopback that answers every request alike, and keeps connections open.

In: the file of the body. Out: on standard output, its URL; it serves until standard input
is closed. It reads no more of a request than where it ends.
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path
from typing import Any

_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)
_HEAD_END = b"\r\n\r\n"


class Answering(asyncio.Protocol):
    """One connection; requests may come in pieces."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        self._data = b""
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what answers are written to."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each request that is complete."""
        self._data += data
        while (end := _end(self._data)) is not None:
            self._data = self._data[end:]
            self._transport.write(self._answer)


def _end(data: bytes) -> int | None:
    """Return where the first request ends, None where it is not complete."""
    head = data.find(_HEAD_END)
    if head < 0:
        return None
    length = _LENGTH.search(data, 0, head)
    end = head + len(_HEAD_END) + (int(length[1]) if length else 0)
    return end if len(data) >= end else None


def answer(body: bytes) -> bytes:
    """Make the answer: 201 with a JSON body (RFC 9112)."""
    head = (
        "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def run(body: bytes) -> None:
    """Serve on a free port."""
    loop = asyncio.get_running_loop()
    whole = answer(body)
    server = await loop.create_server(lambda: Answering(whole), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    sys.stdout.write(f"http://127.0.0.1:{port}\n")
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]).read_bytes()))
