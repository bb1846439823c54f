# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""What both kinds of batches share, and what happens to them at exit and after a fork.

In: a method that takes many items, and settings. Out: items in a queue, counts, and
what is reported.
"""

from __future__ import annotations

import atexit
import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from importlib import import_module
from inspect import iscoroutinefunction
from logging import Logger
from time import monotonic
from typing import Any, ClassVar, Final, Generic, TypeVar, Unpack
from weakref import WeakSet

from .batch_items import Chunk, ItemEncoder, create_batch_operation
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
from .batch_workers import Workers, get_rest
from .methods import client_of, operation_of

T = TypeVar("T")
W = TypeVar("W", bound=Workers)
_WARNING_INTERVAL: Final = 60.0
_SHORTEST_DEADLINE: Final = 0.001
FLUSH_TIMEOUT: Final = 30.0
_open_batches: set[BaseBatch[Any, Any]] = set()
"""The batches that were given items and are not closed: Python's exit sends these."""
_all_batches: WeakSet[BaseBatch[Any, Any]] = WeakSet()
"""All batches: a forked process empties its copies, and makes new locks."""


class BaseBatch(ABC, Generic[T, W]):
    """The common part of the batches, which add the sending."""

    _is_async: ClassVar[bool]
    _create_workers: Callable[[], W]

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
        self._start_anew()
        self._queue.load()
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
        if not self._is_async:
            # What httpx2 and sockets import late is imported now: a process that is
            # forked during an import waits forever.
            import_module("encodings.idna")
            _ = self._client._pool.client  # noqa: SLF001 - of our own runtime

    def restart(self) -> None:
        """Forget all items, and the threads or tasks of another process."""
        self._queue.forget()
        self._start_anew()

    def _start_anew(self) -> None:
        queue = BatchQueue(self._plan, self._settings, self._encoder.overhead)
        spool = self._settings.spool
        self._queue: BatchQueue = queue
        if spool is not None:
            self._queue = spool.open_queue(queue, self._client, self._warn)
        self._workers: W = self._create_workers()

    def __repr__(self) -> str:
        """Show what is sent where, and how many items wait."""
        count = self._queue.stats.waiting
        return f"<{type(self).__name__} of {self._operation.call}, {count} waiting>"

    @property
    def stats(self) -> Stats:
        """What became of the items so far."""
        with self._workers:
            return self._queue.get_stats(monotonic())

    @property
    def exit_timeout(self) -> float:
        """The seconds that the exit of Python waits for items."""
        return self._settings.exit_timeout

    def add_nowait(self, item: T) -> None:
        """Add an item, or raise a `BatchFullError` if the batch is full; see `add`."""
        if not self._put(self._encode(item), item):
            raise self._create_full_error()

    def use(self, method: Callable[..., object]) -> None:
        """Send by the method of another client from now on, such as one with a new key."""
        with self._workers:
            self._set_method(method)
            self._queue.unblock()
            self._workers.notify_all()

    def _encode(self, item: T) -> bytes:
        return self._encoder.encode(item, self._settings.max_bytes)

    def _put(self, content: bytes, item: T) -> bool:
        """Add an encoded item; return whether there was room."""
        with self._workers:
            if self._queue.is_closed:
                raise BatchClosedError("the batch is closed")
            self._start()
            has_room = self._queue.has_room(len(content))
            if not has_room:
                self._queue.open = None  # what waits for more items is sent now
                self._workers.notify_all()
            elif self._queue.add(content, type(item), monotonic()):
                self._workers.notify_all()
            return has_room

    def _drop(self, content: bytes, item: T) -> Outcome:
        with self._workers:
            return self._queue.drop(content, type(item), monotonic())

    def _create_full_error(self) -> BatchFullError:
        count = self._queue.stats.waiting
        return BatchFullError(f"{count} items wait, and the batch is full")

    def _start(self) -> None:
        """Start what sends, at the first item and after it has ended."""
        _open_batches.add(self)
        wanted = self._settings.requests_at_once if self._settings.every else 0
        self._workers.start(self._run, wanted)

    def _resume(self) -> None:
        """Send what an earlier process has left."""
        with self._workers:
            if self._queue.stats.waiting:
                self._start()

    @abstractmethod
    def _run(self) -> Any:
        """Send until the batch is closed."""

    def _begin_flush(self) -> Stats:
        """Send now what waits; return what became of the items before."""
        with self._workers:
            queue = self._queue
            queue.urgent = queue.stats.accepted
            if queue.stats.waiting:
                self._start()
            self._workers.notify_all()
            return self.stats

    def begin_close(self) -> Stats:
        """Take no more items, and send now what waits."""
        with self._workers:
            if not self._queue.is_closed:
                self._queue.is_closed = True
                self._queue.unblock()
            self._workers.notify_all()
            return self.stats

    @abstractmethod
    def finish_close(self, end: float | None) -> object:
        """Wait for items until `end`; hand back what is left."""

    def finish_at_exit(self, end: float) -> None:
        """Close the batch; the event loop of an asynchronous one has ended."""
        if self._is_async:
            self._warn(self._abandon().warning)
        else:
            self.finish_close(end)

    def _abandon(self) -> Outcome:
        with self._workers:
            outcome = self._queue.abandon()
            self._workers.stop()
            self._workers.notify_all()
        _open_batches.discard(self)
        self._warned = -_WARNING_INTERVAL  # the last warning is never left out
        return outcome

    def _get_flushed(self, before: Stats) -> Flushed:
        with self._workers:
            now = self.stats
            waiting = self._queue.count_waiting(before.accepted)
        return Flushed(
            sent=now.sent - before.sent,
            refused=now.refused - before.refused,
            lost=now.lost - before.lost,
            waiting=waiting,
        )

    def _get_client(self, end: float | None) -> Any:
        """Return the client that sends, within the time that is left."""
        rest = get_rest(end)
        if rest is None:
            return self._client
        return self._client.with_options(deadline=max(rest, _SHORTEST_DEADLINE))

    def _get_pause(self, end: float | None) -> float | None:
        """Return the seconds before a request must be sent, or the time is over."""
        rests = (self._queue.get_seconds_left(monotonic()), get_rest(end))
        return min((rest for rest in rests if rest is not None), default=None)

    def _has_room(self, content: bytes) -> bool:
        return self._queue.is_closed or self._queue.has_room(len(content))

    def _give_back(self, chunk: Chunk) -> None:
        with self._workers:
            self._queue.give_back(chunk)
            self._workers.notify_all()

    def _finish(self, chunk: Chunk, error: Exception | None) -> Outcome:
        with self._workers:
            outcome = self._queue.finish(chunk, error, monotonic())
            self._workers.notify_all()
        return outcome

    def _end_report(self, outcome: Outcome) -> None:
        with self._workers:
            self._queue.end_report(outcome.chunks)
            self._workers.notify_all()

    def _list_calls(
        self, outcome: Outcome
    ) -> Iterator[tuple[Callable[..., object], tuple[object, ...]]]:
        """Yield the callbacks of an outcome, with their arguments."""
        settings = self._settings
        callbacks = {"refused": settings.on_refused, "lost": settings.on_lost}
        callback = callbacks.get(outcome.count)
        if callback is not None:
            for chunk in outcome.chunks:
                for item in chunk.decode_items():
                    yield callback, (item, outcome.error)
        if settings.on_stats is not None:
            yield settings.on_stats, (self.stats,)

    def _warn(self, message: str) -> None:
        """Log a warning, at most one a minute."""
        now = monotonic()
        if message and now - self._warned >= _WARNING_INTERVAL:
            self._warned = now
            self._get_logger().warning("%s: %s", self._operation.call, message)

    def _report_crash(self, error: Exception) -> None:
        message = "%s: a callback raised %s"
        kind = type(error).__name__  # its text might quote an item
        self._get_logger().warning(message, self._operation.call, kind)

    def _get_logger(self) -> Logger:
        logger: Logger = self._client._log.logger  # noqa: SLF001 - of our own runtime
        return logger


def _close_at_exit() -> None:
    """Send what waits in all batches, within one deadline."""
    batches = list(_open_batches)
    seconds = [batch.exit_timeout for batch in batches]
    end = monotonic() + max(seconds, default=0.0)
    for batch in batches:
        batch.begin_close()
    for batch in batches:
        batch.finish_at_exit(end)


def _forget_after_fork() -> None:
    """Empty all batches of a forked process: its parent sends what they hold."""
    for batch in list(_all_batches):
        batch.restart()
    _open_batches.clear()


atexit.register(_close_at_exit)
if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_forget_after_fork)
