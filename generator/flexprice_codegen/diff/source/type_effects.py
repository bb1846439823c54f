"""Two annotations, and what the newer one does to the values that fit the older.

In: two `PyType`s, and which classes of both sides are the same. Out: their `TypeEffect`,
and whether None is among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal, TypeAlias, assert_never

from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.python_types import (
    ANY_TYPE,
    FLOAT_TYPE,
    INT_TYPE,
    NONE_TYPE,
    UNSET_TYPE,
    DictType,
    ListType,
    LiteralType,
    ModelType,
    PlainType,
    PyType,
    UnionType,
    get_variants,
)

TypeEffect: TypeAlias = Literal["same", "widened", "narrowed", "changed"]


@frozen_value
class ClassNameMap:
    """One name for classes that are the same: of the older side, and of the newer one."""

    old: Mapping[str, str]
    new: Mapping[str, str]
    enums: Mapping[str, str] = field(default_factory=dict)
    """What the members of each enum are, `str` or `int`."""

    def compare_types(self, old: PyType, new: PyType) -> TypeEffect:
        """Compare two types without None and without what marks an absent value."""
        before = strip_none_and_unset(rename_classes(old, self.old))
        after = strip_none_and_unset(rename_classes(new, self.new))
        effect = compare_options(before, after)
        if effect == "changed" and len(before) == len(after) == 1:
            return self._compare_with_enum(before[0], after[0])
        return effect

    def _compare_with_enum(self, old: PyType, new: PyType) -> TypeEffect:
        """Compare two types, of which one may be an enum of the other's values.

        The members of an enum are strings, or whole numbers: who read a `str` can read
        them, and who passed a `str` may pass one that is not a member.
        """
        match old, new:
            case (ListType(), ListType()):
                return self._compare_with_enum(old.item, new.item)
            case (PlainType(), ModelType()) if self.enums.get(new.name) == old.name:
                return "narrowed"
            case (ModelType(), PlainType()) if self.enums.get(old.name) == new.name:
                return "widened"
            case _:
                return "changed"


def rename_classes(type_: PyType, names: Mapping[str, str]) -> PyType:
    """Return a type with the names that its classes have now."""
    match type_:
        case PlainType() | LiteralType():
            return type_
        case ListType():
            return ListType(rename_classes(type_.item, names))
        case DictType():
            return DictType(rename_classes(type_.value, names))
        case ModelType():
            return ModelType(names.get(type_.name, type_.name))
        case UnionType():
            return UnionType(
                tuple(rename_classes(option, names) for option in type_.variants)
            )
        case _:
            assert_never(type_)


def strip_none_and_unset(type_: PyType) -> tuple[PyType, ...]:
    """Return the options of a type without None and without what marks an absent value."""
    return tuple(
        option
        for option in get_variants(type_)
        if option not in (NONE_TYPE, UNSET_TYPE)
    )


def allows_none(type_: PyType) -> bool:
    """Return whether None is a value of a type."""
    return NONE_TYPE in get_variants(type_)


def compare_options(old: tuple[PyType, ...], new: tuple[PyType, ...]) -> TypeEffect:
    """Compare the options of two types, which are in no order."""
    before = set(old)
    after = set(new)
    if before == after:
        return "same"
    if after == {ANY_TYPE}:
        return "widened"
    if before == {ANY_TYPE}:
        return "narrowed"

    only_old = before - after
    only_new = after - before
    # One that went and one that came stand in each other's place.
    if len(only_old) == len(only_new) == 1:
        return _compare_option(only_old.pop(), only_new.pop())
    if not only_old:
        return "widened"
    return "changed" if only_new else "narrowed"


def _compare_option(old: PyType, new: PyType) -> TypeEffect:
    """Compare two options of which one takes the other's place."""
    match old, new:
        case (ListType(), ListType()):
            return compare_options(get_variants(old.item), get_variants(new.item))
        case (DictType(), DictType()):
            return compare_options(get_variants(old.value), get_variants(new.value))
        # A type checker takes an `int` for a `float` (PEP 484, "The numeric tower").
        case (PlainType(), PlainType()) if (old, new) == (INT_TYPE, FLOAT_TYPE):
            return "widened"
        case (PlainType(), PlainType()) if (old, new) == (FLOAT_TYPE, INT_TYPE):
            return "narrowed"
        case (LiteralType(), PlainType()) if old.kind == new.name:
            return "widened"
        case (PlainType(), LiteralType()) if new.kind == old.name:
            return "narrowed"
        case (LiteralType(), LiteralType()) if set(old.values) < set(new.values):
            return "widened"
        case (LiteralType(), LiteralType()) if set(new.values) < set(old.values):
            return "narrowed"
        case _:
            return "changed"
