"""Bounds of an intersection: the narrower one counts.

In: a draft. Out: its limits of numbers, lengths and counts. A lower bound above the
upper one is a contradiction, if the other schema has set it and no other type is
allowed.

Source: JSON Schema 2020-12 validation §6.2 to §6.5.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from flexprice_codegen.api.intersection_draft import IntersectionDraft
from flexprice_codegen.api.keywords import get_number
from flexprice_codegen.spec.nodes import Json, Node

COUNTS = (
    ("minLength", "maxLength", "string"),
    ("minItems", "maxItems", "array"),
    ("minProperties", "maxProperties", "object"),
)
"""Pairs of bounds that count, each with the type of the values."""
LIMITS = ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")


BOUNDS = (*LIMITS, *(name for pair in COUNTS for name in pair[:2]))


class _Limit(NamedTuple):
    """A limit of one side; `keyword` and `node` are where it is."""

    value: float
    exclusive: bool
    keyword: str
    node: Node


def merge_counts(draft: IntersectionDraft) -> None:
    """Add the narrower bound of each pair."""
    for low, high, name in COUNTS:
        _add_narrower_count(draft, low, max)
        _add_narrower_count(draft, high, min)
        _check_counts(draft, low, high, name)


def _add_narrower_count(
    draft: IntersectionDraft, keyword: str, choose: Callable[[float, float], float]
) -> None:
    one = draft.first.get(keyword)
    other = draft.second.get(keyword)
    if one is None or other is None:
        found = one or other
        if found is not None:
            draft.members[keyword] = found
        return
    first = get_number(draft.first, keyword) or 0
    second = get_number(draft.second, keyword) or 0
    draft.members[keyword] = one if choose(first, second) == first else other


def _check_counts(draft: IntersectionDraft, low: str, high: str, name: str) -> None:
    if not {low, high} <= draft.members.keys() or not _is_only(draft, name):
        return
    merged = draft.build_node()
    least = get_number(merged, low) or 0
    most = get_number(merged, high) or 0
    if least > most:
        _add_contradiction(draft, low, high)


def merge_limits(draft: IntersectionDraft) -> None:
    """Add the narrower lower limit and the narrower upper limit."""
    low = _add_narrower_limit(draft, "minimum", "exclusiveMinimum", sign=1)
    high = _add_narrower_limit(draft, "maximum", "exclusiveMaximum", sign=-1)
    if low is None or high is None or not _is_only(draft, "number", "integer"):
        return
    least = low.value
    most = high.value
    is_open = low.exclusive or high.exclusive
    if _is_only(draft, "integer"):
        least = _round_limit(low, sign=1)
        most = _round_limit(high, sign=-1)
        is_open = False
    if least > most or (least == most and is_open):
        _add_contradiction(draft, low.keyword, high.keyword)


def _add_narrower_limit(
    draft: IntersectionDraft, inclusive: str, exclusive: str, *, sign: int
) -> _Limit | None:
    """Add the limits of one side; return the narrowest.

    Args:
        draft: The two schemas.
        inclusive: The keyword of the limit that is accepted.
        exclusive: The keyword of the limit that is not.
        sign: 1 for lower limits, -1 for upper ones.
    """
    found = [
        _Limit(value, keyword == exclusive, keyword, node)
        for part in (draft.first, draft.second)
        for keyword in (inclusive, exclusive)
        if (node := part.get(keyword)) is not None
        and (value := get_number(part, keyword)) is not None
    ]
    if not found:
        return None

    narrowest = max(found, key=lambda each: (sign * each.value, each.exclusive))
    declared = [part.has(inclusive) or part.has(exclusive) for part in _parts(draft)]
    # What only one schema says is left as it is written.
    for each in [narrowest] if all(declared) else found:
        draft.members[each.keyword] = each.node
    return narrowest


def _round_limit(limit: _Limit, *, sign: int) -> float:
    """Return the first integer inside a limit."""
    value = sign * limit.value
    nearest = math.floor(value) + 1 if limit.exclusive else math.ceil(value)
    return sign * nearest


def _parts(draft: IntersectionDraft) -> tuple[Node, Node]:
    return draft.first, draft.second


def _is_only(draft: IntersectionDraft, *names: str) -> bool:
    """Return whether the intersection accepts values of these types only."""
    declared = draft.members.get("type")
    if declared is None:
        return False
    listed = declared.value if isinstance(declared.value, list) else [declared.value]
    return set(listed) <= set(names)


def _add_contradiction(draft: IntersectionDraft, low: str, high: str) -> None:
    first = draft.members[low]
    second = draft.members[high]
    # Two bounds of one schema are its own business.
    if draft.is_of_second(first) != draft.is_of_second(second):
        draft.add_contradiction(low, first, second)


def satisfies_bounds(value: Json, schema: Node) -> bool:
    """Return whether a value is within the bounds that apply to its type."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return True
    sizes = {"minLength": 1, "maxLength": -1}
    measured: float
    if isinstance(value, str):
        measured = len(value)
    else:
        measured = value
        sizes = {"minimum": 1, "maximum": -1}
        # Rare next to an enum: not looked into.
        if schema.has("exclusiveMinimum") or schema.has("exclusiveMaximum"):
            return False
    return all(
        bound is None or sign * measured >= sign * bound
        for keyword, sign in sizes.items()
        for bound in (get_number(schema, keyword),)
    )
