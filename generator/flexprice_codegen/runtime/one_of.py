# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Unions of classes, as hints that the codec can read.

In: the options of a union, and how a tag tells them apart. Out: a type that stands
for the union at run time; type checkers see a plain union instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import islice
from types import NoneType
from typing import Any, Final, NamedTuple, get_args

from .decoding import MISFIT, MOST_LEVELS, read_leaf
from .shapes import (
    Costs,
    Hint,
    Marker,
    Plan,
    Tag,
    Value,
    get_tag,
    inner,
    is_class,
    is_constant,
    members,
    plan,
    table,
)


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

    def choose(value: Value, costs: Costs, level: int) -> Hint:
        return _find_best(value, marker, costs, level)[1]

    facts = {"tag": tag, "declared": declared, "late": cache(late), "choose": choose}
    marker: Marker = Marker(name, (), facts)
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


def _find_best(
    value: Value, union: Hint, costs: Costs, level: int
) -> tuple[_Cost | None, Hint]:
    """Return the least cost and its option, None and None if no option fits at all."""
    best, chosen = None, None
    for option, must_be_exact in _list_options(value, union):
        cost = weigh_option(value, option, costs, level)
        if cost is None or (must_be_exact and cost[:2] != (0, 0)):
            continue
        if best is None or cost < best:
            best, chosen = cost, option.hint
    return best, chosen


def _list_options(value: Value, union: Hint) -> Iterator[tuple[Plan, bool]]:
    """Yield the options of a union and of unions in it, and whether they must be exact.

    A known tag leaves one option. An unknown tag may belong to a class that is unknown,
    too: then only an option that knows all of the value will do, if the document
    declares the tag.
    """
    waiting, seen = [(union, False)], set()
    for hint, is_untold in waiting:  # which grows meanwhile
        kind = plan(hint).kind
        options = members(kind)
        is_new = False
        if isinstance(kind, Marker):
            tag = get_tag(kind, value)
            is_told = tag in kind.mapping and isinstance(value, dict)
            options = (kind.mapping[tag],) if is_told else kind.options
            is_new = kind.declared and tag is not None and tag not in kind.mapping
        elif len(options) == 1:
            yield plan(hint), is_untold
            continue
        if kind not in seen:
            seen.add(kind)
            waiting += [(option, is_untold or is_new) for option in options]


def weigh_option(value: Value, known: Plan, costs: Costs, level: int) -> _Cost | None:
    """Return how badly a value fits, None if it is of another JSON type.

    What has parts is weighed once for each plan, however many unions lie around it, so
    that the work grows with the body and not with its depth.
    """
    if value is None:
        return _FITS if _is_nullable(known.hint) else _Cost(points=_BENT)
    if isinstance(known.kind, Marker) or len(members(known.kind)) > 1:
        return _find_best(value, known.hint, costs, level)[0]
    if not isinstance(value, (dict, list)):
        return _weigh_leaf(value, known)
    if known.kind in (Any, object):
        return _Cost(loose=1 + len(value))
    if type(value) is not known.holder:
        return None
    if level >= MOST_LEVELS:
        return _FITS
    key = id(value), id(known)
    if key not in costs:
        costs[key] = _weigh_parts(value, known.kind, costs, level + 1)
    cost: _Cost = costs[key]
    return cost


def _weigh_leaf(value: Value, known: Plan) -> _Cost | None:
    if known.holder is not None:
        return None
    found = read_leaf(value, known)
    if found.value is MISFIT:
        return None
    points = _NEW * found.is_unknown + _BENT * found.is_lenient
    return _Cost(points=points, loose=found.order)


def _weigh_parts(value: Value, kind: Hint, costs: Costs, level: int) -> _Cost:
    """Add up what the parts cost."""
    plans: Mapping[Any, Plan] = {}
    found = [_FITS]
    if is_class(kind):
        fields = table(kind)
        plans, other = fields.plans, fields.other
        missing = len(fields.required - value.keys())
        unsaid = len(fields.constant - value.keys())
        found = [_Cost(0, _FAULT * missing, unsaid, -len(plans))]
    else:
        other = plan(inner(kind))
    for name, part in value.items() if isinstance(value, dict) else enumerate(value):
        known = plans.get(name, other)
        if known is None:
            found.append(_Cost(points=_LOST * _count_values(part)))
            continue
        if name not in plans:
            found.append(_Cost(loose=1))
        if type(part) not in known.exact or known.kind is Any:
            found.append(_weigh_part(part, known, costs, level))
    return _Cost(*map(sum, zip(*found, strict=True)))


def _weigh_part(part: Value, known: Plan, costs: Costs, level: int) -> _Cost:
    cost = weigh_option(part, known, costs, level)
    if cost is not None:
        return cost
    return _CONTRADICTION if is_constant(known.kind) else _Cost(points=_FAULT)


def _count_values(value: Value) -> int:
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
