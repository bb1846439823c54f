# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""How an operation takes many items at once, and what a batch is given and counts.

In: what the document says, and keyword arguments. Out: the same as data, checked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import Any, Final, Generic, Literal, TypeAlias, TypedDict, TypeVar, cast

from msgspec import UNSET, Struct, json
from msgspec.structs import replace

from .encoding import encode, wire_members
from .idempotency import Filling, fill_key
from .retry import check_seconds

T = TypeVar("T")
WhenFull: TypeAlias = Literal["wait", "raise", "drop"]
_USUAL_SIZE: Final = 500
_LONGEST_OUTAGE: Final = 300.0
_MOST_AT_ONCE: Final = 4
_NOT_SET: Final = (UNSET, None, "")


class BatchPlan(Struct, frozen=True):
    """How an operation takes many items at once, and how a batch sends them.

    `items` is the member of the body that is the list of items, "" if the body is the
    list. `keys` are the fields of an item by which the server counts it once, and what
    fills them in. The server rejects items without one of `not_empty`. It answers a
    status in `refused` to a request with an invalid item, and a code in `duplicate` to
    an item that it has already. `partial` finds the items that a response rejects, by
    their positions. The other fields are arguments of a batch, or what limits them.
    """

    items: str
    size: int = 1000
    max_bytes: int = 1_048_576
    every: float = 1.0
    keys: tuple[tuple[str, Filling], ...] = ()
    not_empty: tuple[str, ...] = ()
    refused: tuple[int, ...] = (400, 413, 422)
    duplicate: tuple[str, ...] = ()
    partial: Callable[[bytes, Sequence[bytes]], Mapping[int, Exception]] | None = None
    room: int = 10_000
    room_bytes: int = 64 * 1024 * 1024
    when_full: WhenFull = "wait"
    full_timeout: float | None = 30.0
    give_up_after: float | None = None
    exit_timeout: float = 5.0
    requests_at_once: int = 1
    on_refused: Any = None
    on_lost: Any = None
    on_stats: Any = None
    spool: Any = None

    def change(self, options: BatchOptions[Any]) -> BatchPlan:
        """Return the plan of a batch, which this one limits.

        Raises:
            ValueError: the API or the memory does not allow it.
        """
        size = min(_USUAL_SIZE, self.size)
        # Without `on_lost`, nobody would get back what is given up.
        outage = _LONGEST_OUTAGE if options.get("on_lost") else None
        plan = replace(self, **{"size": size, "give_up_after": outage, **options})
        ranges: dict[str, tuple[int, float]] = {
            "size": (1, self.size),
            "max_bytes": (1, self.max_bytes),
            "requests_at_once": (1, _MOST_AT_ONCE),
            "room": (1, inf),
            "room_bytes": (plan.max_bytes, inf),
        }
        for name, (least, most) in ranges.items():
            value = getattr(plan, name)
            if type(value) is not int or not least <= value <= most:
                wanted = f"an int from {least} to {most}"
                raise ValueError(f"{name} must be {wanted}, got {value!r}")
        for name in ("every", "exit_timeout", "full_timeout", "give_up_after"):
            check_seconds(name, getattr(plan, name), least=0)
        if plan.when_full not in ("wait", "raise", "drop"):
            got = repr(plan.when_full)
            raise ValueError(f"when_full must be wait, raise or drop, got {got}")
        return plan

    def encode_item(self, item: object) -> bytes:
        """Return an item as JSON, with an ID and a time that never change again.

        Raises:
            ValueError: it would be rejected.
            TypeError: a value of it has no form in JSON.
        """
        members: dict[str, Any]
        if isinstance(item, Mapping):
            members = dict(cast("Mapping[str, Any]", item))
        else:
            members = wire_members(item, "item")
        for name, filling in self.keys:
            if members.get(name) in _NOT_SET:
                members[name] = fill_key(filling, UNSET)
        for name in self.not_empty:
            if members.get(name) in _NOT_SET:
                raise ValueError(f"item.{name}: must not be empty")
        content = encode(members, "item")
        size = len(content) + len(self.write_body([]))
        if size > self.max_bytes:
            most = self.max_bytes
            raise ValueError(f"item: {size} bytes in a request, at most {most}")
        return content

    def write_body(self, contents: Sequence[bytes]) -> bytes:
        """Return the body of a request with some encoded items."""
        body = b"[" + b",".join(contents) + b"]"
        if self.items:
            body = b"{" + json.encode(self.items) + b":" + body + b"}"
        return body


class BatchOptions(TypedDict, Generic[T], total=False):
    """The keyword arguments of a batch: how it differs from the plan."""

    size: int
    max_bytes: int
    every: float
    room: int
    room_bytes: int
    when_full: WhenFull
    full_timeout: float | None
    give_up_after: float | None
    exit_timeout: float
    requests_at_once: int
    on_refused: Callable[[T, Exception], object]
    on_lost: Callable[[T, Exception], object]
    on_stats: Callable[[Stats], object]


class Stats(Struct, kw_only=True):
    """What became of the items: `accepted` is the sum of the next four.

    `bytes` is the size of those that wait, `oldest_age` the age of the oldest, in
    seconds.
    """

    accepted: int = 0
    sent: int = 0
    refused: int = 0
    lost: int = 0
    waiting: int = 0
    bytes: int = 0
    requests: int = 0
    oldest_age: float = 0.0


class Flushed(Struct, frozen=True, kw_only=True):
    """What happened during a flush; true if nothing waits and nothing was lost.

    `waiting` are items that were added before the flush and are not sent yet.
    """

    sent: int
    refused: int
    lost: int
    waiting: int

    def __bool__(self) -> bool:
        return not self.waiting and not self.lost
