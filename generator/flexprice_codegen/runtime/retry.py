# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Retries that cannot do a thing twice.

In: how a call has gone so far. Out: whether and when it is sent again.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from email.utils import mktime_tz, parsedate_tz
from math import inf
from ssl import SSLCertVerificationError
from typing import Any, Final, TypeAlias

import httpx2
from msgspec import Struct

from .lazy import old_attribute, rename_keywords

Outcome: TypeAlias = httpx2.Response | httpx2.RequestError
_PASSING: Final = frozenset({408, 429, 502, 503, 504})
_NEVER_MADE = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
_BROKEN = (httpx2.TimeoutException, httpx2.NetworkError, httpx2.RemoteProtocolError)
_MOST_DOUBLINGS: Final = 60
_OLD_NAMES: Final = {
    "times": "max_retries",
    "first": "initial_delay",
    "longest": "max_delay",
}
_RATE_LIMIT: Final = 429
# Some servers write fractions of a second, which the standard does not have.
_SECONDS: Final = r"[0-9]+(\.[0-9]+)?"


@dataclass(frozen=True, slots=True, init=False)
class Retry:
    """How often and how soon a call is repeated; `Retry(max_retries=0)` is never.

    Each wait is a random part of `initial_delay` seconds, doubled each time, up to
    `max_delay`; a server's `Retry-After` is followed, up to `max_delay` as well.
    `deadline` is for the whole call, in seconds: after it nothing is sent, and no
    response is read on.
    """

    max_retries: int
    initial_delay: float
    max_delay: float
    deadline: float | None

    times = old_attribute("times", "max_retries")
    first = old_attribute("first", "initial_delay")
    longest = old_attribute("longest", "max_delay")

    def __init__(
        self,
        max_retries: int = 2,
        initial_delay: float = 0.5,
        max_delay: float = 8.0,
        deadline: float | None = None,
        **old: Any,
    ) -> None:
        given = {
            "max_retries": max_retries,
            "initial_delay": initial_delay,
            "max_delay": max_delay,
            "deadline": deadline,
        } | rename_keywords(old, _OLD_NAMES)
        number = given["max_retries"]
        if type(number) is not int or number < 0:
            wanted = "an int that is at least 0"
            raise ValueError(f"Retry: `max_retries` must be {wanted}, got {number!r}")
        for name, value in given.items():
            check_seconds(f"Retry: `{name}`", value, least=0)
            object.__setattr__(self, name, value)


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


def choose_pause(
    retry: Retry, attempt: Attempt, chance: float, deadline: float | None = None
) -> float | None:
    """Return the seconds before the next attempt, None if there shall be none.

    `chance` is from 0 to 1. The only place that decides.
    """
    if attempt.number > retry.max_retries or not _may_repeat(attempt):
        return None
    doubled = retry.initial_delay * 2 ** min(attempt.number - 1, _MOST_DOUBLINGS)
    seconds = min(doubled, retry.max_delay) * chance
    if isinstance(attempt.outcome, httpx2.Response):
        asked = read_retry_after(attempt.outcome.headers)
        seconds = seconds if asked is None else min(asked, retry.max_delay)
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
    if re.fullmatch(_SECONDS, text):
        return float(text)
    date = parsedate_tz(text)
    now = parsedate_tz(headers.get("date", ""))
    if date is None:
        return None
    try:
        return max(0.0, mktime_tz(date) - (mktime_tz(now) if now else time.time()))
    except (ValueError, OverflowError):  # a year that no calendar has
        return None
