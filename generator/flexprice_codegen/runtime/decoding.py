# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Reading what servers send: what fits is typed, what does not fit is kept.

In: JSON and a hint. Out: a value, and a `Mismatch` for each part that is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import Enum
from math import isfinite
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar, get_args

from msgspec import DecodeError, Raw, Struct, ValidationError, field
from msgspec.json import Decoder
from msgspec.json import encode as dump

from .shapes import (
    MOMENTS,
    Costs,
    Hint,
    Marker,
    Plain,
    Plan,
    get_null_maker,
    get_part_plans,
    get_plan,
    get_table,
    is_class,
    is_constant,
    list_options,
)

T = TypeVar("T")
Parts: TypeAlias = dict[Any, Any]
"""What an object or a list holds, by name or by index."""
MISFIT: Final = object()
_UNREADABLE: Final = (DecodeError, UnicodeDecodeError, RecursionError)
MOST_LEVELS: Final = 200
MOST_MISMATCHES: Final = 1_000
_MOST_TRIES: Final = 8
as_object = Decoder(dict[str, Raw]).decode
_as_any = Decoder().decode
_as_raw = Decoder(Raw).decode
_as_parts = Decoder(dict[str, Raw] | list[Raw] | str | int | bool | None).decode
_BOM: Final = b"\xef\xbb\xbf"
# Escapes to keep; what is left of the others is half of a surrogate pair.
_PAIR = rb"\\u[dD][89abAB]..\\u[dD][c-fC-F].."
_ESCAPE = rb"(?s)(" + _PAIR + rb"|\\(?!u[dD][89a-fA-F]).)|\\u...."
# A time or a duration with more than microseconds, which msgspec would round.
_find_nanoseconds = re.compile(rb'\.\d{7}(?:(?<=:\d\d.{8})|\d*[sS]")').search
# Escaped digits and points, which that does not see.
_find_escapes = re.compile(rb"\\u00(?:3[\daA]|2[eE]|[57]3)").search
# What is rarely looked for is compiled when it is.
_SIX_DIGITS = r"(\.\d{6})\d+"
_LEAP_SECOND = r"(?<=23:59):60(?:\.\d+)?(?=([zZ]|[+-]00:00)?$)"
_HOUR_24 = r"(?:^|[Tt ])24:"
_MODULE = r"\b(?:\w+\.)+"
_NUMBER = r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?"
_TYPES = {dict: "an object", list: "an array", str: "a string", bool: "a boolean"}
_TIMES: Final = {kind: kind.fromisoformat for kind in (datetime, date, time)}
_ORDER: Final[dict[type, int]] = {int: 0, float: 1, Decimal: 2}  # of reading numbers
_LONGEST_NAME: Final = 80


class NotJSONError(ValueError):
    """The bytes are not JSON (RFC 8259), or nested too deeply to be read."""


class Mismatch(Struct, frozen=True):
    """A part of a body that is not what the document says, as in `$.items[0].amount`.

    `found` names the JSON type, never the value, which may be private. Behind 1,000 of
    them one more counts the rest: its path is `and 7 more`, its `count` 7.
    """

    path: str
    expected: str
    found: str
    count: int = 1


def decode(
    data: bytes, hint: Hint, report: list[Mismatch], *, keep_unknown: bool = False
) -> Any:
    """Read `data` as `hint` says; never fails because of what the JSON says.

    What does not fit keeps its plain value and is added to `report`. Read without
    report: null for anything and a missing required member (None, but nothing in a
    list or map that is not optional), unknown members, unknown values of open enums
    and of constants, "" for a time (None), a number in quotes, a text without, 1.0 for
    a whole number. Times are cut to microseconds. With `keep_unknown`, unknown members
    are in `encoding.unknown_fields`.

    Raises:
        NotJSONError: the bytes are not JSON.
    """
    known = get_plan(hint)
    rounds = known.has_times and has_nanoseconds(data)
    try:
        if not rounds and not keep_unknown:
            return known.decode(data)
    except _UNREADABLE:
        pass  # what does not fit is looked for
    credit = 0 if keep_unknown else _MOST_TRIES * len(data)
    reader = TolerantReader(credit, rounds, keep_unknown=keep_unknown)
    try:
        value = reader.read(_as_raw(data), known, was_tried=True)
    except (DecodeError, UnicodeDecodeError, json.JSONDecodeError) as error:
        mended = _mend_text(data)
        if mended == data:
            raise NotJSONError(str(error)) from None
        return decode(mended, hint, report, keep_unknown=keep_unknown)
    except RecursionError:
        raise NotJSONError("it is nested too deeply") from None
    report += reader.report
    if more := reader.unlisted:
        report.append(Mismatch(f"and {more} more", "", "", more))
    return value


def has_nanoseconds(data: bytes) -> bool:
    """Return whether JSON may have a time that msgspec would round."""
    if b"." in data and _find_nanoseconds(data) is not None:
        return True
    return b"\\" in data and _find_escapes(data) is not None


def _mend_text(data: bytes) -> bytes:
    """Remove a byte order mark, and write U+FFFD for halves of surrogate pairs."""
    text = data.removeprefix(_BOM)
    return re.sub(_ESCAPE, lambda found: found[1] or rb"\ufffd", text)


def parse_json(data: Raw) -> Any:
    """Return a plain value, with numbers as `Raw` where their digits may count."""
    try:
        return Decoder(float_hook=Raw).decode(data)
    except ValidationError:  # a whole number of thousands of digits
        text = _mend_text(bytes(data))
        return json.loads(text, parse_int=Raw, parse_float=Raw)


class TolerantReader(Struct):
    """Reads a body that does not fit.

    msgspec reads each part that fits as a whole. One that does not fit is opened: it is
    read by its parts. What it takes to try in vain is bounded by the size of the body.
    """

    credit: int
    """How many bytes may be read in vain; then parts are parsed as a whole."""
    rounds: bool
    """Whether it would round a time of the body."""
    report: list[Mismatch] = field(default_factory=list[Mismatch])
    path: list[str | int] = field(default_factory=list[str | int])
    costs: Costs = field(default_factory=dict[tuple[int, int], Any])
    """What unions have found out about the body's objects and lists, by their ids."""
    keep_unknown: bool = False
    unlisted: int = 0

    def read(self, value: Plain, known: Plan, *, was_tried: bool = False) -> Any:
        """Read a part; it is `Raw`, or was parsed for a union around it."""
        if known.trusted and self.credit > 0 and not was_tried:
            data = bytes(value) if isinstance(value, Raw) else dump(value)
            found = self._read_whole(data, known)
            if found is not MISFIT:
                return found
            self.credit -= len(data)
        is_choice = isinstance(known.kind, Marker)
        if isinstance(value, Raw):
            value = self._open_part(value, is_choice=is_choice)
        if value is None:
            return get_null_maker(known.hint)()
        if is_choice:
            option = known.kind.choose(value, self.costs)
            if option is None:
                return self._keep_value(value, known.kind)
            return self.read(value, get_plan(option))
        if not isinstance(value, (dict, list)) or known.kind in (Any, object):
            found = read_leaf(value, known)
            return self._keep_value(value, known.kind) if found is MISFIT else found
        if len(self.path) >= MOST_LEVELS:
            return self._keep_value(value, f"at most {MOST_LEVELS} levels")
        kind = known.kind
        if type(value) is known.holder:
            parts: Parts = value if isinstance(value, dict) else dict(enumerate(value))
            found = self._read_parts(parts, *get_part_plans(kind))
            if is_class(kind):
                return get_table(kind).make(found, self._list_unknown(parts, kind))
            return found if isinstance(value, dict) else list(found.values())
        for option in map(get_plan, list_options(kind)):
            if option.kind != kind and read_strictly(value, option) is not MISFIT:
                return self.read(value, option)
        return self._keep_value(value, kind)

    def _open_part(self, data: Raw, *, is_choice: bool) -> Any:
        """Return a plain value; while there is credit, its parts are `Raw`."""
        self.credit -= len(data)  # the ends of parts are looked for as well
        if self.credit >= 0 and not is_choice:
            try:
                return _as_parts(data)
            except ValidationError:  # a number
                return data
        parsed: Plain = parse_json(data)
        if isinstance(parsed, (dict, list)):
            self.costs.clear()  # ids of objects that are gone are given to new ones
        return parsed

    def _list_unknown(self, parts: Parts, kind: Hint) -> Parts:
        plans, other = get_part_plans(kind)
        if not self.keep_unknown or other is not None:
            return {}
        return {k: make_plain(v) for k, v in parts.items() if k not in plans}

    def _read_whole(self, data: bytes, known: Plan) -> Any:
        if self.rounds and known.has_times and has_nanoseconds(data):
            return MISFIT
        try:
            return known.decode(data)
        except _UNREADABLE:
            return MISFIT

    def _read_parts(
        self, parts: Parts, plans: Mapping[Any, Plan], other: Plan | None
    ) -> Parts:
        """Read each part by its plan, else by the other; drop those without."""
        found: Parts = {}
        for key, part in parts.items():
            known = plans.get(key, other)
            if known is not None:
                self.path.append(key)
                found[key] = self.read(part, known)
                self.path.pop()
        return found

    def _keep_value(self, value: Any, expected: Hint) -> Any:
        if is_constant(expected) and type(value) in map(type, get_args(expected)):
            return value  # constants are open, as enums are
        if len(self.report) >= MOST_MISMATCHES:
            self.unlisted += 1
            return make_plain(value)
        path = "$" + "".join(map(_format_step, self.path))
        is_plain = isinstance(expected, type) and not get_args(expected)
        name = expected.__name__ if is_plain else re.sub(_MODULE, "", str(expected))
        found = _TYPES.get(value.__class__, "a number")
        self.report.append(Mismatch(path, name, found))
        return make_plain(value)


def _format_step(key: str | int) -> str:
    return f"[{key}]" if isinstance(key, int) else f".{key[:_LONGEST_NAME]}"


class Reading(NamedTuple):
    """How a value without parts was read; the least is the best."""

    is_unknown: bool  # its enum has no such value
    order: int  # less the more the hint says: few texts are times
    value: Any
    hint: Hint
    is_lenient: bool  # only a lenient reading takes it


def read_leaf(value: Any, known: Plan) -> Any:
    """Return a value without parts, read as leniently as `decode` says, or `MISFIT`."""
    if known.is_union:
        found = read_one_of(value, map(get_plan, list_options(known.kind)))
        return MISFIT if found is None else found.value
    if known.kind in (Any, object):
        return make_plain(value)
    if known.kind in MOMENTS and isinstance(value, str):
        return _read_moment(value, known)
    found = read_strictly(value, known)
    return _read_leniently(value, known) if found is MISFIT else found


def read_one_of(value: Any, options: Iterable[Plan]) -> Reading | None:
    """Read a value without parts as the option that says most about it.

    It keeps its JSON type: a lenient reading counts only if no option takes it strictly.
    """
    leaves = [option for option in options if option.holder is None]
    for read in (read_strictly, read_leaf):
        found: list[Reading] = []
        for option in leaves:
            if (each := read(value, option)) is not MISFIT:
                is_unknown = not getattr(each, "is_known", True)
                order = _rate_reading(value, each, option.kind)
                found.append(
                    Reading(is_unknown, order, each, option.hint, read is read_leaf)
                )
        if found:
            return min(found, key=lambda each: each[:2])
    return None


def _rate_reading(value: Any, found: object, kind: Hint) -> int:
    if kind in (Any, object):
        return 4
    if isinstance(value, Raw) and isinstance(found, int):
        return 3
    is_special = isinstance(value, str) and type(found) is not str
    is_special |= isinstance(found, Enum) or is_constant(kind)
    return -1 if is_special else _ORDER.get(type(found), 0)


def _read_leniently(value: Any, known: Plan) -> Any:
    """Read a number in quotes, or a text without."""
    kind = known.kind
    if not isinstance(kind, type) or isinstance(value, bool):
        return MISFIT
    if isinstance(value, str):
        is_number = issubclass(kind, (int, float)) and re.fullmatch(_NUMBER, value)
        return read_leaf(Raw(value), known) if is_number else MISFIT
    if not issubclass(kind, str):
        return MISFIT
    return kind(bytes(value).decode() if isinstance(value, Raw) else str(value))


def _read_moment(text: str, known: Plan) -> Any:
    """Read a time as Python does, which cuts it, too; "" is None.

    A date where a time is meant is its midnight, without a zone. A leap second (RFC 3339,
    5.7) is the last microsecond before it.
    """
    if not text:
        return None
    try:
        found = _TIMES[known.kind](text)
    except (KeyError, ValueError):
        found = read_strictly(text, known)
        if found is MISFIT and re.search(_LEAP_SECOND, text):
            return _read_moment(re.sub(_LEAP_SECOND, ":59.999999", text), known)
        return found
    # Python reads the hour 24 from 3.13 on.
    is_midnight = not getattr(found, "hour", 1)
    return MISFIT if is_midnight and re.search(_HOUR_24, text) else found


def read_strictly(value: Any, known: Plan) -> Any:
    """Return a value as msgspec reads it, but with times cut, or else `MISFIT`."""
    if type(value) in known.exact:
        return value
    if isinstance(value, (str, int)) and known.exact:
        return MISFIT  # as msgspec would find, too
    if isinstance(value, str):
        if known.kind in MOMENTS:
            value = re.sub(_SIX_DIGITS, r"\1", value)
        if known.kind is Decimal and not re.fullmatch(_NUMBER, value):
            return MISFIT
    try:
        return known.decode(value if isinstance(value, Raw) else dump(value))
    except ValidationError:
        return _read_equal(value, known.kind)


def _read_equal(value: Any, kind: Hint) -> Any:
    """Read what msgspec does not: True as a constant, and 5.0, which is whole, too."""
    if is_constant(kind):
        same = [each for each in get_args(kind) if type(each) is type(value)]
        return value if value in same else MISFIT
    is_int = isinstance(kind, type) and issubclass(kind, int) and kind is not bool
    if not is_int or not isinstance(value, Raw):
        return MISFIT
    text = bytes(value).decode()
    with suppress(InvalidOperation):  # an exponent that Decimal cannot have
        number = Decimal(text)
        if isfinite(float(text)) and number == number.to_integral_value():
            return kind(int(number))
    return MISFIT


def make_plain(value: Any) -> Any:
    """Return a value without `Raw`, also in its lists and dicts.

    A number that Python's own types cannot hold is a Decimal, or else its text.
    """
    holder = [value]
    waiting: list[Any] = [holder]
    while waiting:
        parts: Parts | list[Any] = waiting.pop()
        for key, part in parts.items() if isinstance(parts, dict) else enumerate(parts):
            plain = _read_plain(part) if isinstance(part, Raw) else part
            parts[key] = plain
            if isinstance(plain, (dict, list)):
                waiting.append(plain)
    return holder[0]


def _read_plain(raw: Raw) -> Any:
    with suppress(ValidationError):
        return _as_any(raw)
    parsed = parse_json(raw)
    if not isinstance(parsed, Raw):
        return parsed
    text = bytes(raw).decode()
    with suppress(InvalidOperation):
        return Decimal(text)
    return text


def from_json(kind: type[T], data: str | bytes, *, strict: bool = False) -> T:
    """Return an instance of a class of `models` from JSON, read as a call reads it.

    Invalid JSON raises a ValueError; with `strict`, so does what does not fit.
    """
    report: list[Mismatch] = []
    text = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    found: T = decode(text, kind, report)
    if strict and report:
        first = report[0]
        raise ValueError(f"{first.path} is {first.found}, not {first.expected}")
    return found


def from_dict(kind: type[T], data: object, *, strict: bool = False) -> T:
    """Return an instance of a class of `models` from a dict with wire names."""
    return from_json(kind, dump(data), strict=strict)
