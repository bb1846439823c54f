# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Reading what servers send: what fits is typed, what does not fit is kept.

In: JSON and a hint. Out: a value, and a `Mismatch` for each part that is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Literal, TypeAlias, TypeVar, get_args

from msgspec import DecodeError, Raw, Struct, ValidationError, convert, field
from msgspec.json import Decoder
from msgspec.json import encode as dump

from .shapes import (
    MOMENTS,
    Hint,
    Marker,
    Plan,
    Value,
    inner,
    is_class,
    members,
    null,
    plan,
    table,
)

T = TypeVar("T")
Parts: TypeAlias = dict[Any, Value]
"""What an object or a list holds, by name or by index."""
Trail: TypeAlias = tuple[Any, ...]
"""A way down: a name or an index, and the rest of the way; empty at its end."""
MISFIT: Final = object()
MOST_LEVELS: Final = 200
MOST_MISMATCHES: Final = 1_000
as_object = Decoder(dict[str, Raw]).decode
_as_any = Decoder().decode
_as_raw = Decoder(Raw).decode
_BOM: Final = b"\xef\xbb\xbf"
# Escapes to keep; what is left of the others is half of a surrogate pair.
_PAIR = rb"\\u[dD][89abAB]..\\u[dD][c-fC-F].."
_ESCAPE = re.compile(rb"(" + _PAIR + rb"|\\(?!u[dD][89a-fA-F]).)|\\u....", re.DOTALL)
# A time or a duration with more than microseconds, which msgspec would round.
_find_nanoseconds = re.compile(rb'\.\d{7}(?:(?<=:\d\d.{8})|\d*[sS]")').search
_SIX_DIGITS = re.compile(r"(\.\d{6})\d+")
_STEP = re.compile(r"\.(\w+)|\[(\d+|\.\.\.)\]")
_MODULE = re.compile(r"\b(?:\w+\.)+")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_TYPES = {dict: "an object", list: "an array", str: "a string", bool: "a boolean"}
_TIMES: Final = {kind: kind.fromisoformat for kind in (datetime, date, time)}
_NUMBERS: Final = frozenset({Any, object, float, Decimal})
_LONGEST_NAME: Final = 80


class NotJSONError(ValueError):
    """The bytes are no JSON text (RFC 8259), or nested too deeply to be read."""


class Mismatch(Struct, frozen=True):
    """A part of a body that is not what the document says, as in `$.items[0].amount`.

    `found` names the JSON type, never the value, which may be private. Behind 1,000 of
    them one more stands for the rest: its path is `and 7 more`, its `count` 7.
    """

    path: str
    expected: str
    found: str
    count: int = 1


def decode(data: bytes, hint: Hint, report: list[Mismatch]) -> Value:
    """Read `data` as `hint` says; never fails because of what the JSON says.

    What does not fit keeps its plain value and is added to `report`. Read without
    report: null for anything and a missing required member (None, but nothing in a
    list or map that is not optional), unknown members, unknown values of open enums
    and of constants, "" for a time (None), a number in quotes, a text without, 1.0 for
    a whole number. Times are cut to microseconds.

    Raises:
        NotJSONError: the bytes are no JSON at all.
    """
    known = plan(hint)
    trail: Trail = ()
    has_nanoseconds = known.has_times and _find_nanoseconds(data) is not None
    try:
        if not has_nanoseconds:
            return known.decode(data)
    except (DecodeError, UnicodeDecodeError, RecursionError) as error:
        trail = find_trail(error)
    try:
        reader = TolerantReader(report, MOMENTS if has_nanoseconds else frozenset())
        return reader.read_body(data, known, trail)
    except (DecodeError, UnicodeDecodeError, json.JSONDecodeError) as error:
        mended = _mend_text(data)
        if mended == data:
            raise NotJSONError(str(error)) from None
        return decode(mended, hint, report)
    except RecursionError:
        raise NotJSONError("it is nested too deeply") from None


def find_trail(error: Exception) -> Trail:
    """Return the way to what msgspec could not read, as its message has it.

    It only saves tries: whatever it is, the same value is read.
    """
    _, _, place = str(error).rpartition("`$")
    trail: Trail = ()
    for name, index in reversed(_STEP.findall(place)):
        trail = (name or index, trail)
    return trail


def _mend_text(data: bytes) -> bytes:
    """Remove a byte order mark, and write U+FFFD for halves of surrogate pairs."""
    text = data.removeprefix(_BOM)
    return _ESCAPE.sub(lambda found: found[1] or rb"\ufffd", text)


class TolerantReader(Struct):
    """Reads a body that does not fit, in one pass whatever its depth.

    A part that may fit is left to msgspec as a whole. Where it fails, all that it read
    before does fit, and is left to it once more in smaller parts. The way to what failed,
    its trail, is not tried again. Numbers with a point are `Raw` until they are read,
    because a Decimal and a text need their digits.
    """

    report: list[Mismatch]
    unsafe: frozenset[Hint]
    """What msgspec would read as another value than is meant."""
    path: list[str | int] = field(default_factory=list)
    unlisted: int = 0

    def read_body(self, data: bytes, known: Plan, trail: Trail) -> Value:
        """Read all of it."""
        value = self.read(self._parse_text(data), known, trail)
        if more := self.unlisted:
            self.report.append(Mismatch(f"and {more} more", "", "", more))
        return value

    def _parse_text(self, data: bytes) -> Value:
        keep = self._keep_digits
        try:
            return Decoder(float_hook=keep).decode(data)
        except ValidationError:  # a whole number of thousands of digits
            _as_raw(data)  # raises if the rest is no JSON
            return json.loads(_mend_text(data), parse_int=keep, parse_float=keep)

    def _keep_digits(self, number: str) -> Raw:
        if Any not in self.unsafe:
            self.unsafe |= _NUMBERS
        return Raw(number)

    def read(self, value: Value, known: Plan, trail: Trail | None = None) -> Value:
        """Read a value; a trail says that it does not fit as a whole."""
        if value is None:
            return null(known.hint)()
        if isinstance(known.kind, Marker):
            option = known.kind.choose(value)
            if option is None:
                return self._keep(value, known.kind)
            known = plan(option)
        if not isinstance(value, (dict, list)) or known.kind in (Any, object):
            found = leaf(value, known)
            return self._keep(value, known.kind) if found is MISFIT else found
        if trail is None:
            found, trail = self._read_whole(value, known)
            if found is not MISFIT:
                return found
        if len(self.path) >= MOST_LEVELS:
            return self._keep(value, f"at most {MOST_LEVELS} levels")
        kind = known.kind
        origin = getattr(kind, "__origin__", kind)
        if isinstance(value, dict) and is_class(kind):
            fields = table(kind)
            return fields.make(
                self._read_parts(value, fields.plans, fields.other, trail)
            )
        if isinstance(value, dict) and origin is dict:
            return self._read_parts(value, {}, plan(inner(kind)), trail)
        if isinstance(value, list) and origin is list:
            parts = self._read_parts(
                dict(enumerate(value)), {}, plan(inner(kind)), trail
            )
            return list(parts.values())
        for option in map(plan, members(kind)):
            if option.kind != kind and read_strictly(value, option) is not MISFIT:
                return self.read(value, option)
        return self._keep(value, kind)

    def _read_whole(self, value: Value, known: Plan) -> tuple[Value, Trail]:
        """Leave a value to msgspec; return it, or `MISFIT` and the trail."""
        if known.is_whole and known.reach.isdisjoint(self.unsafe):
            try:
                return convert(value, known.kind), ()
            except ValidationError as error:
                return MISFIT, find_trail(error)
            except RecursionError:
                self.unsafe |= known.reach
        return MISFIT, ()

    def _read_parts(
        self, parts: Parts, plans: Mapping[str, Plan], other: Plan | None, trail: Trail
    ) -> Parts:
        """Read each part by its plan, else by the other; drop those without."""
        step, rest = trail or (None, None)
        found = {}
        for key, part in parts.items():
            known = plans.get(key, other)
            if known is None:
                continue
            if type(part) in known.exact:
                found[key] = part
                continue
            self.path.append(key)
            is_on_trail = step is not None and step in (str(key), "...")
            found[key] = self.read(part, known, rest if is_on_trail else None)
            self.path.pop()
        return found

    def _keep(self, value: Value, expected: Hint) -> Value:
        if type(value) in _types_of_constants(expected):
            return value  # constants are open, as enums are
        if len(self.report) >= MOST_MISMATCHES:
            self.unlisted += 1
            return restore_numbers(value)
        path = "$" + "".join(map(_format_step, self.path))
        is_plain = isinstance(expected, type) and not get_args(expected)
        name = expected.__name__ if is_plain else _MODULE.sub("", str(expected))
        found = _TYPES.get(type(value), "a number")
        self.report.append(Mismatch(path, name, found))
        return restore_numbers(value)


def _types_of_constants(hint: Hint) -> set[type]:
    is_literal = getattr(hint, "__origin__", hint) is Literal
    return {type(each) for each in get_args(hint)} if is_literal else set()


def _format_step(key: str | int) -> str:
    return f"[{key}]" if isinstance(key, int) else f".{key[:_LONGEST_NAME]}"


def leaf(value: Value, known: Plan) -> Value:
    """Read a value without parts, as leniently as `decode` says; else `MISFIT`.

    A date where a time is meant is its midnight, without a zone.
    """
    kind = known.kind
    if kind in (Any, object):
        return restore_numbers(value)
    if kind in MOMENTS and isinstance(value, str):
        return _read_moment(value, known)
    found = read_strictly(value, known)
    if found is MISFIT and len(members(kind)) > 1:
        options = (leaf(value, plan(option)) for option in members(kind))
        return next((each for each in options if each is not MISFIT), MISFIT)
    if found is not MISFIT or not isinstance(kind, type) or isinstance(value, bool):
        return found
    if isinstance(value, str):
        is_number = issubclass(kind, (int, float)) and _NUMBER.fullmatch(value)
        return leaf(Raw(value), known) if is_number else MISFIT
    text = bytes(value).decode() if isinstance(value, Raw) else str(value)
    if issubclass(kind, str):
        return kind(text)
    if issubclass(kind, int) and kind is not bool and float(text).is_integer():
        return kind(int(Decimal(text)))
    return MISFIT


def _read_moment(text: str, known: Plan) -> Value:
    if not text:
        return None
    try:
        return _TIMES[known.kind](text)
    except (KeyError, ValueError):
        return read_strictly(text, known)


def read_strictly(value: Value, known: Plan) -> Value:
    """Read a value as msgspec does, but with times cut; else `MISFIT`."""
    if type(value) in known.exact:
        return value
    if isinstance(value, str) and known.kind in MOMENTS:
        value = _SIX_DIGITS.sub(r"\1", value)
    try:
        return known.decode(value if isinstance(value, Raw) else dump(value))
    except ValidationError:
        return MISFIT


def restore_numbers(value: Value) -> Value:
    """Return a value with numbers instead of `Raw`, also in its lists and dicts.

    What Python's own types cannot hold is a Decimal, or else its text.
    """
    holder = [value]
    waiting: list[Value] = [holder]
    while waiting:
        parts = waiting.pop()
        for key, part in parts.items() if isinstance(parts, dict) else enumerate(parts):
            if isinstance(part, Raw):
                parts[key] = _read_number(part)
            elif isinstance(part, (dict, list)):
                waiting.append(part)
    return holder[0]


def _read_number(raw: Raw) -> Value:
    text = bytes(raw).decode()
    for read in (_as_any, Decimal):
        with suppress(ValidationError, InvalidOperation):
            return read(text)
    return text


def from_plain(kind: type[T], plain: object) -> T:
    """Make an instance of a generated class from plain data, as `decode` reads it."""
    found: T = decode(dump(plain), kind, [])
    return found
