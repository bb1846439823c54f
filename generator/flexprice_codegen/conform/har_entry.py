"""An entry of a HAR file to an `Exchange`, and a line of a recorder to a `RecordedDelivery`.

In: an entry as browsers and proxies write it, with missing members, bodies in base64 or
compressed, and answers that never came. Out: the exchange, or None if the entry is not a
complete exchange over HTTP.

Source: HTTP Archive (HAR) 1.2; a line of a JSON Lines recording is an entry, too.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import zlib
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

from flexprice_codegen.conform.exchange import (
    Exchange,
    Pairs,
    Recorded,
    RecordedBody,
    RecordedDelivery,
)

_LARGEST_BODY = 64 * 2**20
"""The bytes that a body may have when it is decompressed."""
# A final status code; 101 is the begin of a WebSocket, which has no response.
_STATUS_CODES = range(200, 600)
_NOT_MODIFIED = 304
# Browsers write `comment` or `_error` for a body that they cut or could not keep.
_CUT_MARKS = ("_truncated", "_cut", "truncated")
# ID1 and ID2 of a gzip member (RFC 1952 §2.3.1).
_GZIP_MAGIC = b"\x1f\x8b"
_SHAPE_MARK = "_shapes"
"""What the recorder of a client writes to a body without its values."""


def read_entry(entry: object, number: int) -> Recorded | None:
    """Return the exchange or delivery of an entry; None if it is incomplete."""
    delivery = _get_object(entry, "delivery")
    if delivery:
        event = _get_text(delivery, "event")
        body = _read_response_body(delivery)
        return RecordedDelivery(number=number, event=event, received=body)

    request = _get_object(entry, "request")
    response = _get_object(entry, "response")
    url = _get_text(request, "url")
    status = response.get("status")
    # Status 0 is a request that was blocked or canceled.
    if not isinstance(status, int) or status not in _STATUS_CODES or not url:
        return None
    if _is_cached(entry, status):
        return None

    try:
        parts = urlsplit(url)
    except ValueError:
        # Tools record what the user typed, which need not be a URL.
        return None
    if parts.scheme not in ("http", "https"):
        return None

    return Exchange(
        number=number,
        method=(_get_text(request, "method") or "GET").upper(),
        host=f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}",
        path=parts.path or "/",
        query=_read_query(request, parts.query),
        headers=tuple(sorted({name for name, _ in _iter_headers(request)})),
        sent=_read_request_body(request),
        status=status,
        received=_read_response_body(response),
    )


def _is_cached(entry: object, status: int) -> bool:
    """Return whether the answer, or its body, is that of a former exchange."""
    # Browsers write `_fromCache`; 304 answers a condition that the browser added.
    return status == _NOT_MODIFIED or bool(_get_text(entry, "_fromCache"))


def _read_query(request: Mapping[str, object], query: str) -> Pairs:
    # The URL has the query as it was sent; `queryString` may be missing.
    return tuple(parse_qsl(query, keep_blank_values=True)) or _read_pairs(
        request.get("queryString")
    )


def _read_pairs(value: object) -> Pairs:
    if not isinstance(value, list):
        return ()
    return tuple(
        (_get_text(each, "name"), _get_text(each, "value"))
        for each in value
        if isinstance(each, Mapping)
    )


def _iter_headers(message: Mapping[str, object]) -> Pairs:
    pairs = _read_pairs(message.get("headers"))
    # HTTP/2 has pseudo headers, such as `:authority`.
    return tuple((name.lower(), text) for name, text in pairs if name[:1] != ":")


def _read_request_body(request: Mapping[str, object]) -> RecordedBody:
    posted = request.get("postData")
    if not isinstance(posted, Mapping):
        size = request.get("bodySize")
        has_body = isinstance(size, int) and size > 0
        return RecordedBody(data=None) if has_body else RecordedBody()

    media = _get_media_type(_get_text(posted, "mimeType"))
    text = posted.get("text")
    if isinstance(text, str) and text:
        return RecordedBody(
            media=media,
            data=_decode_text(posted, text),
            is_shape=posted.get(_SHAPE_MARK) is True,
        )

    params = _read_pairs(posted.get("params"))
    if params and media == "application/x-www-form-urlencoded":
        return RecordedBody(media=media, data=urlencode(params).encode())

    return RecordedBody(media=media, data=None)


def _read_response_body(response: Mapping[str, object]) -> RecordedBody:
    content = _get_object(response, "content")
    headers = dict(_iter_headers(response))
    media = _get_media_type(
        headers.get("content-type") or _get_text(content, "mimeType")
    )
    is_shape = content.get(_SHAPE_MARK) is True
    text = content.get("text")
    if not isinstance(text, str):
        # A size without a text: the recording left the body out.
        size = content.get("size")
        is_empty = size in (0, None) and response.get("bodySize") in (0, -1, None)
        is_cut = any(content.get(mark) for mark in _CUT_MARKS)
        known = is_empty and not is_cut and response.get("status") in (204, 205, 304)
        data = b"" if known or size == 0 else None
        return RecordedBody(media=media, data=data, is_shape=is_shape)

    data = _decode_text(content, text)
    if data is not None and headers.get("content-encoding"):
        data = _decode_content(data)
    if data is not None and any(content.get(mark) for mark in _CUT_MARKS):
        data = None

    return RecordedBody(media=media, data=data, is_shape=is_shape)


def _decode_text(holder: Mapping[str, object], text: str) -> bytes | None:
    """Return the bytes of a text; None if they cannot be had."""
    if _get_text(holder, "encoding") != "base64":
        return text.encode("utf-8", "surrogatepass")

    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error:
        # The recorder wrote something else than it says.
        return None

    return _decompress(data) if data.startswith(_GZIP_MAGIC) else data


def _decode_content(data: bytes) -> bytes | None:
    """Return the bytes of a body that was sent compressed; None if they still are.

    Recorders unpack bodies, but for those that do not know a method, such as `zstd`.
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        # Still compressed, or no text at all.
        return None

    return data


def _decompress(data: bytes) -> bytes | None:
    """Return gzipped bytes unpacked; None if they are broken or too large."""
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        unpacked = unpacker.decompress(data, _LARGEST_BODY)
    except (zlib.error, gzip.BadGzipFile):
        # A cut recording, or a body that was decompressed before.
        return None

    return None if unpacker.unconsumed_tail else unpacked


def _get_media_type(text: str) -> str:
    return text.partition(";")[0].strip().lower()


def _get_object(value: object, key: str) -> Mapping[str, object]:
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _get_text(value: object, key: str) -> str:
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, str) else ""
