# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Names that are imported when they are first used (PEP 562), and former names.

In: the modules of a package's public names. Out: functions that hand the names out.
Former names of arguments and attributes still work in this version, and warn.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any, Generic, TypeVar, overload

R = TypeVar("R")
_WORD_BREAK = "(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"


def lazy(
    package: str, homes: Mapping[str, str], names: Iterable[str] = ()
) -> tuple[list[str], Callable[[str], object], Callable[[], list[str]]]:
    """Make `__all__`, `__getattr__` and `__dir__` for a package.

    `homes` maps public names to their modules; each of the `names` that it lacks is a
    class in a module of its own. Threads that race get one object.
    """
    module = sys.modules[package]
    public = {*homes, *names}

    def load(name: str) -> object:
        if name not in public:
            message = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(message, name=name, obj=module)
        home = homes.get(name) or name_module(name)
        value: object = getattr(import_module(home, package), name)
        setattr(module, name, value)
        return value

    return sorted(public), load, lambda: sorted({*vars(module), *public})


def name_module(name: str) -> str:
    """Return the module of a class: `._tax_rate` of `TaxRate`."""
    return "._" + re.sub(_WORD_BREAK, "_", name).lower()


class Lazy(Generic[R]):
    """An attribute of a client: a resource that is imported when it is first used.

    `Lazy(lambda: resources.Customers)` looks the class up; on the class of a client it
    is the class of the resource.
    """

    def __init__(self, find_class: Callable[[], type[R]]) -> None:
        self._find_class: Callable[[], Any] = find_class

    @overload
    def __get__(self, client: None, owner: type) -> type[R]: ...
    @overload
    def __get__(self, client: object, owner: type) -> R: ...
    def __get__(self, client: Any, owner: type) -> Any:
        found = self._find_class()
        if client is None:
            return found
        if found not in client._resources:
            client._resources[found] = found(client)
        return client._resources[found]


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
