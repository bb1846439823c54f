# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Former names of classes whose places in the document have types without a class.

In: the public names of a package, and the module with such types. Out: functions that
look names up. These names still work, and warn.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Mapping
from importlib import import_module

from .lazy import lazy


def lazy_with_types(
    package: str,
    homes: Mapping[str, str],
    renamed: Mapping[str, str],
    types: Mapping[str, str],
    module: str,
) -> tuple[list[str], Callable[[str], object], Callable[[], list[str]]]:
    """Make `__all__`, `__getattr__` and `__dir__` for a package.

    Args:
        package: The name of the package.
        homes: The module of each public name.
        renamed: The current name for each former one.
        types: The type for each former name of a class that has none now, as text.
        module: The module with these types.
    """
    names, load, list_names = lazy(package, homes)
    current = {**renamed, **types}

    def load_or_warn(name: str) -> object:
        if name not in current:
            return load(name)
        message = f"{package}.{name} is deprecated; use {current[name]}"
        warnings.warn(message, DeprecationWarning, stacklevel=2)
        if name in renamed:
            return getattr(sys.modules[package], renamed[name])
        value: object = getattr(import_module(module, package), name)
        return value

    return names, load_or_warn, list_names
