# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Bodies in parts; a client has this module only if it sends one.

In: a dataclass or a dict of fields. Out: `multipart/form-data` (RFC 7578). Files are
streamed, never read as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO, Any, Final, TypeAlias, cast

from msgspec import UNSET, Struct, field

from .auth import header_value
from .encoding import encode, to_plain
from .files import fitting_type, own_name
from .forms import form_fields
from .operation import Body
from .parameters import Style, scalar_text
from .styles import Arrays, element_mark

Content: TypeAlias = bytes | IO[bytes]
Sent: TypeAlias = tuple[str | None, Content, str | None, dict[str, str]]
FileContent: TypeAlias = (
    Content
    | tuple[str | None, Content]
    | tuple[str | None, Content, str | None]
    | tuple[str | None, Content, str | None, Mapping[str, str]]
)
"""A file to send: bytes, an open binary file, or a tuple (name, content, media type,
further headers of the part), of which the last two may be missing."""


class PartEncoding(Struct, frozen=True):
    """How a field is sent (Encoding Object, OpenAPI 3.1, 4.8.15).

    `media_types` are what it may have; the first that fits is taken. Bytes are a file,
    or base64 text. With a `style` it is sent as in a form, and has no media type.
    """

    media_types: tuple[str, ...] = ()
    is_text: bool = False
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    style: Style | None = None


Parts: TypeAlias = Mapping[str, PartEncoding]
USUAL_PART: Final = PartEncoding()


def multipart_body(
    value: object, parts: Parts | None = None, arrays: Arrays = "repeat"
) -> Body:
    """Write a body as `multipart/form-data`; None sends no body.

    Bytes, files and tuples are files, a list is several parts, an object is JSON.
    `parts` by wire name say where the document wants something else, `arrays` how the
    parts of a list are named.
    """
    if value is None:
        return Body()
    found = [*sent_parts(value, parts or {}, arrays)]
    if found:
        is_once = not all(isinstance(content, bytes) for _, (_, content, *_) in found)
        return Body(parts=found, is_once=is_once)  # httpx2 chooses the boundary
    return Body('multipart/form-data; boundary="empty"', b"--empty--\r\n")


def sent_parts(
    value: object, parts: Parts, arrays: Arrays = "repeat"
) -> Iterator[tuple[str, Sent]]:
    """Yield the name of each part, with what httpx2 takes for it."""
    for name, each in form_fields(value).items():
        yield from _make_field(name, each, parts.get(name, USUAL_PART), arrays)


def _make_field(
    name: str, value: Any, part: PartEncoding, arrays: Arrays
) -> Iterator[tuple[str, Sent]]:
    """Write one field (OpenAPI 3.1, 4.8.14.4)."""
    if part.style is not None:
        for key, text in part.style.pairs(name, value, str):
            yield key, (None, text.encode(), None, {**part.headers})
    elif isinstance(value, (list, set, frozenset)):
        for at, each in enumerate(cast("list[Any]", value)):
            yield from sent_item(name + element_mark(arrays, at), each, part)
    else:
        yield from sent_item(name, value, part)


def sent_item(name: str, value: Any, part: PartEncoding) -> Iterator[tuple[str, Sent]]:
    """Write one value as one part; null is none."""
    if isinstance(value, tuple):
        yield name, _file(name, part, *cast("Any", value))
    elif hasattr(value, "read") or (isinstance(value, bytes) and not part.is_text):
        yield name, _file(name, part, None, value)
    elif value is not None and value is not UNSET:
        yield name, _make_text(name, value, part)


def _make_text(name: str, value: Any, part: PartEncoding) -> Sent:
    """Write an object as JSON and a scalar as its text, unless JSON is declared."""
    plain = to_plain(value, name)
    is_object = isinstance(plain, (dict, list))
    kinds = [each for each in part.media_types if "*" not in each]
    if is_object:
        kinds = [each for each in kinds if _is_json(each)] or ["application/json"]
    kind = kinds[0] if kinds else None
    if kind is not None and _is_json(kind):
        return None, encode(value, name), kind, {**part.headers}
    return None, scalar_text(name, plain).encode(), kind, {**part.headers}


def _is_json(media_type: str) -> bool:
    kind = media_type.partition(";")[0].strip().lower()
    return kind.endswith(("/json", "+json"))


def _file(
    name: str,
    part: PartEncoding,
    file_name: str | None,
    content: Content,
    media_type: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Sent:
    """Return a file with its name: the one given, the open file's own, else `upload`."""
    if media_type is not None:
        header_value(media_type, f"{name}: its media type")
    file_name = file_name or own_name(content) or "upload"
    kind = media_type or fitting_type(part.media_types, file_name)
    for key, each in (headers or {}).items():
        header_value(each, f"{name}: its header {key}")
    return file_name, content, kind, {**part.headers, **(headers or {})}
