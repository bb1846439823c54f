"""The decorator of every class whose instances do not change.

In: a class with annotated fields. Out: a dataclass with slots, equality and a hash, which
type checkers take as frozen.

`dataclass(frozen=True)` protects instances at run time as well, and each process pays for
it: a generated `__init__` sets each field through `object.__setattr__`, which makes an
instance three times as expensive, and `__setattr__` and `__delattr__` are compiled for each
of about 180 classes at import. Assignments are found by mypy and pyright in this package,
before anything runs, so the check at run time would find nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, dataclass, field, fields
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar, cast, dataclass_transform, overload

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_Value = TypeVar("_Value")


@overload
def frozen_value(kind: type[_Value], /) -> type[_Value]: ...
@overload
def frozen_value(
    *, order: bool = ..., kw_only: bool = ...
) -> Callable[[type[_Value]], type[_Value]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen_value(
    kind: type[_Value] | None = None, /, *, order: bool = False, kw_only: bool = False
) -> type[_Value] | Callable[[type[_Value]], type[_Value]]:
    """Make a class a dataclass whose instances are only assigned by their `__init__`.

    Args:
        kind: The class, if the decorator has no arguments.
        order: Whether instances are ordered like the tuples of their fields.
        kw_only: Whether all fields are keyword arguments of `__init__`.
    """
    if order:
        # Few classes are ordered, and the order needs the equality of `dataclass`.
        decorate = dataclass(slots=True, unsafe_hash=True, order=True, kw_only=kw_only)
    else:
        decorate = partial(_make_value, kw_only=kw_only)
    return decorate if kind is None else decorate(kind)


def _make_value(kind: type[_Value], *, kw_only: bool) -> type[_Value]:
    """Make a class a dataclass, with methods that need no compiling."""
    made = dataclass(slots=True, eq=False, repr=False, kw_only=kw_only)(kind)
    names = tuple(field.name for field in _list_fields(made) if field.compare)
    shown = tuple(field.name for field in _list_fields(made) if field.repr)
    # A class that defines one of these keeps it, as `dataclass` does.
    for name, method in (
        ("__eq__", _build_eq(names)),
        ("__hash__", _build_hash(names)),
        ("__repr__", _build_repr(shown)),
    ):
        if name not in kind.__dict__ or kind.__dict__[name] is None:
            setattr(made, name, method)
    return made


def _list_fields(kind: type[object]) -> tuple[Field[object], ...]:
    # `fields` is declared for instances and classes of dataclasses only.
    return fields(cast("type[DataclassInstance]", kind))


def _build_key(names: tuple[str, ...]) -> Callable[[object], object]:
    """Return a function that returns the fields of an instance."""
    return attrgetter(*names) if names else lambda _: None


def _build_eq(names: tuple[str, ...]) -> Callable[[object, object], bool]:
    get_key = _build_key(names)

    def __eq__(self: object, other: object) -> bool:  # noqa: N807
        if self is other:
            return True
        if other.__class__ is not self.__class__:
            return NotImplemented
        return get_key(self) == get_key(other)

    return __eq__


def _build_hash(names: tuple[str, ...]) -> Callable[[object], int]:
    get_key = _build_key(names)

    def __hash__(self: object) -> int:  # noqa: N807
        return hash(get_key(self))

    return __hash__


def _build_repr(names: tuple[str, ...]) -> Callable[[object], str]:
    def __repr__(self: object) -> str:  # noqa: N807
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({shown})"

    return __repr__
