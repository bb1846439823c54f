"""Two annotations, and what the newer one does to the values that fit the older.

In: two `PyType`s, and which classes of both sides are the same. Out: their `Effect`,
and whether None is among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, assert_never

from flexprice_codegen.surface.python import (
    ANY,
    NONE,
    UNSET_TYPE,
    ClassNamed,
    Either,
    Listed,
    LiteralOf,
    Mapped,
    Plain,
    PyType,
)

TypeEffect: TypeAlias = Literal["same", "widened", "narrowed", "changed"]
_INT, _FLOAT = Plain("int"), Plain("float")


@dataclass(frozen=True, slots=True)
class ClassNameMap:
    """One name for classes that are the same: of the older side, and of the newer one."""

    old: Mapping[str, str]
    new: Mapping[str, str]
    enums: Mapping[str, str] = field(default_factory=dict)
    """What the members of each enum are, `str` or `int`."""

    def compare_types(self, old: PyType, new: PyType) -> TypeEffect:
        """Compare two types without None and without what stands for absence."""
        before, after = strip_none_and_unset(
            rename_classes(old, self.old)
        ), strip_none_and_unset(rename_classes(new, self.new))
        found = compare_options(before, after)
        if found == "changed" and len(before) == len(after) == 1:
            return self._compare_with_enum(before[0], after[0])
        return found

    def _compare_with_enum(self, old: PyType, new: PyType) -> TypeEffect:
        """Know that the members of an enum are strings, or whole numbers."""
        match old, new:
            case (Listed(), Listed()):
                return self._compare_with_enum(old.item, new.item)
            case (Plain(), ClassNamed()) if self.enums.get(new.name) == old.name:
                return "narrowed"
            case (ClassNamed(), Plain()) if self.enums.get(old.name) == new.name:
                return "widened"
            case _:
                return "changed"


def rename_classes(type_: PyType, names: Mapping[str, str]) -> PyType:
    """Give a type with the names that its classes have now."""
    match type_:
        case Plain() | LiteralOf():
            return type_
        case Listed():
            return Listed(rename_classes(type_.item, names))
        case Mapped():
            return Mapped(rename_classes(type_.value, names))
        case ClassNamed():
            return ClassNamed(names.get(type_.name, type_.name))
        case Either():
            return Either(tuple(rename_classes(each, names) for each in type_.options))
        case _:
            assert_never(type_)


def strip_none_and_unset(type_: PyType) -> tuple[PyType, ...]:
    """Give the options of a type without None and without what stands for absence."""
    options = type_.options if isinstance(type_, Either) else (type_,)
    return tuple(each for each in options if each not in (NONE, UNSET_TYPE))


def allows_none(type_: PyType) -> bool:
    """Tell whether None is a value of a type."""
    return type_ == NONE or (isinstance(type_, Either) and NONE in type_.options)


def compare_options(old: tuple[PyType, ...], new: tuple[PyType, ...]) -> TypeEffect:
    """Compare the options of two types, which are in no order."""
    before, after = set(old), set(new)
    if before == after:
        return "same"
    if after == {ANY}:
        return "widened"
    if before == {ANY}:
        return "narrowed"
    only_old, only_new = before - after, after - before
    if len(only_old) == len(only_new) == 1:
        return _compare_option(only_old.pop(), only_new.pop())
    if not only_old:
        return "widened"
    return "changed" if only_new else "narrowed"


def _compare_option(old: PyType, new: PyType) -> TypeEffect:
    """Compare two options that stand in each other's place."""
    match old, new:
        case (Listed(), Listed()):
            return compare_options(_get_options(old.item), _get_options(new.item))
        case (Mapped(), Mapped()):
            return compare_options(_get_options(old.value), _get_options(new.value))
        case (Plain(), Plain()) if (old, new) == (_INT, _FLOAT):
            return "widened"
        case (Plain(), Plain()) if (old, new) == (_FLOAT, _INT):
            return "narrowed"
        case (LiteralOf(), Plain()) if type(old.values[0]).__name__ == new.name:
            return "widened"
        case (Plain(), LiteralOf()) if type(new.values[0]).__name__ == old.name:
            return "narrowed"
        case _:
            return "changed"


def _get_options(type_: PyType) -> tuple[PyType, ...]:
    return type_.options if isinstance(type_, Either) else (type_,)
