# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Deliveries with several events, and forms; a client has it if it gets or records some.

In: the body of a delivery. Out: the bodies of its events, unread.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qs

from msgspec import DecodeError, Raw
from msgspec.json import decode as load
from msgspec.json import encode as dump

ELEMENTS: Final = "[]"
_MOST_FIELDS: Final = 1_000


def open_form(body: bytes, field: str) -> bytes:
    """Return the JSON of a field of a form, or an object of all fields.

    Raises:
        ValueError: the body is not a form.
    """
    fields = parse_qs(
        body.decode(),
        keep_blank_values=True,
        strict_parsing=True,
        max_num_fields=_MOST_FIELDS,
    )
    if field in fields:
        return fields[field][0].encode()
    return dump({k: v[0] if len(v) == 1 else v for k, v in fields.items()})


def split_events(body: bytes, items: tuple[str, ...]) -> list[bytes] | None:
    """Return the events of a body that holds a list; None of any other.

    Args:
        body: The body, as JSON.
        items: The path to the events; `ELEMENTS` in it means each element of a list.

    Raises:
        ValueError: the path does not lead to a list.
    """
    if body.lstrip()[:1] == b"[":
        items = (ELEMENTS,)
    if not items:
        return None
    before, after = _part(items)
    raw = _follow(body, before)
    if raw is None:  # a body of a single event
        return None
    try:
        found = load(raw, type=list[Raw])
    except (DecodeError, RecursionError):
        raise ValueError("the delivery has no list of events") from None
    inner = [_follow(bytes(each), after) for each in found]
    return [
        bytes(raw) if each is None else each
        for raw, each in zip(found, inner, strict=True)
    ]


def _part(items: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    at = items.index(ELEMENTS)
    return items[:at], items[at + 1 :]


def _follow(body: bytes, path: tuple[str, ...]) -> bytes | None:
    """Return what is at a path of a body, unread; None if nothing is."""
    for name in path:
        try:
            members = load(body, type=dict[str, Raw])
        except (DecodeError, UnicodeDecodeError, RecursionError):
            return None
        if name not in members:
            return None
        body = bytes(members[name])
    return body
