# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Old names of methods and classes, which still work for a while.

In: names of today. Out: the same under old names, which warns.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Mapping
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


def lazy_renamed(
    package: str, homes: Mapping[str, str], renamed: Mapping[str, str]
) -> tuple[list[str], Callable[[str], object], Callable[[], list[str]]]:
    """Do what `lazy` does, also for old names of classes."""
    names, load, list_names = lazy(package, homes)

    def load_by_any_name(name: str) -> object:
        if name not in renamed:
            return load(name)
        message = f"{package}.{name} is deprecated; use {renamed[name]}"
        warnings.warn(message, DeprecationWarning, stacklevel=2)
        return getattr(sys.modules[package], renamed[name])

    return names, load_by_any_name, list_names
