# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Batches for tests: they keep what is added, and send nothing.

In: a method that takes many items, and items. Out: the same items, with their keys.
"""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar

from .batching import AsyncBatch, BaseBatch, Batch, Tasks, Threads, W
from .decoding import decode

T = TypeVar("T")


class Keeping(BaseBatch[T, W]):
    """What both kinds have in common."""

    @cached_property
    def items(self) -> list[T]:
        """The items that were added, each with its ID and its time."""
        return []

    def _put(self, content: bytes, item: T) -> bool:
        kept: T = decode(content, type(item), [])
        self.items.append(kept)
        return True


class Collected(Keeping[T, Threads], Batch[T]):
    """A batch for tests: `items` has what was added, and nothing is sent."""


class AsyncCollected(Keeping[T, Tasks], AsyncBatch[T]):
    """An asynchronous batch for tests: `items` has what was added; nothing is sent."""
