"""Values whose types nobody knows before a test runs: those of generated code.

In: nothing. Out: the name for their type.
"""

from __future__ import annotations

from typing import Any, TypeAlias

Value: TypeAlias = Any
"""A value of generated code, or what a test hands to it."""
