# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""What a batch holds: its items, what became of them, and when the next may be sent.

In: encoded items, and the outcomes of requests. Out: chunks of items, one a request.
Nothing here sends, waits or locks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any, Final, Generic, Literal, TypeAlias, TypedDict, TypeVar

import httpx2
from msgspec import Struct
from msgspec.structs import replace

from .batch_plan import BatchPlan
from .errors import AuthenticationError, MissingCredentialsError, PermissionDeniedError
from .retry import check_seconds

T = TypeVar("T")
WhenFull: TypeAlias = Literal["wait", "raise", "drop"]
Count: TypeAlias = Literal["sent", "refused", "lost", "waiting"]
_DENIED: Final = (AuthenticationError, PermissionDeniedError, MissingCredentialsError)
_DENIED_DELAY: Final = 60.0
_SHORTEST_DELAY: Final = 0.1
_LONGEST_DELAY: Final = 30.0
_LONGEST_ASKED_DELAY: Final = 3600.0
_MOST_DOUBLINGS: Final = 10
_MOST_AT_ONCE: Final = 4


class BatchFullError(RuntimeError):
    """A batch has no room for an item; it was not added."""


class BatchClosedError(RuntimeError):
    """A batch is closed, and takes no item."""


class BatchOptions(TypedDict, Generic[T], total=False):
    """The keyword arguments of a batch; see `BatchSettings`."""

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


class BatchSettings(Struct, frozen=True, kw_only=True):
    """What a batch is given.

    A request is sent at `size` items, at `max_bytes`, or `every` seconds after its
    oldest item; with `every=0` only by `flush`. The batch holds at most `room` items and
    `room_bytes` bytes. When it is full, `add` waits `full_timeout` seconds and then
    raises (`wait`), raises at once (`raise`), or loses the new item (`drop`). Items
    are lost after `give_up_after` seconds of outage, None is never.
    """

    size: int
    max_bytes: int
    every: float
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

    def check(self, plan: BatchPlan) -> None:
        """Raise a ValueError unless the API and the memory allow these settings."""
        _check_range("size", self.size, plan.size)
        _check_range("max_bytes", self.max_bytes, plan.max_bytes)
        _check_range("requests_at_once", self.requests_at_once, _MOST_AT_ONCE)
        _check_range("room", self.room)
        _check_range("room_bytes", self.room_bytes, least=self.max_bytes)
        for name in ("every", "exit_timeout", "full_timeout", "give_up_after"):
            check_seconds(name, getattr(self, name), least=0)
        if self.when_full not in ("wait", "raise", "drop"):
            got = repr(self.when_full)
            raise ValueError(f"when_full must be wait, raise or drop, got {got}")


def _check_range(name: str, value: Any, most: float = inf, least: int = 1) -> None:
    if type(value) is not int or value < least:
        raise ValueError(f"{name} must be an int of at least {least}, got {value!r}")
    if value > most:
        raise ValueError(f"{name} must be at most {most}, got {value!r}")


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


class Item(Struct, frozen=True):
    """An encoded item, its class, its number among all accepted, and when it came."""

    content: bytes
    kind: type
    number: int
    added: float


class Outcome(Struct, frozen=True, eq=False):
    """What became of items; those that are rejected or lost are handed back."""

    count: Count = "sent"
    items: Sequence[tuple[Item, Exception | None]] = ()
    warning: str = ""


@dataclass(slots=True)
class BatchQueue:
    """The items that a batch holds, and what became of the others.

    `waiting` are in no request yet, and `again` are requests that failed. `urgent` is
    the number of the last item that must not wait for others. Nothing is sent before
    `blocked_until`; `is_denied` says that the reason is a rejected credential.
    """

    plan: BatchPlan
    settings: BatchSettings
    stats: Stats = field(default_factory=Stats)
    waiting: deque[Item] = field(default_factory=deque[Item])
    waiting_bytes: int = 0
    again: list[list[Item]] = field(default_factory=list[list[Item]])
    sending: list[list[Item]] = field(default_factory=list[list[Item]])
    reporting: list[Outcome] = field(default_factory=list[Outcome])
    urgent: int = 0
    failures: int = 0
    failing_since: float = 0.0
    blocked_until: float = 0.0
    is_denied: bool = False
    is_closed: bool = False
    overhead: int = 0

    def __post_init__(self) -> None:
        self.overhead = len(self.plan.write_body([]))

    def load(self) -> None:
        """Add what an earlier process has left; without a spool, nothing."""

    def has_room(self, size: int) -> bool:
        """Return whether an item of this size can be added; if not, send what waits."""
        is_small = self.stats.bytes + size < self.settings.room_bytes
        if is_small and self.stats.waiting < self.settings.room:
            return True
        self.urgent = self.stats.accepted
        return False

    def may_add(self, size: int) -> bool:
        """Return whether nobody has to wait any longer to add an item of this size."""
        return self.is_closed or self.has_room(size)

    def add(self, content: bytes, kind: type, now: float) -> bool:
        """Add an item; return whether that changes when to send."""
        self.waiting.append(self._accept(content, kind, now))
        self.waiting_bytes += len(content) + 1
        return len(self.waiting) == 1 or self._is_full()

    def drop(self, content: bytes, kind: type, now: float) -> Outcome:
        """Count an item as lost, because the batch is full."""
        item = self._accept(content, kind, now)
        error = BatchFullError("the batch was full")
        return self._settle("lost", [(item, error)], "it is full, new items are lost")

    def _accept(self, content: bytes, kind: type, now: float) -> Item:
        self.stats.accepted += 1
        self.stats.waiting += 1
        self.stats.bytes += len(content) + 1
        return Item(content, kind, self.stats.accepted, now)

    def flush(self) -> Stats:
        """Make every item due; return what became of the items before."""
        self.urgent = self.stats.accepted
        return replace(self.stats)

    def close(self) -> Stats:
        """Take no more items; return what became of those before."""
        if not self.is_closed:
            self.unblock()
        self.is_closed = True
        return replace(self.stats)

    def forget(self) -> None:
        """Empty the queue, so that what sends from it ends: forks copy greenlets."""
        self.is_closed = True
        self.stats = Stats()

    def is_finished(self) -> bool:
        """Return whether nothing is left to send, and nothing will be added."""
        return self.is_closed and not self.stats.waiting

    def get_seconds_left(self, now: float) -> float:
        """Return the seconds before a request must be sent, infinite if none waits."""
        if not self.again and not self.waiting:
            return inf
        due = now
        if not self.again and not self.is_closed and not self._is_full():
            oldest = self.waiting[0]
            if oldest.number > self.urgent:
                due = oldest.added + self.settings.every
        return max(due - now, self.blocked_until - now, 0.0)

    def _is_full(self) -> bool:
        """Return whether the items that wait are a request, or more."""
        is_large = self.overhead + self.waiting_bytes > self.settings.max_bytes
        return is_large or len(self.waiting) >= self.settings.size

    def take(self, now: float) -> list[Item]:
        """Take the items of the next request; none if it is not due."""
        if self.get_seconds_left(now) > 0:
            return []
        items = self.again.pop(0) if self.again else self._collect()
        self.sending.append(items)
        return items

    def _collect(self) -> list[Item]:
        items: list[Item] = []
        room = self.settings.max_bytes - self.overhead + 1  # the last has no comma
        while self.waiting and len(items) < self.settings.size:
            size = len(self.waiting[0].content) + 1
            room -= size
            if room < 0:
                break
            self.waiting_bytes -= size
            items.append(self.waiting.popleft())
        return items

    def give_back(self, items: list[Item]) -> None:
        """Put requests back to wait, before what was added later."""
        if items in self.sending:
            self.sending.remove(items)
            self._repeat(items)

    def _repeat(self, *requests: list[Item]) -> None:
        filled = [each for each in (*self.again, *requests) if each]
        self.again = sorted(filled, key=lambda items: items[0].number)

    def finish(
        self, items: list[Item], content: bytes, error: Exception | None, now: float
    ) -> Outcome:
        """Note the response to a request, or its error; return what follows."""
        self.stats.requests += 1
        if items not in self.sending:  # the batch was closed, and has handed it back
            return Outcome()
        status = getattr(error, "status_code", None) or 0
        is_duplicate = getattr(error, "code", None) in self.plan.duplicate
        if httpx2.codes.is_success(status) or (is_duplicate and len(items) == 1):
            error = None
        if error is not None and not is_duplicate and status not in self.plan.refused:
            return self._fail(items, error, now)
        self.failures = 0
        self.unblock()
        self.sending.remove(items)
        return self._divide(items, self._find_refused(items, content, error), error)

    def _find_refused(
        self, items: list[Item], content: bytes, error: Exception | None
    ) -> Mapping[int, Exception]:
        """Return the errors of items that were certainly rejected, by position."""
        named: Mapping[int, Exception] = {}
        if self.plan.partial is not None:
            named = self.plan.partial(content, [each.content for each in items])
        return {0: error} if error and not named and len(items) == 1 else named

    def _divide(
        self,
        items: list[Item],
        refused: Mapping[int, Exception],
        error: Exception | None,
    ) -> Outcome:
        """Part what was rejected from the rest, which was accepted without an error.

        With an error, the rest waits: in two halves, until all such items are found.
        """
        rest = [each for at, each in enumerate(items) if at not in refused]
        outcome = Outcome("waiting")
        if error is None:
            outcome = self._settle("sent", [(each, None) for each in rest])
        elif refused:
            self._repeat(rest)
        else:
            middle = len(rest) // 2
            self._repeat(rest[:middle], rest[middle:])
        if not refused:
            return outcome
        rejected = [(items[at], why) for at, why in refused.items()]
        return self._settle("refused", rejected, "the server rejected an item")

    def _fail(self, items: list[Item], error: Exception, now: float) -> Outcome:
        """Put a request back to wait; after a long outage its items are lost."""
        if not self.failures:
            self.failing_since = now
        self.failures += 1
        self.is_denied = isinstance(error, _DENIED)
        delay = _DENIED_DELAY if self.is_denied else _get_delay(error, self.failures)
        self.blocked_until = now + delay
        reason = _describe(error)
        limit = self.settings.give_up_after
        if limit is not None and now - self.failing_since >= limit:
            self.sending.remove(items)
            warning = f"items are lost after {limit} seconds of outage: {reason}"
            return self._settle("lost", [(each, error) for each in items], warning)
        self.give_back(items)
        return Outcome("waiting", warning=f"{self.stats.waiting} items wait: {reason}")

    def _settle(
        self,
        count: Count,
        items: Sequence[tuple[Item, Exception | None]],
        warning: str = "",
    ) -> Outcome:
        outcome = Outcome(count, items, warning)
        setattr(self.stats, count, getattr(self.stats, count) + len(items))
        self.stats.waiting -= len(items)
        self.stats.bytes -= sum(len(item.content) + 1 for item, _ in items)
        self.reporting.append(outcome)
        if count == "sent":
            self.end_report(outcome)
        return outcome

    def end_report(self, outcome: Outcome) -> None:
        """Note that items were sent, or have been handed back."""
        self.reporting = [each for each in self.reporting if each is not outcome]

    def unblock(self) -> None:
        """Allow to send now, whatever failed before."""
        self.blocked_until = 0.0
        self.is_denied = False

    def abandon(self) -> Outcome:
        """Count as lost what is left; a request may still be under way."""
        left = self.list_left()
        self.waiting.clear()
        self.waiting_bytes = 0
        self.again = []
        self.sending = []
        warning = f"{len(left)} items were not sent" if left else ""
        error = BatchClosedError(warning)
        return self._settle("lost", [(each, error) for each in left], warning)

    def list_left(self) -> list[Item]:
        """Return the items that are not settled, in their order."""
        requests = (*self.sending, *self.again, self.waiting)
        left = [item for items in requests for item in items]
        return sorted(left, key=_get_number)

    def is_done(self, number: int) -> bool:
        """Return whether the first `number` items are gone, or none will be soon."""
        reported = [[item for item, _ in each.items] for each in self.reporting]
        return self.is_denied or self._get_oldest(*reported, number=number) is None

    def _get_oldest(self, *more: Sequence[Item], number: float = inf) -> Item | None:
        """Return the oldest item, up to a number, that is not settled."""
        requests = (*self.sending, *self.again, self.waiting, *more)
        firsts = [items[0] for items in requests if items]
        oldest = min(firsts, key=_get_number, default=None)
        return oldest if oldest and oldest.number <= number else None

    def get_flushed(self, before: Stats) -> Flushed:
        """Return what happened since, and what waits of the items before."""
        left = [item for item in self.list_left() if item.number <= before.accepted]
        return Flushed(
            sent=self.stats.sent - before.sent,
            refused=self.stats.refused - before.refused,
            lost=self.stats.lost - before.lost,
            waiting=len(left),
        )

    def get_stats(self, now: float) -> Stats:
        """Return what became of the items."""
        oldest = self._get_oldest()
        return replace(self.stats, oldest_age=now - oldest.added if oldest else 0.0)


def _get_number(item: Item) -> int:
    return item.number


def _get_delay(error: object, failures: int) -> float:
    """Return the seconds that a server asks for, else more after each failure."""
    asked: float | None = getattr(error, "retry_after", None)
    if asked is not None:
        return min(max(asked, _SHORTEST_DELAY), _LONGEST_ASKED_DELAY)
    return min(float(2 ** min(failures - 1, _MOST_DOUBLINGS)), _LONGEST_DELAY)


def _describe(error: object) -> str:
    """Return the kind of an error; its text might quote an item."""
    status = getattr(error, "status_code", None)
    kind = type(error).__name__
    return f"{kind}, status {status}" if status else kind
