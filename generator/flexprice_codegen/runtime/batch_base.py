# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""What both kinds of batches share, and what happens to them at exit and after a fork.

In: a method that takes many items, settings, and items. Out: encoded items in a queue,
counts, and what is reported.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import is_dataclass
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from inspect import iscoroutinefunction
from math import inf
from time import monotonic
from typing import (
    Any,
    ClassVar,
    Final,
    Generic,
    ParamSpec,
    Protocol,
    TypeVar,
    Unpack,
    cast,
)
from uuid import uuid4

from msgspec import UNSET
from msgspec.structs import replace

from .batch_plan import BatchPlan
from .batch_queue import (
    BatchClosedError,
    BatchFullError,
    BatchOptions,
    BatchQueue,
    BatchSettings,
    Outcome,
    Stats,
)
from .decoding import decode
from .encoding import encode, wire_members
from .methods import client_of, operation_of
from .operation import Body

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
W = TypeVar("W", bound="Workers")
FLUSH_TIMEOUT: Final = 30.0
_USUAL_SIZE: Final = 500
_WARNING_INTERVAL: Final = 60.0
_SHORTEST_DEADLINE: Final = 0.001
_LONGEST_WAIT: Final = 60.0  # neither threads nor tasks wait for infinity
_NOT_SET: Final = (UNSET, None, "")
_FILLINGS: Final[Mapping[str, Callable[[], object]]] = {
    "hex": lambda: uuid4().hex,
    "uuid": lambda: str(uuid4()),
    "now": lambda: datetime.now(UTC),
}
_open_batches: set[BaseBatch[Any, Any]] = set()
"""The batches that are not closed: the exit of Python sends what they hold."""


def get_end(timeout: float | None) -> float:
    """Return when a time is over, by the clock that is never set."""
    return inf if timeout is None else monotonic() + timeout


class Workers(AbstractContextManager[Any], Protocol):
    """What threads and tasks have in common; `wait` differs by `await`."""

    def notify_all(self) -> None:
        """Wake up all that wait."""

    def start(self, run: Callable[[], Any], count: int) -> None:
        """Start as many as are missing."""


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
            self._threads.append(
                threading.Thread(target=run, name="batch", daemon=True)
            )
            self._threads[-1].start()


class Tasks:
    """The tasks that send; they need no lock, since others run only while one awaits."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._change = asyncio.Event()

    def __enter__(self) -> None:
        """Do nothing."""

    def __exit__(self, *_: object) -> None:
        """Do nothing."""

    def notify_all(self) -> None:
        """Wake up all that wait."""
        self._change.set()
        self._change = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Wait for a change, or for some seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._change.wait()

    def is_running(self) -> bool:
        """Return whether any task sends."""
        return not all(task.done() for task in self._tasks)

    def start(self, run: Callable[[], Coroutine[Any, Any, None]], count: int) -> None:
        """Start as many tasks as are missing; raise a RuntimeError in another loop."""
        loop = asyncio.get_running_loop()
        if self._loop not in (None, loop):
            raise RuntimeError("the batch belongs to another event loop")
        self._loop = loop
        self._tasks = [task for task in self._tasks if not task.done()]
        while len(self._tasks) < count:
            self._tasks.append(loop.create_task(run()))


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
            "size": min(_USUAL_SIZE, plan.size),
            "max_bytes": plan.max_bytes,
            "every": plan.every,
            **options,
        }
        self.settings = BatchSettings(**given)
        self.settings.check(plan)
        self._warned = -inf
        self._start_anew()
        self._queue.load()
        _open_batches.add(self)

    def _set_method(self, method: Callable[..., object]) -> None:
        operation = operation_of(method)
        plan = operation.batch
        if not isinstance(plan, BatchPlan):
            raise TypeError(f"{operation.call} does not take items in batches")
        if iscoroutinefunction(method) is not self._is_async:
            wanted = "an asynchronous" if self._is_async else "a synchronous"
            raise TypeError(f"{type(self).__name__} needs {wanted} client")
        self._plan = plan
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
            _ = self._client._pool.client  # noqa: SLF001 - of our own runtime

    def _start_anew(self) -> None:
        self._queue: BatchQueue = BatchQueue(self._plan, self.settings)
        if self.settings.spool is not None:
            spool = self.settings.spool
            self._queue = spool.open_queue(self._queue, self._client, self._warn)
        self._workers: W = self._create_workers()

    def forget(self) -> None:
        """Forget all items, in a forked process: the parent sends them."""
        self._queue.forget()
        self._start_anew()

    @property
    def stats(self) -> Stats:
        """What became of the items so far."""
        with self._workers:
            return self._queue.get_stats(monotonic())

    def use(self, method: Callable[..., object]) -> None:
        """Send by the method of another client from now on, such as one with a new key."""
        self._set_method(method)
        self._update(self._queue.unblock)

    def add_nowait(self, item: T) -> None:
        """Add an item, or raise a `BatchFullError` if the batch is full; see `add`."""
        if not self._put(self._encode(item), item):
            raise self._create_full_error()

    def _encode(self, item: object) -> bytes:
        """Return an item as JSON, with an ID and a time that never change again.

        Raises:
            ValueError: a member is missing, cannot be sent, or the item is too large.
            TypeError: a value has no form in JSON.
        """
        members: dict[str, Any]
        if is_dataclass(item):
            members = wire_members(item, "item")
        elif isinstance(item, Mapping):
            members = dict(cast("Mapping[str, Any]", item))
        else:
            raise TypeError(f"item: expected an object, got {type(item).__name__}")
        for name, filling in self._plan.keys:
            if members.get(name, UNSET) in _NOT_SET:
                members[name] = _FILLINGS[filling]()
        for name in self._plan.not_empty:
            if members.get(name, UNSET) in _NOT_SET:
                raise ValueError(f"item.{name}: must not be empty")
        content = encode(members, "item")
        size = len(content) + self._queue.overhead
        most = self.settings.max_bytes
        if size > most:
            raise ValueError(f"item: {size} bytes in a request, at most {most}")
        return content

    def _put(self, content: bytes, item: T) -> bool:
        """Add an encoded item; return whether there was room."""
        with self._workers:
            if self._queue.is_closed:
                raise BatchClosedError("the batch is closed")
            self._start()
            has_room = self._queue.has_room(len(content))
            if not has_room or self._queue.add(content, type(item), monotonic()):
                self._workers.notify_all()
            return has_room

    def _drop(self, content: bytes, item: T) -> Outcome:
        return self._update(self._queue.drop, content, type(item), monotonic())

    def _create_full_error(self) -> BatchFullError:
        count = self._queue.stats.waiting
        return BatchFullError(f"{count} items wait, and the batch is full")

    def _start(self) -> None:
        """Start what sends, at the first item and after it has ended."""
        count = self.settings.requests_at_once if self.settings.every else 0
        self._workers.start(self._run, count)

    @abstractmethod
    def _run(self) -> Any:
        """Send until the batch is closed."""

    def _update(self, change: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Change the queue, and wake up all that wait."""
        with self._workers:
            self._workers.notify_all()
            return change(*args, **kwargs)

    def begin_close(self) -> Stats:
        """Take no more items, and send now what waits."""
        return self._update(self._queue.close)

    @abstractmethod
    def finish_close(self, end: float) -> object:
        """Wait for items until `end`; hand back what is left."""

    def finish_at_exit(self, end: float) -> None:
        """Close the batch; the event loop of an asynchronous one has ended."""
        if self._is_async:
            self._warn(self._abandon().warning)
        else:
            self.finish_close(end)

    def _abandon(self) -> Outcome:
        _open_batches.discard(self)
        self._warned = -inf  # the last warning is never left out
        return self._update(self._queue.abandon)

    def _get_client(self, end: float) -> Any:
        """Return the client that sends, within the time that is left."""
        if end == inf:
            return self._client
        rest = max(end - monotonic(), _SHORTEST_DEADLINE)
        return self._client.with_options(deadline=rest)

    def _get_pause(self, end: float, *, may_send: bool) -> float:
        """Return the seconds before a request must be sent, or the time is over.

        Who may not send waits for a change: what is due is another one's work.
        """
        now = monotonic()
        due = self._queue.get_seconds_left(now) if may_send else inf
        return min(due, end - now, _LONGEST_WAIT)

    def _list_calls(self, outcome: Outcome) -> Iterator[Callable[[], object]]:
        """Yield the callbacks of an outcome, with their arguments."""
        settings = self.settings
        callbacks = {"refused": settings.on_refused, "lost": settings.on_lost}
        callback = callbacks.get(outcome.count)
        if callback is not None:
            for item, error in outcome.items:
                yield partial(callback, decode(item.content, item.kind, []), error)
        if settings.on_stats is not None:
            yield partial(settings.on_stats, self.stats)

    def _warn(self, message: str) -> None:
        """Log a warning, at most one a minute."""
        now = monotonic()
        if message and now - self._warned >= _WARNING_INTERVAL:
            self._warned = now
            self._log(message)

    def _log(self, message: str) -> None:
        logger = self._client._log.logger  # noqa: SLF001 - of our own runtime
        logger.warning("%s: %s", self._operation.call, message)


def _close_at_exit() -> None:
    """Send what waits in all batches, within one deadline."""
    batches = list(_open_batches)
    seconds = [batch.settings.exit_timeout for batch in batches]
    end = monotonic() + max(seconds, default=0.0)
    for batch in batches:
        batch.begin_close()
    for batch in batches:
        batch.finish_at_exit(end)


def _forget_after_fork() -> None:
    """Empty all batches of a forked process: its parent sends what they hold."""
    for batch in list(_open_batches):
        batch.forget()


atexit.register(_close_at_exit)
if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_forget_after_fork)
