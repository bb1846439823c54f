"""Limits of time and memory for a run, enforced by the operating system.

In: seconds and bytes. Out: contexts. An alarm interrupts the process at the time limit,
and the process and its children get no memory beyond the limit. A process that handles
no alarm, because it is inside a library, is killed by its limit of processor time a
little later. Systems without such limits, such as Windows, enforce none.
"""

from __future__ import annotations

import math
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from importlib.util import find_spec
from types import FrameType
from typing import Any

from flexprice_codegen.diagnostics import build_error

_system: Any = import_module("resource") if find_spec("resource") else None
"""The module `resource`, or `None` on Windows, which lacks it."""

_GRACE = 5
"""The seconds of processor time from the time limit to the end of the process."""
_MOST_CALLS = 1_000
"""The default of CPython (`sys.getrecursionlimit`)."""
_ALARM = hasattr(signal, "setitimer")


class TimeLimitError(BaseException):
    """The end of a time limit.

    It is a `BaseException`, so that no `except Exception` of a library catches it.
    """


@contextmanager
def limit_process(seconds: float, memory: int) -> Iterator[None]:
    """Limit this process and its children in a `with` block.

    Args:
        seconds: Processor time from now on.
        memory: Address space of each process, in bytes.
    """
    if _system is None:
        yield
        return

    # `RLIMIT_CPU` counts from the start of the process, so used time is added.
    longest = math.ceil(time.process_time() + seconds) + _GRACE
    limits = ((_system.RLIMIT_AS, memory), (_system.RLIMIT_CPU, longest))
    with ExitStack() as stack:
        for which, amount in limits:
            stack.enter_context(_limit_resource(which, amount))
        yield


@contextmanager
def limit_recursion() -> Iterator[None]:
    """Use the interpreter's default depth of calls in a `with` block.

    A library can have raised it in this process, as mypy does. Then a document that is
    too deep would get another message, or none.
    """
    former = sys.getrecursionlimit()
    # The interpreter refuses a limit that the calls so far exceed already.
    with suppress(RecursionError):
        sys.setrecursionlimit(_MOST_CALLS)
    try:
        yield
    finally:
        sys.setrecursionlimit(former)


@contextmanager
def limit_time(seconds: float) -> Iterator[None]:
    """Raise `TimeLimitError` in the main thread if a `with` block takes too long.

    Other threads have no limit, because Python handles signals in the main thread only.

    Args:
        seconds: The time limit.
    """
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
    """Cancel the alarm of `limit_time`: what follows must not be interrupted."""
    if _ALARM:
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def _limit_resource(which: int, amount: int) -> Iterator[None]:
    """Set a limit of the system, at most its hard limit, and restore it afterwards."""
    soft, hard = _system.getrlimit(which)
    infinite = _system.RLIM_INFINITY
    # Only the soft limit is set: a process without privileges could not raise a hard
    # limit again.
    _system.setrlimit(which, (amount if hard == infinite else min(amount, hard), hard))
    try:
        yield
    finally:
        _system.setrlimit(which, (soft, hard))


def build_time_error(seconds: float) -> Exception:
    """Return the error of a run that exceeded its time limit.

    Args:
        seconds: The limit.
    """
    return build_error(
        "time-limit",
        f"the run exceeded {seconds:,} seconds; nothing was written",
        hint="increase --max-time, or use a smaller document",
    )


def build_depth_error() -> Exception:
    """Return the error of a document whose schemas are too deep for the interpreter."""
    return build_error(
        "too-deep",
        "schemas of the document refer to one another too deeply; nothing was written",
        hint="shorten the longest chain of references, such as one of allOf",
    )


def build_memory_error(megabytes: int) -> Exception:
    """Return the error of a run that exceeded its memory limit.

    Args:
        megabytes: The limit.
    """
    return build_error(
        "memory-limit",
        f"the run exceeded {megabytes:,} MB of memory; nothing was written",
        hint="increase --max-memory, or use a smaller document",
    )
