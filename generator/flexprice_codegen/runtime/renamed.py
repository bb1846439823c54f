# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Former names of methods and classes, which still work for a while.

In: names of today. Out: the same under former names, which warn.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any, Concatenate, ParamSpec, TypeVar

from .lazy import lazy

P = ParamSpec("P")
T = TypeVar("T")


def renamed(
    method: Callable[Concatenate[Any, P], T], old: str, new: str
) -> Callable[Concatenate[Any, P], T]:
    """Return a method under an old name: `customers.add` is `customers.create` now."""

    def call(self: object, /, *args: P.args, **kwargs: P.kwargs) -> T:
        message = f"{old} is deprecated; call {new}"
        warnings.warn(message, DeprecationWarning, stacklevel=2)
        return method(self, *args, **kwargs)

    call.__dict__.update(vars(method))  # the operation, too
    call.__name__ = old.rpartition(".")[2]
    call.__doc__ = f"Deprecated: call `{new}`."
    return call


def lazy_with_former_names(
    package: str,
    homes: Mapping[str, str],
    names: Iterable[str],
    former: Mapping[str, str],
    types: str = "",
) -> tuple[list[str], Callable[[str], object], Callable[[], list[str]]]:
    """Do what `lazy` does, also for former names.

    Args:
        package: The name of the package.
        homes: The modules of public names, as `lazy` takes them.
        names: All public names.
        former: The current name of each former one, or the type in its place, as text.
        types: The module with these types, by their former names; "" without any.
    """
    public, load, list_names = lazy(package, homes, names)

    def load_or_warn(name: str) -> object:
        if name not in former:
            return load(name)
        current = former[name]
        message = f"{package}.{name} is deprecated; use {current}"
        warnings.warn(message, DeprecationWarning, stacklevel=2)
        if current in public:
            return getattr(sys.modules[package], current)
        value: object = getattr(import_module(types, package), name)
        return value

    return public, load_or_warn, list_names
