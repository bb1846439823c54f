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

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from functools import cache, partial
from operator import attrgetter, ge, gt, le, lt
from types import CodeType, FunctionType
from typing import (
    TYPE_CHECKING,
    Any,
    TypeAlias,
    TypeVar,
    cast,
    dataclass_transform,
    overload,
)

if TYPE_CHECKING:
    # Type checkers know the fields that this function takes.
    from dataclasses import replace as replace  # noqa: PLC0414 - exported

    from _typeshed import DataclassInstance

_Value = TypeVar("_Value")
_GetKey: TypeAlias = Callable[[object], object]


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
    decorate = partial(_make_value, order=order, kw_only=kw_only)
    return decorate if kind is None else decorate(kind)


def _make_value(kind: type[_Value], *, order: bool, kw_only: bool) -> type[_Value]:
    """Make a class a dataclass, with methods that need no compiling."""
    own = _declare_fields(kind)
    defined = vars(kind)
    # A class that defines one of these keeps it, as `dataclass` does.
    methods = {
        name: method
        for name, method in _build_methods(own, order=order).items()
        if defined.get(name) is None
    }
    if _is_plain(kind, own):
        return _make_plain(kind, own, methods, kw_only=kw_only)

    made = dataclass(slots=True, eq=False, repr=False, kw_only=kw_only)(kind)
    for name, method in methods.items():
        setattr(made, name, method)
    return made


def _declare_fields(kind: type[object]) -> dict[str, object]:
    """Return what a class says of its fields: a `Field`, a default, or `MISSING`."""
    defined = vars(kind)
    return {name: defined.get(name, MISSING) for name in kind.__annotations__}


def _is_plain(kind: type[object], own: Mapping[str, object]) -> bool:
    """Return whether `__init__` does nothing but assign its arguments."""
    if kind.__bases__ != (object,) or hasattr(kind, "__post_init__"):
        return False
    declared = (each for each in own.values() if isinstance(each, Field))
    return all(each.init and each.default_factory is MISSING for each in declared)


def _make_plain(
    kind: type[_Value],
    own: Mapping[str, object],
    methods: Mapping[str, object],
    *,
    kw_only: bool,
) -> type[_Value]:
    """Make a class with slots of one that only assigns its arguments.

    `dataclass` takes ten times as long: it searches the text of each annotation, and
    makes a `Field` of each.

    Args:
        kind: The class.
        own: Its fields.
        methods: The methods that it gets.
        kw_only: Whether all fields are keyword arguments of `__init__`.
    """
    # The first two are of a class without slots.
    hidden = {"__dict__", "__weakref__", *own}
    kept = {name: each for name, each in vars(kind).items() if name not in hidden}
    names = tuple(own)
    namespace = {
        **kept,
        **methods,
        "__qualname__": kind.__qualname__,
        "__slots__": names,
        "__match_args__": () if kw_only else names,
        "__init__": _build_init(kind, own, kw_only=kw_only),
        "__dataclass_fields__": _FieldTable(own, kw_only=kw_only),
    }
    return cast("type[_Value]", type(kind.__name__, kind.__bases__, namespace))


class _FieldTable:
    """What functions of `dataclasses` read of a class, made when one of them asks."""

    def __init__(self, own: Mapping[str, object], *, kw_only: bool) -> None:
        self._own = own
        self._kw_only = kw_only

    def __get__(
        self, instance: object, kind: type[object]
    ) -> Mapping[str, Field[object]]:
        declared = kind.__annotations__
        defaults = {
            name: each for name, each in self._own.items() if each is not MISSING
        }
        # `dataclass` would search the texts of the annotations.
        named = {"__annotations__": dict.fromkeys(declared, object), **defaults}
        twin: type[object] = type(kind.__name__, (), named)
        twin = dataclass(init=False, repr=False, eq=False, kw_only=self._kw_only)(twin)
        made = {each.name: each for each in _list_fields(twin)}
        for each in made.values():
            each.type = declared[each.name]
        # A dataclass that is derived from the class reads both.
        described: Any = kind
        described.__dataclass_params__ = vars(twin)["__dataclass_params__"]
        described.__dataclass_fields__ = made
        return made


def _build_init(
    kind: type[object], own: Mapping[str, object], *, kw_only: bool
) -> FunctionType:
    """Return the `__init__` of a class, which assigns its arguments to its fields."""
    names = tuple(own)
    number = len(names)
    code = _compile_init(number).replace(
        co_argcount=1 if kw_only else number + 1,
        co_kwonlyargcount=number if kw_only else 0,
        co_names=names,
        co_varnames=("self", *names),
        co_qualname=f"{kind.__qualname__}.__init__",
    )
    found = {
        name: each.default if isinstance(each, Field) else each
        for name, each in own.items()
    }
    defaults = {name: each for name, each in found.items() if each is not MISSING}

    init = FunctionType(code, {})
    init.__module__ = kind.__module__
    if kw_only:
        init.__kwdefaults__ = defaults
    else:
        init.__defaults__ = tuple(defaults.values())
    return init


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


def _build_methods(
    own: Mapping[str, object], *, order: bool
) -> dict[str, Callable[..., object]]:
    """Return the methods that compare and show the fields of an instance."""
    is_hidden = {
        name: (not each.compare, not each.repr)
        for name, each in own.items()
        if isinstance(each, Field)
    }
    compared = tuple(name for name in own if not is_hidden.get(name, (False,))[0])
    shown = tuple(name for name in own if not is_hidden.get(name, (False, False))[1])
    get_key = attrgetter(*compared) if compared else _get_no_key
    methods: dict[str, Callable[..., object]] = {
        "__eq__": _build_eq(get_key),
        "__hash__": _build_hash(get_key),
        "__repr__": _build_repr(shown),
    }
    if order:
        methods |= {
            f"__{compare.__name__}__": _build_order(get_key, compare)
            for compare in (lt, le, gt, ge)
        }
    return methods


def _get_no_key(_: object) -> object:
    """Return the key of an instance without fields."""
    return None


def _build_eq(get_key: _GetKey) -> Callable[[object, object], bool]:
    def __eq__(self: object, other: object) -> bool:  # noqa: N807
        if self is other:
            return True
        if other.__class__ is not self.__class__:
            return NotImplemented
        return get_key(self) == get_key(other)

    return __eq__


def _build_order(
    get_key: _GetKey, compare: Callable[[Any, Any], object]
) -> Callable[[object, object], object]:
    def __order__(self: object, other: object) -> object:  # noqa: N807
        if other.__class__ is not self.__class__:
            return NotImplemented
        return compare(get_key(self), get_key(other))

    return __order__


def _build_hash(get_key: _GetKey) -> Callable[[object], int]:
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
        """Return a value with other fields, as `dataclasses.replace` does, in a third of the time.

        Args:
            value: An instance of a class of this module.
            **changes: The fields that differ.
        """
        kind = value.__class__
        positions, read, assign = _get_init_fields(kind)
        given = list(read(value))
        for name, each in changes.items():
            position = positions.get(name)
            if position is None:
                raise TypeError(f"{kind.__qualname__} has no argument {name!r}")
            given[position] = each

        made = kind.__new__(kind)
        assign(made, *given)
        return made


@cache
def _get_init_fields(
    kind: type[object],
) -> tuple[
    dict[str, int],
    Callable[[object], tuple[object, ...]],
    Callable[..., None],
]:
    """Return the arguments of `__init__`, and functions that read and assign them.

    The last one takes them by position: for arguments with names, Python compares each
    with all of them.
    """
    init = cast("FunctionType", kind.__init__)
    code = init.__code__
    number = code.co_argcount + code.co_kwonlyargcount
    names = code.co_varnames[1:number]
    get_all = attrgetter(*names)
    # For one name, `attrgetter` returns no tuple.
    read = get_all if len(names) > 1 else lambda value: (get_all(value),)
    by_position = code.replace(co_argcount=number, co_kwonlyargcount=0)
    assign = FunctionType(by_position, init.__globals__, closure=init.__closure__)
    return {name: each for each, name in enumerate(names)}, read, assign
