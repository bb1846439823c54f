"""The bounds of a run in time and memory, kept by the system.

In: seconds and megabytes. Out: a context in which the alarm of the process rings when the
time is up, and in which it and the processes that it starts get no more memory. A
process that hears no alarm, because it is inside a library, is ended by the bound of its
processor time a little later. Where the system knows no such bounds, there are none.
"""

from __future__ import annotations

import math
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from importlib.util import find_spec
from types import FrameType
from typing import Any

from flexprice_codegen.diagnostics import build_error

_system: Any = import_module("resource") if find_spec("resource") else None
"""The bounds of the system, which Windows does not have."""

_GRACE = 5
"""The seconds of processor time that a process has left when the time is up."""
_ALARM = hasattr(signal, "setitimer")


class TimeLimitError(BaseException):
    """The time is up; no handler of ordinary faults may keep this back."""


@contextmanager
def limit_process(seconds: float, memory: int) -> Iterator[None]:
    """Bound this process and those that it starts; `memory` is in bytes, for each."""
    if _system is None:
        yield
        return
    longest = math.ceil(time.process_time() + seconds) + _GRACE
    limits = ((_system.RLIMIT_AS, memory), (_system.RLIMIT_CPU, longest))
    with ExitStack() as stack:
        for which, amount in limits:
            stack.enter_context(_limit_resource(which, amount))
        yield


@contextmanager
def limit_time(seconds: float) -> Iterator[None]:
    """Raise `OutOfTimeError` in this thread when the time is up."""
    if not _ALARM or threading.current_thread() is not threading.main_thread():
        yield
        return

    def raise_time_limit(_number: int, _frame: FrameType | None) -> None:
        raise TimeLimitError

    former = signal.signal(signal.SIGALRM, raise_time_limit)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        disable_time_limit()
        signal.signal(signal.SIGALRM, former)


def disable_time_limit() -> None:
    """Stop the clock: what begins now is not to be stopped half-way."""
    if _ALARM:
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C have no effect on what takes a moment and is best not cut in two."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)


@contextmanager
def _limit_resource(which: int, amount: int) -> Iterator[None]:
    """Set a bound of the system, no higher than it may be, and the former one after."""
    soft, hard = _system.getrlimit(which)
    infinite = _system.RLIM_INFINITY
    _system.setrlimit(which, (amount if hard == infinite else min(amount, hard), hard))
    try:
        yield
    finally:
        _system.setrlimit(which, (soft, hard))


def build_time_error(seconds: float) -> Exception:
    """Make the fault for a run that took too long."""
    return build_error(
        "time-limit",
        f"this took more than {seconds:,} s; nothing was written",
        hint="allow more with --max-time, or give a smaller document",
    )


def build_memory_error(megabytes: int) -> Exception:
    """Make the fault for a run that took too much memory."""
    return build_error(
        "memory-limit",
        f"this took more than {megabytes:,} MB of memory; nothing was written",
        hint="allow more with --max-memory, or give a smaller document",
    )
