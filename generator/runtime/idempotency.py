# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Idempotency keys: fields of a body by which a server recognizes a repeated call.

In: the body of a call, and the key of an earlier one. Out: the body with its key, and
whether a retry is safe. A client has this module only if an operation has such a key.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final, Literal, TypeAlias
from uuid import uuid4

from msgspec import UNSET, DecodeError
from msgspec.json import decode

from .encoding import encode, placed, to_plain, wire_members
from .shapes import Value

Filling: TypeAlias = Literal["hex", "uuid", "now"]
_OTHER_CALL: Final = (
    "idempotency_key: it is the key of another call; give it with the body that the "
    "failed call had"
)


@dataclass(frozen=True, slots=True)
class Fill:
    """The client fills in the `fields` that a body omits; together they are its key.

    Each is a path of wire names (`events[].id` is in each event) and what fills it in.
    A body that has `unless` gets no key, and its call is not retried.
    """

    fields: Mapping[str, Filling]
    unless: str | None = None

    def __call__(self, body: Value, key: str | None = None) -> tuple[Value, bool]:
        """Return the body with its key, and whether a retry is safe.

        Raises:
            ValueError: `key` is the key of another call.
        """
        if key is not None:
            body = insert_key(body, self.fields, key)
        if self._is_off(body):
            return body, False
        for path, filling in self.fields.items():
            body = placed(body, path, partial(_fill, _FILLINGS[filling]))
        return body, has_key(body, self.fields)

    def key_of(self, body: Value) -> str | None:
        """Return the key of a body as one text, or None if it has not all of it."""
        return None if self._is_off(body) else format_key(body, self.fields)

    def _is_off(self, body: Value) -> bool:
        return self.unless is not None and any(map(_is_set, _read(body, self.unless)))


@dataclass(frozen=True, slots=True)
class Caller:
    """The `fields` are the key if the caller sets all of them; none is filled in."""

    fields: Collection[str]

    def __call__(self, body: Value, key: str | None = None) -> tuple[Value, bool]:
        """Return the body with its key, and whether a retry is safe.

        Raises:
            ValueError: `key` is the key of another call.
        """
        if key is not None:
            body = insert_key(body, self.fields, key)
        return body, has_key(body, self.fields)

    def key_of(self, body: Value) -> str | None:
        """Return the key of a body as one text, or None if it has not all of it."""
        return format_key(body, self.fields)


@dataclass(frozen=True, slots=True)
class Derived:
    """The server derives the key from the content, so that a retry is safe."""

    def __call__(self, body: Value, _: str | None = None) -> tuple[Value, bool]:
        """Return the body as it is; a retry is safe."""
        return body, True

    def key_of(self, _: Value) -> None:
        """Return None, because the key is the server's own."""


def has_key(body: Value, paths: Collection[str]) -> bool:
    """Return whether a body has all of its key: each field, in each element."""
    values = [_read(body, path) for path in paths]
    return all(found and all(map(_is_set, found)) for found in values)


def format_key(body: Value, paths: Collection[str]) -> str | None:
    """Return the key of a body as one text, or None if it has not all of it.

    A key of one field is the text of that field. Else it is a JSON object of the paths,
    with a list for a field that is in each element.
    """
    if not has_key(body, paths):
        return None
    values = _read_all(body, paths)
    found = {
        path: value if "[]" in path else value[0] for path, value in values.items()
    }
    first = next(iter(found.values()))
    if len(found) == 1 and isinstance(first, str) and not first.startswith("{"):
        return first
    return encode(found).decode()


def insert_key(body: Value, paths: Collection[str], key: str) -> Value:
    """Return a body with the key of an earlier call in the fields that it omits.

    Raises:
        ValueError: The body has other values than the key, or more or fewer elements.
    """
    values = _parse_key(paths, key)
    for path, wanted in values.items():
        body = placed(body, path, partial(_take, iter(wanted)))
    if not has_key(body, paths) or _read_all(body, paths) != values:
        raise ValueError(_OTHER_CALL)
    return body


def _parse_key(paths: Collection[str], key: object) -> dict[str, list[Any]]:
    """Return the values of each field that a key holds."""
    if not isinstance(key, str):
        kind = type(key).__name__
        raise TypeError(f"idempotency_key: expected str, got {kind}")
    found: Any = dict.fromkeys(paths, key)
    if key.startswith("{") or len(found) > 1:
        try:
            found = decode(key)
        except DecodeError:
            raise ValueError(_OTHER_CALL) from None
    if not isinstance(found, dict) or found.keys() != set(paths):
        raise ValueError(_OTHER_CALL)
    values = {path: v if "[]" in path else [v] for path, v in found.items()}
    if not all(isinstance(value, list) for value in values.values()):
        raise ValueError(_OTHER_CALL)
    return values


def _read_all(body: Value, paths: Collection[str]) -> dict[str, list[Any]]:
    """Return the values of each field as JSON has them."""
    return {path: to_plain(_read(body, path), f"body.{path}") for path in paths}


def _read(body: Value, path: str) -> Sequence[Value]:
    """Return the values of a field, UNSET for each place that has none."""
    values: Sequence[Value] = [body]
    for step in path.split("."):
        name, is_list = step.removesuffix("[]"), step.endswith("[]")
        found = [_members(value).get(name, UNSET) for value in values]
        values = (
            [each for one in found for each in _elements(one)] if is_list else found
        )
    return values


def _members(value: Value) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    return wire_members(value, "body") if is_dataclass(value) else {}


def _elements(value: Value) -> Sequence[Value]:
    return value if isinstance(value, (list, tuple)) else [UNSET]


def _fill(make: Callable[[], str], old: Value) -> Value:
    return make() if old is UNSET else old


def _take(values: Iterator[Value], old: Value) -> Value:
    """Return the next value where a field is unset; a set one has its turn as well."""
    value = next(values, UNSET)
    return value if old is UNSET else old


def _is_set(value: Value) -> bool:
    return value is not UNSET and value not in (None, "")


def _format_now() -> str:
    """Return the time in UTC as RFC 3339 has it, to the microsecond."""
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    return now.replace("+00:00", "Z")


_FILLINGS: Final[Mapping[Filling, Callable[[], str]]] = {
    "hex": lambda: uuid4().hex,
    "uuid": lambda: str(uuid4()),
    "now": _format_now,
}
