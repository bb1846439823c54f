# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Retries that cannot do a thing twice.

In: how a call has gone so far. Out: whether and when it is sent again.
"""

from __future__ import annotations

import time
from email.utils import mktime_tz, parsedate_tz
from typing import Final, TypeAlias

import httpx2
from msgspec import Struct

Outcome: TypeAlias = httpx2.Response | httpx2.RequestError
_PASSING: Final = frozenset({408, 429, 502, 503, 504})
_NEVER_MADE = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
_BROKEN = (httpx2.TimeoutException, httpx2.NetworkError, httpx2.RemoteProtocolError)
_MOST_DOUBLINGS: Final = 60


class Retry(Struct, frozen=True):
    """How often and how soon a call is repeated; `Retry(times=0)` is never.

    Each wait is a random part of `first` seconds, doubled each time, up to `longest`;
    a server's `Retry-After` is followed, up to `longest` as well. Nothing is sent later
    than `deadline` seconds after the call began.
    """

    times: int = 2
    first: float = 0.5
    longest: float = 8.0
    deadline: float | None = 120.0

    def __post_init__(self) -> None:
        if min(self.times, self.first, self.longest, self.deadline or 0) < 0:
            raise ValueError(f"{self}: no part of it may be less than 0")


DEFAULT_RETRY: Final = Retry()


class Attempt(Struct, frozen=True):
    """An attempt, the first is 1, that ended `elapsed` seconds after the call began.

    `is_safe`: a server that was reached may be asked again. `moved`: it failed behind a
    redirect, so the first server was reached.
    """

    number: int
    outcome: Outcome
    elapsed: float
    is_safe: bool
    moved: bool = False

    @property
    def reached(self) -> bool:
        """Return whether the server may have done what it was asked to do."""
        return self.moved or not isinstance(self.outcome, _NEVER_MADE)


def pause(retry: Retry, attempt: Attempt, chance: float) -> float | None:
    """Return the seconds before the next attempt, None if there shall be none.

    `chance` is from 0 to 1. The only place that decides.
    """
    if attempt.number > retry.times or not _may_repeat(attempt):
        return None
    doubled = retry.first * 2 ** min(attempt.number - 1, _MOST_DOUBLINGS)
    seconds = min(doubled, retry.longest) * chance
    if isinstance(attempt.outcome, httpx2.Response):
        asked = _retry_after(attempt.outcome.headers)
        seconds = seconds if asked is None else min(asked, retry.longest)
    late = retry.deadline is not None and attempt.elapsed + seconds > retry.deadline
    return None if late else seconds


def _may_repeat(attempt: Attempt) -> bool:
    outcome = attempt.outcome
    if isinstance(outcome, httpx2.Response):
        return attempt.is_safe and outcome.status_code in _PASSING
    return not attempt.reached or (attempt.is_safe and isinstance(outcome, _BROKEN))


def _retry_after(headers: httpx2.Headers) -> float | None:
    """Read Retry-After (RFC 9110, 10.2.3); a date counts from the server's own."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    date, now = parsedate_tz(text), parsedate_tz(headers.get("date", ""))
    if date is None:
        return None
    try:
        return max(0.0, mktime_tz(date) - (mktime_tz(now) if now else time.time()))
    except (ValueError, OverflowError):  # a year that no calendar has
        return None
