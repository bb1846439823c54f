"""Strings, numbers and lists of values: their constraints, compared.

In: two types of one kind. Out: edits for bounds, patterns, multiples and listed values.
"""

from __future__ import annotations

from generator.api.model import Enumeration
from generator.api.types import Literals, Number, Scalar, Text
from generator.diff.wire.diff_state import Comparison
from generator.diff.wire.edits import Context, Where, shown
from generator.diff.wire.type_changes import Body

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


def bounds(
    comparison: Comparison, old: object, new: object, where: Where, context: Context
) -> None:
    """Compare all bounds that two types have."""
    for attribute, (name, keyword) in _KEYWORDS.items():
        before = getattr(old, attribute, None)
        after = getattr(new, attribute, None)
        if before != after:
            bound(comparison, name, before, after, where.keyword(keyword), context)


def bound(
    comparison: Comparison,
    name: str,
    before: float | None,
    after: float | None,
    where: Where,
    context: Context,
) -> None:
    """Note the change of one bound."""
    if before is None or after is None:
        concept = "set" if before is None else "unset"
    else:
        concept = "increased" if after > before else "decreased"
    comparison.edit(
        context,
        f"{name}-{concept}",
        where,
        before=shown(before),
        after=shown(after),
    )


def constraints(
    comparison: Comparison, old: Body, new: Body, where: Where, context: Context
) -> None:
    """Compare what narrows two scalars."""
    bounds(comparison, old, new, where, context)
    match old, new:
        case Text(), Text():
            _patterns(comparison, old.pattern, new.pattern, where, context)
            if old.content is not None and new.content is not None:
                inner = where.child("contentSchema", "", "contentSchema")
                comparison.later(old.content, new.content, inner, context.inside)
        case Number(), Number():
            _multiples(comparison, old.multiple_of, new.multiple_of, where, context)
        case _:
            return


def _patterns(
    comparison: Comparison, old: str, new: str, where: Where, context: Context
) -> None:
    if old == new:
        return
    if not old:
        concept = "pattern-added"
    elif not new:
        concept = "pattern-removed"
    elif new in _EVERYTHING and context.way == "request":
        concept = "pattern-generalized"
    else:
        concept = "pattern-changed"
    comparison.edit(
        context,
        concept,
        where.keyword("pattern"),
        before=shown(old),
        after=shown(new),
    )


def _multiples(
    comparison: Comparison,
    old: float | None,
    new: float | None,
    where: Where,
    context: Context,
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
    comparison.edit(
        context,
        f"multiple-of-{concept}",
        where.keyword("multipleOf"),
        before=shown(old),
        after=shown(new),
    )


def listed(body: Body) -> tuple[Scalar, ...]:
    """Give the values that a type lists; nothing where it lists none."""
    match body:
        case Enumeration():
            return tuple(each.value for each in body.members)
        case Literals():
            return body.values
        case _:
            return ()


def _constant(body: Body) -> bool:
    return isinstance(body, Enumeration | Literals) and body.constant


def values(
    comparison: Comparison, old: Body, new: Body, where: Where, context: Context
) -> None:
    """Compare the values that two types list; one of them lists some."""
    before, after = listed(old), listed(new)
    if (_constant(old) or not before) and (_constant(new) or not after):
        _constants(comparison, before, after, where, context)
        return
    there = where.keyword("enum")
    if not before or not after:
        comparison.edit(
            context,
            "became-enum" if after else "enum-lifted",
            there,
            before=shown(list(before)) if before else "",
            after=shown(list(after)) if after else "",
        )
        return
    for value in _missing(before, after):
        comparison.edit(
            context,
            "enum-value-removed",
            there,
            detail=repr(value),
            before=shown(value),
        )
    for value in _missing(after, before):
        comparison.edit(
            context, "enum-value-added", there, detail=repr(value), after=shown(value)
        )


def _missing(
    these: tuple[Scalar, ...], those: tuple[Scalar, ...]
) -> tuple[Scalar, ...]:
    there = {(type(each), each) for each in those}
    return tuple(each for each in these if (type(each), each) not in there)


def _constants(
    comparison: Comparison,
    before: tuple[Scalar, ...],
    after: tuple[Scalar, ...],
    where: Where,
    context: Context,
) -> None:
    if before == after:
        return
    concept = "changed" if before and after else "added" if after else "removed"
    comparison.edit(
        context,
        f"const-{concept}",
        where.keyword("const"),
        before=shown(before[0]) if before else "",
        after=shown(after[0]) if after else "",
    )
