# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Batches: items are added one by one, and sent many at a time.

In: a method that takes many items, and items. Out: requests, and what became of each
item: it is sent, or handed back. The modules `async_batching` and `batching` are the
same code, with and without `await`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import inf
from time import monotonic
from typing import Self, TypeVar

from .batch_base import FLUSH_TIMEOUT, BaseBatch, Threads, get_end
from .batch_queue import Flushed, Item, Outcome
from .calling import Arguments
from .waiting import resolve

T = TypeVar("T")


class Batch(BaseBatch[T, Threads]):
    """Items for a client that blocks; threads may share it.

    A context manager: it sends what waits when it is left. The items keep their order
    as long as `requests_at_once` is 1.
    """

    _is_async = False
    _create_workers = Threads

    def __enter__(self) -> Self:
        if self._queue.stats.waiting:  # an earlier process has left it
            self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, item: T) -> bool:
        """Add an item, and wait for room; return whether there was any.

        Raises:
            ValueError: the item cannot be sent; nothing was added.
            TypeError: a value of the item has no form in JSON.
            BatchFullError: the batch is full; nothing was added.
            BatchClosedError: the batch is closed; nothing was added.
        """
        content = self._encode(item)
        may_add = partial(self._queue.may_add, len(content))
        when_full = self.settings.when_full
        end = get_end(self.settings.full_timeout if when_full == "wait" else 0)
        while not self._put(content, item):
            if when_full == "drop":
                self._report(self._drop(content, item))
                return False
            if monotonic() >= end:
                raise self._create_full_error()
            self._send_until(may_add, end)
        return True

    def flush(self, timeout: float | None = FLUSH_TIMEOUT) -> Flushed:
        """Send what was added before, and return what happened meanwhile.

        Returns early if the server rejects the credentials.
        """
        end = get_end(timeout)
        before = self._update(self._queue.flush)
        self._send_until(partial(self._queue.is_done, before.accepted), end)
        return self._update(self._queue.get_flushed, before)

    def close(self, timeout: float | None = FLUSH_TIMEOUT) -> Flushed:
        """Send what waits, and take no more; what is left then goes to `on_lost`."""
        end = get_end(timeout)
        before = self.begin_close()
        self.finish_close(end)
        return self._update(self._queue.get_flushed, before)

    def finish_close(self, end: float) -> None:
        """Wait for items until `end`; hand back what is left."""
        number = self._queue.stats.accepted
        try:
            self._send_until(partial(self._queue.is_done, number), end)
        finally:  # also if it is interrupted
            self._report(self._abandon())

    def _run(self) -> None:
        self._send_until(self._queue.is_finished, inf, is_worker=True)

    def _send_until(
        self, is_over: Callable[[], bool], end: float, *, is_worker: bool = False
    ) -> None:
        """Wait until something is true; send meanwhile if nothing else does."""
        while items := self._take(is_over, end, is_worker=is_worker):
            self._deliver(items, end)

    def _take(
        self, is_over: Callable[[], bool], end: float, *, is_worker: bool
    ) -> list[Item]:
        """Wait for the items of the next request."""
        with self._workers:
            while not is_over() and monotonic() < end:
                may_send = is_worker or not self._workers.is_running()
                if may_send and (items := self._queue.take(monotonic())):
                    return items
                pause = self._get_pause(end, may_send=may_send)
                self._workers.wait(pause)
        return []

    def _deliver(self, items: list[Item], end: float) -> None:
        """Send a request, and report what became of its items."""
        body = self._plan.write_body([each.content for each in items])
        content = b""
        error: Exception | None = None
        try:
            content = self._get_client(end)(self._operation, Arguments(body=body))
        except Exception as raised:  # noqa: BLE001 - the queue decides what follows
            content = getattr(raised, "content", content)
            error = raised
        except BaseException:  # cancelled or interrupted
            self._update(self._queue.give_back, items)
            raise
        now = monotonic()
        self._report(self._update(self._queue.finish, items, content, error, now))

    def _report(self, outcome: Outcome) -> None:
        """Call the callbacks; one that raises stops nothing."""
        self._warn(outcome.warning)
        try:
            for call in self._list_calls(outcome):
                self._call(call)
        finally:
            self._update(self._queue.end_report, outcome)

    def _call(self, call: Callable[[], object]) -> None:
        try:
            resolve(call())
        except Exception as error:  # noqa: BLE001 - the items after it are sent
            # Its text might quote an item.
            self._log(f"a callback raised {type(error).__name__}")
