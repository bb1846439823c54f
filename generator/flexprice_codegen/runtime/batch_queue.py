# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""What a batch holds: its items, what became of them, and when the next may be sent.

In: encoded items, and the outcomes of requests. Out: chunks of items, one a request.
Nothing here sends, waits or locks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Literal, TypeAlias, TypedDict, TypeVar

import httpx2
from msgspec import Struct

from .batch_items import Chunk, Entry
from .batch_plan import BatchPlan
from .errors import (
    APIError,
    AuthenticationError,
    MissingCredentialsError,
    PermissionDeniedError,
)
from .retry import check_seconds

T = TypeVar("T")
WhenFull: TypeAlias = Literal["wait", "raise", "drop"]
Count: TypeAlias = Literal["sent", "refused", "lost"]
_DENIED: Final = (
    AuthenticationError,
    PermissionDeniedError,
    MissingCredentialsError,
)
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

    def check(self, plan: BatchPlan) -> None:
        """Raise a ValueError unless the API and the memory allow these settings."""
        _check_range("size", self.size, plan.size)
        _check_range("max_bytes", self.max_bytes, plan.max_bytes)
        _check_range("requests_at_once", self.requests_at_once, _MOST_AT_ONCE)
        _check_range("room", self.room)
        _check_range("room_bytes", self.room_bytes, least=self.max_bytes)
        check_seconds("every", self.every, least=0)
        check_seconds("exit_timeout", self.exit_timeout, least=0)
        check_seconds("full_timeout", self.full_timeout, least=0)
        check_seconds("give_up_after", self.give_up_after, least=0)
        if self.when_full not in ("wait", "raise", "drop"):
            got = repr(self.when_full)
            raise ValueError(f"when_full must be wait, raise or drop, got {got}")


class Stats(Struct, frozen=True, kw_only=True):
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


class Outcome(Struct, frozen=True, kw_only=True):
    """What follows from a request: halves to send now, items to hand back, a warning."""

    halves: tuple[Chunk, ...] = ()
    refused: tuple[Entry, ...] = ()
    lost: tuple[Entry, ...] = ()
    is_given_back: bool = False
    warning: str = ""


def _check_range(
    name: str, value: object, most: int | None = None, least: int = 1
) -> None:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    if not is_whole or int(str(value)) < least:
        raise ValueError(f"{name} must be an int of at least {least}, got {value!r}")
    if most is not None and int(str(value)) > most:
        raise ValueError(f"{name} must be at most {most}, got {value!r}")


@dataclass(slots=True)
class BatchQueue:
    """The items that a batch holds, and what became of the others.

    `held` counts the items that wait, those in a request included, `urgent` is the
    number of the last item that shall not wait any longer. Nothing is sent before
    `blocked_until`; `is_denied` says that the reason is a rejected credential.
    """

    plan: BatchPlan
    settings: BatchSettings
    overhead: int
    entries: deque[Entry] = field(default_factory=deque)
    returned: list[Chunk] = field(default_factory=list)
    flying: set[Chunk] = field(default_factory=set)
    counts: dict[Count, int] = field(
        default_factory=lambda: {"sent": 0, "refused": 0, "lost": 0}
    )
    accepted: int = 0
    held: int = 0
    held_bytes: int = 0
    queued_bytes: int = 0
    requests: int = 0
    urgent: int = 0
    failures: int = 0
    failing_since: float = 0.0
    blocked_until: float = 0.0
    is_denied: bool = False
    is_closed: bool = False

    def has_room(self, size: int) -> bool:
        """Return whether an item of this size can be added."""
        settings = self.settings
        is_small = self.held_bytes + size <= settings.room_bytes
        return is_small and self.held < settings.room

    def add(self, content: bytes, kind: type, now: float) -> None:
        """Add an item."""
        self.accepted += 1
        self.held += 1
        self.held_bytes += len(content)
        self.queued_bytes += len(content) + 1
        self.entries.append(Entry(self.accepted, content, kind, now))

    def drop(self, content: bytes, kind: type, now: float) -> Outcome:
        """Count an item as lost, because the batch is full."""
        self.accepted += 1
        self.counts["lost"] += 1
        entry = Entry(self.accepted, content, kind, now)
        return Outcome(lost=(entry,), warning="the batch is full, new items are lost")

    def needs_attention(self) -> bool:
        """Return whether an item that was just added may change when to send."""
        return len(self.entries) == 1 or self._is_full_request()

    def _is_full_request(self) -> bool:
        settings = self.settings
        is_large = self.queued_bytes + self.overhead >= settings.max_bytes
        return is_large or len(self.entries) >= min(settings.size, settings.room)

    def has_unsent(self) -> bool:
        """Return whether an item is in no request."""
        return bool(self.returned or self.entries)

    def is_ready(self, now: float) -> bool:
        """Return whether a request shall be sent now."""
        if now < self.blocked_until or not self.has_unsent():
            return False
        return self.get_seconds_left(now) == 0

    def get_seconds_left(self, now: float) -> float | None:
        """Return the seconds before a request shall be sent; None if nothing waits."""
        if not self.has_unsent():
            return None
        due = 0.0
        is_urgent = self.returned or self.is_closed or self._is_full_request()
        if not is_urgent and self.entries[0].number > self.urgent:
            due = self.entries[0].added + self.settings.every
        return max(due - now, self.blocked_until - now, 0.0)

    def take(self) -> Chunk:
        """Take the items of the next request; those of a failed one stay together."""
        chunk = self.returned.pop(0) if self.returned else self._fill_chunk()
        self.flying.add(chunk)
        return chunk

    def _fill_chunk(self) -> Chunk:
        settings = self.settings
        taken: list[Entry] = []
        size = self.overhead
        while self.entries and len(taken) < settings.size:
            # One comma fewer than there are items.
            size += len(self.entries[0].content) + bool(taken)
            if size > settings.max_bytes:
                break
            entry = self.entries.popleft()
            self.queued_bytes -= len(entry.content) + 1
            taken.append(entry)
        return Chunk(taken)

    def finish(self, chunk: Chunk, error: Exception | None, now: float) -> Outcome:
        """Note how a request ended, and return what follows."""
        self.requests += 1
        if chunk not in self.flying:  # the batch was closed, and has handed it back
            return Outcome(is_given_back=True)
        status = getattr(error, "status_code", None) or 0
        is_success = httpx2.codes.is_success(status)
        if error is None or is_success or self._is_duplicate(chunk, error):
            self._settle(chunk, "sent")
            self._end_outage()
            return Outcome()
        if status in self.plan.refused:
            self._end_outage()
            return self._refuse(chunk)
        return self._fail(chunk, error, now)

    def _is_duplicate(self, chunk: Chunk, error: Exception) -> bool:
        is_single = len(chunk.entries) == 1
        return is_single and getattr(error, "code", None) in self.plan.duplicate

    def _refuse(self, chunk: Chunk) -> Outcome:
        """Divide a request with an invalid item, until the item is found."""
        if len(chunk.entries) == 1:
            self._settle(chunk, "refused")
            warning = "the server rejected an item"
            return Outcome(refused=tuple(chunk.entries), warning=warning)
        self.flying.discard(chunk)
        halves = chunk.split()
        self.flying.update(halves)
        return Outcome(halves=halves)

    def _fail(self, chunk: Chunk, error: Exception, now: float) -> Outcome:
        """Return a chunk to the queue, and wait; after a long outage it is lost."""
        if not self.failures:
            self.failing_since = now
        self.failures += 1
        self.is_denied = isinstance(error, _DENIED)
        delay = _DENIED_DELAY if self.is_denied else _get_delay(error, self.failures)
        self.blocked_until = now + delay
        reason = _describe(error)
        limit = self.settings.give_up_after
        if limit is not None and now - self.failing_since >= limit:
            self._settle(chunk, "lost")
            return Outcome(
                lost=tuple(chunk.entries),
                is_given_back=True,
                warning=f"items are lost after {limit} seconds of outage: {reason}",
            )
        self.give_back([chunk])
        return Outcome(is_given_back=True, warning=f"{self.held} items wait: {reason}")

    def give_back(self, chunks: list[Chunk]) -> None:
        """Put chunks back into the queue, before what was added later."""
        kept = [chunk for chunk in chunks if chunk in self.flying]
        self.flying.difference_update(kept)
        self.returned = sorted([*self.returned, *kept], key=_get_first_number)

    def _settle(self, chunk: Chunk, count: Count) -> None:
        self.flying.discard(chunk)
        self.held -= len(chunk.entries)
        self.held_bytes -= chunk.count_bytes()
        self.counts[count] += len(chunk.entries)

    def _end_outage(self) -> None:
        self.failures = 0
        self.unblock()

    def unblock(self) -> None:
        """Allow to send now, whatever failed before."""
        self.blocked_until = 0.0
        self.is_denied = False

    def abandon(self) -> tuple[Entry, ...]:
        """Count as lost what is left, and return it; a request may still be under way."""
        chunks = sorted([*self.flying, *self.returned], key=_get_first_number)
        left = [entry for chunk in chunks for entry in chunk.entries]
        left += self.entries
        self.flying.clear()
        self.returned.clear()
        self.entries.clear()
        self.counts["lost"] += len(left)
        self.held -= len(left)
        self.held_bytes = 0
        self.queued_bytes = 0
        return tuple(left)

    def count_waiting(self, number: int) -> int:
        """Return how many items wait among the first `number` that were accepted."""
        chunks = [*self.flying, *self.returned, Chunk(list(self.entries))]
        return sum(each.number <= number for c in chunks for each in c.entries)

    def is_flushed(self, number: int) -> bool:
        """Return whether none of the first `number` items that were accepted waits."""
        first = self.get_oldest()
        return first is None or first.number > number

    def get_oldest(self) -> Entry | None:
        """Return the oldest item that waits."""
        firsts = [chunk.entries[0] for chunk in (*self.flying, *self.returned)]
        if not firsts and self.entries:  # these came later
            return self.entries[0]
        return min(firsts, key=lambda entry: entry.number, default=None)

    def get_stats(self, now: float) -> Stats:
        """Return what became of the items."""
        oldest = self.get_oldest()
        return Stats(
            accepted=self.accepted,
            **self.counts,
            waiting=self.held,
            bytes=self.held_bytes,
            requests=self.requests,
            oldest_age=0.0 if oldest is None else now - oldest.added,
        )


def _get_first_number(chunk: Chunk) -> int:
    return chunk.entries[0].number


def _get_delay(error: Exception, failures: int) -> float:
    """Return the seconds that a server asks for, else more after each failure."""
    asked: float | None = getattr(error, "retry_after", None)
    if asked is not None:
        return min(max(asked, _SHORTEST_DELAY), _LONGEST_ASKED_DELAY)
    return min(float(2 ** min(failures - 1, _MOST_DOUBLINGS)), _LONGEST_DELAY)


def _describe(error: Exception) -> str:
    """Return the kind of an error; its text might quote an item."""
    status = getattr(error, "status_code", None)
    kind = type(error).__name__
    is_ours = isinstance(error, APIError)
    return f"{kind}, status {status}" if is_ours and status else kind
