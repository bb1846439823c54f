"""Tuples: arrays with a schema for each of their first items.

In: two arrays. Out: pairs of types for the positions that only one of them lists, and
which of those positions were not edited in `prefixItems` itself.

Source: JSON Schema 2020-12 core §10.3.1: an item behind those of `prefixItems` has the
schema in `items`, and any value without one.
"""

from __future__ import annotations

from flexprice_codegen.api.types import Array, Type
from flexprice_codegen.api.unread_facts import is_anything
from flexprice_codegen.diff.wire.type_changes import (
    ANY_TYPE,
    ResolvedType,
    accepts_nothing,
)
from flexprice_codegen.frozen_values import frozen_value


@frozen_value
class OpenPosition:
    """A position of one array, in the other the type of all items behind the listed ones."""

    number: int
    old: Type
    new: Type


def get_item_type(body: Array) -> Type:
    """Return the type of the items that `prefixItems` does not list."""
    # For clients the type of the items is that of all, those at the front included.
    if "prefixItems" not in dict(body.kept):
        return body.item
    return dict(body.applied).get("items", ANY_TYPE)


def list_open_positions(old: Array, new: Array) -> tuple[OpenPosition, ...]:
    """Return the positions that one array lists, and that the other has as further items."""
    before = _list_prefix_types(old)
    after = _list_prefix_types(new)
    if len(before) == len(after):
        return ()
    common = min(len(before), len(after))
    rest_before = get_item_type(old)
    rest_after = get_item_type(new)
    # Where no further item is allowed, a position came or went with its item.
    removed = () if accepts_nothing(rest_after) else before[common:]
    added = () if accepts_nothing(rest_before) else after[common:]
    return (
        *(OpenPosition(n, each, rest_after) for n, each in enumerate(removed, common)),
        *(OpenPosition(n, rest_before, each) for n, each in enumerate(added, common)),
    )


def _list_prefix_types(body: Array) -> tuple[Type, ...]:
    return tuple(
        type_ for path, type_ in body.applied if path.startswith("prefixItems/")
    )


def list_unchanged_positions(old: ResolvedType, new: ResolvedType) -> frozenset[int]:
    """Return the positions that were not edited in `prefixItems`: their types say it all.

    That is so where the other array takes anything there, or the same.
    """
    if not isinstance(old, Array) or not isinstance(new, Array):
        return frozenset()
    return frozenset(
        each.number
        for each in list_open_positions(old, new)
        if is_anything(each.old) or is_anything(each.new) or each.old == each.new
    )
