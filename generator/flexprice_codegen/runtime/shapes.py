# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""What the codec must know of a hint, found once and kept.

In: a type hint, or its text. Out: its msgspec decoder where msgspec can express it,
its options, the fields of a dataclass by wire name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache, partial
from importlib import import_module
from types import NoneType, UnionType
from typing import Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Raw, Struct, UnsetType, ValidationError
from msgspec.json import Decoder

Hint: TypeAlias = Any
"""A type hint, as an object."""
Reader: TypeAlias = Callable[[Any], Any]
Plain: TypeAlias = dict[str, Any] | list[Any] | str | int | float | Raw | None
"""A value as JSON has it; a number is `Raw` while its digits count."""
Tag: TypeAlias = str | int
"""A value that selects an option of a union; a bool is an int."""
Costs: TypeAlias = dict[tuple[int, int], Any]
"""What a reader has found out already about the parts of a body; see `one_of`."""
MOMENTS: frozenset[type] = frozenset({date, datetime, time, timedelta})
_PLAIN: frozenset[type] = frozenset({bool, int, str})
# msgspec takes more texts as these than is meant.
_CAREFUL: frozenset[type] = MOMENTS | {Decimal}
_KNOWN: dict[str, Hint] = {"Any": Any, "Literal": Literal} | {
    each.__name__: each for each in (date, datetime, time, Decimal)
}


class Plan(Struct, frozen=True):
    """How a hint is read: JSON by `decode`, a plain value by `convert`.

    Both raise where msgspec cannot read it.

    `kind` is its only option, or the hint itself if it is a union, and `holder` the JSON
    type of its values if they have parts. JSON of the types `exact` is such a value already.
    msgspec reads what is `trusted` as it is meant.
    """

    hint: Hint
    decode: Reader
    convert: Reader
    kind: Hint
    is_union: bool
    holder: type | None
    exact: frozenset[type]
    has_times: bool
    trusted: bool


class Table(Struct, frozen=True):
    """The names of a dataclass's fields by wire name, and the plans of their values.

    `blank` creates the value of each required field for null; `extra` is the field for
    undeclared members, and `other` the plan of their values.
    """

    kind: type
    names: dict[str, str]
    plans: dict[str, Plan]
    blank: dict[str, Callable[[], Any]]
    extra: str | None
    other: Plan | None

    def make(self, members: dict[str, Any], unknown: dict[str, Any]) -> object:
        """Make an instance of its members, which may be missing, and keep the unknown."""
        values = {name: make() for name, make in self.blank.items()}
        others = {}
        for wire, value in members.items():
            if wire in self.names:
                values[self.names[wire]] = value
            else:
                others[wire] = value
        if self.extra is not None:
            values[self.extra] = others
        if not unknown:
            return self.kind(**values)
        return _make_with_unknown(self.kind, values, unknown)


@cache
def keeping_class(kind: type) -> type:
    """Return a class of the same values, with a slot for undeclared members."""

    def reduce(one: Any) -> tuple[Any, ...]:
        values = {each.name: getattr(one, each.name) for each in fields(kind)}
        return _make_with_unknown, (kind, values, one.__unknown__)

    # It passes for the class: dataclasses compare `__class__`, and show its name.
    body = {
        "__slots__": ("__unknown__",),
        "__class__": property(lambda _: kind),
        "__reduce__": reduce,
    }
    return type(kind.__name__, (kind,), body)


def _make_with_unknown(
    kind: type, values: dict[str, Any], unknown: dict[str, Any]
) -> object:
    found: Any = keeping_class(kind)(**values)
    found.__unknown__ = unknown
    return found


class Marker(type):
    """A type that is used for a union in hints; `one_of` creates them.

    `choose` returns the option that a JSON value is, None where it is none of them. It
    keeps what it finds out about the parts of the value. `read` reads a value by its tag.
    """

    tag: str | None
    declared: bool
    late: Callable[[], tuple[tuple[Hint, ...], dict[Tag | None, Hint]]]
    choose: Callable[[Any, Costs], Hint]
    read: Callable[[Any], Any]

    @property
    def options(cls) -> tuple[Hint, ...]:
        """The hints that the union is made of."""
        return cls.late()[0]

    @property
    def mapping(cls) -> dict[Tag | None, Hint]:
        """The class for each value of the tag; empty without a tag."""
        return cls.late()[1]


@cache
def resolve_hint(text: str, models: str, package: str) -> Hint:
    """Read a hint that is a text; names are the standard ones, else those of `models`.

    `models` is a module relative to `package`; none loads before it is used.
    """

    def holder() -> None: ...

    holder.__annotations__ = {"hint": text}
    module = import_module(models, package)
    # Python's own names: a class may be named `Änderung`, and be quoted in a Literal.
    used = compile(text, "<hint>", "eval").co_names
    names = [each for each in used if each not in _KNOWN]
    found = {each: getattr(module, each) for each in names if hasattr(module, each)}
    return get_type_hints(holder, {}, _KNOWN | found)["hint"]


def is_class(hint: Hint) -> bool:
    """Return whether a hint is a generated dataclass."""
    return isinstance(hint, type) and is_dataclass(hint)


def is_constant(hint: Hint) -> bool:
    """Return whether a hint is one value, as `Literal["x"]` is."""
    return getattr(hint, "__origin__", None) is Literal


def get_field_hints(kind: type) -> dict[str, Hint]:
    """Return the hints of a dataclass; one that is a text is a text as a whole."""
    found: dict[str, Hint] = {each.name: each.type for each in fields(kind)}
    late = any(isinstance(each, str) for each in found.values())
    known = get_type_hints(kind) if late else found  # which takes a while
    return {name: known[name] for name in found}


@cache
def list_options(hint: Hint) -> tuple[Hint, ...]:
    """Return the options of a hint without None and UNSET."""
    kind: object = get_origin(hint)
    if kind is not Union and kind is not UnionType:
        return (hint,)
    return tuple(each for each in get_args(hint) if each not in (NoneType, UnsetType))


def get_item_hint(hint: Hint) -> Hint:
    """Return the hint of what a list or a map holds."""
    return (get_args(list_options(hint)[0]) or (Any,))[-1]


def get_null_maker(hint: Hint) -> Callable[[], Any]:
    """Return what makes the value for null: no elements of a list that is not optional."""
    origin = getattr(hint, "__origin__", hint)
    return origin if origin in (list, dict) else NoneType


@cache
def get_plan(hint: Hint) -> Plan:
    """Decide how a hint is read."""
    reach = collect_parts(hint)
    options = list_options(hint)
    decode, convert = _make_readers(hint, reach)
    kind = options[0] if len(options) == 1 else hint
    origin: Any = dict if is_class(kind) else get_origin(kind)
    holder = origin if origin in (dict, list) else None
    exact = _PLAIN if kind is Any else _PLAIN & {kind}
    has_times = not reach.isdisjoint(MOMENTS - {date})
    is_union = len(options) > 1 or isinstance(kind, Marker)
    trusted = decode is not _refuse_all and len(options) == 1 and kind not in _CAREFUL
    return Plan(
        hint, decode, convert, kind, is_union, holder, exact, has_times, trusted
    )


def _make_readers(hint: Hint, reach: frozenset[Hint]) -> tuple[Reader, Reader]:
    """Return what reads JSON and plain values, or raises if msgspec does not."""
    names = next((each.__wire__ for each in reach if hasattr(each, "__wire__")), None)
    with suppress(TypeError, ValueError, NotImplementedError):  # what it cannot express
        if all(map(_is_expressible, reach)):
            if names is not None:
                found: tuple[Reader, Reader] = names.make_readers(hint)
                return found
            convert = partial(msgspec.convert, type=hint, dec_hook=read_union)
            return Decoder(hint, dec_hook=read_union).decode, convert
    return _refuse_all, _refuse_all


def _refuse_all(_: Any) -> Any:
    raise ValidationError("msgspec cannot express this")


@cache
def get_table(kind: type) -> Table:
    """Lay out the fields of a dataclass."""
    wire: dict[str, str] = getattr(kind, "__wire__", {})
    extra: str | None = getattr(kind, "__extra__", None)
    found = get_field_hints(kind)
    plans = {each.name: get_plan(found[each.name]) for each in fields(kind)}
    other = None if extra is None else get_plan(get_item_hint(plans.pop(extra).hint))
    required = (e for e in fields(kind) if e.default is e.default_factory is MISSING)
    names = {wire.get(name, name): name for name in plans}
    by_wire = dict(zip(names, plans.values(), strict=True))
    blank = {each.name: get_null_maker(found[each.name]) for each in required}
    return Table(kind, names, by_wire, blank, extra, other)


@cache
def get_part_plans(kind: Hint) -> tuple[Mapping[Any, Plan], Plan | None]:
    """Return how the parts of a value are read, by name, and how all others are."""
    if is_class(kind):
        found = get_table(kind)
        return found.plans, found.other
    return {}, get_plan(get_item_hint(kind))


@cache
def collect_parts(hint: Hint) -> frozenset[Hint]:
    """Return a hint, and the hints of all its parts at any depth."""
    seen: set[Hint] = set()
    waiting = {hint}
    while waiting:
        seen |= waiting
        waiting = {part for each in waiting for part in _list_parts(each)} - seen
    return frozenset(seen)


@cache
def _list_parts(hint: Hint) -> tuple[Hint, ...]:
    if isinstance(hint, Marker):
        return (*hint.options, *hint.mapping.values())
    return tuple(get_field_hints(hint).values()) if is_class(hint) else get_args(hint)


def _is_expressible(hint: Hint) -> bool:
    """Return whether msgspec would read a hint as it is meant.

    It keeps no undeclared members. A union passes through floats on its way (`convert`),
    so a tag must select its options, and it must hold no decimals.
    """
    if isinstance(hint, Marker):
        return bool(hint.mapping) and Decimal not in collect_parts(hint)
    return not hasattr(hint, "__extra__")


def read_union(kind: Any, raw: Any) -> Any:
    """Read a union by its tag; for msgspec, which has no hint for it."""
    return kind.read(raw)
