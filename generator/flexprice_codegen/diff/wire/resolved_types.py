"""Types without the names that refer to them.

In: a type of one of two documents. Out: what it is in the end, whether null is allowed
there, and the values that it lists, however a document spells such a list.
"""

from __future__ import annotations

from flexprice_codegen.api.json_values import canonical_json
from flexprice_codegen.api.model import AliasSchema
from flexprice_codegen.api.types import (
    Boolean,
    Literals,
    Nullable,
    Reference,
    Scalar,
    Type,
    Union,
)
from flexprice_codegen.diff.wire import type_changes
from flexprice_codegen.diff.wire.diff_state import DiffState
from flexprice_codegen.diff.wire.scalars import get_enum_values
from flexprice_codegen.diff.wire.type_changes import ResolvedType
from flexprice_codegen.frozen_values import frozen_value


@frozen_value
class ResolvedView:
    """A type without its names: whether null is allowed, and what it is apart from that."""

    nullable: bool
    key: str
    """The first definition that it names, if any."""
    is_self_nullable: bool
    """Whether that definition allows null by its own words."""
    body: ResolvedType


def resolve_type(state: DiffState, type_: Type, *, new: bool) -> ResolvedView:
    """Return a type without its names.

    Args:
        state: The comparison.
        type_: A type of one of the two documents.
        new: Whether it is the newer one.
    """
    nullable = False
    first = ""
    is_self_nullable = False
    seen: set[str] = set()
    while True:
        if isinstance(type_, Nullable):
            nullable = nullable or not type_.unlisted
            type_ = type_.inner
            continue
        if not isinstance(type_, Reference):
            nullable = nullable or type_changes.is_only_null(type_)
            return ResolvedView(nullable, first, is_self_nullable, type_)
        found = state.get_definition(type_.key, new=new)
        # A name that stands for itself says nothing, so that anything fits it.
        if found is None or type_.key in seen:
            return ResolvedView(
                nullable, first, is_self_nullable, type_changes.ANY_TYPE
            )
        seen.add(type_.key)
        nullable = nullable or found.about.nullable
        if not first:
            first = type_.key
            is_self_nullable = found.about.nullable
        if not isinstance(found, AliasSchema):
            return ResolvedView(nullable, first, is_self_nullable, found)
        type_ = found.type


def merge_constants(state: DiffState, body: ResolvedType, *, new: bool) -> ResolvedType:
    """Return a choice of nothing but listed values as one list, anything else as it is.

    A document may give each value a schema of its own, with a name or without. A list of
    both Booleans is every Boolean.
    """
    if isinstance(body, Literals) and set(body.are_flags) == {True}:
        return Boolean(kept=body.kept) if set(body.values) == {True, False} else body
    if not isinstance(body, Union) or body.discriminator is not None:
        return body
    found: dict[str, Scalar] = {}
    for variant in body.variants:
        view = resolve_type(state, variant, new=new)
        values = get_enum_values(view.body)
        if view.nullable or not values:
            return body
        found.update((canonical_json(value), value) for value in values)
    return Literals(values=tuple(found.values()))
