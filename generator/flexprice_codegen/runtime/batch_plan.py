# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""How an operation takes many items at once, and what a batch is given and counts.

In: what the document says, and keyword arguments. Out: the same as data, checked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import Any, Final, Generic, Literal, TypeAlias, TypedDict, TypeVar

from msgspec import Struct
from msgspec.json import encode
from msgspec.structs import replace

from .idempotency import Filling
from .retry import check_seconds

T = TypeVar("T")
WhenFull: TypeAlias = Literal["wait", "raise", "drop"]
_USUAL_SIZE: Final = 500
_LONGEST_OUTAGE: Final = 300.0
_MOST_AT_ONCE: Final = 4


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

    def write_body(self, contents: Sequence[bytes]) -> bytes:
        """Return the body of a request with some encoded items."""
        items = b"[" + b",".join(contents) + b"]"
        return b"{" + encode(self.items) + b":" + items + b"}" if self.items else items


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
