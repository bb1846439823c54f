# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Bodies that are sent as they are; a client has this module only if it sends one.

In: bytes, a text, a file, an iterable. Out: what httpx2 sends. Files are streamed.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable
from typing import Final, TypeAlias, cast

from .operation import Body

Stream: TypeAlias = bytes | Iterable[bytes] | AsyncIterable[bytes]
_CHUNK: Final = 65_536


def raw_body(value: object, media_type: str = "application/octet-stream") -> Body:
    """Send bytes, a text, an open binary file or an iterable of bytes as it is."""
    if isinstance(value, (str, bytes, bytearray, memoryview)):
        data = value.encode() if isinstance(value, str) else cast("bytes", value)
        return Body(media_type, bytes(data))
    if isinstance(value, AsyncIterable):
        return Body(media_type, value, is_once=True)
    if isinstance(value, Iterable):
        pieces = cast("Iterable[bytes]", value)
        return Body(media_type, pieces, later=chunks(pieces), is_once=True)
    kind = type(value).__name__
    raise TypeError(f"body: expected bytes, a string or a binary file, got {kind}")


async def chunks(content: Iterable[bytes]) -> AsyncIterator[bytes]:
    """Read a file or an iterable piece by piece, for the asynchronous client."""
    read = getattr(content, "read", None)
    for each in content if read is None else iter(lambda: read(_CHUNK), b""):
        yield each
