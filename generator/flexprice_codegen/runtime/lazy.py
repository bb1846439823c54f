# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Names that are imported when they are first used (PEP 562), and former names.

In: the modules of a package's public names. Out: functions that hand the names out.
Former names of arguments and attributes still work in this version, and warn.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, Generic, TypeVar, overload

R = TypeVar("R")
_NONE: Mapping[str, str] = MappingProxyType({})


def lazy(
    package: str, homes: Mapping[str, str], renamed: Mapping[str, str] = _NONE
) -> tuple[list[str], Callable[[str], object], Callable[[], list[str]]]:
    """Make `__all__`, `__getattr__` and `__dir__` for a package.

    `homes` maps each public name to its module, `renamed` old names to those of today.
    Threads that race get one object.
    """
    module = sys.modules[package]

    def load(name: str) -> object:
        if name in renamed:
            message = f"{package}.{name} is deprecated; use {renamed[name]}"
            warnings.warn(message, DeprecationWarning, stacklevel=2)
            return getattr(module, renamed[name])
        if name not in homes:
            message = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(message, name=name, obj=module)
        value: object = getattr(import_module(homes[name], package), name)
        setattr(module, name, value)
        return value

    return sorted(homes), load, lambda: sorted({*vars(module), *homes})


class Lazy(Generic[R]):
    """An attribute of a client: a resource that is imported when it is first used.

    `Lazy(".resources.customers", "Customers")` is relative to the client's package. On
    the class it is the class of the resource.
    """

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name
        self._package = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._package = owner.__module__.rpartition(".")[0]

    @overload
    def __get__(self, client: None, owner: type) -> type[R]: ...
    @overload
    def __get__(self, client: object, owner: type) -> R: ...
    def __get__(self, client: Any, owner: type) -> Any:
        if client is None:
            return getattr(import_module(self._module, self._package), self._name)
        if self._name not in client._resources:
            make: Any = self.__get__(None, owner)
            client._resources[self._name] = make(client)
        return client._resources[self._name]


def old_attribute(old: str, new: str) -> Any:
    """Return a property with a former name."""

    def get(self: object) -> Any:
        _warn_of_name(old, new)
        return getattr(self, new)

    return property(get, doc=f"Deprecated: `{new}`.")


def rename_keywords(given: Mapping[str, Any], names: Mapping[str, str]) -> Any:
    """Return keyword arguments by the names of today.

    Raises:
        TypeError: one is unknown, today and before.
    """
    for name in given:
        if name not in names:
            raise TypeError(f"unexpected keyword argument {name!r}")
        _warn_of_name(name, names[name])
    return {names[name]: value for name, value in given.items()}


def _warn_of_name(old: str, new: str) -> None:
    message = f"`{old}` is deprecated; use `{new}`"
    warnings.warn(message, DeprecationWarning, stacklevel=4)
