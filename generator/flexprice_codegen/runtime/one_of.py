# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Unions of classes, as hints that the codec can read.

In: the options of a union, and the tag that selects one. Out: a type that is used
for the union at run time; type checkers see a plain union instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields
from functools import cache
from itertools import islice
from types import NoneType
from typing import Any, Final, NamedTuple, TypeAlias, get_args

from msgspec import UNSET

from .decoding import Reading, read_one_of
from .shapes import (
    Costs,
    Hint,
    Marker,
    Plain,
    Plan,
    Tag,
    get_part_plans,
    get_plan,
    get_table,
    is_class,
    is_constant,
    list_options,
)

Options: TypeAlias = list[tuple[Plan, str | None]]
"""The options of a union; the name of the tag, if it has an unknown value."""
Whole: TypeAlias = dict[str, Any] | list[Any]
"""What has parts."""


class _Union(Marker):
    """The marker of a union, which its options are instances of."""

    def __instancecheck__(self, value: object) -> bool:
        """Return whether a value is one of the options."""
        kinds = [getattr(each, "__origin__", each) for each in self.options]
        plain = tuple(each for each in kinds if isinstance(each, type))
        return Any in kinds or isinstance(value, plain)


def one_of(
    name: str,
    options: tuple[Hint, ...] | Callable[[], tuple[Hint, ...]],
    tag: str | None = None,
    mapping: Mapping[Any, Hint] | Callable[[], Mapping[Any, Hint]] | None = None,
    *,
    declared: bool = True,
) -> Marker:
    """Return the hint for a union (OpenAPI 3.1, 4.8.24.2).

    Args:
        name: The name of the union.
        options: What it is a union of; a function if the union may hold itself.
        tag: The wire name of the discriminator.
        mapping: The class for each value of the discriminator, or a function; None is
            the key for all other values.
        declared: Whether the document declares it; else it may have other values.
    """

    def late() -> tuple[tuple[Hint, ...], dict[Tag | None, Hint]]:
        found = options() if callable(options) else options
        tags = mapping() if callable(mapping) else mapping
        return found, dict(tags or {})

    def choose(value: Plain, costs: Costs) -> Hint:
        options = _list_options(value, get_plan(marker))
        (option, unknown_tag), *others = options
        if not others and unknown_tag is None:
            return option.hint
        if isinstance(value, (dict, list)):
            _weigh_below(value, get_plan(marker), costs)
        return _find_best(value, options, costs)[1]

    def read(raw: Any) -> Any:
        found = _get_tag(marker, raw)
        if found not in marker.mapping or not isinstance(raw, dict):
            raise ValueError("no option has this tag")
        return get_plan(marker.mapping[found]).convert(raw)

    facts = {"tag": tag, "declared": declared, "late": cache(late)}
    marker: Marker = _Union(name, (), {**facts, "choose": choose, "read": read})
    return marker


class _Cost(NamedTuple):
    """How badly a value fits an option; the option with the least cost is chosen.

    An option that the value is valid for costs only the properties that it does not
    declare. The points are such that some of those are worth less than a fault, and
    many are worth more: one slip of a server must not empty a large object.
    """

    wrong: int = 0
    """Constants that the value contradicts."""
    points: int = 0
    """What is lost, or does not fit."""
    loose: int = 0
    """Parts of which the option says little; less than 0 where it says much."""
    undeclared: int = 0
    """Minus the properties that the option declares."""


_FITS: Final = _Cost()
_CONTRADICTION: Final = _Cost(wrong=1)
_FAULT: Final = 12
"""Points for a missing property that is required, or a part of another JSON type."""
_NEW: Final = 5
"""Points for a value that its enum does not have."""
_LOST: Final = 2
"""Points for each value within a property that is not declared."""
_BENT: Final = 1
"""Points for what only a lenient reading takes, such as a number in quotes."""
_MOST_COUNTED: Final = 50


def _weigh_below(value: Any, union: Plan, costs: Costs) -> None:
    """Weigh the objects and lists in a value, the deepest first.

    So weighing never nests as deeply as the value does.
    """
    waiting = [(value, union)]
    found: dict[tuple[int, int], tuple[Any, Plan]] = {}
    for whole, meant in waiting:  # which grows meanwhile
        for known, _ in _list_options(whole, meant):
            key = id(whole), id(known)
            if type(whole) is known.holder and key not in costs and key not in found:
                found[key] = whole, known
                waiting += _list_parts(whole, known.kind)
    for whole, known in reversed(found.values()):
        weigh_option(whole, known, costs)


def _list_parts(whole: Any, kind: Hint) -> Iterator[tuple[Any, Plan]]:
    """Yield the objects and lists in another, and how each is read."""
    plans, other = get_part_plans(kind)
    parts: Whole = whole
    for name, part in parts.items() if isinstance(parts, dict) else enumerate(parts):
        known = plans.get(name, other) if isinstance(part, (dict, list)) else None
        if known is not None:
            yield part, known


def _find_best(
    value: Plain, options: Options, costs: Costs
) -> tuple[_Cost | None, Hint]:
    """Return the least cost and its option, None and None if no option fits at all."""
    if not isinstance(value, (dict, list)):
        reading = read_one_of(value, [option for option, _ in options])
        return _weigh_reading(reading), reading and reading.hint
    best = None
    chosen = None
    for option, unknown_tag in options:
        cost = weigh_option(value, option, costs)
        if cost is None or (best is not None and best <= cost):
            continue
        if unknown_tag is None or cost[:2] == _weigh_tag(value, option, unknown_tag):
            best = cost
            chosen = option.hint
    return best, chosen


def _weigh_tag(value: Any, option: Plan, tag: str) -> tuple[int, int] | None:
    """Return what an unknown tag costs alone."""
    known = get_part_plans(option.kind)[0].get(tag)
    cost = _FITS if known is None else weigh_option(value[tag], known, {})
    return None if cost is None else cost[:2]


def _list_options(value: Any, union: Plan) -> Options:
    """Return the options of a union and of unions in it.

    An unknown tag may belong to a class that is unknown, too: then only an option that
    knows all the rest of the value will do, if the document declares the tag.
    """
    found: Options = []
    waiting: Options = [(union, None)]
    seen: set[Hint] = set()
    for known, above in waiting:  # which grows meanwhile
        if not known.is_union:
            found.append((known, above))
        elif known.kind not in seen:
            seen.add(known.kind)
            options, unknown_tag = _open_union(value, known.kind)
            waiting += [(get_plan(option), unknown_tag or above) for option in options]
    return found


def _get_tag(kind: Marker, value: Plain) -> Tag | None:
    """Return what selects the option of a value, None if the value has no such part.

    None is also the key of the option for all other tags, where there is one.
    """
    tag = None
    if isinstance(value, dict) and kind.tag is not None:
        tag = value.get(kind.tag)
    is_tag = isinstance(tag, (str, int))
    return tag if is_tag and (tag in kind.mapping or None not in kind.mapping) else None


def _open_union(value: Any, kind: Hint) -> tuple[tuple[Hint, ...], str | None]:
    """Return the options that a tag leaves; its name, if it has an unknown value."""
    if not isinstance(kind, Marker):
        return list_options(kind), None
    tag = _get_tag(kind, value)
    if tag in kind.mapping and isinstance(value, dict):
        return (kind.mapping[tag],), None
    is_unknown = kind.declared and tag is not None
    return kind.options, kind.tag if is_unknown else None


def weigh_option(value: Plain, known: Plan, costs: Costs) -> _Cost | None:
    """Return how badly a value fits, None if it is of another JSON type.

    What has parts is weighed once for each plan, however many unions lie around it, so
    that the work grows with the body and not with its depth.
    """
    if value is None:
        return _FITS if _is_nullable(known.hint) else _Cost(points=_BENT)
    if known.is_union:
        return _find_best(value, _list_options(value, known), costs)[0]
    if not isinstance(value, (dict, list)):
        return _weigh_reading(read_one_of(value, (known,)))
    if known.kind in (Any, object):
        return _Cost(loose=1 + len(value))
    if type(value) is not known.holder:
        return None
    key = id(value), id(known)
    if key not in costs:
        costs[key] = _weigh_parts(value, known.kind, costs)
    cost: _Cost = costs[key]
    return cost


def _weigh_reading(reading: Reading | None) -> _Cost | None:
    if reading is None:
        return None
    points = _NEW * reading.is_unknown + _BENT * reading.is_lenient
    return _Cost(points=points, loose=reading.order)


def _weigh_parts(value: Whole, kind: Hint, costs: Costs) -> _Cost:
    """Add up what the parts cost."""
    plans, other = get_part_plans(kind)
    found = [_FITS]
    if isinstance(value, dict) and is_class(kind):
        found = [_weigh_names(value, kind)]
    for name, part in value.items() if isinstance(value, dict) else enumerate(value):
        known = plans.get(name, other)
        if known is None:
            found.append(_Cost(points=_LOST * _count_values(part)))
            continue
        if name not in plans:
            found.append(_Cost(loose=1))
        if type(part) not in known.exact or known.kind is Any:
            found.append(_weigh_part(part, known, costs))
    return _Cost(*map(sum, zip(*found, strict=True)))


def _weigh_names(value: dict[str, Any], kind: type) -> _Cost:
    required, constant, declared = _list_names(kind)
    missing = len(required - value.keys())
    return _Cost(0, _FAULT * missing, len(constant - value.keys()), -declared)


@cache
def _list_names(kind: type) -> tuple[frozenset[str], frozenset[str], int]:
    """Return the required names, those of constants, and how many are declared."""
    wire = {name: each for each, name in get_table(kind).names.items()}
    known = [each for each in fields(kind) if each.name in wire]
    required = frozenset(wire[name] for name in get_table(kind).blank)
    given = {wire[e.name] for e in known if e.default not in (MISSING, None, UNSET)}
    return required, frozenset(given), len(wire)


def _weigh_part(part: Any, known: Plan, costs: Costs) -> _Cost:
    cost = weigh_option(part, known, costs)
    if cost is not None:
        return cost
    return _CONTRADICTION if is_constant(known.kind) else _Cost(points=_FAULT)


def _count_values(value: Plain) -> int:
    """Return how many values would be lost with a value; many are not counted on."""
    values = [value]
    for each in values:  # which grows meanwhile
        if isinstance(each, (dict, list)) and len(values) < _MOST_COUNTED:
            parts = each.values() if isinstance(each, dict) else each
            values += islice(parts, _MOST_COUNTED)
    return min(len(values), _MOST_COUNTED)


@cache
def _is_nullable(hint: Hint) -> bool:
    options = hint.options if isinstance(hint, Marker) else get_args(hint)
    return hint in (Any, NoneType) or NoneType in options
