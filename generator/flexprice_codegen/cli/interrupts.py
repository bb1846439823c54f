"""Ctrl-C: an exception while a command runs, and no traceback at any other moment.

In: nothing. Out: contexts.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def raise_interrupts() -> Iterator[None]:
    """Raise `KeyboardInterrupt` on the first Ctrl-C in a `with` block.

    Outside of the block, and from the second one on, Ctrl-C ends the process at once, as
    it does since the start of the program. Where the signal is handled otherwise, nothing
    changes: another program can call a command, or run it in the background.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or signal.getsignal(signal.SIGINT) is not signal.SIG_DFL:
        yield
        return

    signal.signal(signal.SIGINT, _raise_interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def _raise_interrupt(_number: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    raise KeyboardInterrupt


@contextmanager
def defer_interrupts() -> Iterator[None]:
    """Ignore Ctrl-C in a short `with` block that must not be interrupted."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
