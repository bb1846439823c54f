"""What schemas apply to parts of a value, compared.

In: two types. Out: tasks for `then`, `contains`, `patternProperties` and their like where
both have one, and edits of the members that an object must have. Of a condition (`not`,
`if`) only that it has changed is told: to narrow it widens the whole.

Source: JSON Schema 2020-12 core §10.2, §10.3, §11.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from generator.api.types import Anything, ListOf, MapOf
from generator.diff.rules.rule_key import Concept
from generator.diff.wire import objects
from generator.diff.wire.diff_state import DiffState
from generator.diff.wire.edits import EditLocation, SchemaContext
from generator.diff.wire.type_changes import ResolvedType

COMPARED_ELSEWHERE = frozenset({"items", "additionalProperties"})
_CONDITIONS: Mapping[str, Concept] = {"not": "not", "if": "if"}


def list_compared_keywords(old: ResolvedType, new: ResolvedType) -> frozenset[str]:
    """Give the keywords whose schemas are compared as types, where both have them."""
    both = {place.partition("/")[0] for place, _ in getattr(old, "applied", ())} & {
        place.partition("/")[0] for place, _ in getattr(new, "applied", ())
    }
    if getattr(old, "content", None) and getattr(new, "content", None):
        both.add("contentSchema")
    return frozenset(both)


def compare_applicators(
    comparison: DiffState,
    old: ResolvedType,
    new: ResolvedType,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare what two types apply to parts of a value."""
    _compare_required(
        comparison, _list_required_names(old), _list_required_names(new), where, context
    )
    _compare_subschemas(comparison, old, new, where, context)


def _list_required_names(body: ResolvedType) -> tuple[str, ...]:
    """Give the members that an object must have though it does not list them."""
    if isinstance(body, Anything):
        return body.required
    kept = dict(body.kept) if isinstance(body, MapOf | ListOf) else {}
    found = json.loads(kept.get("required", "[]"))
    if not isinstance(found, list):
        return ()  # a draft-3 habit: `required: true`
    return tuple(each for each in found if isinstance(each, str))


def _compare_required(
    comparison: DiffState,
    old: tuple[str, ...],
    new: tuple[str, ...],
    where: EditLocation,
    context: SchemaContext,
) -> None:
    for name in sorted({*old} ^ {*new}):
        there = where.locate_child(f"properties/{name}", f".{name}", "required")
        objects.add_unlisted_required_changed(
            comparison, there, context, now=name in new
        )


def _compare_subschemas(
    comparison: DiffState,
    old: ResolvedType,
    new: ResolvedType,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare the schemas that both apply to the same part."""
    before = dict(getattr(old, "applied", ()))
    for place, second in getattr(new, "applied", ()):
        first = before.get(place)
        if first is None:
            continue
        keyword, _, name = place.partition("/")
        if keyword in COMPARED_ELSEWHERE:
            continue  # compared where items and further members are
        if keyword in _CONDITIONS:
            there = where.locate_keyword(keyword)
            key = context.create_key(_CONDITIONS[keyword], "changed")
            edit = comparison.create_edit(context, key, there)
            comparison.add_if_changed_below(first, second, context.inside, edit)
        else:
            tokens = (keyword, name) if name else (keyword,)
            there = where.locate_child(place, f"({place})", *tokens)
            comparison.enqueue_types(first, second, there, context.inside)
