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

from msgspec import Raw, ValidationError
from msgspec.json import Decoder

from .decoding import MISFIT, as_array, as_object, first_byte, leaf
from .shapes import Hint, Marker, RawJson, inner, is_class, members, plan, table

_as_text = Decoder(str).decode


def one_of(
    name: str,
    options: tuple[Hint, ...] | Callable[[], tuple[Hint, ...]],
    tag: str | None = None,
    mapping: Mapping[str, Hint] | Callable[[], Mapping[str, Hint]] | None = None,
) -> Marker:
    """Make the hint for a union (OpenAPI 3.1, 4.8.24.2).

    `tag` is the wire name of the discriminator, `mapping` the class for each of its
    values. Options and mapping may be functions: a union may hold itself.
    """

    def late() -> tuple[tuple[Hint, ...], dict[str, Hint]]:
        found = options() if callable(options) else options
        tags = mapping() if callable(mapping) else mapping
        return found, dict(tags or {})

    def choose(raw: RawJson) -> Hint:
        return _choose(marker, raw)

    found = {"tag": tag, "late": cache(late), "choose": choose}
    marker: Marker = Marker(name, (), found)
    return marker


def _choose(kind: Marker, raw: RawJson) -> Hint:
    """Give the option for a value: by its tag, else the one that fits best.

    An unknown tag may belong to a class that is unknown, too: then only an option
    that knows every member will do.
    """
    tag = as_object(raw).get(kind.tag) if kind.tag and first_byte(raw) == "{" else None
    if tag is None or first_byte(tag) != '"':
        return _best(raw, kind.options)
    option = kind.mapping.get(_as_text(tag))
    return option or _best(raw, kind.options, exact=True)


class _Cost(NamedTuple):
    """How badly an option fits; the least cost is the best fit."""

    faults: int = 0
    unknown: int = 0
    rank: int = 0


def _best(raw: RawJson, options: Iterable[Hint], *, exact: bool = False) -> Hint:
    """Give the option with the least cost, the first of several; None if none fits."""
    costs = ((_cost(raw, option, 3), option) for option in options)
    fitting = [(cost, option) for cost, option in costs if cost is not None]
    cost, option = min(fitting, key=lambda each: each[0], default=(_Cost(), None))
    return None if exact and (cost.faults or cost.unknown) else option


def _cost(raw: RawJson, hint: Hint, depth: int) -> _Cost | None:
    """Look `depth` levels into a value, so that no body and no union is slow."""
    first = first_byte(raw)
    options = hint.options if isinstance(hint, Marker) else members(hint)
    if first == "n":
        return _Cost()
    if len(options) != 1 or isinstance(hint, Marker):
        if depth < 0:
            return _Cost(rank=4)
        costs = [_cost(raw, option, depth - 1) for option in options]
        return min((cost for cost in costs if cost is not None), default=None)
    hint = options[0]
    origin = getattr(hint, "__origin__", hint)
    if origin not in (list, dict) and not is_class(hint):
        return _cost_of_leaf(raw, hint)
    if first != ("[" if origin is list else "{"):
        return None
    if depth <= 0:
        return _Cost()
    if is_class(hint):
        return _cost_of_object(as_object(raw), hint)
    parts = as_array(raw) if origin is list else as_object(raw).values()
    cost = _sum(_cost(each, inner(hint), depth - 1) for each in parts)
    return cost._replace(rank=0 if origin is list else 3)


def _cost_of_object(parts: dict[str, Raw], kind: type) -> _Cost | None:
    known = table(kind)
    present = parts.keys() & known.fields
    if parts and not present and known.extra is None:
        return None
    found = {known.fields[name][0] for name in present}
    cost = _sum(_cost(parts[name], known.fields[name][1].hint, 0) for name in present)
    unknown = 0 if known.extra else len(parts) - len(present)
    missing = len(known.blank.keys() - found)
    loose = int(len(parts) > len(present))  # members that only `extra` takes
    return _Cost(cost.faults + missing, cost.unknown + unknown, loose)


def _cost_of_leaf(raw: RawJson, kind: Hint) -> _Cost | None:
    """Say how well a value is told by a kind that takes it.

    What few texts are comes first (a time, a known member), then fractions, texts, an
    open enum's unknown values, what takes everything; each better if taken strictly.
    """
    known, lenient = plan(kind), 0
    try:
        known.decode(raw)
    except ValidationError:
        lenient = 1
    match leaf(raw, known):
        case found if found is MISFIT:
            return None
        case _ if kind is Any:
            return _Cost(0, lenient, 4)
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
