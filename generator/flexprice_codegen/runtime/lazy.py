# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Names that are imported when they are first used (PEP 562).

In: the modules of a package's public names. Out: functions that hand the names out.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

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
