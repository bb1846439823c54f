# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Request bodies: JSON, bytes and text; forms are in a module of their own.

In: what a caller gave. Out: what httpx2 sends. Files are streamed.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from typing import IO, Any, Final, TypeAlias

from .encoding import encode

Stream: TypeAlias = bytes | Iterable[bytes] | AsyncIterable[bytes]
Content: TypeAlias = bytes | IO[bytes]
Part: TypeAlias = tuple[str, tuple[str | None, Content, str | None]]
_CHUNK: Final = 65_536


@dataclass(frozen=True, slots=True)
class Body:
    """A body as httpx2 takes it: content, or the parts of multipart/form-data."""

    media_type: str | None = None
    content: Stream | None = None
    parts: list[Part] | None = None


MakeBody: TypeAlias = Callable[[Any], Body]


def json_body(value: object, media_type: str = "application/json") -> Body:
    """Write a body as JSON."""
    return Body(media_type, encode(value))


def raw_body(value: object, media_type: str = "application/octet-stream") -> Body:
    """Send bytes, a text, an open binary file or an iterable of bytes as it is."""
    if isinstance(value, (str, bytearray, memoryview)):
        value = value.encode() if isinstance(value, str) else bytes(value)
    if isinstance(value, (Iterable, AsyncIterable)):
        return Body(media_type, value)
    kind = type(value).__name__
    raise TypeError(f"body: expected bytes, a text or a binary file, not {kind}")


async def chunks(content: Iterable[bytes]) -> AsyncIterator[bytes]:
    """Read a file or an iterable piece by piece, for the asynchronous client."""
    read = getattr(content, "read", None)
    for each in content if read is None else iter(lambda: read(_CHUNK), b""):
        yield each
