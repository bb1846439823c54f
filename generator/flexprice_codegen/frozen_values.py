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
from dataclasses import MISSING, Field, dataclass, field, fields
from functools import cache, partial
from operator import attrgetter
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, TypeVar, cast, dataclass_transform, overload

if TYPE_CHECKING:
    # Type checkers know the fields that this function takes.
    from dataclasses import replace as replace  # noqa: PLC0414 - exported

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
    is_plain = _is_plain(kind)
    make = dataclass(
        init=not is_plain, slots=True, eq=False, repr=False, kw_only=kw_only
    )
    made = _make_plain(make, kind) if is_plain else make(kind)
    own = _list_fields(made)
    if is_plain:
        _set_init(made, own, kw_only=kw_only)
    names = tuple(field.name for field in own if field.compare)
    shown = tuple(field.name for field in own if field.repr)
    # A class that defines one of these keeps it, as `dataclass` does.
    for name, method in (
        ("__eq__", _build_eq(names)),
        ("__hash__", _build_hash(names)),
        ("__repr__", _build_repr(shown)),
    ):
        if name not in kind.__dict__ or kind.__dict__[name] is None:
            setattr(made, name, method)
    return made


def _is_plain(kind: type[object]) -> bool:
    """Return whether `__init__` does nothing but assign its arguments."""
    if kind.__bases__ != (object,) or hasattr(kind, "__post_init__"):
        return False
    declared = (each for each in vars(kind).values() if isinstance(each, Field))
    return all(each.init and each.default_factory is MISSING for each in declared)


def _make_plain(
    make: Callable[[type[_Value]], type[_Value]], kind: type[_Value]
) -> type[_Value]:
    """Make a class a dataclass, without a look at the texts of its annotations.

    `dataclass` searches each text for `ClassVar`, `InitVar` and `KW_ONLY`, which no plain
    value has; that takes a third of the time.
    """
    declared = kind.__annotations__
    kind.__annotations__ = dict.fromkeys(declared, object)
    made = make(kind)
    made.__annotations__ = declared
    for each in _list_fields(made):
        each.type = declared[each.name]
    return made


def _set_init(
    kind: type[object], own: tuple[Field[object], ...], *, kw_only: bool
) -> None:
    """Set the `__init__` of a class, which assigns its arguments to its fields."""
    names = tuple(field.name for field in own)
    number = len(names)
    code = _compile_init(number).replace(
        co_argcount=1 if kw_only else number + 1,
        co_kwonlyargcount=number if kw_only else 0,
        co_names=names,
        co_varnames=("self", *names),
        co_qualname=f"{kind.__qualname__}.__init__",
    )
    defaults = {
        field.name: field.default for field in own if field.default is not MISSING
    }

    init = FunctionType(code, {})
    init.__module__ = kind.__module__
    if kw_only:
        init.__kwdefaults__ = defaults
    else:
        init.__defaults__ = tuple(defaults.values())
    setattr(kind, "__init__", init)  # noqa: B010 - mypy takes it as a method


@cache
def _compile_init(number: int) -> CodeType:
    """Return the code of an `__init__` that assigns a number of arguments.

    Classes with as many fields share it, but for the names: to compile is what takes the
    longest when a dataclass is made.
    """
    names = [f"field_{index}" for index in range(number)]
    lines = [f"    self.{name} = {name}\n" for name in names] or ["    pass\n"]
    source = f"def __init__({', '.join(('self', *names))}):\n{''.join(lines)}"
    made: dict[str, FunctionType] = {}
    exec(source, made)  # noqa: S102 - the text above
    return made["__init__"].__code__


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


if not TYPE_CHECKING:

    def replace(value: _Value, /, **changes: object) -> _Value:
        """Return a value with other fields, as `dataclasses.replace` does, in half the time.

        Args:
            value: An instance of a class of this module.
            **changes: The fields that differ.
        """
        kind = value.__class__
        names, read = _get_init_fields(kind)
        return kind(**{**dict(zip(names, read(value), strict=True)), **changes})


@cache
def _get_init_fields(
    kind: type[object],
) -> tuple[tuple[str, ...], Callable[[object], tuple[object, ...]]]:
    """Return the names of the arguments of `__init__`, and a function that reads them."""
    names = tuple(field.name for field in _list_fields(kind) if field.init)
    read = attrgetter(*names)
    # For one name, `attrgetter` returns no tuple.
    return names, read if len(names) > 1 else lambda value: (read(value),)
