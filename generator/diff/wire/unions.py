"""Choices: `oneOf`, `anyOf` and lists of types.

In: two types, of which at least one is a choice. Out: edits for options that came and
went, and tasks for those that both have. An option is found again by its name, by being
equal, or as the only one that is left on both sides.

Source: JSON Schema 2020-12 core §10.2.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeGuard

from generator.api.keys import SEPARATOR
from generator.api.model import Enumeration, Record
from generator.api.types import Choice, Named, Type
from generator.api.unread_facts import is_read_alike
from generator.diff.wire import discriminators, type_changes
from generator.diff.wire.diff_state import DiffState
from generator.diff.wire.edits import EditLocation, SchemaContext
from generator.diff.wire.type_changes import ResolvedType, get_json_type

_SIMPLE = frozenset({"string", "number", "integer", "boolean", "array"})


@dataclass(frozen=True, slots=True)
class _VariantMatch:
    """The options that only one side has, and those that both have."""

    gone: tuple[Type, ...]
    fresh: tuple[Type, ...]
    both: tuple[tuple[Type, Type], ...]


def compare_unions(
    comparison: DiffState,
    old: ResolvedType,
    new: ResolvedType,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare two types, at least one of which is a choice."""
    is_listed = _is_type_list(old) or _is_type_list(new)
    before, after = _index_by_type(old, is_listed=is_listed), _index_by_type(
        new, is_listed=is_listed
    )
    if before and after:
        _compare_type_lists(
            comparison, before, after, where, context, is_listed=is_listed
        )
        return
    if isinstance(old, Choice) and isinstance(new, Choice):
        _compare_variants(comparison, old, new, where, context)
        return
    if isinstance(new, Choice):
        _compare_with_new_union(comparison, old, new, where, context)
    elif isinstance(old, Choice):
        _compare_with_old_union(comparison, old, new, where, context)


def _is_type_list(body: ResolvedType) -> bool:
    return isinstance(body, Choice) and body.listed


def _index_by_type(body: ResolvedType, *, is_listed: bool) -> dict[str, ResolvedType]:
    """Give the options of a list of types, by type; nothing for anything else.

    A name in a list of types stands for an object.
    """
    options = body.options if isinstance(body, Choice) else (body,)
    made: dict[str, ResolvedType] = {}
    for each in options:
        name = (
            ("object" if is_listed else "")
            if isinstance(each, Named)
            else get_json_type(each)
        )
        if name in made or not (name in _SIMPLE or (is_listed and name == "object")):
            return {}
        made[name] = each
    return made


def _compare_type_lists(
    comparison: DiffState,
    before: dict[str, ResolvedType],
    after: dict[str, ResolvedType],
    where: EditLocation,
    context: SchemaContext,
    *,
    is_listed: bool,
) -> None:
    gone = [name for name in before if not _is_covered(name, after)]
    fresh = [name for name in after if not _is_covered(name, before)]
    if gone or fresh:
        comparison.add_schema_edit(
            context,
            _classify_type_change(gone, fresh, context, is_listed=is_listed),
            where,
            before=", ".join(before),
            after=", ".join(after),
        )
    for name, first in before.items():
        second = after.get(name)
        if second is not None and _is_type(first) and _is_type(second):
            comparison.enqueue_types(first, second, where, context)


def _is_covered(name: str, others: dict[str, ResolvedType]) -> bool:
    return name in others or (name == "integer" and "number" in others)


def _classify_type_change(
    gone: list[str], fresh: list[str], context: SchemaContext, *, is_listed: bool
) -> str:
    if gone and fresh:
        return "type-changed"
    if not is_listed:
        return f"list-of-types-{'widened' if fresh else 'narrowed'}"
    return "type-generalized" if fresh else type_changes.get_narrowed_change(context)


def _is_type(body: ResolvedType) -> TypeGuard[Type]:
    return not isinstance(body, Record | Enumeration)


def _compare_variants(
    comparison: DiffState,
    old: Choice,
    new: Choice,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    if old.exclusive != new.exclusive:
        concept = "any-of-became-one-of" if new.exclusive else "one-of-became-any-of"
        comparison.add_schema_edit(context, concept, where)
    found = _match_variants(comparison, old, new)
    word = "one-of" if new.exclusive else "any-of"
    there = where.locate_keyword("oneOf" if new.exclusive else "anyOf")
    for each in found.gone:
        comparison.add_schema_edit(
            context,
            f"{word}-removed",
            there,
            detail=_format_variant(each),
            before=_format_variant(each),
        )
    for each in found.fresh:
        comparison.add_schema_edit(
            context,
            f"{word}-added",
            there,
            detail=_format_variant(each),
            after=_format_variant(each),
        )
    for first, second in found.both:
        inner = there.locate_child(f"options/{_format_variant(second)}", "")
        comparison.enqueue_types(first, second, inner, context.inside)
    discriminators.compare_discriminators(comparison, old.tag, new.tag, where, context)


def _match_variants(comparison: DiffState, old: Choice, new: Choice) -> _VariantMatch:
    gone, fresh = list(old.options), list(new.options)
    both: list[tuple[Type, Type]] = []
    for is_same in (_has_same_name, _has_same_type):
        for each in tuple(gone):
            other = next((o for o in fresh if is_same(comparison, each, o)), None)
            if other is not None:
                both.append((each, other))
                gone.remove(each)
                fresh.remove(other)
    if len(gone) == 1 and len(fresh) == 1:
        both.append((gone.pop(), fresh.pop()))
    return _VariantMatch(tuple(gone), tuple(fresh), tuple(both))


def _has_same_name(comparison: DiffState, old: Type, new: Type) -> bool:
    return (
        isinstance(old, Named)
        and isinstance(new, Named)
        and comparison.matching.renamed(old.key, new.key)
    )


def _is_unchanged(option: Type, body: ResolvedType) -> bool:
    """Return whether an option is the type that there was, or is, without a choice."""
    return _is_type(body) and is_read_alike(option, body)


def _has_same_type(_: DiffState, old: Type, new: Type) -> bool:
    return not isinstance(old, Named) and is_read_alike(old, new)


def _format_variant(option: Type) -> str:
    """Name an option: by its schema, by what it is, else by its number."""
    if not isinstance(option, Named):
        return type_changes.format_type(option)
    name = option.key.rpartition(SEPARATOR)[2].lstrip("|")
    return f"option {name}" if name.isdecimal() else name


def _compare_with_new_union(
    comparison: DiffState,
    old: ResolvedType,
    new: Choice,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    """One type became one of several."""
    key = getattr(old, "key", None)
    for option in new.options:
        is_same = (
            isinstance(option, Named)
            and key is not None
            and comparison.matching.renamed(key, option.key)
        )
        if is_same or _is_unchanged(option, old):
            word = "one-of-added" if new.exclusive else "any-of-added"
            for other in new.options:
                if other is not option:
                    comparison.add_schema_edit(
                        context,
                        word,
                        where,
                        detail=_format_variant(other),
                        after=_format_variant(other),
                    )
            return
    concept = "wrapped-in-one-of" if get_json_type(old) != "any" else "type-changed"
    comparison.add_schema_edit(
        context,
        concept,
        where,
        before=type_changes.format_type(old),
        after=", ".join(_format_variant(each) for each in new.options),
    )


def _compare_with_old_union(
    comparison: DiffState,
    old: Choice,
    new: ResolvedType,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    """One of several types became a single one."""
    key = getattr(new, "key", None)
    for option in old.options:
        is_same = (
            isinstance(option, Named)
            and key is not None
            and comparison.matching.renamed(option.key, key)
        )
        if is_same or _is_unchanged(option, new):
            word = "one-of-removed" if old.exclusive else "any-of-removed"
            for other in old.options:
                if other is not option:
                    comparison.add_schema_edit(
                        context,
                        word,
                        where,
                        detail=_format_variant(other),
                        before=_format_variant(other),
                    )
            return
    comparison.add_schema_edit(
        context,
        "unwrapped-from-one-of" if get_json_type(new) != "any" else "type-generalized",
        where,
        before=", ".join(_format_variant(each) for each in old.options),
        after=type_changes.format_type(new),
    )
