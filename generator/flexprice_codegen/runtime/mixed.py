# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Bodies in parts that are not a form; only clients that send one have this module.

In: a dataclass, a dict of fields, or a list. Out: `multipart/related` (RFC 2387),
`multipart/mixed` (RFC 2046, 5.1.3) and their like, the parts in the order of the fields
or of the list. Elements of a list have no name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from secrets import token_hex
from typing import Any, Final, cast

from .multipart import USUAL_PART, PartEncoding, Parts, Sent, sent_item, sent_parts
from .operation import Body
from .styles import Arrays
from .uploads import raw_body

_CHUNK: Final = 65_536
_ESCAPES: Final = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})


def mixed_body(
    value: object,
    media_type: str,
    parts: Parts | None = None,
    arrays: Arrays = "repeat",
) -> Body:
    """Write a body in parts of any `multipart` type; None sends no body.

    `parts` are by wire name, and by `""` for the elements of a list. `arrays` are as in
    `multipart_body`.
    """
    if value is None:
        return Body()
    if isinstance(value, (list, tuple)):
        elements: Iterable[Any] = cast("Any", value)
        found = [*_elements(elements, (parts or {}).get("", USUAL_PART))]
    else:
        found = [*sent_parts(value, parts or {}, arrays)]
    boundary = token_hex(16)
    written = f"{media_type}{_find_root(media_type, found)}; boundary={boundary}"
    pieces = _iter_pieces(found, boundary)
    if all(isinstance(content, bytes) for _, (_, content, *_) in found):
        return raw_body(b"".join(pieces), written)
    return raw_body(pieces, written)


def _elements(values: Iterable[Any], part: PartEncoding) -> Iterator[tuple[str, Sent]]:
    for each in values:
        yield from sent_item("", each, part)


def _find_root(media_type: str, found: list[tuple[str, Sent]]) -> str:
    """Return the parameter `type`, of the first part (RFC 2387, 3.1)."""
    if media_type != "multipart/related" or not found:
        return ""
    _, (_, _, kind, _) = found[0]
    return f'; type="{kind or "text/plain"}"'


def _iter_pieces(found: list[tuple[str, Sent]], boundary: str) -> Iterator[bytes]:
    for name, (file_name, content, kind, headers) in found:
        about = (
            f'form-data; name="{name.translate(_ESCAPES)}"' if name else "attachment"
        )
        if file_name is not None:
            about += f'; filename="{file_name.translate(_ESCAPES)}"'
        is_named = name or file_name is not None
        lines = {"Content-Disposition": about} if is_named else {}
        lines |= headers
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
