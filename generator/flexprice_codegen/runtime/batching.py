# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Batches: items are added one by one, and sent many at a time in the background.

In: a method that takes many items, and items. Out: requests, and what became of each
item: it is sent, or handed back. `AsyncBatch` does the same with tasks.
"""

from __future__ import annotations

import atexit
import encodings.idna  # noqa: F401 - see `Batch._set_method`
import os
import threading
from collections.abc import Callable
from inspect import iscoroutinefunction
from time import monotonic
from typing import Any, Final, Generic, Self, TypeVar, Unpack
from weakref import WeakSet

from .batch_items import Chunk, Entry, ItemEncoder, create_batch_operation
from .batch_plan import BatchPlan
from .batch_queue import (
    BatchClosedError,
    BatchFullError,
    BatchOptions,
    BatchQueue,
    BatchSettings,
    Flushed,
    Outcome,
    Stats,
)
from .calling import Arguments
from .decoding import decode
from .methods import client_of, operation_of

T = TypeVar("T")
_WARNING_INTERVAL: Final = 60.0
FLUSH_TIMEOUT: Final = 30.0
_SHORTEST: Final = 0.001
open_batches: set[BaseBatch[Any]] = set()
"""The batches that were given items and are not closed: Python's exit sends these."""
_all_batches: WeakSet[BaseBatch[Any]] = WeakSet()
"""All batches: a forked process empties its copies, and makes new locks."""


class BaseBatch(Generic[T]):
    """What both kinds of batches share: settings, counts, and what they report."""

    _is_async: bool

    def __init__(
        self, method: Callable[..., object], **options: Unpack[BatchOptions[T]]
    ) -> None:
        self._set_method(method)
        plan = self._plan
        given: dict[str, Any] = {
            "size": min(500, plan.size),
            "max_bytes": plan.max_bytes,
            "every": plan.every,
            **options,
        }
        self._settings = BatchSettings(**given)
        self._settings.check(plan)
        self._encoder = ItemEncoder(plan, operation_of(method))
        self._warned = -_WARNING_INTERVAL
        self.start_anew()
        _all_batches.add(self)

    def _set_method(self, method: Callable[..., object]) -> None:
        operation = operation_of(method)
        if not isinstance(operation.batch, BatchPlan):
            raise TypeError(f"{operation.call} does not take items in batches")
        if iscoroutinefunction(method) is not self._is_async:
            wanted = "an asynchronous" if self._is_async else "a synchronous"
            raise TypeError(f"{type(self).__name__} needs {wanted} client")
        self._plan = operation.batch
        self._client = client_of(method)
        self._operation = create_batch_operation(operation, self._plan)

    def start_anew(self) -> None:
        """Forget all items."""
        self._queue = BatchQueue(self._plan, self._settings, self._encoder.overhead)

    def begin_close(self) -> None:
        """Take no more items, and send what waits now."""
        if not self._queue.is_closed:
            self._queue.is_closed = True
            self._queue.unblock()

    def finish_close(self, end: float | None) -> None:
        """Report what is left."""
        del end  # a loop that has ended sends nothing
        open_batches.discard(self)
        self._report_left(self._queue.abandon())

    @property
    def exit_timeout(self) -> float:
        """The seconds that the exit of Python waits for items."""
        return self._settings.exit_timeout

    def __repr__(self) -> str:
        """Show what is sent where, and how many items wait."""
        name = type(self).__name__
        return f"<{name} of {self._operation.call}, {self._queue.held} waiting>"

    @property
    def stats(self) -> Stats:
        """What became of the items so far."""
        return self._queue.get_stats(monotonic())

    def _get_flushed(self, before: Stats, number: int) -> Flushed:
        now = self.stats
        return Flushed(
            sent=now.sent - before.sent,
            refused=now.refused - before.refused,
            lost=now.lost - before.lost,
            waiting=self._queue.count_waiting(number),
        )

    def _list_calls(
        self, outcome: Outcome
    ) -> list[tuple[Callable[..., object], Entry]]:
        """Return what hands items back."""
        settings = self._settings
        told = (
            (settings.on_refused, outcome.refused),
            (settings.on_lost, outcome.lost),
        )
        return [(call, entry) for call, entries in told if call for entry in entries]

    def _warn(self, message: str) -> None:
        """Log a warning, at most one a minute."""
        now = monotonic()
        if message and now - self._warned >= _WARNING_INTERVAL:
            self._warned = now
            self._get_logger().warning("%s: %s", self._operation.call, message)

    def _report_left(self, left: tuple[Entry, ...]) -> BatchClosedError:
        error = BatchClosedError(f"{len(left)} items were not sent")
        if left:
            self._get_logger().warning("%s: %s", self._operation.call, error)
        return error

    def _report_crash(self, error: Exception) -> None:
        kind = type(error).__name__
        message = "%s: a callback raised %s"
        self._get_logger().warning(message, self._operation.call, kind)

    def _get_logger(self) -> Any:
        return self._client._log.logger  # noqa: SLF001 - of our own runtime


class Batch(BaseBatch[T]):
    """Items for a client that blocks; threads may share it.

    A context manager: it sends what waits when it is left. The items keep their order
    as long as `requests_at_once` is 1.
    """

    _is_async = False

    def start_anew(self) -> None:
        """Forget all items, and the threads and the lock of another process."""
        super().start_anew()
        # Looked up now, so that gevent can replace it.
        self._condition = threading.Condition()
        self._threads: list[threading.Thread] = []

    def _set_method(self, method: Callable[..., object]) -> None:
        super()._set_method(method)
        # This imports what httpx2 imports late, as the first line of this module does
        # for sockets: a process that is forked during an import waits for ever.
        _ = self._client._pool.client  # noqa: SLF001 - of our own runtime

    @property
    def stats(self) -> Stats:
        """What became of the items so far."""
        with self._condition:
            return super().stats

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, item: T) -> bool:
        """Add an item; return whether there was room.

        Raises:
            ValueError: the item cannot be sent; nothing was added.
            TypeError: a value of the item has no form in JSON.
            BatchFullError: the batch is full; nothing was added.
            BatchClosedError: the batch is closed; nothing was added.
        """
        content = self._encoder.encode(item, self._settings.max_bytes)
        queue = self._queue
        with self._condition:
            has_room = queue.has_room(len(content)) or self._wait_for_room(len(content))
            if queue.is_closed:
                raise BatchClosedError("the batch is closed")
            if has_room:
                queue.add(content, type(item), monotonic())
                self._start()
                if queue.needs_attention():
                    self._condition.notify_all()
                return True
            if self._settings.when_full != "drop":
                raise BatchFullError(f"the batch is full: {queue.held} items wait")
            outcome = queue.drop(content, type(item), monotonic())
        self._report(outcome, BatchFullError("the batch was full"))
        return False

    def _wait_for_room(self, size: int) -> bool:
        settings = self._settings
        if settings.when_full != "wait":
            return False

        def is_over() -> bool:
            return self._queue.is_closed or self._queue.has_room(size)

        if settings.every:
            self._condition.wait_for(is_over, settings.full_timeout)
        else:  # nobody else sends
            self._condition.release()
            try:
                self._send_until(self._queue.accepted, settings.full_timeout)
            finally:
                self._condition.acquire()
        return self._queue.has_room(size)

    def flush(self, timeout: float | None = FLUSH_TIMEOUT) -> Flushed:
        """Send what was added before, and return what happened meanwhile.

        Returns early if the server rejects the credentials.
        """
        queue = self._queue
        end = get_end(timeout)
        with self._condition:
            number = queue.accepted
            before = self.stats
            queue.urgent = max(queue.urgent, number)
            self._condition.notify_all()
        self._wait_until_sent(number, end)
        with self._condition:
            return self._get_flushed(before, number)

    def close(self, timeout: float | None = FLUSH_TIMEOUT) -> Flushed:
        """Send what waits, and take no more; what is left then goes to `on_lost`."""
        end = get_end(timeout)
        before = self.stats
        self.begin_close()
        self.finish_close(end)
        return self._get_flushed(before, self._queue.accepted)

    def use(self, method: Callable[..., object]) -> None:
        """Send by the method of another client from now on, such as one with a new key."""
        with self._condition:
            self._set_method(method)
            self._queue.unblock()
            self._condition.notify_all()

    def begin_close(self) -> None:
        """Take no more items, and send what waits now."""
        with self._condition:
            super().begin_close()
            self._condition.notify_all()

    def finish_close(self, end: float | None) -> None:
        """Wait for items until `end`; hand back what is left."""
        self._wait_until_sent(self._queue.accepted, end)
        with self._condition:
            left = self._queue.abandon()
            self._condition.notify_all()
        open_batches.discard(self)
        self._report(Outcome(lost=left), self._report_left(left))

    def _wait_until_sent(self, number: int, end: float | None) -> None:
        """Wait for items; send them here if no thread does."""
        if not any(thread.is_alive() for thread in self._threads):
            self._send_until(number, get_rest(end))

        def is_over() -> bool:
            return self._queue.is_flushed(number) or self._queue.is_denied

        with self._condition:
            self._condition.wait_for(is_over, get_rest(end))

    def _send_until(self, number: int, timeout: float | None) -> None:
        """Send the first `number` items on this thread, as long as there is time."""
        end = get_end(timeout)
        while True:
            with self._condition:
                chunk = self._choose_chunk(number, end)
            if chunk is None:
                return
            self._deliver(chunk, get_rest(end))

    def _choose_chunk(self, number: int, end: float | None) -> Chunk | None:
        queue = self._queue
        while queue.has_unsent() and not queue.is_flushed(number):
            rest = get_rest(end)
            if queue.is_denied or (rest is not None and rest <= 0):
                return None
            blocked = queue.blocked_until - monotonic()
            if blocked <= 0:
                return queue.take()
            self._condition.wait(blocked if rest is None else min(blocked, rest))
        return None

    def _start(self) -> None:
        """Start the threads that send, at the first item and after one has died."""
        open_batches.add(self)
        wanted = self._settings.requests_at_once if self._settings.every else 0
        if len(self._threads) == wanted and all(t.is_alive() for t in self._threads):
            return
        self._threads = [each for each in self._threads if each.is_alive()]
        while len(self._threads) < wanted:
            name = f"batch of {self._operation.call}"
            thread = threading.Thread(target=self._run, name=name, daemon=True)
            self._threads.append(thread)
            thread.start()

    def _run(self) -> None:
        while (chunk := self._wait_for_chunk()) is not None:
            self._deliver(chunk, None)

    def _wait_for_chunk(self) -> Chunk | None:
        """Return what to send next; None if the batch is closed and empty."""
        queue = self._queue
        with self._condition:
            while queue.held or not queue.is_closed:
                now = monotonic()
                if queue.is_ready(now):
                    return queue.take()
                self._condition.wait(queue.get_seconds_left(now))
        return None

    def _deliver(self, chunk: Chunk, deadline: float | None) -> None:
        """Send a chunk; divide it as long as the server rejects it."""
        chunks = [chunk]
        while chunks:
            chunk = chunks.pop()
            error = self._send(chunk, deadline)
            with self._condition:
                outcome = self._queue.finish(chunk, error, monotonic())
                if outcome.is_given_back:
                    self._queue.give_back(chunks)
                    chunks = []
                self._condition.notify_all()
            chunks += reversed(outcome.halves)
            self._report(outcome, error)

    def _send(self, chunk: Chunk, deadline: float | None) -> Exception | None:
        client = self._client
        try:
            if deadline is not None:
                client = client.with_options(deadline=max(deadline, _SHORTEST))
            client(self._operation, Arguments(body=chunk))
        except Exception as error:  # noqa: BLE001 - the batch decides what follows
            return error
        return None

    def _report(self, outcome: Outcome, error: Exception | None) -> None:
        self._warn(outcome.warning)
        if error is not None:
            for call, entry in self._list_calls(outcome):
                self._try(call, decode(entry.content, entry.kind, []), error)
        if self._settings.on_stats is not None:
            self._try(self._settings.on_stats, self.stats)

    def _try(self, call: Callable[..., object], *values: object) -> None:
        try:
            call(*values)
        except Exception as error:  # noqa: BLE001 - the items after it are sent
            self._report_crash(error)


def get_end(timeout: float | None) -> float | None:
    """Return when a time is over, by the clock that is never set."""
    return None if timeout is None else monotonic() + timeout


def get_rest(end: float | None) -> float | None:
    """Return the seconds that are left."""
    return None if end is None else max(end - monotonic(), 0.0)


def _close_at_exit() -> None:
    """Send what waits in all batches, within one deadline."""
    batches = list(open_batches)
    seconds = [batch.exit_timeout for batch in batches]
    end = get_end(max(seconds, default=0.0))
    for batch in batches:
        batch.begin_close()
    for batch in batches:
        batch.finish_close(end)


def _forget_after_fork() -> None:
    """Empty all batches of a forked process: its parent sends what they hold."""
    for batch in list(_all_batches):
        batch.start_anew()
    open_batches.clear()


atexit.register(_close_at_exit)
if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_forget_after_fork)
