# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Batches for asynchronous clients: items are added one by one, and sent many at a time.

In: a method that takes many items, and items. Out: requests, and what became of each
item: it is sent, or handed back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Self, TypeVar

from .batch_items import Chunk
from .batch_queue import BatchClosedError, BatchFullError, Flushed, Outcome
from .batching import FLUSH_TIMEOUT, BaseBatch, get_end, get_rest, open_batches
from .calling import Arguments
from .decoding import decode
from .waiting import resolve_async

T = TypeVar("T")


class AsyncBatch(BaseBatch[T]):
    """Items for an asynchronous client, in one event loop of asyncio.

    An asynchronous context manager: it sends what waits when it is left, also when it
    is cancelled. The items keep their order as long as `requests_at_once` is 1.
    """

    _is_async = True

    def start_anew(self) -> None:
        """Forget all items, and the tasks of another process."""
        super().start_anew()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._waiters: set[asyncio.Future[None]] = set()

    async def __aenter__(self) -> Self:
        self._check_loop()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def _check_loop(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is None:
            self._loop = loop
        if loop is not self._loop:
            raise RuntimeError("the batch belongs to another event loop")

    async def add(self, item: T) -> bool:
        """Add an item, and wait for room; return whether there was any.

        Raises:
            ValueError: the item cannot be sent; nothing was added.
            TypeError: a value of the item has no form in JSON.
            BatchFullError: the batch is full; nothing was added.
            BatchClosedError: the batch is closed; nothing was added.
        """
        self._check_loop()
        content = self._encoder.encode(item, self._settings.max_bytes)
        if not self._queue.has_room(len(content)):
            await self._wait_for_room(len(content))
        if self._put(content, item):
            return True
        if self._settings.when_full != "drop":
            raise BatchFullError(f"the batch is full: {self._queue.held} items wait")
        outcome = self._queue.drop(content, type(item), monotonic())
        await self._report(outcome, BatchFullError("the batch was full"))
        return False

    def add_nowait(self, item: T) -> None:
        """Add an item, or raise a `BatchFullError` if the batch is full; see `add`."""
        self._check_loop()
        content = self._encoder.encode(item, self._settings.max_bytes)
        if not self._put(content, item):
            raise BatchFullError(f"the batch is full: {self._queue.held} items wait")

    def _put(self, content: bytes, item: T) -> bool:
        if self._queue.is_closed:
            raise BatchClosedError("the batch is closed")
        if not self._queue.has_room(len(content)):
            return False
        self._queue.add(content, type(item), monotonic())
        self._start()
        if self._queue.needs_attention():
            self._notify()
        return True

    async def _wait_for_room(self, size: int) -> None:
        settings = self._settings

        def is_over() -> bool:
            return self._queue.is_closed or self._queue.has_room(size)

        if settings.when_full == "wait" and settings.every:
            await self._wait_for(is_over, get_end(settings.full_timeout))
        elif settings.when_full == "wait":  # nobody else sends
            await self._wait_until_sent(
                self._queue.accepted, get_end(settings.full_timeout)
            )

    async def flush(
        self, timeout: float | None = FLUSH_TIMEOUT  # noqa: ASYNC109 - it returns
    ) -> Flushed:
        """Send what was added before, and return what happened meanwhile.

        Returns early if the server rejects the credentials.
        """
        self._check_loop()
        end = get_end(timeout)
        number = self._queue.accepted
        before = self.stats
        self._queue.urgent = max(self._queue.urgent, number)
        self._notify()
        await self._wait_until_sent(number, end)
        return self._get_flushed(before, number)

    async def aclose(
        self, timeout: float | None = FLUSH_TIMEOUT  # noqa: ASYNC109 - it returns
    ) -> Flushed:
        """Send what waits, and take no more; what is left then goes to `on_lost`."""
        self._check_loop()
        end = get_end(timeout)
        before = self.stats
        self.begin_close()
        self._notify()
        try:
            await self._wait_until_sent(self._queue.accepted, end)
        finally:  # also if the host is cancelled once more
            left = self._queue.abandon()
            open_batches.discard(self)
            for task in self._tasks:
                task.cancel()
            await self._report(Outcome(lost=left), self._report_left(left))
        return self._get_flushed(before, self._queue.accepted)

    def use(self, method: Callable[..., object]) -> None:
        """Send by the method of another client from now on, such as one with a new key."""
        self._set_method(method)
        self._queue.unblock()
        self._notify()

    def _notify(self) -> None:
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def _wait(self, seconds: float | None) -> None:
        """Wait for a change, or for some seconds."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            await asyncio.wait((waiter,), timeout=seconds)
        finally:
            self._waiters.discard(waiter)

    async def _wait_for(self, is_over: Callable[[], bool], end: float | None) -> None:
        while not is_over() and get_rest(end) != 0:
            await self._wait(get_rest(end))

    async def _wait_until_sent(self, number: int, end: float | None) -> None:
        """Wait for items; send them here if no task does."""
        queue = self._queue
        if all(task.done() for task in self._tasks):
            with suppress(TimeoutError):
                async with asyncio.timeout(get_rest(end)):
                    await self._send_until(number)

        def is_over() -> bool:
            return queue.is_flushed(number) or queue.is_denied

        await self._wait_for(is_over, end)

    async def _send_until(self, number: int) -> None:
        """Send the first `number` items in this task."""
        queue = self._queue
        while queue.has_unsent() and not queue.is_flushed(number):
            if queue.is_denied:
                return
            blocked = queue.blocked_until - monotonic()
            if blocked > 0:
                await self._wait(blocked)
            else:
                await self._deliver(queue.take())

    def _start(self) -> None:
        """Start the tasks that send, at the first item and after one has ended."""
        open_batches.add(self)
        wanted = self._settings.requests_at_once if self._settings.every else 0
        if len(self._tasks) == wanted and not any(task.done() for task in self._tasks):
            return
        self._tasks = [task for task in self._tasks if not task.done()]
        while len(self._tasks) < wanted:
            self._tasks.append(asyncio.get_running_loop().create_task(self._run()))

    async def _run(self) -> None:
        queue = self._queue
        while queue.held or not queue.is_closed:
            now = monotonic()
            if queue.is_ready(now):
                await self._deliver(queue.take())
            else:
                await self._wait(queue.get_seconds_left(now))

    async def _deliver(self, chunk: Chunk) -> None:
        """Send a chunk; divide it as long as the server rejects it."""
        chunks = [chunk]
        try:
            while chunks:
                error = await self._send(chunks[-1])
                outcome = self._queue.finish(chunks.pop(), error, monotonic())
                chunks += reversed(outcome.halves)
                if outcome.is_given_back:
                    self._queue.give_back(chunks)
                    chunks = []
                self._notify()
                await self._report(outcome, error)
        finally:  # of a task that is cancelled
            self._queue.give_back(chunks)

    async def _send(self, chunk: Chunk) -> Exception | None:
        try:
            await self._client(self._operation, Arguments(body=chunk))
        except Exception as error:  # noqa: BLE001 - the batch decides what follows
            return error
        return None

    async def _report(self, outcome: Outcome, error: Exception | None) -> None:
        self._warn(outcome.warning)
        if error is not None:
            for call, entry in self._list_calls(outcome):
                await self._try(call, decode(entry.content, entry.kind, []), error)
        if self._settings.on_stats is not None:
            await self._try(self._settings.on_stats, self.stats)

    async def _try(self, call: Callable[..., object], *values: object) -> None:
        try:
            await resolve_async(call(*values))
        except Exception as error:  # noqa: BLE001 - the items after it are sent
            self._report_crash(error)
