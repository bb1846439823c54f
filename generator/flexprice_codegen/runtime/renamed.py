# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Old names of methods, which still work for a while.

In: a method under its name of today. Out: the same method, which warns.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

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
