"""What schemas apply to parts of a value, compared.

In: two types. Out: tasks for `then`, `contains`, `patternProperties` and their like where
both have one, and edits of the members that an object must have. Of a condition (`not`,
`if`) only that it has changed is reported: to narrow it widens the whole.

Source: JSON Schema 2020-12 core §10.2, §10.3, §11.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from flexprice_codegen.api.model import ObjectSchema
from flexprice_codegen.api.types import AnyValue, Array, Map, Reference, Union
from flexprice_codegen.diff.rules.rule_key import Concept
from flexprice_codegen.diff.wire import objects
from flexprice_codegen.diff.wire.diff_state import DiffState
from flexprice_codegen.diff.wire.edits import EditLocation, SchemaContext
from flexprice_codegen.diff.wire.idle_keywords import is_about_type
from flexprice_codegen.diff.wire.type_changes import ResolvedType, get_json_type

# Items and further members are compared as the types of lists and maps.
_COMPARED_ELSEWHERE = frozenset({"items", "additionalProperties"})
_CONDITIONS: Mapping[str, Concept] = {"not": "not", "if": "if"}


def list_compared_keywords(old: ResolvedType, new: ResolvedType) -> frozenset[str]:
    """Return the keywords whose schemas are compared as types, where both have them."""
    before = {path.partition("/")[0] for path, _ in getattr(old, "applied", ())}
    after = {path.partition("/")[0] for path, _ in getattr(new, "applied", ())}
    both = before & after
    if getattr(old, "content", None) and getattr(new, "content", None):
        both.add("contentSchema")
    return frozenset(both)


def compare_applicators(
    state: DiffState,
    old: ResolvedType,
    new: ResolvedType,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare what two types apply to parts of a value."""
    compare_required_names(state, old, new, location, context)
    _compare_subschemas(state, old, new, location, context)


def compare_required_names(
    state: DiffState,
    old: ResolvedType,
    new: ResolvedType,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare the members that two objects must have though they do not list them."""
    before = _list_required_names(old)
    after = _list_required_names(new)
    if isinstance(old, AnyValue) != isinstance(new, AnyValue):
        if not _may_be_object(old) or not _may_be_object(new):
            return
        # What an object lists counts beside any value, which lists nothing.
        before |= _list_required_properties(old)
        after |= _list_required_properties(new)
    for name in sorted(before ^ after):
        member = location.locate_child(f"properties/{name}", f".{name}", "required")
        objects.add_unlisted_required_changed(
            state, member, context, is_required=name in after
        )


def _list_required_names(body: ResolvedType) -> frozenset[str]:
    """Return the members that an object must have though it does not list them."""
    if isinstance(body, AnyValue):
        return frozenset(body.required)
    # Nearly all types keep nothing: then there is no JSON to read.
    if not isinstance(body, (Map, Array)) or not body.kept:
        return frozenset()
    names = json.loads(dict(body.kept).get("required", "[]"))
    # In draft 3 `required` is a flag of the property itself, and some still write that.
    if not isinstance(names, list):
        return frozenset()
    return frozenset(name for name in names if isinstance(name, str))


def _may_be_object(body: ResolvedType) -> bool:
    if isinstance(body, Union):
        return any(isinstance(variant, Reference) for variant in body.variants)
    return isinstance(body, ObjectSchema | Map | AnyValue)


def _list_required_properties(body: ResolvedType) -> frozenset[str]:
    if not isinstance(body, ObjectSchema):
        return frozenset()
    return frozenset(prop.wire for prop in body.properties if prop.required)


def _list_idle_conditions(applied: Iterable[str]) -> frozenset[str]:
    """Return which of `if`, `then` and `else` do nothing, for the others are missing."""
    keywords = frozenset(applied)
    if "if" not in keywords:
        return frozenset({"then", "else"})
    return frozenset({"if"} if keywords.isdisjoint({"then", "else"}) else ())


def _compare_subschemas(
    state: DiffState,
    old: ResolvedType,
    new: ResolvedType,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare the schemas that both apply to the same part."""
    before = dict(getattr(old, "applied", ()))
    after = dict(getattr(new, "applied", ()))
    if not before or not after:
        return
    idle = _list_idle_conditions((*before, *after))
    json_type = get_json_type(new)
    for path, second in after.items():
        first = before.get(path)
        # What only one side has is an edit of the keyword: `raw_keywords` tells it.
        if first is None:
            continue
        keyword, _, name = path.partition("/")
        if keyword in _COMPARED_ELSEWHERE or keyword in idle:
            continue
        if not is_about_type(keyword, json_type):
            continue
        if keyword in _CONDITIONS:
            # A narrower condition may widen what it guards: not to be decided from it.
            key = context.create_key(_CONDITIONS[keyword], "changed")
            edit = state.create_edit(context, key, location.locate_keyword(keyword))
            state.add_if_changed_below(first, second, context.inside, edit)
        else:
            keys = (keyword, name) if name else (keyword,)
            part = location.locate_child(path, f"({path})", *keys)
            state.enqueue_types(first, second, part, context.inside)
