# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Retries that cannot do a thing twice.

In: how a call has gone so far. Out: whether and when it is sent again.
"""

from __future__ import annotations

import re
import time
from email.utils import mktime_tz, parsedate_tz
from math import inf
from ssl import SSLCertVerificationError
from typing import Final, TypeAlias

import httpx2
from msgspec import Struct

Outcome: TypeAlias = httpx2.Response | httpx2.RequestError
_PASSING: Final = frozenset({408, 429, 502, 503, 504})
_NEVER_MADE = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
_BROKEN = (httpx2.TimeoutException, httpx2.NetworkError, httpx2.RemoteProtocolError)
_MOST_DOUBLINGS: Final = 60
_RATE_LIMIT: Final = 429
# Some servers write fractions of a second, which the standard does not have.
_fits_seconds: Final = re.compile(r"[0-9]+(\.[0-9]+)?", re.ASCII).fullmatch


class Retry(Struct, frozen=True):
    """How often and how soon a call is repeated; `Retry(times=0)` is never.

    Each wait is a random part of `first` seconds, doubled each time, up to `longest`;
    a server's `Retry-After` is followed, up to `longest` as well. `deadline` is for the
    whole call, in seconds: then nothing is sent any more, nor is a response read on.
    """

    times: int = 2
    first: float = 0.5
    longest: float = 8.0
    deadline: float | None = None

    def __post_init__(self) -> None:
        if min(self.times, self.first, self.longest, self.deadline or 0) < 0:
            raise ValueError(f"{self}: no part of it may be less than 0")

    def check(self) -> None:
        """Raise a ValueError unless all parts are numbers."""
        if type(self.times) is not int:
            raise ValueError(f"Retry: `times` must be an int, got {self.times!r}")
        for name in ("first", "longest", "deadline"):
            check_seconds(f"Retry: `{name}`", getattr(self, name), least=0)


def check_seconds(name: str, value: object, least: float = 1e-9) -> None:
    """Raise a ValueError unless a value is None or a number of seconds."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if value is not None and not (is_number and least <= float(str(value)) < inf):
        raise ValueError(f"{name} must be a number of seconds or None, got {value!r}")


DEFAULT_RETRY: Final = Retry()


class Attempt(Struct, frozen=True):
    """An attempt, the first is 1, that ended `elapsed` seconds after the call began.

    `is_safe`: a server that was reached may be asked again. `moved`: it failed behind a
    redirect, so the first server was reached. `is_unprocessed`: 429 says that nothing
    was done.
    """

    number: int
    outcome: Outcome
    elapsed: float
    is_safe: bool
    moved: bool = False
    is_unprocessed: bool = False

    @property
    def reached(self) -> bool:
        """Return whether the server may have done what it was asked to do."""
        return self.moved or not isinstance(self.outcome, _NEVER_MADE)


def pause(
    retry: Retry, attempt: Attempt, chance: float, deadline: float | None = None
) -> float | None:
    """Return the seconds before the next attempt, None if there shall be none.

    `chance` is from 0 to 1. The only place that decides.
    """
    if attempt.number > retry.times or not _may_repeat(attempt):
        return None
    doubled = retry.first * 2 ** min(attempt.number - 1, _MOST_DOUBLINGS)
    seconds = min(doubled, retry.longest) * chance
    if isinstance(attempt.outcome, httpx2.Response):
        asked = read_retry_after(attempt.outcome.headers)
        seconds = seconds if asked is None else min(asked, retry.longest)
    deadline = retry.deadline if deadline is None else deadline
    is_late = deadline is not None and attempt.elapsed + seconds > deadline
    return None if is_late else seconds


def _may_repeat(attempt: Attempt) -> bool:
    outcome = attempt.outcome
    if isinstance(outcome, httpx2.Response):
        is_unprocessed = attempt.is_unprocessed and outcome.status_code == _RATE_LIMIT
        is_safe = attempt.is_safe or is_unprocessed
        return is_safe and outcome.status_code in _PASSING
    if _is_refused_certificate(outcome):
        return False
    return not attempt.reached or (attempt.is_safe and isinstance(outcome, _BROKEN))


def _is_refused_certificate(error: BaseException | None) -> bool:
    """Return whether the client did not trust the server, which no retry changes."""
    while error is not None and not isinstance(error, SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error is not None


def read_retry_after(headers: httpx2.Headers) -> float | None:
    """Read Retry-After (RFC 9110, 10.2.3); a date counts from the server's own."""
    text = headers.get("retry-after", "").strip()
    if _fits_seconds(text):
        return float(text)
    date, now = parsedate_tz(text), parsedate_tz(headers.get("date", ""))
    if date is None:
        return None
    try:
        return max(0.0, mktime_tz(date) - (mktime_tz(now) if now else time.time()))
    except (ValueError, OverflowError):  # a year that no calendar has
        return None
