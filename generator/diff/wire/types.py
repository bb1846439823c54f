"""Two types, compared.

In: a task or a pair of definitions. Out: edits, and further tasks for what stands inside.
Names and null are taken off first; what is left is compared by its kind. A change of
kind claims everything below it.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.api.model import Alias, Enumeration, Record
from generator.api.types import (
    Choice,
    ListOf,
    Literals,
    MapOf,
    Named,
    Nullable,
    Type,
)
from generator.diff.rules.rule_key import Change
from generator.diff.wire import (
    applicators,
    defaults,
    objects,
    raw_keywords,
    scalars,
    type_changes,
    unions,
)
from generator.diff.wire.diff_state import (
    DefinitionComparison,
    DiffState,
    TypeComparison,
    is_component,
)
from generator.diff.wire.edits import EditLocation, SchemaContext, format_json
from generator.diff.wire.type_changes import ResolvedType


@dataclass(frozen=True, slots=True)
class _ResolvedView:
    """A type without its names: whether null is allowed, and what it is beside that."""

    nullable: bool
    key: str
    """The first definition that it names, if any."""
    is_self_nullable: bool
    """Whether that definition allows null by its own words."""
    body: ResolvedType


def compare_enqueued(comparison: DiffState) -> None:
    """Work until nothing is left to compare."""
    while comparison.tasks:
        match comparison.tasks.popleft():
            case TypeComparison() as task:
                _compare_types(comparison, task)
            case DefinitionComparison() as pair:
                _compare_definitions(comparison, pair)


def _resolve_type(comparison: DiffState, type_: Type, *, new: bool) -> _ResolvedView:
    nullable, first, of_itself = False, "", False
    seen: set[str] = set()
    while True:
        if isinstance(type_, Nullable):
            nullable, type_ = True, type_.inner
            continue
        if not isinstance(type_, Named):
            return _ResolvedView(nullable, first, of_itself, type_)
        found = comparison.get_definition(type_.key, new=new)
        if found is None or type_.key in seen:
            return _ResolvedView(nullable, first, of_itself, type_changes.ANY_TYPE)
        seen.add(type_.key)
        nullable = nullable or found.about.nullable
        if not first:
            first, of_itself = type_.key, found.about.nullable
        if not isinstance(found, Alias):
            return _ResolvedView(nullable, first, of_itself, found)
        type_ = found.type


def _compare_types(comparison: DiffState, task: TypeComparison) -> None:
    old = _resolve_type(comparison, task.old, new=False)
    new = _resolve_type(comparison, task.new, new=True)
    where, context = task.location, task.context
    if old.key and new.key and _is_definition_pair(comparison, old, new):
        _compare_nullability(
            comparison,
            (
                old.nullable and not old.is_self_nullable,
                new.nullable and not new.is_self_nullable,
            ),
            where,
            context,
        )
        comparison.enqueue_definitions(old.key, new.key, where, context)
        return
    _compare_nullability(comparison, (old.nullable, new.nullable), where, context)
    compare_resolved_types(comparison, old.body, new.body, where, context)


def _is_definition_pair(
    comparison: DiffState, old: _ResolvedView, new: _ResolvedView
) -> bool:
    """Tell whether two names are to be compared as definitions."""
    if isinstance(old.body, Record | Choice) and isinstance(new.body, Record | Choice):
        return True
    both = is_component(old.key) and is_component(new.key)
    return both and comparison.matching.renamed(old.key, new.key)


def _compare_definitions(comparison: DiffState, pair: DefinitionComparison) -> None:
    old = _resolve_type(comparison, Named(key=pair.old), new=False)
    new = _resolve_type(comparison, Named(key=pair.new), new=True)
    _compare_nullability(
        comparison,
        (old.is_self_nullable, new.is_self_nullable),
        pair.location,
        pair.context,
    )
    first = comparison.get_definition(pair.old, new=False)
    second = comparison.get_definition(pair.new, new=True)
    assert first is not None  # a pair is made of what was found
    assert second is not None
    defaults.compare_defaults(
        comparison, first.default, second.default, pair.location, pair.context
    )
    if isinstance(first, Alias) and isinstance(second, Alias):
        inner = _strip_nullable(first.type), _strip_nullable(second.type)
        if isinstance(inner[0], Named) and isinstance(inner[1], Named):
            comparison.enqueue_types(*inner, pair.location, pair.context)
            return
    compare_resolved_types(comparison, old.body, new.body, pair.location, pair.context)


def _strip_nullable(type_: Type) -> Type:
    return type_.inner if isinstance(type_, Nullable) else type_


def _compare_nullability(
    comparison: DiffState,
    is_null: tuple[bool, bool],
    where: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare whether null is allowed, before and after."""
    before, after = is_null
    if before != after:
        change: Change = "became" if after else "became-not"
        comparison.add_schema_edit(context, "nullable", change, where)


def compare_resolved_types(
    comparison: DiffState,
    old: ResolvedType,
    new: ResolvedType,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare two types without names and null."""
    if isinstance(old, Choice) or isinstance(new, Choice):
        if isinstance(old, Choice) and isinstance(new, Choice):
            raw_keywords.compare_raw_keywords(comparison, old, new, where, context)
        unions.compare_unions(comparison, old, new, where, context)
        return
    change = type_changes.classify_change(old, new, context)
    if change and not type_changes.has_new_encoding(old, new):
        comparison.add_schema_edit(
            context,
            "type",
            change,
            where,
            values=(type_changes.format_type(old), type_changes.format_type(new)),
        )
        if type(type_changes.get_base_type(old)) is not type(
            type_changes.get_base_type(new)
        ):
            return
    raw_keywords.compare_raw_keywords(comparison, old, new, where, context)
    applicators.compare_applicators(comparison, old, new, where, context)
    match old, new:
        case ListOf(), ListOf():
            _compare_arrays(comparison, old, new, where, context)
        case (Record() | MapOf()), (Record() | MapOf()):
            objects.compare_objects(comparison, old, new, where, context)
        case _ if isinstance(old, Enumeration | Literals) or isinstance(
            new, Enumeration | Literals
        ):
            scalars.compare_values(comparison, old, new, where, context)
            scalars.compare_constraints(
                comparison,
                type_changes.get_base_type(old),
                type_changes.get_base_type(new),
                where,
                context,
            )
        case _:
            scalars.compare_constraints(comparison, old, new, where, context)


def _compare_arrays(
    comparison: DiffState,
    old: ListOf,
    new: ListOf,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    scalars.compare_bounds(comparison, old, new, where, context)
    if old.unique != new.unique:
        comparison.add_schema_edit(
            context,
            "unique-items",
            "set" if new.unique else "unset",
            where,
            values=(format_json(old.unique), format_json(new.unique)),
        )
    comparison.enqueue_types(
        _get_item_type(old),
        _get_item_type(new),
        where.locate_child("items", "[]", "items"),
        context.inside,
    )


def _get_item_type(body: ListOf) -> Type:
    """Give the type of the items that `prefixItems` does not speak of."""
    if "prefixItems" not in dict(body.kept):
        return body.item
    return dict(body.applied).get("items", type_changes.ANY_TYPE)
