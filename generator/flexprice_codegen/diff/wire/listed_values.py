"""Listed values against limits: what a list already says does not edit a limit.

In: two types, of which one lists values at least. Out: their types without the limits
that all listed values keep, so that only a limit that decides something is compared.

Source: JSON Schema 2020-12 validation §6.1.2, §6.2, §6.3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from flexprice_codegen.api.types import Literals, Number, Scalar, String, Union
from flexprice_codegen.diff.wire.scalars import get_enum_values, is_multiple
from flexprice_codegen.diff.wire.type_changes import (
    ResolvedType,
    get_base_type,
    get_json_type,
    get_value_type,
)
from flexprice_codegen.frozen_values import replace


def is_mixed(body: ResolvedType) -> bool:
    """Return whether a type lists values of several JSON types."""
    return isinstance(body, Literals) and get_json_type(body) == "choice"


def split_by_type(body: ResolvedType) -> ResolvedType:
    """Return values of several JSON types as a choice of lists, each of one type."""
    if not isinstance(body, Literals) or not is_mixed(body):
        return body
    lists: dict[str, list[Scalar]] = defaultdict(list)
    for value in body.values:
        # Every integer is a number, so that both are one list.
        kind = get_value_type(value)
        lists["number" if kind == "integer" else kind].append(value)
    variants = tuple(Literals(values=tuple(each)) for each in lists.values())
    return Union(variants=variants, exclusive=False, listed=True)


def drop_kept_limits(
    old: ResolvedType, new: ResolvedType
) -> tuple[ResolvedType, ResolvedType]:
    """Return what two lists of values narrow, without the limits that all values keep.

    A limit that both have, and that decides something in one of them, is left in both.
    """
    values = (*get_enum_values(old), *get_enum_values(new))
    match get_base_type(old), get_base_type(new):
        case (String() as before, String() as after):
            lengths = [len(value) for value in values if isinstance(value, str)]
            return _drop_lengths(before, after, lengths)
        case (Number() as before, Number() as after):
            numbers = [value for value in values if isinstance(value, int | float)]
            return _drop_bounds(before, after, numbers)
        case bases:
            return bases


def _drop_lengths(
    old: String, new: String, lengths: Sequence[int]
) -> tuple[String, String]:
    if _keeps_low((old.min_length, new.min_length), min(lengths)):
        old = replace(old, min_length=None)
        new = replace(new, min_length=None)
    if _keeps_high((old.max_length, new.max_length), max(lengths)):
        old = replace(old, max_length=None)
        new = replace(new, max_length=None)
    return old, new


def _drop_bounds(
    old: Number, new: Number, numbers: Sequence[float]
) -> tuple[Number, Number]:
    least = min(numbers)
    most = max(numbers)
    above = _list_limits(old.exclusive_minimum, new.exclusive_minimum)
    below = _list_limits(old.exclusive_maximum, new.exclusive_maximum)
    steps = _list_limits(old.multiple_of, new.multiple_of)
    if _keeps_low((old.minimum, new.minimum), least):
        old = replace(old, minimum=None)
        new = replace(new, minimum=None)
    if _keeps_high((old.maximum, new.maximum), most):
        old = replace(old, maximum=None)
        new = replace(new, maximum=None)
    if all(least > limit for limit in above):
        old = replace(old, exclusive_minimum=None)
        new = replace(new, exclusive_minimum=None)
    if all(most < limit for limit in below):
        old = replace(old, exclusive_maximum=None)
        new = replace(new, exclusive_maximum=None)
    if all(is_multiple(number, step) for number in numbers for step in steps):
        old = replace(old, multiple_of=None)
        new = replace(new, multiple_of=None)
    return old, new


def _list_limits(*limits: float | None) -> list[float]:
    return [limit for limit in limits if limit is not None]


def _keeps_low(limits: tuple[float | None, float | None], least: float) -> bool:
    return all(least >= limit for limit in _list_limits(*limits))


def _keeps_high(limits: tuple[float | None, float | None], most: float) -> bool:
    return all(most <= limit for limit in _list_limits(*limits))
