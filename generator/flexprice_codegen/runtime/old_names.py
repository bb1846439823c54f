# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Former names of arguments and attributes, which still work in this version, and warn.

In: a name of before, and the one of today. Out: a property, or keyword arguments.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any


def old_attribute(old: str, new: str) -> Any:
    """Return a property with a former name."""

    def get(self: object) -> Any:
        _warn(old, new)
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
        _warn(name, names[name])
    return {names[name]: value for name, value in given.items()}


def _warn(old: str, new: str) -> None:
    message = f"`{old}` is deprecated; use `{new}`"
    warnings.warn(message, DeprecationWarning, stacklevel=4)
