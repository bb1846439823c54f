"""The loop of a child: measure a turn each time a line comes in.

In: what to call. Out: on standard output, `ready`, then for each line of standard input
the seconds that one call took, on average over a fixed number of calls.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter

_LEAST = 0.04
"""Seconds that a turn takes at least."""


def serve(subject: Callable[[], object]) -> None:
    """Answer until standard input is closed."""
    count = 1
    while _seconds(subject, count) < _LEAST:
        count *= 2
    serve_measured(lambda: _seconds(subject, count) / count)


def serve_measured(measure: Callable[[], float]) -> None:
    """Answer until standard input is closed, by what a function measures."""
    measure()
    _say("ready")
    for _ in sys.stdin:
        _say(repr(measure()))


def _seconds(subject: Callable[[], object], count: int) -> float:
    turns = range(count)
    begin = perf_counter()
    for _ in turns:
        subject()
    return perf_counter() - begin


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
