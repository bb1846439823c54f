# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Batches for asyncio: items are added one by one, and sent many at a time.

In: a method that takes many items, and items. Out: requests, and what became of each
item: it is sent, or handed back. The modules `async_batching` and `batching` are the
same code, with and without `await`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Self, TypeVar

from .batch_base import FLUSH_TIMEOUT, BaseBatch
from .batch_items import Chunk
from .batch_queue import Flushed, Outcome
from .batch_workers import TaskWorkers, get_end, get_rest
from .calling import Arguments
from .waiting import resolve_async

T = TypeVar("T")


class AsyncBatch(BaseBatch[T, TaskWorkers]):
    """Items for an asynchronous client, in one event loop of asyncio.

    An asynchronous context manager: it sends what waits when it is left, also when it
    is cancelled. The items keep their order as long as `requests_at_once` is 1.
    """

    _is_async = True
    _create_workers = TaskWorkers

    async def __aenter__(self) -> Self:
        self._resume()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def add(self, item: T) -> bool:
        """Add an item, and wait for room; return whether there was any.

        Raises:
            ValueError: the item cannot be sent; nothing was added.
            TypeError: a value of the item has no form in JSON.
            BatchFullError: the batch is full; nothing was added.
            BatchClosedError: the batch is closed; nothing was added.
        """
        content = self._encode(item)
        end = get_end(self._settings.full_timeout)
        while not self._put(content, item):
            if self._settings.when_full == "drop":
                await self._report(self._drop(content, item))
                return False
            has_room = partial(self._has_room, content)
            is_waiting = self._settings.when_full == "wait"
            if not (is_waiting and await self._wait_until(has_room, end)):
                raise self._create_full_error()
        return True

    async def flush(
        self, timeout: float | None = FLUSH_TIMEOUT  # noqa: ASYNC109 - it returns
    ) -> Flushed:
        """Send what was added before, and return what happened meanwhile.

        Returns early if the server rejects the credentials.
        """
        end = get_end(timeout)
        before = self._begin_flush()
        await self._wait_until(partial(self._queue.is_done, before.accepted), end)
        return self._get_flushed(before)

    async def aclose(
        self, timeout: float | None = FLUSH_TIMEOUT  # noqa: ASYNC109 - it returns
    ) -> Flushed:
        """Send what waits, and take no more; what is left then goes to `on_lost`."""
        end = get_end(timeout)
        before = self.begin_close()
        await self.finish_close(end)
        return self._get_flushed(before)

    async def finish_close(self, end: float | None) -> None:
        """Wait for items until `end`; hand back what is left."""
        number = self._queue.stats.accepted
        try:
            await self._wait_until(partial(self._queue.is_done, number), end)
        finally:  # also if it is cancelled once more
            await self._report(self._abandon())

    async def _wait_until(self, is_over: Callable[[], bool], end: float | None) -> bool:
        """Wait until something is true; send meanwhile if nothing else does."""
        if not self._workers.is_running():
            await self._send_until(is_over, end)
        with self._workers:
            return await self._workers.wait_for(is_over, get_rest(end))

    async def _run(self) -> None:
        await self._send_until(self._queue.is_finished, None)

    async def _send_until(self, is_over: Callable[[], bool], end: float | None) -> None:
        while (chunk := await self._take_chunk(is_over, end)) is not None:
            await self._deliver(chunk, end)

    async def _take_chunk(
        self, is_over: Callable[[], bool], end: float | None
    ) -> Chunk | None:
        """Wait for the items of the next request."""
        with self._workers:
            while not is_over() and get_rest(end) != 0:
                if self._queue.get_seconds_left(monotonic()) == 0:
                    return self._queue.take()
                await self._workers.wait(self._get_pause(end))
        return None

    async def _deliver(self, chunk: Chunk, end: float | None) -> None:
        """Send a chunk, and report what became of it."""
        error: Exception | None = None
        try:
            await self._get_client(end)(self._operation, Arguments(body=chunk))
        except Exception as raised:  # noqa: BLE001 - the queue decides what follows
            error = raised
        except BaseException:  # cancelled or interrupted
            self._give_back(chunk)
            raise
        await self._report(self._finish(chunk, error))

    async def _report(self, outcome: Outcome) -> None:
        """Call the callbacks; one that raises stops nothing."""
        self._warn(outcome.warning)
        try:
            for call, values in self._list_calls(outcome):
                await self._call(call, *values)
        finally:
            self._end_report(outcome)

    async def _call(self, call: Callable[..., object], *values: object) -> None:
        try:
            await resolve_async(call(*values))
        except Exception as error:  # noqa: BLE001 - the items after it are sent
            self._report_crash(error)
