# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Forms; a client has this module only if it sends one.

In: a dataclass or a dict of fields. Out: `application/x-www-form-urlencoded` or
`multipart/form-data` (RFC 7578). Files are streamed, never read as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from typing import IO, Any, TypeAlias

from msgspec import UNSET

from .auth import header_value
from .encoding import encode, to_plain, wire_members
from .operation import Body
from .parameters import Styles, pairs, scalar_text
from .shapes import Value

Content: TypeAlias = bytes | IO[bytes]
Part: TypeAlias = tuple[str, tuple[str | None, Content, str | None]]
FileContent: TypeAlias = (
    Content | tuple[str | None, Content] | tuple[str | None, Content, str | None]
)
"""A file to send: bytes, an open binary file, or a tuple (name, content, type)."""


def form_body(value: object, styles: Styles | None = None) -> Body:
    """Write a body as `application/x-www-form-urlencoded`.

    `styles` are by `"body:NAME"`; a list is several fields of one name by default.
    """
    text = "&".join(pairs("body", _fields(value), styles or {}))
    return Body("application/x-www-form-urlencoded", text.encode())


def multipart_body(value: object) -> Body:
    """Write a body as `multipart/form-data`.

    Bytes, files and tuples are files, a list is several parts, an object is JSON.
    """
    given = _fields(value).items()
    parts = [part for name, each in given for part in _parts(name, each)]
    if parts:
        is_once = not all(isinstance(content, bytes) for _, (_, content, _) in parts)
        return Body(parts=parts, is_once=is_once)  # httpx2 chooses the boundary
    return Body('multipart/form-data; boundary="empty"', b"--empty--\r\n")


def _fields(value: object) -> Mapping[str, Any]:
    """Return the fields of a form by wire name, files as they are."""
    if is_dataclass(value) and not isinstance(value, type):
        return wire_members(value, "body")
    if isinstance(value, Mapping):
        return value
    raise TypeError(f"body: expected an object or a dict, not {type(value).__name__}")


def _parts(name: str, value: Value) -> Iterator[Part]:
    """Write one field (OpenAPI 3.1, 4.8.14.4)."""
    if value is None or value is UNSET:
        return
    if isinstance(value, tuple):
        yield name, _named(name, *value)
    elif isinstance(value, bytes) or hasattr(value, "read"):
        yield name, _named(name, None, value)
    elif isinstance(value, list):
        for each in value:
            yield from _parts(name, each)
    else:
        plain = to_plain(value, name)
        if isinstance(plain, dict):
            yield name, (None, encode(plain, name), "application/json")
        else:
            yield name, (None, scalar_text(name, plain).encode(), None)


def _named(
    name: str, file_name: str | None, content: Content, media_type: str | None = None
) -> tuple[str | None, Content, str | None]:
    """Return a file its name: the one given, the open file's own, else `upload`."""
    if media_type is not None:
        header_value(media_type, f"{name}: its media type")
    own = getattr(content, "name", None)
    if file_name is None and isinstance(own, str):
        file_name = own.replace("\\", "/").rpartition("/")[2]
    return file_name or "upload", content, media_type
