# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""The items of batches, encoded when they are added.

In: an item. Out: its JSON, with the keys by which the server knows it again, and the
body of a request.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, is_dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final, cast
from uuid import uuid4

from msgspec import UNSET
from msgspec.structs import replace

from .batch_plan import BatchPlan
from .decoding import decode
from .encoding import encode, wire_members
from .idempotency import Filling, KeyFields
from .operation import Body, Operation

_NOT_SET: Final = (UNSET, None, "")


@dataclass(slots=True, eq=False)
class Chunk:
    """The items of one request; they stay together until the server answers.

    `first` is the number of its first item among all that were accepted, `added` is
    when that was added. `size` is the bytes of all items, with a comma after each.
    """

    first: int
    added: float
    contents: list[bytes] = field(default_factory=list[bytes])
    kinds: list[type] = field(default_factory=list[type])
    size: int = 0

    def append(self, content: bytes, kind: type) -> None:
        """Append an encoded item of a class."""
        self.contents.append(content)
        self.kinds.append(kind)
        self.size += len(content) + 1

    def split(self) -> list[Chunk]:
        """Return both halves."""
        middle = len(self.contents) // 2
        halves = [Chunk(self.first, self.added), Chunk(self.first + middle, self.added)]
        for at, (content, kind) in enumerate(self.iter_encoded()):
            halves[at >= middle].append(content, kind)
        return halves

    def decode_items(self) -> Iterator[Any]:
        """Yield the items, with their keys."""
        for content, kind in self.iter_encoded():
            yield decode(content, kind, [])

    def iter_encoded(self) -> Iterator[tuple[bytes, type]]:
        """Yield the JSON of each item, with its class."""
        return zip(self.contents, self.kinds, strict=True)


class ItemEncoder:
    """Encodes items: fills in their keys, and rejects what the server would reject."""

    def __init__(self, plan: BatchPlan, operation: Operation[Any]) -> None:
        self._not_empty = plan.not_empty
        self._keys: list[tuple[str, Filling]] = []
        self._unless: str | None = None
        start, end = _frame(plan)
        self.overhead = len(start) + len(end)
        keys = operation.idempotency
        if isinstance(keys, KeyFields):
            prefix = f"{plan.items}[]."
            self._keys = [
                (path.removeprefix(prefix), filling)
                for path, filling in keys.fields.items()
                if path.startswith(prefix)
            ]
            self._unless = keys.unless and keys.unless.removeprefix(prefix)

    def encode(self, item: object, max_bytes: int) -> bytes:
        """Return an item as JSON, with an ID and a time that never change again.

        Raises:
            ValueError: a member is missing, cannot be sent, or the item is too large.
            TypeError: a value has no form in JSON.
        """
        members: dict[str, Any]
        if is_dataclass(item):
            members = wire_members(item, "item")
        elif isinstance(item, Mapping):
            members = dict(cast("Mapping[str, Any]", item))
        else:
            raise TypeError(f"item: expected an object, got {type(item).__name__}")
        if self._unless is None or members.get(self._unless, UNSET) in _NOT_SET:
            for name, filling in self._keys:
                if members.get(name, UNSET) in _NOT_SET:
                    members[name] = _fill(name, filling)
        for name in self._not_empty:
            if members.get(name, UNSET) in _NOT_SET:
                raise ValueError(f"item.{name}: must not be empty")
        content = encode(members, "item")
        size = len(content) + self.overhead
        if size > max_bytes:
            raise ValueError(f"item: {size} bytes in a request, at most {max_bytes}")
        return content


def create_batch_operation(
    operation: Operation[Any], plan: BatchPlan
) -> Operation[Any]:
    """Return an operation that sends chunks: their items have their keys already.

    It reads no success, which would import classes: a fork in the midst of an import
    leaves a child that waits forever.
    """
    start, end = _frame(plan)
    return replace(
        operation,
        body=partial(_join_items, start, end),
        returns="None",
        responses={},
        idempotency=None,
        safe=True,
    )


def _join_items(start: bytes, end: bytes, chunk: Chunk) -> Body:
    return Body("application/json", start + b",".join(chunk.contents) + end)


def _frame(plan: BatchPlan) -> tuple[bytes, bytes]:
    """Return what is before and after the items in a body."""
    if not plan.items:
        return b"[", b"]"
    return b"{" + encode(plan.items) + b":[", b"]}"


def _fill(name: str, filling: Filling) -> object:
    match filling:
        case "now":
            return datetime.now(UTC)
        case "hex":
            return uuid4().hex
        case "uuid":
            return str(uuid4())
        case "caller":
            message = "required, because a retry could count twice"
            raise ValueError(f"item.{name}: {message}")
