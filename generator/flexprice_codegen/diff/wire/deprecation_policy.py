"""What a team has agreed on about deprecation and stability.

In: the day, and how many days must lie between a deprecation and its sunset. Out: a
frozen value, and the dates and levels that the document writes.

Source: RFC 8594 (sunset), RFC 3339 §5.6 (full-date).
"""

from __future__ import annotations

import datetime as dt

from flexprice_codegen.frozen_values import frozen_value

STABILITY_LEVELS = ("draft", "alpha", "beta", "stable")


@frozen_value(kw_only=True)
class DeprecationPolicy:
    """The rules of a team.

    `beta_days` and `stable_days` count from the deprecation to the sunset; with zero a
    sunset is not asked for. What is less stable than `stability` is not compared.
    """

    today: dt.date
    beta_days: int = 0
    stable_days: int = 0
    stability: str = "beta"

    def get_days(self, stability: str) -> int:
        """Return the days that something of a level must stay after its deprecation."""
        # Nobody was promised anything of these.
        if stability in {"draft", "alpha"}:
            return 0
        return self.beta_days if stability == "beta" else self.stable_days

    def is_compared(self, stability: str) -> bool:
        """Return whether something of a level is compared."""
        return rank_stability(stability) >= rank_stability(self.stability)


def rank_stability(stability: str) -> int:
    """Return the place of a level in their order; what has none is stable."""
    known = stability if stability in STABILITY_LEVELS else "stable"
    return STABILITY_LEVELS.index(known)


def is_stability_level(stability: str) -> bool:
    """Return whether there is such a level; none is one."""
    return not stability or stability in STABILITY_LEVELS


def parse_sunset(text: str) -> dt.date | None:
    """Return the day of a sunset: a date, or a date and a time. None where it is neither."""
    # Some generators write the value of `x-sunset` in quotes of its own.
    text = text.strip().strip('"')
    try:
        if len(text) == len("2026-01-31"):
            return dt.date.fromisoformat(text)
        return dt.datetime.fromisoformat(text).date()
    except ValueError:
        return None
