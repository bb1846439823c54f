# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Reading what servers send: what fits is typed, what does not fit is kept.

In: JSON and a hint. Out: a value, and a `Mismatch` for each part that is kept.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final, TypeVar, get_args

from msgspec import DecodeError, Raw, Struct, ValidationError
from msgspec.json import Decoder
from msgspec.json import encode as dump

from .shapes import (
    Hint,
    Marker,
    Plan,
    RawJson,
    Value,
    inner,
    is_class,
    members,
    null,
    plan,
    table,
)

T = TypeVar("T")
MISFIT: Final = object()
as_object = Decoder(dict[str, Raw]).decode
as_array = Decoder(list[Raw]).decode
_as_any = Decoder().decode
_as_raw = Decoder(Raw).decode
_BOM: Final = b"\xef\xbb\xbf"
# Escapes to keep; what is left of the others is half of a surrogate pair.
_PAIR = rb"\\u[dD][89abAB]..\\u[dD][c-fC-F].."
_ESCAPE = re.compile(rb"(" + _PAIR + rb"|\\(?!u[dD][89a-fA-F]).)|\\u....", re.DOTALL)
_MODULE = re.compile(r"\b(?:\w+\.)+")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_KINDS = {"{": "an object", "[": "an array", '"': "a string"}
_KINDS |= dict.fromkeys("tf", "a boolean")
_TIMES: Final = {kind: kind.fromisoformat for kind in (datetime, date, time)}
_MOMENTS: Final = (*_TIMES, timedelta)


class NotJSONError(ValueError):
    """The bytes are no JSON text (RFC 8259), or nested too deeply to be read."""


class Mismatch(Struct, frozen=True):
    """A part of a body that is not what the document says, as in `$.items[0].amount`.

    `found` names the JSON type, never the value, which may be private.
    """

    path: str
    expected: str
    found: str


def decode(data: bytes, hint: Hint, report: list[Mismatch]) -> Value:
    """Read `data` as `hint` says; never fails because of what the JSON says.

    What does not fit keeps its plain value and is added to `report`. Read without
    report: null for anything and a missing required member (None, but nothing in a
    list or map that is not optional), unknown members, unknown values of open enums,
    "" for a time (None), a number in quotes, a text without, 1.0 for a whole number.

    Raises:
        NotJSONError: the bytes are no JSON at all.
    """
    data = data.removeprefix(_BOM)
    known = plan(hint)
    try:
        if (value := _fitting(data, known)) is not MISFIT:
            return value
        return _Reader(report).repair(_as_raw(data), known, "$")
    except (DecodeError, UnicodeDecodeError) as error:
        whole = _ESCAPE.sub(lambda found: found[1] or rb"\ufffd", data)
        if whole == data:
            raise NotJSONError(str(error)) from None
        report.clear()
        return decode(whole, hint, report)  # it had half of a surrogate pair
    except RecursionError:
        raise NotJSONError("it is nested too deeply") from None


def _fitting(raw: RawJson, known: Plan) -> Value:
    try:
        return known.decode(raw)
    except ValidationError:
        return MISFIT


class _Reader(Struct, frozen=True):
    report: list[Mismatch]

    def read(self, raw: RawJson, known: Plan, path: str) -> Value:
        value = _fitting(raw, known)
        return self.repair(raw, known, path) if value is MISFIT else value

    def repair(self, raw: RawJson, known: Plan, path: str) -> Value:
        first = first_byte(raw)
        if first == "n":
            return null(known.hint)()
        options = members(known.hint)
        if len(options) != 1:
            values = (leaf(raw, plan(option)) for option in options)
            value = next((each for each in values if each is not MISFIT), MISFIT)
            return self._keep(raw, known.hint, path) if value is MISFIT else value
        kind = options[0]
        if isinstance(kind, Marker):
            option = kind.choose(raw)
            if option is not None:
                return self.read(raw, plan(option), path)
            return self._keep(raw, kind, path)
        origin = getattr(kind, "__origin__", kind)
        if first == "{" and is_class(kind):
            return self._object(raw, kind, path)
        if first == "{" and origin is dict:
            values_plan = plan(inner(kind))
            parts = as_object(raw).items()
            return {k: self.read(v, values_plan, f"{path}.{k}") for k, v in parts}
        if first == "[" and origin is list:
            element = plan(inner(kind))
            elements = enumerate(as_array(raw))
            return [self.read(v, element, f"{path}[{at}]") for at, v in elements]
        value = leaf(raw, plan(kind))
        return self._keep(raw, kind, path) if value is MISFIT else value

    def _object(self, raw: RawJson, kind: type, path: str) -> object:
        known = table(kind)
        values = {name: make() for name, make in known.blank.items()}
        rest = {}
        for name, part in as_object(raw).items():
            if name in known.fields:
                field, each = known.fields[name]
                try:
                    values[field] = each.decode(part)
                except ValidationError:
                    values[field] = self.repair(part, each, f"{path}.{name}")
            elif known.extra is not None:
                rest[name] = self.read(part, known.extra[1], f"{path}.{name}")
        if known.extra is not None:
            values[known.extra[0]] = rest
        return kind(**values)

    def _keep(self, raw: RawJson, hint: Hint, path: str) -> Value:
        plain = isinstance(hint, type) and not get_args(hint)
        expected = hint.__name__ if plain else _MODULE.sub("", str(hint))
        found = _KINDS.get(first_byte(raw), "a number")
        self.report.append(Mismatch(path, expected, found))
        return anything(raw)


def first_byte(raw: RawJson) -> str:
    """Give the first character of a JSON text, which tells its type."""
    return chr(memoryview(raw)[0])


def leaf(raw: RawJson, known: Plan) -> Value:
    """Read a value without parts, as leniently as `decode` says; else `MISFIT`.

    A date where a time is meant is its midnight, without a zone.
    """
    value, kind = anything(raw), known.hint
    if value is None or (value == "" and kind in _MOMENTS):
        return None
    if (fitting := _fitting(raw, known)) is not MISFIT:
        return fitting
    if kind in (Any, object):
        return value
    if not isinstance(kind, type) or isinstance(value, (bool, list, dict)):
        return MISFIT
    text = value if isinstance(value, str) else bytes(raw).decode()
    if kind in _MOMENTS:
        return _time(value, kind)
    if isinstance(value, str):
        if first_byte(raw) != '"':  # a number that not even a Decimal holds
            return MISFIT
        number = issubclass(kind, (int, float)) and _NUMBER.fullmatch(text)
        return leaf(text.encode(), known) if number else MISFIT
    if issubclass(kind, str):
        return kind(text)
    whole = isinstance(value, float) and value.is_integer() and kind is not bool
    return kind(int(Decimal(text))) if whole and issubclass(kind, int) else MISFIT


def anything(raw: RawJson) -> Value:
    """Read any JSON; a number that Python's own types cannot hold is a Decimal."""
    try:
        return _as_any(raw)
    except ValidationError:  # a number out of range
        text = bytes(raw).decode()
        return json.loads(text, parse_int=_huge, parse_float=_huge)


def _huge(text: str) -> Value:
    for read in (_as_any, Decimal):
        with suppress(ValidationError, InvalidOperation):
            return read(text)
    return text


def _time(value: Value, kind: type) -> Value:
    if kind in _TIMES and isinstance(value, str):
        with suppress(ValueError):
            return _TIMES[kind](value)
    return MISFIT


def from_plain(kind: type[T], plain: object) -> T:
    """Make an instance of a generated class from plain data, as `decode` reads it."""
    found: T = decode(dump(plain), kind, [])
    return found
