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
from generator.diff.wire import (
    applicators,
    defaults,
    objects,
    raw_keywords,
    scalars,
    type_changes,
    unions,
)
from generator.diff.wire.diff_state import Comparison, Pair, Task, is_component
from generator.diff.wire.edits import Context, Where, shown
from generator.diff.wire.type_changes import Body


@dataclass(frozen=True, slots=True)
class _View:
    """A type without its names: whether null is allowed, and what it is beside that."""

    nullable: bool
    key: str
    """The first definition that it names, if any."""
    of_itself: bool
    """Whether that definition allows null by its own words."""
    body: Body


def run(comparison: Comparison) -> None:
    """Work until nothing is left to compare."""
    while comparison.tasks:
        match comparison.tasks.popleft():
            case Task() as task:
                _types(comparison, task)
            case Pair() as pair:
                _definitions(comparison, pair)


def _view(comparison: Comparison, type_: Type, *, new: bool) -> _View:
    nullable, first, of_itself = False, "", False
    seen: set[str] = set()
    while True:
        if isinstance(type_, Nullable):
            nullable, type_ = True, type_.inner
            continue
        if not isinstance(type_, Named):
            return _View(nullable, first, of_itself, type_)
        found = comparison.definition(type_.key, new=new)
        if found is None or type_.key in seen:
            return _View(nullable, first, of_itself, type_changes.ANYTHING)
        seen.add(type_.key)
        nullable = nullable or found.about.nullable
        if not first:
            first, of_itself = type_.key, found.about.nullable
        if not isinstance(found, Alias):
            return _View(nullable, first, of_itself, found)
        type_ = found.type


def _types(comparison: Comparison, task: Task) -> None:
    old = _view(comparison, task.old, new=False)
    new = _view(comparison, task.new, new=True)
    where, context = task.where, task.context
    if old.key and new.key and _is_one(comparison, old, new):
        _null(
            comparison,
            (
                old.nullable and not old.of_itself,
                new.nullable and not new.of_itself,
            ),
            where,
            context,
        )
        comparison.pair(old.key, new.key, where, context)
        return
    _null(comparison, (old.nullable, new.nullable), where, context)
    bodies(comparison, old.body, new.body, where, context)


def _is_one(comparison: Comparison, old: _View, new: _View) -> bool:
    """Tell whether two names are to be compared as definitions."""
    if isinstance(old.body, Record | Choice) and isinstance(new.body, Record | Choice):
        return True
    both = is_component(old.key) and is_component(new.key)
    return both and comparison.matching.renamed(old.key, new.key)


def _definitions(comparison: Comparison, pair: Pair) -> None:
    old = _view(comparison, Named(key=pair.old), new=False)
    new = _view(comparison, Named(key=pair.new), new=True)
    _null(comparison, (old.of_itself, new.of_itself), pair.where, pair.context)
    first = comparison.definition(pair.old, new=False)
    second = comparison.definition(pair.new, new=True)
    assert first is not None  # a pair is made of what was found
    assert second is not None
    defaults.compare(
        comparison, first.default, second.default, pair.where, pair.context
    )
    if isinstance(first, Alias) and isinstance(second, Alias):
        inner = _inner(first.type), _inner(second.type)
        if isinstance(inner[0], Named) and isinstance(inner[1], Named):
            comparison.later(*inner, pair.where, pair.context)
            return
    bodies(comparison, old.body, new.body, pair.where, pair.context)


def _inner(type_: Type) -> Type:
    return type_.inner if isinstance(type_, Nullable) else type_


def _null(
    comparison: Comparison, is_null: tuple[bool, bool], where: Where, context: Context
) -> None:
    """Compare whether null is allowed, before and after."""
    before, after = is_null
    if before != after:
        concept = "became-nullable" if after else "became-not-nullable"
        comparison.edit(context, concept, where)


def bodies(
    comparison: Comparison, old: Body, new: Body, where: Where, context: Context
) -> None:
    """Compare two types without names and null."""
    if isinstance(old, Choice) or isinstance(new, Choice):
        if isinstance(old, Choice) and isinstance(new, Choice):
            raw_keywords.compare(comparison, old, new, where, context)
        unions.compare(comparison, old, new, where, context)
        return
    change = type_changes.change(old, new, context)
    if change and not type_changes.is_encoded_anew(old, new):
        comparison.edit(
            context,
            change,
            where,
            before=type_changes.written(old),
            after=type_changes.written(new),
        )
        if type(type_changes.base(old)) is not type(type_changes.base(new)):
            return
    raw_keywords.compare(comparison, old, new, where, context)
    applicators.compare(comparison, old, new, where, context)
    match old, new:
        case ListOf(), ListOf():
            _lists(comparison, old, new, where, context)
        case (Record() | MapOf()), (Record() | MapOf()):
            objects.compare(comparison, old, new, where, context)
        case _ if isinstance(old, Enumeration | Literals) or isinstance(
            new, Enumeration | Literals
        ):
            scalars.values(comparison, old, new, where, context)
            scalars.constraints(
                comparison,
                type_changes.base(old),
                type_changes.base(new),
                where,
                context,
            )
        case _:
            scalars.constraints(comparison, old, new, where, context)


def _lists(
    comparison: Comparison, old: ListOf, new: ListOf, where: Where, context: Context
) -> None:
    scalars.bounds(comparison, old, new, where, context)
    if old.unique != new.unique:
        concept = "unique-items-set" if new.unique else "unique-items-unset"
        comparison.edit(
            context,
            concept,
            where,
            before=shown(old.unique),
            after=shown(new.unique),
        )
    comparison.later(
        _item(old), _item(new), where.child("items", "[]", "items"), context.inside
    )


def _item(body: ListOf) -> Type:
    """Give the type of the items that `prefixItems` does not speak of."""
    if "prefixItems" not in dict(body.kept):
        return body.item
    return dict(body.applied).get("items", type_changes.ANYTHING)
