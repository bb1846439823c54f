# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Writing values as JSON.

In: dataclasses and plain data, also mixed. Out: the bytes to send. What would change
its meaning on the way (a time without a zone, NaN) raises, with its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from math import isfinite
from typing import Any, Final, TypeAlias
from uuid import UUID

from msgspec import UNSET, Raw, to_builtins
from msgspec.json import decode as load
from msgspec.json import encode as dump

from .shapes import Plain

Writer: TypeAlias = Callable[[Any, str], Any]
_AS_IS: Final = frozenset({str, int, bool, type(None)})
_LONGEST: Final = 100
_WHOLE: Final = 1e21
"""Below it, ECMAScript writes a whole number without exponent and fraction."""


def encode(value: object, place: str = "body") -> bytes:
    """Write a value as JSON (RFC 8259).

    UNSET members are omitted and None is null. Decimals are strings, or numbers where
    the document says so, times are written as RFC 3339, bytes in base64. Raises a ValueError or a TypeError that says
    where, below `place`.
    """
    try:
        return dump(_make_plain(value, place))
    except UnicodeEncodeError:
        raise ValueError(f"{place}: a string has half of a surrogate pair") from None
    except RecursionError:
        raise ValueError(f"{place}: nested too deeply, or contains itself") from None


def to_json(value: object) -> str:
    """Return a value of `models` as JSON with wire names, as a call sends it."""
    return encode(value, "value").decode()


def to_dict(value: object) -> dict[str, Any]:
    """Return a value of `models` as a dict with wire names: what its JSON holds."""
    return load(encode(value, "value"), type=dict[str, Any])


def unknown_fields(value: object) -> dict[str, Any]:
    """Return the undeclared members that `keep_unknown=True` read, by JSON pointer."""
    found: dict[str, Any] = {}
    waiting: list[tuple[str, Any]] = [("", value)]
    for place, each in waiting:  # which grows meanwhile
        plain: Plain = each
        parts: dict[Any, Any] = plain if isinstance(plain, dict) else {}
        if isinstance(plain, list):
            parts = dict(enumerate(plain))
        elif is_dataclass(each):
            parts = wire_members(each, place)
            for name, unknown in getattr(each, "__unknown__", {}).items():
                found[f"{place}/{_escape_token(name)}"] = unknown
        waiting += [
            (f"{place}/{_escape_token(name)}", part) for name, part in parts.items()
        ]
    return found


def _escape_token(name: object) -> str:
    return str(name).replace("~", "~0").replace("/", "~1")


def to_plain(value: object, place: str = "body") -> Any:
    """Return a value as dicts, lists, texts and numbers, as `encode` writes them."""
    return to_builtins(
        _make_plain(value, place), enc_hook=lambda raw: bytes(raw).decode()
    )


def wire_members(value: Any, place: str) -> dict[str, Any]:
    """Return the members of a dataclass by wire name, without those that are UNSET."""
    names, extra, forms = _get_layout(value.__class__)
    found: dict[str, Any] = {}
    for name, wire in names:
        if (each := getattr(value, name)) is not UNSET:
            found[wire] = each
    for name, wire in names if forms else ():
        if wire in found and name in forms:
            found[wire] = forms[name](found[wire], f"{place}.{wire}")
    if extra is None:
        return found
    rest: Mapping[str, Any] = getattr(value, extra) or {}
    if extra in forms:
        rest = forms[extra](rest, place)
    if twice := sorted(found.keys() & rest.keys()):
        raise ValueError(f"{place}.{twice[0]}: set twice, also in {extra!r}")
    return found | dict(rest)


@cache
def _get_layout(
    kind: type,
) -> tuple[list[tuple[str, str]], str | None, dict[str, Writer]]:
    wire: dict[str, str] = getattr(kind, "__wire__", {})
    extra: str | None = getattr(kind, "__extra__", None)
    forms: dict[str, Writer] = getattr(kind, "__sent_as__", {})
    names = [each.name for each in fields(kind) if each.name != extra]
    return [(name, wire.get(name, name)) for name in names], extra, forms


def _make_plain(value: object, place: str) -> Any:
    kind: type = type(value)
    return value if kind in _AS_IS else _find_writer(kind)(value, place)


@cache
def _find_writer(kind: type) -> Writer:
    if is_dataclass(kind):
        return _write_class
    known = ((base, each) for base, each in _WRITERS.items() if issubclass(kind, base))
    return next((each for _, each in known), _refuse_value)


def _write_class(value: object, place: str) -> dict[str, Any]:
    return _write_members(wire_members(value, place), place)


def _write_members(value: Mapping[Any, Any], place: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, each in value.items():
        if not isinstance(key, str):
            raise TypeError(f"{place}: keys must be str, got {type(key).__name__}")
        if type(each) in _AS_IS:
            found[key] = each
        elif each is not UNSET:
            found[key] = _make_plain(each, f"{place}.{key}")
    return found


def _write_elements(value: Iterable[Any], place: str) -> list[Any]:
    return [_make_plain(each, f"{place}[{at}]") for at, each in enumerate(value)]


def number_form(value: float | Decimal, place: str) -> float | str:
    """Return a number as it is sent: 7.0 as 7, a Decimal as its text."""
    if not (value.is_finite() if isinstance(value, Decimal) else isfinite(value)):
        raise ValueError(f"{place}: {value} is not a number that JSON can hold")
    if not isinstance(value, Decimal):
        return int(value) if value % 1 == 0 and abs(value) < _WHOLE else value
    short = -_LONGEST < value.adjusted() < _LONGEST
    return format(value, "f") if short else str(value)


def _write_time(value: datetime, place: str) -> datetime:
    offset = value.utcoffset()
    if offset is not None:
        # RFC 3339 has no seconds in offsets, and msgspec would leave them out.
        try:
            return value.astimezone(UTC) if offset % timedelta(minutes=1) else value
        except OverflowError:
            message = f"the time {value.isoformat()} is out of the range of UTC"
            raise ValueError(f"{place}: {message}") from None
    raise ValueError(
        f"{place}: the time {value.isoformat()} has no time zone; add one, "
        "for example with .replace(tzinfo=timezone.utc)"
    )


def _refuse_value(value: object, place: str) -> None:
    raise TypeError(f"{place}: a value of type {type(value).__name__} cannot be sent")


_WRITERS: Final[dict[type, Writer]] = {
    Enum: lambda value, place: _make_plain(value.value, place),
    str: lambda value, _: str.__str__(value),
    int: lambda value, _: int(value),
    float: number_form,
    Decimal: number_form,
    datetime: _write_time,
    Mapping: _write_members,
    **dict.fromkeys((list, tuple, AbstractSet), _write_elements),
    # msgspec has a form for these; some have the text that they were read from.
    **dict.fromkeys(
        (date, time, timedelta, UUID, bytes, bytearray, Raw),
        lambda value, _: getattr(value, "__text__", value),
    ),
}
