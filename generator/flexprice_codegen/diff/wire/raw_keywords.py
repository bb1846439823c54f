"""Keywords that clients do not need and that are part of the contract all the same.

In: two types. Out: edits of `not`, `if`, `patternProperties`, `contains` and their like,
which the intermediate representation holds as canonical JSON.

Source: JSON Schema 2020-12 core §10 and §11, validation §6 and §8.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TypeAlias

from flexprice_codegen.api.json_values import canonical_json, is_same_json
from flexprice_codegen.diff.rules.rule_key import Concept
from flexprice_codegen.diff.wire import applicators, tuples
from flexprice_codegen.diff.wire.diff_state import DiffState
from flexprice_codegen.diff.wire.edits import (
    EditLocation,
    SchemaContext,
    classify_presence,
    format_json,
)
from flexprice_codegen.diff.wire.idle_keywords import drop_idle_keywords
from flexprice_codegen.diff.wire.scalars import compare_bound
from flexprice_codegen.diff.wire.type_changes import ResolvedType, accepts_nothing

_Sides: TypeAlias = tuple[Mapping[str, object], Mapping[str, object]]
"""Keywords and their values, of the older version and of the newer one."""

# Applicators: what is in them is compared as types where both versions have them.
_WHOLE: Mapping[str, Concept] = {
    "not": "not",
    "if": "if",
    "then": "then",
    "else": "else",
    "contains": "contains",
    "propertyNames": "property-names",
    "dependencies": "dependencies",
    "unevaluatedItems": "unevaluated-items",
    "unevaluatedProperties": "unevaluated-properties",
    "contentSchema": "content-schema",
}
_BY_NAME: Mapping[str, Concept] = {
    "patternProperties": "pattern-property",
    "dependentRequired": "dependent-required",
    "dependentSchemas": "dependent-schema",
}
_CHANGED: Mapping[str, Concept] = {
    "contentMediaType": "content-media-type",
    "contentEncoding": "content-encoding",
}
_BOUNDS: Mapping[str, Concept] = {
    "minContains": "min-contains",
    "maxContains": "max-contains",
}
_MISSING = object()


def compare_raw_keywords(
    state: DiffState,
    old: ResolvedType,
    new: ResolvedType,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare what two types keep."""
    before = getattr(old, "kept", ())
    after = getattr(new, "kept", ())
    # Nearly all types keep nothing: then there is no JSON to read.
    if before == after or (accepts_nothing(old) and accepts_nothing(new)):
        return
    left: dict[str, object] = {keyword: json.loads(text) for keyword, text in before}
    right: dict[str, object] = {keyword: json.loads(text) for keyword, text in after}
    drop_idle_keywords(old, new, left, right)
    compared = applicators.list_compared_keywords(old, new)
    for keyword in dict.fromkeys((*left, *right)):
        if _is_same_entry(keyword, left, right):
            continue
        sides: _Sides = (left, right)
        if keyword in compared and keyword in left and keyword in right:
            sides = _remove_common(keyword, left, right)
        if keyword == "prefixItems":
            sides = _remove_positions(sides, tuples.list_unchanged_positions(old, new))
        here = location.locate_keyword(keyword)
        _compare_keyword(state, keyword, sides, here, context)


def _is_same_entry(
    key: str, left: Mapping[str, object], right: Mapping[str, object]
) -> bool:
    """Return whether both hold the same value: to JSON, to which 0 is not `false`."""
    return key in left and key in right and is_same_json(left[key], right[key])


def _remove_common(
    keyword: str, left: Mapping[str, object], right: Mapping[str, object]
) -> _Sides:
    """Return a keyword without what both have, whose schemas are compared themselves."""
    if keyword == "prefixItems":
        first = _as_list(left[keyword])
        second = _as_list(right[keyword])
        common = min(len(first), len(second))
        # Equal items in their place keep the numbers of the others what they are.
        return (
            {keyword: [None] * common + first[common:]},
            {keyword: [None] * common + second[common:]},
        )
    if keyword not in _BY_NAME:
        return {}, {}
    before = _as_mapping(left[keyword])
    after = _as_mapping(right[keyword])
    return (
        {keyword: {name: value for name, value in before.items() if name not in after}},
        {keyword: {name: value for name, value in after.items() if name not in before}},
    )


def _remove_positions(sides: _Sides, positions: frozenset[int]) -> _Sides:
    """Return `prefixItems` without some of its positions."""
    before, after = (
        [
            None if number in positions else each
            for number, each in enumerate(_as_list(side.get("prefixItems")))
        ]
        for side in sides
    )
    return {"prefixItems": before}, {"prefixItems": after}


def _compare_keyword(
    state: DiffState,
    keyword: str,
    sides: _Sides,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    before = sides[0].get(keyword)
    after = sides[1].get(keyword)
    if keyword in _CHANGED:
        state.add_schema_edit(
            context,
            _CHANGED[keyword],
            "changed",
            location,
            values=(format_json(before), format_json(after)),
        )
    elif keyword in _BOUNDS:
        first = _as_number(before)
        second = _as_number(after)
        compare_bound(state, _BOUNDS[keyword], first, second, location, context)
    elif keyword == "prefixItems":
        _compare_prefix_items(state, before, after, location, context)
    elif keyword == "x-extensible-enum":
        _compare_extensible_enum(state, before, after, location, context)
    elif keyword in _BY_NAME:
        _compare_entries(state, keyword, (before, after), location, context)
    elif keyword in _WHOLE:
        _compare_whole(state, keyword, sides, location, context)


def _as_number(value: object) -> float | None:
    return value if isinstance(value, int | float) else None


def _as_mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _index_values(value: object) -> dict[str, object]:
    """Return the values of a list by what they are to JSON."""
    return {canonical_json(each): each for each in _as_list(value)}


def _compare_whole(
    state: DiffState,
    keyword: str,
    sides: _Sides,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    before, after = sides
    # Where both have it and what is in it is compared, nothing is left to tell.
    if keyword in before or keyword in after:
        state.add_schema_edit(
            context,
            _WHOLE[keyword],
            classify_presence(was_there=keyword in before, is_there=keyword in after),
            location,
            values=(format_json(before.get(keyword)), format_json(after.get(keyword))),
        )


def _compare_entries(
    state: DiffState,
    keyword: str,
    sides: tuple[object, object],
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare the members of a keyword that is an object: one edit for each."""
    before = _as_mapping(sides[0])
    after = _as_mapping(sides[1])
    for name in dict.fromkeys((*before, *after)):
        if before.get(name, _MISSING) == after.get(name, _MISSING):
            continue
        state.add_schema_edit(
            context,
            _BY_NAME[keyword],
            classify_presence(was_there=name in before, is_there=name in after),
            location,
            detail=name,
            values=(_format_entry(before, name), _format_entry(after, name)),
        )


def _format_entry(entries: Mapping[str, object], name: str) -> str:
    return format_json({name: entries[name]}) if name in entries else ""


def _compare_prefix_items(
    state: DiffState,
    old: object,
    new: object,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    before = _as_list(old)
    after = _as_list(new)
    for number in range(max(len(before), len(after))):
        first = before[number] if number < len(before) else None
        second = after[number] if number < len(after) else None
        if is_same_json(first, second):
            continue
        state.add_schema_edit(
            context,
            "prefix-items",
            classify_presence(was_there=first is not None, is_there=second is not None),
            location,
            detail=str(number),
            values=(format_json(first), format_json(second)),
        )


def _compare_extensible_enum(
    state: DiffState,
    old: object,
    new: object,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare the lists of `x-extensible-enum`.

    Source: Zalando RESTful API Guidelines, rule 112: such a list may grow at any time.
    """
    before = _index_values(old)
    after = _index_values(new)
    for text, value in before.items():
        if text not in after:
            state.add_schema_edit(
                context,
                "x-extensible-enum-value",
                "removed",
                location,
                detail=repr(value),
                values=(format_json(value), ""),
            )
    for text, value in after.items():
        if text not in before:
            state.add_schema_edit(
                context,
                "x-extensible-enum-value",
                "added",
                location,
                detail=repr(value),
                values=("", format_json(value)),
            )
