"""Copies of a value, made in every way that Python has."""

from __future__ import annotations

import copy
import pickle
from typing import TypeVar

T = TypeVar("T")


def twins(value: T) -> list[T]:
    """Return the value unpickled, copied and deeply copied."""
    unpickled: T = pickle.loads(pickle.dumps(value))  # noqa: S301 - our own bytes
    return [unpickled, copy.copy(value), copy.deepcopy(value)]
