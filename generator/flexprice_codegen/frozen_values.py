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

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from functools import cache, partial
from operator import attrgetter, ge, gt, le, lt
from types import CodeType, FunctionType
from typing import (
    TYPE_CHECKING,
    Any,
    Protocol,
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
_FINISH = "finish"
"""What `__init__` calls the function that completes an instance."""


class _Finished(Protocol):
    """A value that computes some of its fields."""

    def __post_init__(self) -> None:
        """Assign these fields."""
        ...


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
    """Make a class with slots, and with methods that need no compiling.

    `dataclass` takes ten times as long: it compiles each method, searches the text of
    each annotation, and makes a `Field` of each.

    Args:
        kind: The class.
        order: Whether instances are ordered.
        kw_only: Whether all fields are keyword arguments of `__init__`.
    """
    if kind.__bases__ != (object,):
        # `dataclass` collects the fields of bases; hardly any value has one.
        return dataclass(slots=True, unsafe_hash=True, order=order, kw_only=kw_only)(
            kind
        )
    own = _declare_fields(kind)
    defined = vars(kind)
    # A class that defines one of these keeps it, as `dataclass` does.
    methods = {
        name: method
        for name, method in _build_methods(own, order=order).items()
        if defined.get(name) is None
    }
    # The first two are of a class without slots.
    hidden = {"__dict__", "__weakref__", *own}
    kept = {name: each for name, each in defined.items() if name not in hidden}
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


def _declare_fields(kind: type[object]) -> dict[str, object]:
    """Return what a class says of its fields: a `Field`, a default, or `MISSING`."""
    defined = vars(kind)
    return {name: defined.get(name, MISSING) for name in kind.__annotations__}


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
        # `dataclass` would search the texts of the annotations, and write a docstring.
        named = {
            "__doc__": kind.__doc__ or kind.__name__,
            "__annotations__": dict.fromkeys(declared, object),
            **defaults,
        }
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
    declared = {name: each for name, each in own.items() if isinstance(each, Field)}
    names = tuple(name for name in own if name not in declared or declared[name].init)
    number = len(names)
    finish = _build_finish(kind, declared)
    code = _compile_init(number, is_finished=finish is not None).replace(
        co_argcount=1 if kw_only else number + 1,
        co_kwonlyargcount=number if kw_only else 0,
        co_names=names if finish is None else (*names, _FINISH),
        co_varnames=("self", *names),
        co_qualname=f"{kind.__qualname__}.__init__",
    )

    init = FunctionType(code, {} if finish is None else {_FINISH: finish})
    init.__module__ = kind.__module__
    defaults = _list_defaults(own, names)
    if kw_only:
        init.__kwdefaults__ = defaults
    else:
        init.__defaults__ = tuple(defaults.values())
    return init


def _list_defaults(
    own: Mapping[str, object], names: Iterable[str]
) -> dict[str, object]:
    """Return the defaults of the arguments that have one.

    `MISSING` is the default of a field that is created for each instance.
    """
    defaults = {}
    for name in names:
        each = own[name]
        if not isinstance(each, Field):
            if each is not MISSING:
                defaults[name] = each
        elif each.default is not MISSING or each.default_factory is not MISSING:
            defaults[name] = each.default
    return defaults


def _build_finish(
    kind: type[object], declared: Mapping[str, Field[object]]
) -> Callable[[_Finished], None] | None:
    """Return a function that completes an instance; None if its arguments are all."""
    factories = {
        name: each.default_factory
        for name, each in declared.items()
        if each.default_factory is not MISSING
    }
    has_more = hasattr(kind, "__post_init__")
    if not factories and not has_more:
        return None

    def finish(value: _Finished) -> None:
        for name, create in factories.items():
            if getattr(value, name, MISSING) is MISSING:
                setattr(value, name, create())
        if has_more:
            value.__post_init__()

    return finish


@cache
def _compile_init(number: int, *, is_finished: bool) -> CodeType:
    """Return the code of an `__init__` that assigns a number of arguments.

    Classes with as many fields share it, but for the names: to compile is what takes the
    longest when a dataclass is made.

    Args:
        number: The number of arguments.
        is_finished: Whether it calls a function with the instance in the end.
    """
    names = [f"field_{index}" for index in range(number)]
    lines = [f"    self.{name} = {name}\n" for name in names]
    lines.append(f"    {_FINISH}(self)\n" if is_finished else "    pass\n")
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
