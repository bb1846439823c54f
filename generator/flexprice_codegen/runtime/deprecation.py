# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Warnings of operations that are deprecated; only a client with such has this module.

In: the operation of a method. Out: a DeprecationWarning at the line that calls it.
"""

from __future__ import annotations

import warnings
from typing import Any

from .operation import Operation


def warn_of_call(operation: Operation[Any]) -> None:
    """Warn who calls the method that calls this."""
    message = f"{operation.call} is deprecated"
    warnings.warn(message, DeprecationWarning, stacklevel=3)
