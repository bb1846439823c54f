# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""What a batch holds: its items, what became of them, and when the next may be sent.

In: encoded items, and the outcomes of requests. Out: the items of the next request.
Nothing here sends, waits or locks.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Final, Literal, TypeAlias

import httpx2
from msgspec import Struct
from msgspec.structs import replace

from .batch_plan import BatchPlan, Flushed, Stats
from .errors import AuthenticationError, MissingCredentialsError, PermissionDeniedError

State: TypeAlias = Literal["sent", "refused", "lost"]
_DENIED: Final = (AuthenticationError, PermissionDeniedError, MissingCredentialsError)


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
    items: Sequence[tuple[Item, Exception]] = ()
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
        size = len(content) + 1  # with a comma
        is_small = self.stats.bytes + size <= self.plan.room_bytes
        if not is_small or len(self.items) >= self.plan.room:
            self.flush()
            return False
        if self._room < size:
            self._room = self.plan.max_bytes - self.overhead + 1
            self.requests.append([])
        self._room -= size
        self.stats.accepted += 1
        self.stats.bytes += size
        item = Item(content, kind, self.stats.accepted, now)
        self.items[item] = size
        self.requests[-1].append(item)
        if len(self.requests[-1]) == self.plan.size:
            self.flush()
        return True

    def drop(self, content: bytes, kind: type, now: float) -> Outcome:
        """Count an item as lost, or raise an error, because the batch is full."""
        error = BatchFullError(f"{len(self.items)} items wait, and the batch is full")
        if self.plan.when_full != "drop":
            raise error
        self.stats.accepted += 1
        self.stats.lost += 1
        item = Item(content, kind, self.stats.accepted, now)
        return Outcome("lost", [(item, error)], "it is full, new items are lost")

    def flush(self) -> Stats:
        """Make all items due; return what became of the items before."""
        self._room = 0
        return replace(self.stats)

    def close(self) -> Stats:
        """Make all items due, and take no more; return what became of those before."""
        if not self.is_closed:
            self.unblock()
        self.is_closed = True
        return self.flush()

    def unblock(self) -> None:
        """Allow to send now, whatever failed before."""
        self.blocked_until = 0.0

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

    def finish(
        self, items: list[Item], content: bytes, error: Exception | None, now: float
    ) -> Outcome:
        """Note the response to a request, or its error; return what follows."""
        self.stats.requests += 1
        if items[0] not in self.items:  # they were handed back, or a parent has them
            return Outcome()
        status = getattr(error, "status_code", None) or 0
        is_duplicate = getattr(error, "code", None) in self.plan.duplicate
        if httpx2.codes.is_success(status) or (is_duplicate and len(items) == 1):
            error = None
        if error is not None and not is_duplicate and status not in self.plan.refused:
            return self._fail(items, error, now)
        self._failing_since = inf
        self.unblock()
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
            return Outcome("lost", [(each, error) for each in items], warning)
        self.requests.insert(0, items)
        return Outcome(warning=f"{len(self.items)} items wait: {reason}")

    def _divide(
        self, items: list[Item], content: bytes, error: Exception | None
    ) -> Outcome:
        """Part what was rejected from the rest, which was accepted without an error.

        With an error, the rest waits: in two halves, until all such items are found.
        """
        found = {0: error} if error and len(items) == 1 else {}
        if self.plan.partial is not None:
            answer = getattr(error, "content", content)
            named = self.plan.partial(answer, [each.content for each in items])
            found = {**named} or found
        rest = [each for at, each in enumerate(items) if at not in found]
        middle = 0 if found else len(rest) // 2
        if error:
            self.requests[:0] = filter(None, (rest[:middle], rest[middle:]))
        else:
            self.settle("sent", rest)
        if not found:
            return Outcome()
        refused = [(items[at], why) for at, why in found.items()]
        return Outcome("refused", refused, "the server rejected an item")

    def settle(self, state: State, items: Sequence[Item]) -> None:
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
        return Outcome("lost", [(each, error) for each in left], warning)

    def forget(self) -> None:
        """Empty the queue, so that what sends from it ends: forks copy greenlets."""
        self.is_closed = True
        self.items.clear()

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
