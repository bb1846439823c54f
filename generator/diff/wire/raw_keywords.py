"""Keywords that clients do not need and that are part of the contract all the same.

In: two types. Out: edits of `not`, `if`, `patternProperties`, `contains` and their like,
which the intermediate representation holds as canonical JSON.

Source: JSON Schema 2020-12 core §10 and §11, validation §6 and §8.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TypeAlias

from generator.api.json_values import canonical_json, is_same_json
from generator.diff.wire import applicators
from generator.diff.wire.diff_state import DiffState
from generator.diff.wire.edits import EditLocation, SchemaContext, format_json
from generator.diff.wire.scalars import compare_bound
from generator.diff.wire.type_changes import ResolvedType

_Sides: TypeAlias = tuple[Mapping[str, object], Mapping[str, object]]
_WHOLE = {
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
_BY_NAME = {
    "patternProperties": "pattern-property",
    "dependentRequired": "dependent-required",
    "dependentSchemas": "dependent-schema",
}
_CHANGED = {
    "contentMediaType": "content-media-type-changed",
    "contentEncoding": "content-encoding-changed",
}
_COUNTS = {
    "minContains": "min-contains",
    "maxContains": "max-contains",
    "minLength": "min-length",
    "maxLength": "max-length",
    "minimum": "min",
    "maximum": "max",
    "exclusiveMinimum": "exclusive-min",
    "exclusiveMaximum": "exclusive-max",
    "minItems": "min-items",
    "maxItems": "max-items",
    "minProperties": "min-properties",
    "maxProperties": "max-properties",
}
"""Bounds: of `contains`, and those that a schema of another type has by mistake."""


def compare_raw_keywords(
    comparison: DiffState,
    old: ResolvedType,
    new: ResolvedType,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare what two types keep."""
    before, after = getattr(old, "kept", ()), getattr(new, "kept", ())
    if before == after:
        return
    left = {keyword: json.loads(text) for keyword, text in before}
    right = {keyword: json.loads(text) for keyword, text in after}
    compared = applicators.list_compared_keywords(old, new)
    for keyword in dict.fromkeys((*left, *right)):
        if not _is_same_entry(keyword, left, right):
            there = where.locate_keyword(keyword)
            sides: _Sides = (left, right)
            if keyword in compared and keyword in left and keyword in right:
                sides = _remove_common(keyword, left, right)
            _compare_keyword(comparison, keyword, sides, there, context)


def _is_same_entry(
    key: str, left: Mapping[str, object], right: Mapping[str, object]
) -> bool:
    """Return whether both hold the same value: to JSON, to which 0 is no `false`."""
    return key in left and key in right and is_same_json(left[key], right[key])


def _remove_common(
    keyword: str, left: Mapping[str, object], right: Mapping[str, object]
) -> _Sides:
    """Leave out what both have of a keyword whose schemas are compared themselves."""
    if keyword == "prefixItems":
        first, second = _as_list(left[keyword]), _as_list(right[keyword])
        common = min(len(first), len(second))
        return (
            {keyword: [None] * common + first[common:]},
            {keyword: [None] * common + second[common:]},
        )
    if keyword not in _BY_NAME:
        return {}, {}
    before, after = _as_mapping(left[keyword]), _as_mapping(right[keyword])
    return (
        {keyword: {name: each for name, each in before.items() if name not in after}},
        {keyword: {name: each for name, each in after.items() if name not in before}},
    )


def _compare_keyword(
    comparison: DiffState,
    keyword: str,
    sides: _Sides,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    left, right = sides
    before, after = left.get(keyword), right.get(keyword)
    if keyword in _CHANGED:
        comparison.add_schema_edit(
            context,
            _CHANGED[keyword],
            where,
            before=format_json(before),
            after=format_json(after),
        )
    elif keyword in _COUNTS:
        compare_bound(
            comparison,
            _COUNTS[keyword],
            _as_number(before),
            _as_number(after),
            where,
            context,
        )
    elif keyword == "prefixItems":
        _compare_prefix_items(comparison, before, after, where, context)
    elif keyword == "x-extensible-enum":
        _compare_extensible_enum(comparison, before, after, where, context)
    elif keyword in _BY_NAME:
        _compare_entries(
            comparison,
            _BY_NAME[keyword],
            _as_mapping(before),
            _as_mapping(after),
            where,
            context,
        )
    elif keyword in _WHOLE and (keyword in left or keyword in right):
        there = (keyword in left, keyword in right)
        concept = {(True, True): "changed", (False, True): "added"}.get(
            there, "removed"
        )
        comparison.add_schema_edit(
            context,
            f"{_WHOLE[keyword]}-{concept}",
            where,
            before=format_json(before),
            after=format_json(after),
        )


def _as_number(value: object) -> float | None:
    return value if isinstance(value, int | float) else None


def _as_mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _index_values(value: object) -> dict[str, object]:
    """Return the values of a list by what they are to JSON."""
    return {canonical_json(each): each for each in _as_list(value)}


def _compare_entries(
    comparison: DiffState,
    name: str,
    old: dict[str, object],
    new: dict[str, object],
    where: EditLocation,
    context: SchemaContext,
) -> None:
    for key in dict.fromkeys((*old, *new)):
        if _is_same_entry(key, old, new):
            continue
        there = (key in old, key in new)
        concept = {(True, True): "changed", (False, True): "added"}.get(
            there, "removed"
        )
        comparison.add_schema_edit(
            context,
            f"{name}-{concept}",
            where,
            detail=key,
            before=format_json({key: old[key]}) if key in old else "",
            after=format_json({key: new[key]}) if key in new else "",
        )


def _compare_prefix_items(
    comparison: DiffState,
    old: object,
    new: object,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    before, after = _as_list(old), _as_list(new)
    for number in range(max(len(before), len(after))):
        first = before[number] if number < len(before) else None
        second = after[number] if number < len(after) else None
        if not is_same_json(first, second):
            concept = (
                "added" if first is None else "removed" if second is None else "changed"
            )
            comparison.add_schema_edit(
                context,
                f"prefix-items-{concept}",
                where,
                detail=str(number),
                before=format_json(first),
                after=format_json(second),
            )


def _compare_extensible_enum(
    comparison: DiffState,
    old: object,
    new: object,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    before, after = _index_values(old), _index_values(new)
    for text, value in before.items():
        if text not in after:
            comparison.add_schema_edit(
                context,
                "x-extensible-enum-value-removed",
                where,
                detail=repr(value),
                before=format_json(value),
            )
    for text, value in after.items():
        if text not in before:
            comparison.add_schema_edit(
                context,
                "x-extensible-enum-value-added",
                where,
                detail=repr(value),
                after=format_json(value),
            )
