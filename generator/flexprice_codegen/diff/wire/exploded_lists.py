"""Lists that travel as their items do: `?a=1` is one value, and a list of it.

In: a choice. Out: the same without a single value if it also allows a list of such values.

Source: OpenAPI 3.0.3 §4.7.12.2.1 (`style: form` with `explode`).
"""

from __future__ import annotations

from dataclasses import replace

from flexprice_codegen.api.json_values import canonical_json
from flexprice_codegen.api.types import Array, Type, Union
from flexprice_codegen.diff.wire.diff_state import DiffState
from flexprice_codegen.diff.wire.resolved_types import resolve_type
from flexprice_codegen.diff.wire.scalars import get_enum_values
from flexprice_codegen.diff.wire.type_changes import ResolvedType


def drop_single_values(
    state: DiffState, body: ResolvedType, *, new: bool
) -> ResolvedType:
    """Return a choice without the values of which it allows a list as well.

    Args:
        state: The comparison.
        body: A type of one of the two documents.
        new: Whether it is the newer one.
    """
    if not isinstance(body, Union):
        return body
    items = [
        _identify(state, variant.item, new=new)
        for variant in body.variants
        if isinstance(variant, Array) and (variant.min_items or 0) <= 1
    ]
    left = tuple(
        variant
        for variant in body.variants
        if isinstance(variant, Array) or _identify(state, variant, new=new) not in items
    )
    if len(left) == len(body.variants):
        return body
    return left[0] if len(left) == 1 else replace(body, variants=left)


def _identify(state: DiffState, type_: Type, *, new: bool) -> object:
    """Return what a type is equal by, whatever an inline list of values is called."""
    body = resolve_type(state, type_, new=new).body
    values = get_enum_values(body)
    return frozenset(map(canonical_json, values)) if values else body
