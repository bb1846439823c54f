# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Keys by which a server knows a call that it has seen before.

In: the body of a call. Out: the body, which is never changed, and whether the call is
safe to repeat. A client has this module only if an operation has such a key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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

    def __call__(self, body: Value) -> tuple[Value, bool]:
        """Give the body with its keys, and tell whether it has them."""
        if self.unless is not None and any(map(_is_key, _keyed(body, self.unless)[1])):
            return body, False
        made, keys = _keyed(body, self.field, lambda: uuid4().hex)
        return made, bool(keys) and all(map(_is_key, keys))


@dataclass(frozen=True, slots=True)
class Derived:
    """The server makes the key from the content; no key is filled in."""

    def __call__(self, body: Value) -> tuple[Value, bool]:
        """Give the body as it is; the call is safe to repeat."""
        return body, True


@dataclass(frozen=True, slots=True)
class Caller:
    """The call is safe to repeat if the caller gave `field`."""

    field: str

    def __call__(self, body: Value) -> tuple[Value, bool]:
        """Give the body as it is, and tell whether it has its keys."""
        _, keys = _keyed(body, self.field)
        return body, bool(keys) and all(map(_is_key, keys))


def _keyed(
    body: Value, path: str, make: Callable[[], Value] = lambda: UNSET
) -> tuple[Value, list[Value]]:
    """Give the body with what is made where nothing stands, and all that stands."""
    keys: list[Value] = []

    def key(old: Value) -> Value:
        keys.append(make() if old is UNSET else old)
        return keys[-1]

    return placed(body, path, key), keys


def _is_key(value: Value) -> bool:
    return value is not UNSET and value not in (None, "")
