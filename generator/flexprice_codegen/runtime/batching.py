# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Batches: items are added one by one, and sent many at a time.

In: a method that takes many items, and items. Out: requests, and what became of each
item: it is sent, or handed back. `Batch` is `AsyncBatch` without `await`.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import threading
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import partial
from importlib import import_module
from inspect import iscoroutinefunction
from math import inf
from time import monotonic
from typing import Any, ClassVar, Final, Generic, Self, TypeVar, Unpack, cast

from msgspec import UNSET
from msgspec.structs import replace

from .batch_plan import BatchOptions, BatchPlan, Flushed, Stats
from .batch_queue import BatchClosedError, BatchFullError, BatchQueue, Item, Outcome
from .calling import Arguments
from .decoding import decode
from .encoding import encode, wire_members
from .idempotency import fill_key
from .methods import client_of, operation_of
from .operation import Body
from .waiting import resolve, resolve_async

R = TypeVar("R")
T = TypeVar("T")
W = TypeVar("W", bound="Threads | Tasks")
_NOT_SET: Final = (UNSET, None, "")
_SHORTEST_DEADLINE: Final = 0.001
_MINUTE: Final = 60.0
_open_batches: set[BaseBatch[Any, Any]] = set()
"""What the exit of Python closes. A weak set would lose items that nobody closes."""


class Threads(threading.Condition):
    """The threads that send, and the lock that they share with those who add."""

    def __init__(self) -> None:
        super().__init__()
        self._threads: list[threading.Thread] = []

    def is_running(self) -> bool:
        """Return whether any thread sends."""
        return any(thread.is_alive() for thread in self._threads)

    def start(self, run: Callable[[], object], count: int) -> None:
        """Start as many threads as are missing."""
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        while len(self._threads) < count:
            thread = threading.Thread(target=run, name="batch", daemon=True)
            thread.start()
            self._threads.append(thread)


class Tasks(nullcontext[None]):
    """The tasks that send; they need no lock, since others run only while one awaits."""

    def __init__(self) -> None:
        super().__init__()
        self._tasks: list[asyncio.Task[Any]] = []
        self._change = asyncio.Event()

    def is_running(self) -> bool:
        """Return whether any task sends."""
        return not all(task.done() for task in self._tasks)

    def start(self, run: Callable[[], Coroutine[Any, Any, Any]], count: int) -> None:
        """Start as many tasks as are missing; raise a RuntimeError in another loop."""
        loop = asyncio.get_running_loop()
        if any(task.get_loop() is not loop for task in self._tasks):
            raise RuntimeError("the batch belongs to another event loop")
        self._tasks = [task for task in self._tasks if not task.done()]
        while len(self._tasks) < count:
            self._tasks.append(loop.create_task(run()))

    def notify_all(self) -> None:
        """Wake up all that wait."""
        self._change.set()
        self._change = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Wait for a change, or for some seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._change.wait()


class BaseBatch(Generic[T, W]):
    """The common part of the batches, which add the sending."""

    _is_async: ClassVar[bool]
    _create_workers: Callable[[], W]
    _send_until: Callable[..., Any]
    close: Callable[[float], Any]

    def __init__(
        self, method: Callable[..., object], **options: Unpack[BatchOptions[T]]
    ) -> None:
        self._set_method(method)
        self._plan = self._limits.change(options)
        self._warned = -inf
        self._start_anew()
        _open_batches.add(self)

    def _set_method(self, method: Callable[..., object]) -> None:
        operation = operation_of(method)
        plan = operation.batch
        if not isinstance(plan, BatchPlan):
            raise TypeError(f"{operation.call} does not take items in batches")
        if iscoroutinefunction(method) is not self._is_async:
            wanted = "an asynchronous" if self._is_async else "a synchronous"
            raise TypeError(f"{type(self).__name__} needs {wanted} client")
        self._limits = plan
        self._client = client_of(method)
        # The items have their keys already. What is returned is bytes, which need no
        # class: a process that is forked during an import waits forever.
        self._operation = replace(
            operation,
            body=partial(Body, "application/json"),
            returns="bytes",
            responses={},
            idempotency=None,
            safe=True,
        )
        if not self._is_async:
            import_module("encodings.idna")  # httpx2 and sockets import it late
            _ = self._client._pool.client

    def _start_anew(self) -> None:
        self._queue = BatchQueue(self._plan)
        if spool := self._plan.spool:
            self._queue = spool.open_queue(self._queue, self._client, self._warn)
        is_over = self._queue.is_finished
        self._run = partial(self._send_until, is_over, inf, is_worker=True)
        self._workers: W = self._create_workers()
        self._lock: AbstractContextManager[Any] = self._workers

    @property
    def stats(self) -> Stats:
        """What became of the items so far."""
        with self._lock:
            return self._queue.get_stats(monotonic())

    def use(self, method: Callable[..., object]) -> None:
        """Send by the method of another client from now on, such as one with a new key."""
        self._set_method(method)
        self._update(self._queue.unblock)

    def add_nowait(self, item: T) -> None:
        """Add an item, or raise a `BatchFullError` if the batch is full; see `add`."""
        if not self._put(self._encode(item), item):
            raise BatchFullError("the batch is full")

    def _encode(self, item: object) -> bytes:
        """Return an item as JSON, with an ID and a time that never change again."""
        members: dict[str, Any]
        if isinstance(item, Mapping):
            members = dict(cast("Mapping[str, Any]", item))
        else:
            members = wire_members(item, "item")
        for name, filling in self._plan.keys:
            if members.get(name) in _NOT_SET:
                members[name] = fill_key(filling, UNSET)
        for name in self._plan.not_empty:
            if members.get(name) in _NOT_SET:
                raise ValueError(f"item.{name}: must not be empty")
        content = encode(members, "item")
        size = len(content) + self._queue.overhead
        most = self._plan.max_bytes
        if size > most:
            raise ValueError(f"item: {size} bytes in a request, at most {most}")
        return content

    def _put(self, content: bytes, item: T) -> bool:
        """Add an encoded item; return whether there was room."""
        with self._lock:
            if self._queue.is_closed:
                raise BatchClosedError("the batch is closed")
            count = self._plan.requests_at_once if self._plan.every else 0
            self._workers.start(self._run, count)
            due = self._queue.get_due()
            has_room = self._queue.add(content, type(item), monotonic())
            if self._queue.get_due() < due:
                self._workers.notify_all()
            return has_room

    def _drop(self, content: bytes, item: T) -> Outcome:
        return self._update(self._queue.drop, content, type(item), monotonic())

    def _update(self, change: Callable[..., R], *arguments: Any) -> R:
        """Change the queue, and wake up all that wait."""
        with self._lock:
            self._workers.notify_all()
            return change(*arguments)

    def _abandon(self) -> Outcome:
        _open_batches.discard(self)
        self._warned = -inf  # the last warning is never left out
        return self._update(self._queue.abandon)

    def _create_arguments(self, items: list[Item], end: float) -> Arguments:
        """Return the arguments of a call that ends in time."""
        body = self._plan.write_body([each.content for each in items])
        rest = max(end - monotonic(), _SHORTEST_DEADLINE)
        return Arguments(body=body, options={} if end == inf else {"deadline": rest})

    def _list_calls(self, outcome: Outcome) -> Iterator[Callable[[], object]]:
        """Yield the callbacks of an outcome, with their arguments."""
        plan = self._plan
        callback = plan.on_lost if outcome.state == "lost" else plan.on_refused
        for item, error in outcome.items if callback else ():
            yield partial(callback, decode(item.content, item.kind, []), error)
        if plan.on_stats:
            yield partial(plan.on_stats, self.stats)

    def _warn(self, message: str) -> None:
        """Log a warning, at most one a minute."""
        now = monotonic()
        if message and now - self._warned >= _MINUTE:
            self._warned = now
            self._log(message)

    def _log(self, message: str) -> None:
        logger = self._client._log.logger
        logger.warning("%s: %s", self._operation.call, message)


class Batch(BaseBatch[T, Threads]):
    """Items for a client that blocks; threads may share it.

    A context manager: it sends what waits when it is left. The items keep their order
    as long as `requests_at_once` is 1.
    """

    _is_async = False
    _create_workers = Threads

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, item: T) -> bool:
        """Add an item, and wait for room; return whether there was any.

        Raises:
            ValueError, TypeError: the item cannot be sent.
            BatchFullError, BatchClosedError: the batch is full, or closed.
        """
        content = self._encode(item)
        put = partial(self._put, content, item)
        is_patient = self._plan.when_full == "wait"
        end = get_end(self._plan.full_timeout if is_patient else 0.0)
        if self._send_until(put, end):
            return True
        self._report(self._drop(content, item))
        return False

    def flush(self, timeout: float | None = 30.0) -> Flushed:
        """Send what was added before, and return what happened meanwhile.

        Returns early if nothing may be sent in time, such as after a rejected key.
        """
        end = get_end(timeout)
        before = self._update(self._queue.flush)
        self._send_until(partial(self._queue.is_done, before.accepted, end), end)
        return self._update(self._queue.get_flushed, before)

    def close(self, timeout: float | None = 30.0) -> Flushed:
        """Send what waits, and take no more; what is left then goes to `on_lost`."""
        before = self._update(self._queue.close)
        try:
            self.flush(timeout)
        finally:  # also if it is interrupted
            self._report(self._abandon())
        return self._update(self._queue.get_flushed, before)

    def _send_until(
        self, is_over: Callable[[], bool], end: float, *, is_worker: bool = False
    ) -> bool:
        """Wait until something is true; send meanwhile if nothing else does."""
        while True:
            with self._lock:
                if is_over():
                    return True
                now = monotonic()
                if now >= end:
                    return False
                may_send = is_worker or not self._workers.is_running()
                due = self._queue.get_due() if may_send else inf
                if due > now:
                    seconds = min(due - now, end - now, _MINUTE)  # not infinity
                    self._workers.wait(seconds)
                    continue
                items = self._queue.take()
            self._deliver(items, end)

    def _deliver(self, items: list[Item], end: float) -> None:
        """Send a request, and report what became of its items."""
        content = b""
        error: Exception | None = None
        arguments = self._create_arguments(items, end)
        try:
            content = self._client(self._operation, arguments)
        except Exception as raised:  # noqa: BLE001 - the queue decides what follows
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
                try:
                    resolve(call())
                except Exception as error:  # noqa: BLE001 - the others are called
                    # Its text might quote an item.
                    self._log(f"a callback raised {type(error).__name__}")
        finally:
            items = [item for item, _ in outcome.items]
            self._update(self._queue.settle, outcome.state, items)


class AsyncBatch(BaseBatch[T, Tasks]):
    """Items for an asynchronous client, in one event loop of asyncio.

    An asynchronous context manager: it sends what waits when it is left, also when it
    is cancelled. The items keep their order as long as `requests_at_once` is 1.
    """

    _is_async = True
    _create_workers = Tasks

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def add(self, item: T) -> bool:
        """Add an item, and wait for room; return whether there was any.

        Raises:
            ValueError, TypeError: the item cannot be sent.
            BatchFullError, BatchClosedError: the batch is full, or closed.
        """
        content = self._encode(item)
        put = partial(self._put, content, item)
        is_patient = self._plan.when_full == "wait"
        end = get_end(self._plan.full_timeout if is_patient else 0.0)
        if await self._send_until(put, end):
            return True
        await self._report(self._drop(content, item))
        return False

    async def flush(self, timeout: float | None = 30.0) -> Flushed:
        """Send what was added before, and return what happened meanwhile.

        Returns early if nothing may be sent in time, such as after a rejected key.
        """
        end = get_end(timeout)
        before = self._update(self._queue.flush)
        await self._send_until(partial(self._queue.is_done, before.accepted, end), end)
        return self._update(self._queue.get_flushed, before)

    async def aclose(self, timeout: float | None = 30.0) -> Flushed:
        """Send what waits, and take no more; what is left then goes to `on_lost`."""
        before = self._update(self._queue.close)
        try:
            await self.flush(timeout)
        finally:  # also if it is cancelled once more
            await self._report(self._abandon())
        return self._update(self._queue.get_flushed, before)

    async def _send_until(
        self, is_over: Callable[[], bool], end: float, *, is_worker: bool = False
    ) -> bool:
        """Wait until something is true; send meanwhile if nothing else does."""
        while True:
            with self._lock:
                if is_over():
                    return True
                now = monotonic()
                if now >= end:
                    return False
                may_send = is_worker or not self._workers.is_running()
                due = self._queue.get_due() if may_send else inf
                if due > now:
                    seconds = min(due - now, end - now, _MINUTE)  # not infinity
                    await self._workers.wait(seconds)
                    continue
                items = self._queue.take()
            await self._deliver(items, end)

    async def _deliver(self, items: list[Item], end: float) -> None:
        """Send a request, and report what became of its items."""
        content = b""
        error: Exception | None = None
        arguments = self._create_arguments(items, end)
        try:
            content = await self._client(self._operation, arguments)
        except Exception as raised:  # noqa: BLE001 - the queue decides what follows
            error = raised
        except BaseException:  # cancelled or interrupted
            self._update(self._queue.give_back, items)
            raise
        now = monotonic()
        await self._report(self._update(self._queue.finish, items, content, error, now))

    async def _report(self, outcome: Outcome) -> None:
        """Call the callbacks; one that raises stops nothing."""
        self._warn(outcome.warning)
        try:
            for call in self._list_calls(outcome):
                try:
                    await resolve_async(call())
                except Exception as error:  # noqa: BLE001 - the others are called
                    # Its text might quote an item.
                    self._log(f"a callback raised {type(error).__name__}")
        finally:
            items = [item for item, _ in outcome.items]
            self._update(self._queue.settle, outcome.state, items)


def get_end(timeout: float | None) -> float:
    """Return when a time is over, by the clock that is never set."""
    return inf if timeout is None else monotonic() + timeout


def _close_at_exit() -> None:
    """Send what waits in all batches, within one deadline."""
    batches = list(_open_batches)
    end = monotonic() + max((each._plan.exit_timeout for each in batches), default=0)
    for batch in batches:
        batch._update(batch._queue.close)
    for batch in batches:
        if batch._is_async:  # its event loop has ended
            batch._warn(batch._abandon().warning)
        else:
            batch.close(max(end - monotonic(), 0.0))


def _forget_after_fork() -> None:
    """Empty all batches of a forked process: its parent sends what they hold."""
    for batch in list(_open_batches):
        batch._queue.forget()
        batch._start_anew()


atexit.register(_close_at_exit)
if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_forget_after_fork)
