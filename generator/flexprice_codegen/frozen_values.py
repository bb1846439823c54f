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
from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform, overload

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
    # `unsafe_hash` asks for the hash that `frozen` would imply: that of all fields.
    decorate = dataclass(slots=True, unsafe_hash=True, order=order, kw_only=kw_only)
    return decorate if kind is None else decorate(kind)
