# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Bodies in parts that are not a form; only clients that send one have this module.

In: a dataclass or a dict of fields. Out: `multipart/related` (RFC 2387),
`multipart/mixed` (RFC 2046, 5.1.3) and their like, the parts in the order of the fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from secrets import token_hex
from typing import Final

from .multipart import Parts, Sent, sent_parts
from .operation import Body
from .uploads import raw_body

_CHUNK: Final = 65_536
_ESCAPES: Final = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})


def mixed_body(value: object, media_type: str, parts: Parts | None = None) -> Body:
    """Write a body in parts of any `multipart` type; None sends no body."""
    if value is None:
        return Body()
    found = [*sent_parts(value, parts or {})]
    boundary = token_hex(16)
    written = f"{media_type}{_root(media_type, found)}; boundary={boundary}"
    pieces = _pieces(found, boundary)
    if all(isinstance(content, bytes) for _, (_, content, *_) in found):
        return raw_body(b"".join(pieces), written)
    return raw_body(pieces, written)


def _root(media_type: str, found: list[tuple[str, Sent]]) -> str:
    """Return the parameter `type`, of the first part (RFC 2387, 3.1)."""
    if media_type != "multipart/related" or not found:
        return ""
    _, (_, _, kind, _) = found[0]
    return f'; type="{kind or "text/plain"}"'


def _pieces(found: list[tuple[str, Sent]], boundary: str) -> Iterator[bytes]:
    for name, (file_name, content, kind, headers) in found:
        about = f'form-data; name="{name.translate(_ESCAPES)}"'
        if file_name is not None:
            about += f'; filename="{file_name.translate(_ESCAPES)}"'
        lines = {"Content-Disposition": about, **headers}
        if kind is not None:
            lines.setdefault("Content-Type", kind)
        head = "\r\n".join(f"{key}: {each}" for key, each in lines.items())
        yield f"--{boundary}\r\n{head}\r\n\r\n".encode()
        if isinstance(content, bytes):
            yield content
        else:
            yield from iter(partial(content.read, _CHUNK), b"")
        yield b"\r\n"
    yield f"--{boundary}--\r\n".encode()
