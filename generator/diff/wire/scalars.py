"""Strings, numbers and lists of values: their constraints, compared.

In: two types of one kind. Out: edits for bounds, patterns, multiples and listed values.
"""

from __future__ import annotations

from generator.api.json_values import canonical_json, is_same_json
from generator.api.model import Enumeration
from generator.api.types import Literals, Number, Scalar, Text
from generator.diff.wire.diff_state import DiffState
from generator.diff.wire.edits import EditLocation, SchemaContext, format_json
from generator.diff.wire.type_changes import ResolvedType

_KEYWORDS = {
    "max_length": ("max-length", "maxLength"),
    "min_length": ("min-length", "minLength"),
    "maximum": ("max", "maximum"),
    "minimum": ("min", "minimum"),
    "exclusive_maximum": ("exclusive-max", "exclusiveMaximum"),
    "exclusive_minimum": ("exclusive-min", "exclusiveMinimum"),
    "max_items": ("max-items", "maxItems"),
    "min_items": ("min-items", "minItems"),
    "max_properties": ("max-properties", "maxProperties"),
    "min_properties": ("min-properties", "minProperties"),
}
_EVERYTHING = frozenset({"", ".*", "^.*$", ".*$", "^.*", "^"})


def compare_bounds(
    comparison: DiffState,
    old: object,
    new: object,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare all bounds that two types have."""
    for attribute, (name, keyword) in _KEYWORDS.items():
        before = getattr(old, attribute, None)
        after = getattr(new, attribute, None)
        if before != after:
            compare_bound(
                comparison, name, before, after, where.locate_keyword(keyword), context
            )


def compare_bound(
    comparison: DiffState,
    name: str,
    before: float | None,
    after: float | None,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    """Note the change of one bound."""
    if before is None or after is None:
        concept = "set" if before is None else "unset"
    else:
        concept = "increased" if after > before else "decreased"
    comparison.add_schema_edit(
        context,
        f"{name}-{concept}",
        where,
        before=format_json(before),
        after=format_json(after),
    )


def compare_constraints(
    comparison: DiffState,
    old: ResolvedType,
    new: ResolvedType,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare what narrows two scalars."""
    compare_bounds(comparison, old, new, where, context)
    match old, new:
        case Text(), Text():
            _compare_patterns(comparison, old.pattern, new.pattern, where, context)
            if old.content is not None and new.content is not None:
                inner = where.locate_child("contentSchema", "", "contentSchema")
                comparison.enqueue_types(
                    old.content, new.content, inner, context.inside
                )
        case Number(), Number():
            _compare_multiples(
                comparison, old.multiple_of, new.multiple_of, where, context
            )
        case _:
            return


def _compare_patterns(
    comparison: DiffState,
    old: str,
    new: str,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    if old == new:
        return
    if not old:
        concept = "pattern-added"
    elif not new:
        concept = "pattern-removed"
    elif new in _EVERYTHING and context.direction == "request":
        concept = "pattern-generalized"
    else:
        concept = "pattern-changed"
    comparison.add_schema_edit(
        context,
        concept,
        where.locate_keyword("pattern"),
        before=format_json(old),
        after=format_json(new),
    )


def _compare_multiples(
    comparison: DiffState,
    old: float | None,
    new: float | None,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    if old == new:
        return
    if old is None or new is None:
        concept = "set" if old is None else "unset"
    elif old and not new % old:
        concept = "narrowed"
    elif new and not old % new:
        concept = "widened"
    else:
        concept = "changed"
    comparison.add_schema_edit(
        context,
        f"multiple-of-{concept}",
        where.locate_keyword("multipleOf"),
        before=format_json(old),
        after=format_json(new),
    )


def get_enum_values(body: ResolvedType) -> tuple[Scalar, ...]:
    """Give the values that a type lists; nothing where it lists none."""
    match body:
        case Enumeration():
            return tuple(each.value for each in body.members)
        case Literals():
            return body.values
        case _:
            return ()


def _is_constant(body: ResolvedType) -> bool:
    return isinstance(body, Enumeration | Literals) and body.constant


def compare_values(
    comparison: DiffState,
    old: ResolvedType,
    new: ResolvedType,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare the values that two types list; one of them lists some."""
    before, after = get_enum_values(old), get_enum_values(new)
    if (_is_constant(old) or not before) and (_is_constant(new) or not after):
        _compare_constants(comparison, before, after, where, context)
        return
    there = where.locate_keyword("enum")
    if not before or not after:
        comparison.add_schema_edit(
            context,
            "became-enum" if after else "enum-lifted",
            there,
            before=format_json(list(before)) if before else "",
            after=format_json(list(after)) if after else "",
        )
        return
    for value in _find_missing(before, after):
        comparison.add_schema_edit(
            context,
            "enum-value-removed",
            there,
            detail=repr(value),
            before=format_json(value),
        )
    for value in _find_missing(after, before):
        comparison.add_schema_edit(
            context,
            "enum-value-added",
            there,
            detail=repr(value),
            after=format_json(value),
        )


def _find_missing(
    these: tuple[Scalar, ...], those: tuple[Scalar, ...]
) -> tuple[Scalar, ...]:
    there = {canonical_json(each) for each in those}
    return tuple(each for each in these if canonical_json(each) not in there)


def _compare_constants(
    comparison: DiffState,
    before: tuple[Scalar, ...],
    after: tuple[Scalar, ...],
    where: EditLocation,
    context: SchemaContext,
) -> None:
    if is_same_json(before, after):
        return
    concept = "changed" if before and after else "added" if after else "removed"
    comparison.add_schema_edit(
        context,
        f"const-{concept}",
        where.locate_keyword("const"),
        before=format_json(before[0]) if before else "",
        after=format_json(after[0]) if after else "",
    )
