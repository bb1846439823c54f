"""Strings, numbers and lists of values: their constraints, compared.

In: two types of one kind. Out: edits for bounds, patterns, multiples and listed values.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

from flexprice_codegen.api.json_values import canonical_json, is_same_json
from flexprice_codegen.api.model import EnumSchema
from flexprice_codegen.api.types import Literals, Number, Scalar, String
from flexprice_codegen.diff.rules.rule_key import Change, Concept
from flexprice_codegen.diff.wire.diff_state import DiffState
from flexprice_codegen.diff.wire.edits import (
    EditLocation,
    SchemaContext,
    classify_presence,
    format_json,
)
from flexprice_codegen.diff.wire.type_changes import ResolvedType
from flexprice_codegen.frozen_values import replace

_BOUNDS: Mapping[str, tuple[Concept, str]] = {
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
"""Attributes of types, what the rules call them, and their keywords."""

# A minimum of 0 says nothing, so that it is equal to none.
_COUNTED_FROM_ZERO = frozenset({"min_length", "min_items", "min_properties"})

# Whether one pattern accepts all that another does cannot be decided; of these it can.
_EVERYTHING = frozenset({"", ".*", "^.*$", ".*$", "^.*", "^"})
# A dot is no end of a line, so that `^.*$` refuses texts of several lines.
_NO_PATTERN = _EVERYTHING - {"^.*$"}


def compare_bounds(
    state: DiffState,
    old: object,
    new: object,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare all bounds that two types have."""
    equal = _list_equal_limits(old, new)
    kinds: tuple[type, type] = type(old), type(new)
    for attribute in _list_bounds(*kinds):
        concept, keyword = _BOUNDS[attribute]
        before = _get_bound(old, attribute)
        after = _get_bound(new, attribute)
        if before != after and attribute not in equal:
            here = location.locate_keyword(keyword)
            compare_bound(state, concept, before, after, here, context)


@cache
def _list_bounds(*kinds: type) -> tuple[str, ...]:
    """Return the attributes of bounds that at least one of these classes has."""
    return tuple(
        attribute
        for attribute in _BOUNDS
        if any(hasattr(kind, attribute) for kind in kinds)
    )


def _get_bound(body: object, attribute: str) -> float | None:
    """Return a bound of a type, None for none and for one that all values keep.

    Source: JSON Schema 2020-12 validation §6.3.2, §6.4.2, §6.5.2: 0 is the same as absent.
    """
    bound: float | None = getattr(body, attribute, None)
    return None if bound == 0 and attribute in _COUNTED_FROM_ZERO else bound


def _list_equal_limits(old: object, new: object) -> set[str]:
    """Return the attributes of limits that allow the same integers.

    Of an integer, an exclusive minimum of 0 is a minimum of 1.
    """
    if not (isinstance(old, Number) and isinstance(new, Number)):
        return set()
    if not (old.integer and new.integer):
        return set()

    equal: set[str] = set()
    if _get_least(old) == _get_least(new) is not None:
        equal |= {"minimum", "exclusive_minimum"}
    if _get_most(old) == _get_most(new) is not None:
        equal |= {"maximum", "exclusive_maximum"}
    return equal


def _get_least(number: Number) -> float | None:
    """Return the least integer that a type allows."""
    found = [] if number.minimum is None else [math.ceil(number.minimum)]
    if number.exclusive_minimum is not None:
        found.append(math.floor(number.exclusive_minimum) + 1)
    return max(found, default=None)


def _get_most(number: Number) -> float | None:
    """Return the greatest integer that a type allows."""
    found = [] if number.maximum is None else [math.floor(number.maximum)]
    if number.exclusive_maximum is not None:
        found.append(math.ceil(number.exclusive_maximum) - 1)
    return min(found, default=None)


def compare_bound(
    state: DiffState,
    concept: Concept,
    before: float | None,
    after: float | None,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Record the change of one bound."""
    change: Change = "decreased"
    if before is None or after is None:
        change = "set" if before is None else "unset"
    elif after > before:
        change = "increased"
    state.add_schema_edit(
        context,
        concept,
        change,
        location,
        values=(format_json(before), format_json(after)),
    )


def compare_constraints(
    state: DiffState,
    old: ResolvedType,
    new: ResolvedType,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare what narrows two scalars."""
    compare_bounds(state, old, new, location, context)
    match old, new:
        case String(), String():
            _compare_all_patterns(state, old, new, location, context)
            if old.content is not None and new.content is not None:
                inner = location.locate_child("contentSchema", "", "contentSchema")
                state.enqueue_types(old.content, new.content, inner, context.inside)
        case Number(), Number():
            steps = _get_step(old), _get_step(new)
            _compare_multiples(state, *steps, location, context)
        case _:
            return


def _compare_all_patterns(
    state: DiffState,
    old: String,
    new: String,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare the patterns of two strings, all of which must match."""
    if not old.further_patterns and not new.further_patterns:
        _compare_patterns(state, old.pattern, new.pattern, location, context)
        return
    before = {old.pattern, *old.further_patterns} - {""}
    after = {new.pattern, *new.further_patterns} - {""}
    for pattern in sorted(before - after):
        _compare_patterns(state, pattern, "", location, context)
    for pattern in sorted(after - before):
        _compare_patterns(state, "", pattern, location, context)


def _compare_patterns(
    state: DiffState,
    old: str,
    new: str,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    if old == new or (old in _NO_PATTERN and new in _NO_PATTERN):
        return
    change = classify_presence(was_there=bool(old), is_there=bool(new))
    # Only who sends a text has to match the pattern: for readers it is a hint.
    if change == "changed" and new in _EVERYTHING and context.direction == "request":
        change = "generalized"
    state.add_schema_edit(
        context,
        "pattern",
        change,
        location.locate_keyword("pattern"),
        values=(format_json(old), format_json(new)),
    )


def _compare_multiples(
    state: DiffState,
    old: float | None,
    new: float | None,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    if old == new:
        return
    change: Change = "changed"
    if old is None or new is None:
        change = "set" if old is None else "unset"
    elif is_multiple(new, old):
        change = "narrowed"
    elif is_multiple(old, new):
        change = "widened"
    state.add_schema_edit(
        context,
        "multiple-of",
        change,
        location.locate_keyword("multipleOf"),
        values=(format_json(old), format_json(new)),
    )


def align_integers(
    old: ResolvedType, new: ResolvedType
) -> tuple[ResolvedType, ResolvedType]:
    """Return an integer and a number whose multiples are integers as two integers."""
    if not (isinstance(old, Number) and isinstance(new, Number)):
        return old, new
    if old.integer == new.integer:
        return old, new
    return _spell_integer(old), _spell_integer(new)


def _spell_integer(number: Number) -> Number:
    step = number.multiple_of
    # A multiple of zero is not valid, and is read.
    is_whole = step is not None and step != 0 and is_multiple(step, 1)
    return replace(number, integer=True) if is_whole else number


def _get_step(number: Number) -> float | None:
    """Return what the values of a type are multiples of, None if all such numbers are."""
    step = number.multiple_of
    is_idle = number.integer and step is not None and is_multiple(1, step)
    return None if is_idle else step


def is_multiple(number: float, other: float) -> bool:
    """Return whether one number is a multiple of another as they are written.

    Multiples of 10 are multiples of 5, and of 0.3 of 0.1, though binary fractions are not.
    """
    # A multiple of zero is not valid, and is read.
    if not other or not (math.isfinite(number) and math.isfinite(other)):
        return False
    # Late: it imports `decimal`, and few documents have a `multipleOf` that changes.
    from fractions import Fraction

    return not Fraction(str(number)) % Fraction(str(other))


def get_enum_values(body: ResolvedType) -> tuple[Scalar, ...]:
    """Return the values that a type lists; nothing where it lists none."""
    match body:
        case EnumSchema():
            return tuple(member.value for member in body.values)
        case Literals():
            return body.values
        case _:
            return ()


def _is_constant(body: ResolvedType) -> bool:
    return isinstance(body, EnumSchema | Literals) and body.constant


def compare_values(
    state: DiffState,
    old: ResolvedType,
    new: ResolvedType,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare the values that two types list; one of them lists some."""
    before = get_enum_values(old)
    after = get_enum_values(new)
    # A `const` is told as one only beside another, or beside no list at all.
    if (_is_constant(old) or not before) and (_is_constant(new) or not after):
        _compare_constants(state, before, after, location, context)
        return
    here = location.locate_keyword("enum")
    if not before or not after:
        state.add_schema_edit(
            context,
            "enum",
            "became" if after else "lifted",
            here,
            values=(_format_values(before), _format_values(after)),
        )
        return
    for value in _find_missing(before, after):
        state.add_schema_edit(
            context,
            "enum-value",
            "removed",
            here,
            detail=repr(value),
            values=(format_json(value), ""),
        )
    for value in _find_missing(after, before):
        state.add_schema_edit(
            context,
            "enum-value",
            "added",
            here,
            detail=repr(value),
            values=("", format_json(value)),
        )


def _format_values(values: tuple[Scalar, ...]) -> str:
    return format_json(list(values)) if values else ""


def _find_missing(
    values: tuple[Scalar, ...], others: tuple[Scalar, ...]
) -> tuple[Scalar, ...]:
    known = {canonical_json(value) for value in others}
    return tuple(value for value in values if canonical_json(value) not in known)


def _compare_constants(
    state: DiffState,
    before: tuple[Scalar, ...],
    after: tuple[Scalar, ...],
    location: EditLocation,
    context: SchemaContext,
) -> None:
    if is_same_json(before, after):
        return
    state.add_schema_edit(
        context,
        "const",
        classify_presence(was_there=bool(before), is_there=bool(after)),
        location.locate_keyword("const"),
        values=(
            format_json(before[0]) if before else "",
            format_json(after[0]) if after else "",
        ),
    )
