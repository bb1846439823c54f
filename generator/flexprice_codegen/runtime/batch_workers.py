# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""What sends the items of a batch in the background: threads, or tasks of asyncio.

In: a function that sends. Out: it runs, and waits for changes. Both kinds have the same
methods; as a context manager they are the lock of what they share.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, suppress
from time import monotonic
from typing import Any, Protocol


def get_end(timeout: float | None) -> float | None:
    """Return when a time is over, by the clock that is never set."""
    return None if timeout is None else monotonic() + timeout


def get_rest(end: float | None) -> float | None:
    """Return the seconds that are left."""
    return None if end is None else max(end - monotonic(), 0.0)


class Workers(AbstractContextManager[Any], Protocol):
    """What threads and tasks have in common; `wait` and `wait_for` differ by `await`."""

    def notify_all(self) -> None:
        """Wake up all that wait."""

    def is_running(self) -> bool:
        """Return whether any of them sends."""
        ...

    def start(self, run: Callable[[], Any], count: int) -> None:
        """Start as many as are missing."""

    def stop(self) -> None:
        """Stop those that can be stopped."""


class ThreadWorkers(threading.Condition):
    """Threads, and the lock that they share with those who add."""

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
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Do nothing: a thread ends when its request does."""


class TaskWorkers:
    """Tasks of one event loop, which need no lock: others run only while one awaits."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._change = asyncio.Event()

    def __enter__(self) -> None:
        """Do nothing."""

    def __exit__(self, *_: object) -> None:
        """Do nothing."""

    def notify_all(self) -> None:
        """Wake up all tasks that wait."""
        self._change.set()
        self._change = asyncio.Event()

    async def wait(self, seconds: float | None) -> None:
        """Wait for a change, or for some seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._change.wait()

    async def wait_for(
        self, is_over: Callable[[], bool], seconds: float | None
    ) -> bool:
        """Wait until something is true, or for some seconds; return whether it is."""
        end = get_end(seconds)
        while not is_over() and get_rest(end) != 0:
            await self.wait(get_rest(end))
        return is_over()

    def is_running(self) -> bool:
        """Return whether any task sends."""
        return not all(task.done() for task in self._tasks)

    def start(self, run: Callable[[], Coroutine[Any, Any, None]], count: int) -> None:
        """Start as many tasks as are missing.

        Raises:
            RuntimeError: they belong to another event loop.
        """
        loop = asyncio.get_running_loop()
        if self._loop not in (None, loop):
            raise RuntimeError("the batch belongs to another event loop")
        self._loop = loop
        self._tasks = [task for task in self._tasks if not task.done()]
        while len(self._tasks) < count:
            self._tasks.append(loop.create_task(run()))

    def stop(self) -> None:
        """Cancel all tasks."""
        for task in self._tasks:
            task.cancel()
