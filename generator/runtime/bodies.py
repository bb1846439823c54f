# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Request bodies: JSON; what is no JSON is in modules of its own.

In: what a caller gave. Out: what httpx2 sends.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable, Iterable
from dataclasses import dataclass
from typing import IO, Any, TypeAlias

from .encoding import encode

Stream: TypeAlias = bytes | Iterable[bytes] | AsyncIterable[bytes]
Content: TypeAlias = bytes | IO[bytes]
Part: TypeAlias = tuple[str, tuple[str | None, Content, str | None]]


@dataclass(frozen=True, slots=True)
class Body:
    """A body as httpx2 takes it: content, or the parts of multipart/form-data.

    `later` is the content for an asynchronous client, where that needs another. What
    `is_once` can be read only once.
    """

    media_type: str | None = None
    content: Stream | None = None
    parts: list[Part] | None = None
    later: AsyncIterable[bytes] | None = None
    is_once: bool = False


MakeBody: TypeAlias = Callable[[Any], Body]


def json_body(value: object, media_type: str = "application/json") -> Body:
    """Write a body as JSON."""
    return Body(media_type, encode(value))
