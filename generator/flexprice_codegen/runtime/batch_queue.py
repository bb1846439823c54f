# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""What a batch holds: its items, what became of them, and when the next may be sent.

In: encoded items, and the outcomes of requests. Out: chunks of items, one a request.
Nothing here sends, waits or locks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Literal, Protocol, TypeAlias, TypedDict, TypeVar

import httpx2
from msgspec import Struct
from msgspec.structs import replace

from .batch_items import Chunk
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
Count: TypeAlias = Literal["sent", "refused", "lost", "waiting"]
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
    spool: ItemStore


class ItemStore(Protocol):
    """What keeps items after the process has ended, such as a `Spool`."""

    def open_queue(
        self, queue: BatchQueue, client: Any, warn: Callable[[str], None]
    ) -> BatchQueue:
        """Return a queue like another one, whose items are kept."""
        ...


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
        check_seconds("every", self.every, least=0)
        check_seconds("exit_timeout", self.exit_timeout, least=0)
        check_seconds("full_timeout", self.full_timeout, least=0)
        check_seconds("give_up_after", self.give_up_after, least=0)
        if self.when_full not in ("wait", "raise", "drop"):
            got = repr(self.when_full)
            raise ValueError(f"when_full must be wait, raise or drop, got {got}")


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


class Outcome(Struct, frozen=True):
    """What became of chunks, why, and a warning; what is lost or rejected is handed back."""

    count: Count = "sent"
    chunks: tuple[Chunk, ...] = ()
    error: Exception | None = None
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

    `chunks` are in no request; new items are added to the last of them if it is `open`.
    `reporting` are those that are being handed back. `urgent` is the number of the last
    item that must not wait for others. Nothing is sent before `blocked_until`;
    `is_denied` says that the reason is a rejected credential.
    """

    plan: BatchPlan
    settings: BatchSettings
    overhead: int
    stats: Stats = field(default_factory=Stats)
    chunks: list[Chunk] = field(default_factory=list[Chunk])
    open: Chunk | None = None
    flying: set[Chunk] = field(default_factory=set[Chunk])
    reporting: set[Chunk] = field(default_factory=set[Chunk])
    urgent: int = 0
    failures: int = 0
    failing_since: float = 0.0
    blocked_until: float = 0.0
    is_denied: bool = False
    is_closed: bool = False

    def load(self) -> None:
        """Add what an earlier process has left; without a spool, nothing."""

    def has_room(self, size: int) -> bool:
        """Return whether an item of this size can be added."""
        settings = self.settings
        is_small = self.stats.bytes + size < settings.room_bytes
        return is_small and self.stats.waiting < settings.room

    def add(self, content: bytes, kind: type, now: float) -> bool:
        """Add an item; return whether that changes when to send."""
        stats = self.stats
        stats.accepted += 1
        stats.waiting += 1
        stats.bytes += len(content) + 1
        chunk = self.open
        if chunk is None or not self._fits(chunk, content):
            chunk = Chunk(stats.accepted, now)
            self.open = chunk
            self.chunks.append(chunk)
        chunk.append(content, kind)
        if len(chunk.contents) == self.settings.size:
            self.open = None
        return self.open is None or len(chunk.contents) == 1

    def _fits(self, chunk: Chunk, content: bytes) -> bool:
        # The size of a chunk counts the comma before this item.
        return self.overhead + chunk.size + len(content) <= self.settings.max_bytes

    def drop(self, content: bytes, kind: type, now: float) -> Outcome:
        """Count an item as lost, because the batch is full."""
        stats = self.stats
        stats.accepted += 1
        stats.waiting += 1
        stats.bytes += len(content) + 1
        chunk = Chunk(stats.accepted, now)
        chunk.append(content, kind)
        error = BatchFullError("the batch was full")
        return self._settle("lost", [chunk], error, "it is full, new items are lost")

    def forget(self) -> None:
        """Empty the queue, so that what sends from it ends: forks copy greenlets."""
        self.is_closed = True
        self.stats = Stats()

    def is_finished(self) -> bool:
        """Return whether nothing is left to send, and nothing will be added."""
        return self.is_closed and not self.stats.waiting

    def get_seconds_left(self, now: float) -> float | None:
        """Return the seconds before a request must be sent; None if nothing waits."""
        if not self.chunks:
            return None
        chunk = self.chunks[0]
        is_due = self.is_closed or chunk is not self.open or chunk.first <= self.urgent
        due = 0.0 if is_due else chunk.added + self.settings.every
        return max(due - now, self.blocked_until - now, 0.0)

    def take(self) -> Chunk:
        """Take the items of the next request."""
        chunk = self.chunks.pop(0)
        if chunk is self.open:
            self.open = None
        self.flying.add(chunk)
        return chunk

    def give_back(self, chunk: Chunk) -> None:
        """Put a chunk back, before what was added later."""
        if chunk in self.flying:
            self.flying.discard(chunk)
            self._insert([chunk])

    def _insert(self, chunks: list[Chunk]) -> None:
        self.chunks = sorted([*self.chunks, *chunks], key=_get_first)

    def finish(self, chunk: Chunk, error: Exception | None, now: float) -> Outcome:
        """Note how a request ended, and return what follows."""
        self.stats.requests += 1
        if chunk not in self.flying:  # the batch was closed, and has handed it back
            return Outcome()
        status = getattr(error, "status_code", None) or 0
        is_success = error is None or httpx2.codes.is_success(status)
        if is_success or self._is_duplicate(chunk, error):
            self._end_outage()
            return self._settle("sent", [chunk])
        if status in self.plan.refused:
            self._end_outage()
            return self._refuse(chunk, error)
        return self._fail(chunk, error, now)

    def _is_duplicate(self, chunk: Chunk, error: Exception | None) -> bool:
        is_single = len(chunk.contents) == 1
        return is_single and getattr(error, "code", None) in self.plan.duplicate

    def _refuse(self, chunk: Chunk, error: Exception | None) -> Outcome:
        """Divide a request with an invalid item, until the item is found."""
        if len(chunk.contents) == 1:
            return self._settle(
                "refused", [chunk], error, "the server rejected an item"
            )
        self.flying.discard(chunk)
        self._insert(chunk.split())
        return Outcome("waiting")

    def _fail(self, chunk: Chunk, error: Exception | None, now: float) -> Outcome:
        """Put a chunk back, and wait; after a long outage it is lost."""
        if not self.failures:
            self.failing_since = now
        self.failures += 1
        self.is_denied = isinstance(error, _DENIED)
        delay = _DENIED_DELAY if self.is_denied else _get_delay(error, self.failures)
        self.blocked_until = now + delay
        reason = _describe(error)
        limit = self.settings.give_up_after
        if limit is not None and now - self.failing_since >= limit:
            warning = f"items are lost after {limit} seconds of outage: {reason}"
            return self._settle("lost", [chunk], error, warning)
        self.give_back(chunk)
        return Outcome("waiting", warning=f"{self.stats.waiting} items wait: {reason}")

    def _settle(
        self,
        count: Count,
        chunks: list[Chunk],
        error: Exception | None = None,
        warning: str = "",
    ) -> Outcome:
        self.flying.difference_update(chunks)
        number = sum(len(chunk.contents) for chunk in chunks)
        stats = self.stats
        setattr(stats, count, getattr(stats, count) + number)
        stats.waiting -= number
        stats.bytes -= sum(chunk.size for chunk in chunks)
        if count != "sent":
            self.reporting.update(chunks)
        return Outcome(count, tuple(chunks), error, warning)

    def end_report(self, chunks: Iterable[Chunk]) -> None:
        """Note that items have been handed back."""
        self.reporting.difference_update(chunks)

    def _end_outage(self) -> None:
        self.failures = 0
        self.unblock()

    def unblock(self) -> None:
        """Allow to send now, whatever failed before."""
        self.blocked_until = 0.0
        self.is_denied = False

    def abandon(self) -> Outcome:
        """Count as lost what is left; a request may still be under way."""
        left = sorted([*self.flying, *self.chunks], key=_get_first)
        self.chunks = []
        self.open = None
        warning = f"{self.stats.waiting} items were not sent" if left else ""
        return self._settle("lost", left, BatchClosedError(warning), warning)

    def count_waiting(self, number: int) -> int:
        """Return how many items wait among the first `number` that were accepted."""
        chunks = [*self.flying, *self.chunks]
        rests = [(number + 1 - chunk.first, len(chunk.contents)) for chunk in chunks]
        return sum(max(min(rest), 0) for rest in rests)

    def is_done(self, number: int) -> bool:
        """Return whether the first `number` items are gone, or none will be soon."""
        chunks = [*self.flying, *self.reporting, *self.chunks]
        return self.is_denied or all(chunk.first > number for chunk in chunks)

    def get_stats(self, now: float) -> Stats:
        """Return what became of the items."""
        chunks = [*self.flying, *self.chunks]
        oldest = min((chunk.added for chunk in chunks), default=now)
        return replace(self.stats, oldest_age=now - oldest)


def _get_first(chunk: Chunk) -> int:
    return chunk.first


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
    is_ours = isinstance(error, APIError)
    return f"{kind}, status {status}" if is_ours and status else kind
