# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Keys by which a server knows a call that it has seen before.

In: an operation's way, and the body of a call. Out: the body, and whether the call
is safe to repeat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias
from uuid import uuid4

from msgspec import UNSET

from .encoding import placed
from .shapes import Value


@dataclass(frozen=True, slots=True)
class Fill:
    """The client fills `field` in (`events[].id`: in each) where it was left out.

    Where the body has `unless`, it does not, and the call is not repeated.
    """

    field: str
    unless: str | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """The server makes the key from the content; no key is filled in."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The call is safe to repeat if the caller gave `field`."""

    field: str


Idempotency: TypeAlias = Fill | Derived | Caller | None


def keyed(way: Idempotency, body: Value) -> tuple[Value, bool]:
    """Give the body with its keys, and tell whether it has them; never changes it."""
    if isinstance(way, Derived):
        return body, True
    if way is None or (isinstance(way, Fill) and way.unless and _at(body, way.unless)):
        return body, False
    keys = []

    def key(old: Value) -> Value:
        keys.append(uuid4().hex if old is UNSET and isinstance(way, Fill) else old)
        return keys[-1]

    made = placed(body, way.field, key)
    is_safe = bool(keys) and all(each and each is not UNSET for each in keys)
    return made if isinstance(way, Fill) else body, is_safe


def _at(body: Value, path: str) -> bool:
    """Tell whether something stands at a path."""
    found: list[Value] = []
    placed(body, path, found.append)
    return any(each is not UNSET and each not in (None, "") for each in found)
