# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Idempotency keys: fields of a body by which a server recognizes a repeated call.

In: the body of a call, and the key of an earlier one. Out: the body with its key. A
client has this module only if an operation has such a key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Literal, TypeAlias
from uuid import uuid4

from msgspec import UNSET, DecodeError
from msgspec.json import decode

from .body_paths import placed
from .encoding import encode, to_plain

Filling: TypeAlias = Literal["hex", "uuid", "now", "caller"]
Writer: TypeAlias = Callable[[], str | None]


@dataclass(frozen=True, slots=True)
class KeyFields:
    """The fields of a body that are its key together, and what fills each in.

    Only the caller sets what is the `caller`'s; `events[].id` is in each event. A body
    with `unless` has no key. Without fields, the server derives it from the content.
    """

    fields: Mapping[str, Filling]
    unless: str | None = None

    def __call__(self, body: Any, key: str | None) -> tuple[Any, Writer | None]:
        """Return the body with its key, and what writes the key; None if it has none."""
        if key is not None:
            body = insert_key(body, self.fields, key)
        if self.unless is not None and any(map(_is_set, read_field(body, self.unless))):
            return body, None
        for path, filling in self.fields.items():
            body = placed(body, path, partial(fill_key, filling))
        values = [read_field(body, path) for path in self.fields]
        is_whole = all(found and all(map(_is_set, found)) for found in values)
        write = partial(write_key, body, self.fields) if is_whole else None
        if key is not None and (write is None or write() != key):
            raise ValueError("idempotency_key: it belongs to a call with another body")
        return body, write


def write_key(body: Any, paths: Iterable[str]) -> str | None:
    """Return the key of a body: a text alone as it is, else a JSON list of all parts."""
    parts = to_plain([part for path in paths for part in read_field(body, path)])
    if len(parts) == 1 and isinstance(parts[0], str) and not parts[0].startswith("["):
        return str(parts[0])
    return encode(parts).decode() if parts else None


def insert_key(body: Any, paths: Iterable[str], key: str) -> Any:
    """Return a body with the parts of a key in the fields that it omits."""
    with suppress(DecodeError):
        parts = iter(decode(key) if key.startswith("[") else [key])
        for path in paths:
            body = placed(body, path, partial(_take_key, parts))
    return body


def read_field(body: Any, path: str) -> list[Any]:
    """Return the values of a field, UNSET for each place that has none."""
    found: list[Any] = []
    placed(body, path, found.append)
    return found


def _take_key(parts: Iterator[Any], old: Any) -> Any:
    part = next(parts, UNSET)  # a field that is set has its turn as well
    return part if old is UNSET else old


def fill_key(filling: Filling, old: Any) -> Any:
    """Return a part of a key: the one that is there, or a new one."""
    if old is not UNSET or filling == "caller":
        return old
    if filling == "now":
        return to_plain(datetime.now(UTC))
    return uuid4().hex if filling == "hex" else str(uuid4())


def _is_set(value: Any) -> bool:
    return value is not UNSET and value not in (None, "")
