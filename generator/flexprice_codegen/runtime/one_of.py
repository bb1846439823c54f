# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Unions of classes, as hints that the codec can read.

In: the options of a union, and how a tag tells them apart. Out: a type that stands
for the union at run time; type checkers see a plain union instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, NamedTuple

from .decoding import MISFIT, leaf, read_strictly
from .shapes import Hint, Marker, Tag, Value, inner, is_class, members, plan, table


def one_of(
    name: str,
    options: tuple[Hint, ...] | Callable[[], tuple[Hint, ...]],
    tag: str | None = None,
    mapping: Mapping[Tag, Hint] | Callable[[], Mapping[Tag, Hint]] | None = None,
    *,
    declared: bool = True,
) -> Marker:
    """Make the hint for a union (OpenAPI 3.1, 4.8.24.2).

    `tag` is the wire name of the discriminator, `mapping` the class for each of its
    values. If it is not `declared`, it is what the enums of the options differ in, and
    may have other values. Options and mapping may be functions: a union may hold itself.
    """

    def late() -> tuple[tuple[Hint, ...], dict[Tag, Hint]]:
        found = options() if callable(options) else options
        tags = mapping() if callable(mapping) else mapping
        return found, dict(tags or {})

    def choose(value: Value) -> Hint:
        return _choose(marker, value)

    facts = {"tag": tag, "declared": declared, "late": cache(late), "choose": choose}
    marker: Marker = Marker(name, (), facts)
    return marker


def _choose(kind: Marker, value: Value) -> Hint:
    """Give the option for a value: by its tag, else the one that fits best.

    An unknown tag may belong to a class that is unknown, too: then only an option
    that knows every member will do, if the document declares the tag.
    """
    tag = value.get(kind.tag) if isinstance(value, dict) else None
    if isinstance(tag, (str, int)):
        option = kind.mapping.get(tag)
        option = option or _best(value, kind.options, exact=kind.declared)
    else:
        option = _best(value, kind.options)
    if option is None:
        return None
    further = plan(option).kind
    return further.choose(value) if isinstance(further, Marker) else option


class _Cost(NamedTuple):
    """How badly an option fits; the least cost is the best fit."""

    faults: int = 0
    unknown: int = 0
    rank: int = 0


def _best(value: Value, options: Iterable[Hint], *, exact: bool = False) -> Hint:
    """Give the option with the least cost, the first of several; None if none fits."""
    costs = ((weigh_option(value, option, 3), option) for option in options)
    fitting = [(cost, option) for cost, option in costs if cost is not None]
    cost, option = min(fitting, key=lambda each: each[0], default=(_Cost(), None))
    return None if exact and (cost.faults or cost.unknown) else option


def weigh_option(value: Value, hint: Hint, depth: int) -> _Cost | None:
    """Look `depth` levels into a value, so that no body and no union is slow."""
    if value is None:
        return _Cost()
    kind = plan(hint).kind
    options = kind.options if isinstance(kind, Marker) else members(kind)
    if len(options) != 1 or isinstance(kind, Marker):
        if depth < 0:
            return _Cost(rank=4)
        costs = [weigh_option(value, option, depth - 1) for option in options]
        return min((cost for cost in costs if cost is not None), default=None)
    origin = getattr(kind, "__origin__", kind)
    if origin not in (list, dict) and not is_class(kind):
        return _weigh_leaf(value, kind)
    fits = isinstance(value, list) if origin is list else isinstance(value, dict)
    if not fits:
        return None
    if depth <= 0:
        return _Cost()
    if is_class(kind):
        return _weigh_object(value, kind)
    parts = value if origin is list else value.values()
    cost = _sum(weigh_option(each, inner(kind), depth - 1) for each in parts)
    return cost._replace(rank=0 if origin is list else 3)


def _weigh_object(parts: dict[str, Value], kind: type) -> _Cost | None:
    known = table(kind)
    present = parts.keys() & known.plans
    if parts and not present and known.extra is None:
        return None
    found = {known.names[name] for name in present}
    cost = _sum(
        weigh_option(parts[name], known.plans[name].hint, 0) for name in present
    )
    unknown = 0 if known.extra else len(parts) - len(present)
    missing = len(known.blank.keys() - found)
    loose = int(len(parts) > len(present))  # members that only `extra` takes
    return _Cost(cost.faults + missing, cost.unknown + unknown, loose)


def _weigh_leaf(value: Value, kind: Hint) -> _Cost | None:
    """Say how well a value is told by a kind that takes it.

    What few texts are comes first (a time, a known member), then fractions, texts, an
    open enum's unknown values, what takes everything; each better if taken strictly.
    """
    if isinstance(value, (dict, list)):
        return _Cost(rank=4) if kind is Any else None
    known = plan(kind)
    lenient = int(read_strictly(value, known) is MISFIT)
    if kind is Any:
        return _Cost(0, lenient, 4)
    match leaf(value, known):
        case found if found is MISFIT:
            return None
        case Enum() as found:
            return _Cost(0, lenient, 0 if getattr(found, "is_known", True) else 3)
        case str():
            return _Cost(0, lenient, 2)
        case found:
            return _Cost(0, lenient, int(isinstance(found, (float, Decimal))))


def _sum(costs: Iterable[_Cost | None]) -> _Cost:
    """Add costs up; what does not fit at all is one fault."""
    found = [_Cost(1) if cost is None else cost for cost in costs]
    return _Cost(sum(c.faults for c in found), sum(c.unknown for c in found))
