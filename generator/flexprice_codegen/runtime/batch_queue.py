# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""What a batch is given and holds, what became of it, and when the next may be sent.

In: how an operation takes many items, encoded items, and the results of requests. Out:
the items of the next request. Nothing here sends, waits or locks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import inf
from typing import Any, Final, Generic, Literal, TypeAlias, TypedDict, TypeVar, cast

import httpx2
from msgspec import UNSET, Struct, json
from msgspec.structs import replace

from .encoding import encode, wire_members
from .errors import AuthenticationError, MissingCredentialsError, PermissionDeniedError
from .idempotency import Filling, fill_key
from .retry import check_seconds

T = TypeVar("T")
WhenFull: TypeAlias = Literal["wait", "raise", "drop"]
_NOT_SET: Final = (UNSET, None, "")
Result: TypeAlias = bytes | Exception
State: TypeAlias = Literal["sent", "refused", "lost"]
_DENIED: Final = (AuthenticationError, PermissionDeniedError, MissingCredentialsError)


class BatchPlan(Struct, frozen=True):
    """How an operation takes many items at once, and how a batch sends them.

    `items` is the list in the body, "" if it is the body. By its `keys` the server
    counts an item once. It answers one of `refused` to a request with an invalid item,
    and one of `duplicate` to an item that it has; `partial` finds items by position.
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
        """Return the plan of a batch; raise a ValueError unless this one allows it."""
        size = min(500, self.size)
        # Without `on_lost`, nobody would get back what is given up.
        outage = 300.0 if options.get("on_lost") else None
        plan = replace(self, **{"size": size, "give_up_after": outage, **options})
        limits = {"size": self.size, "max_bytes": self.max_bytes, "requests_at_once": 4}
        for name in (*limits, "room", "room_bytes"):
            least = plan.max_bytes if name == "room_bytes" else 1
            most = limits.get(name, inf)
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
        """Return an item as JSON, with an ID and a time that never change again."""
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
        if size > (most := self.max_bytes):
            raise ValueError(f"item: {size} bytes in a request, at most {most}")
        return content

    @property
    def patience(self) -> float:
        """The seconds that `add` waits for room."""
        longest = inf if self.full_timeout is None else self.full_timeout
        return longest if self.when_full == "wait" else 0.0

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
    """Counts: `accepted` is the sum of the next four; `oldest_age` is in seconds."""

    accepted: int = 0
    sent: int = 0
    refused: int = 0
    lost: int = 0
    waiting: int = 0
    bytes: int = 0
    requests: int = 0
    oldest_age: float = 0.0


class Flushed(Struct, frozen=True, kw_only=True):
    """What a flush did to items, true if none of those before it waits or is lost."""

    sent: int
    refused: int
    lost: int
    waiting: int

    def __bool__(self) -> bool:
        return not self.waiting and not self.lost


class BatchFullError(RuntimeError):
    """A batch has no room for an item; it was not added."""


class BatchClosedError(RuntimeError):
    """A batch is closed, and takes no item."""


class Item(Struct, frozen=True, eq=False):
    """An encoded item, its class, its number among all accepted, and when it came."""

    content: bytes
    kind: type
    number: int
    added: float


class Outcome(Struct, frozen=True, eq=False):
    """Items that are handed back, each with its error; and a warning."""

    state: State = "lost"
    items: Mapping[Item, Exception] = {}
    warning: str = ""


class BatchQueue:
    """The items of a batch that are not settled, with their sizes, and all counts.

    `requests` are those that wait to be sent; the last takes more items as long as
    there is `_room` in it, in bytes. Nothing is sent before `blocked_until`.
    """

    def __init__(self, plan: BatchPlan) -> None:
        self.plan = plan
        self.overhead = len(plan.write_body([]))
        self.stats = Stats()
        self.items: dict[Item, int] = {}
        self.requests: list[list[Item]] = []
        self.is_closed = False
        self.blocked_until = 0.0
        self._room = 0
        self._failing_since = inf

    def add(self, content: bytes, kind: type, now: float) -> bool:
        """Add an item; return whether there was room. If not, what waits is due."""
        size = len(content) + 1
        is_small = self.stats.bytes + size <= self.plan.room_bytes
        if not is_small or len(self.items) >= self.plan.room:
            self.flush()
            return False
        if self._room < size:
            self._room = self.plan.max_bytes - self.overhead + 1
            self.requests.append([])
        self._room -= size
        self.requests[-1].append(self._accept(content, kind, now))
        if len(self.requests[-1]) == self.plan.size:
            self.flush()
        return True

    def drop(self, content: bytes, kind: type, now: float) -> Outcome:
        """Lose an item, or raise an error, because the batch is full."""
        error = BatchFullError(f"{len(self.items)} items wait, and the batch is full")
        if self.plan.when_full != "drop":
            raise error
        item = self._accept(content, kind, now)
        return Outcome("lost", {item: error}, "it is full, new items are lost")

    def _accept(self, content: bytes, kind: type, now: float) -> Item:
        self.stats.accepted += 1
        item = Item(content, kind, self.stats.accepted, now)
        self.items[item] = len(content) + 1  # with a comma
        self.stats.bytes += self.items[item]
        return item

    def flush(self) -> Stats:
        """Make all items due; return what became of the items before."""
        self._room = 0
        return replace(self.stats)

    def close(self) -> Stats:
        """Make all items due, and take no more; return what became of those before."""
        if not self.is_closed:
            self.blocked_until = 0.0
        self.is_closed = True
        return self.flush()

    def get_due(self) -> float:
        """Return when the next request must be sent, infinity if none waits."""
        if not self.requests:
            return inf
        due = self.blocked_until
        if self._room and len(self.requests) == 1:
            due = max(due, self.requests[0][0].added + (self.plan.every or inf))
        return due

    def take(self) -> list[Item]:
        """Take the items of the next request."""
        if len(self.requests) == 1:
            self._room = 0
        return self.requests.pop(0)

    def give_back(self, items: list[Item]) -> None:
        """Put a request back, before the others."""
        if items[0] in self.items:
            self.requests.insert(0, items)

    def finish(self, items: list[Item], result: Result, now: float) -> Outcome:
        """Note the response to a request, or its error; return what follows."""
        self.stats.requests += 1
        if items[0] not in self.items:  # they were handed back, or a parent has them
            return Outcome()
        error = result if isinstance(result, Exception) else None
        status = getattr(error, "status_code", None) or 0
        is_duplicate = getattr(error, "code", None) in self.plan.duplicate
        if httpx2.codes.is_success(status) or (is_duplicate and len(items) == 1):
            error = None
        if error is not None and not is_duplicate and status not in self.plan.refused:
            return self._fail(items, error, now)
        self._failing_since = inf
        self.blocked_until = 0.0
        content: Any = getattr(result, "content", result)
        return self._divide(items, content, error)

    def _fail(self, items: list[Item], error: Exception, now: float) -> Outcome:
        """Put a request back to wait; after a long outage its items are lost."""
        self._failing_since = min(self._failing_since, now)
        outage = now - self._failing_since
        self.blocked_until = now + _get_delay(error, outage)
        reason = type(error).__name__  # its text might quote an item
        limit = self.plan.give_up_after
        if limit is not None and outage >= limit:
            warning = f"items are lost after {limit} seconds of outage: {reason}"
            return Outcome("lost", dict.fromkeys(items, error), warning)
        self.requests.insert(0, items)
        return Outcome(warning=f"{len(self.items)} items wait: {reason}")

    def _divide(
        self, items: list[Item], content: bytes, error: Exception | None
    ) -> Outcome:
        """Part rejected items from the rest: it is sent or, with an error, halved."""
        found = {0: error} if error and len(items) == 1 else {}
        if self.plan.partial is not None:
            named = self.plan.partial(content, [each.content for each in items])
            found = {**named} or found
        rest = [each for at, each in enumerate(items) if at not in found]
        middle = 0 if found else len(rest) // 2
        if error:
            self.requests[:0] = filter(None, (rest[:middle], rest[middle:]))
        else:
            self.settle("sent", rest)
        refused = {items[at]: why for at, why in found.items()}
        warning = "the server rejected an item" if refused else ""
        return Outcome("refused", refused, warning)

    def settle(self, state: State, items: Iterable[Item]) -> None:
        """Count items that were sent, or have been handed back, each once."""
        sizes = [self.items.pop(each) for each in items if each in self.items]
        setattr(self.stats, state, getattr(self.stats, state) + len(sizes))
        self.stats.bytes -= sum(sizes)

    def abandon(self) -> Outcome:
        """Count as lost what is left; a request may still be under way."""
        left = [*self.items]
        self.flush()
        self.requests.clear()
        self.settle("lost", left)
        warning = f"{len(left)} items were not sent" if left else ""
        error = BatchClosedError(warning)
        return Outcome("lost", dict.fromkeys(left, error), warning)

    def is_finished(self) -> bool:
        """Return whether nothing is left to send, and nothing will be added."""
        return self.is_closed and not self.items

    def is_done(self, number: int, end: float) -> bool:
        """Return whether the first `number` items are over, or nothing is before `end`."""
        is_idle = len(self.items) == sum(map(len, self.requests))
        if is_idle and self.blocked_until > end:
            return True
        oldest = next(iter(self.items), None)
        return oldest is None or oldest.number > number

    def get_flushed(self, before: Stats) -> Flushed:
        """Return what happened since, and what waits of the items before."""
        return Flushed(
            sent=self.stats.sent - before.sent,
            refused=self.stats.refused - before.refused,
            lost=self.stats.lost - before.lost,
            waiting=sum(each.number <= before.accepted for each in self.items),
        )

    def get_stats(self, now: float) -> Stats:
        """Return what became of the items."""
        oldest = next(iter(self.items), None)
        age = now - oldest.added if oldest else 0.0
        return replace(self.stats, waiting=len(self.items), oldest_age=age)


def _get_delay(error: object, outage: float) -> float:
    """Return the seconds that a server asks for, else more in a longer outage."""
    if isinstance(error, _DENIED):
        return 60.0
    asked: float | None = getattr(error, "retry_after", None)
    if asked is None:
        return min(max(outage, 1.0), 30.0)
    return min(max(asked, 0.1), 3600.0)
