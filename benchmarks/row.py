"""What is measured, and what came out.

In: nothing. Out: the values that the other modules pass on: a `Row` names a question
and its bar, a `Race` who is measured for it, a `Result` the answers. A new question is
a `Row` in the `ROWS` of the module that it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Final, TypeAlias

from benchmarks.setting import Setting

TIMES: Final = "\N{MULTIPLICATION SIGN}"


class ContenderError(Exception):
    """A contender cannot be measured; the message is the last line that it said."""


class MissingToolError(ContenderError):
    """A contender cannot be measured here: the message names what is not installed."""


class Unit(StrEnum):
    """What a measured number counts."""

    SECONDS = "s"
    MEGABYTES = "MB"


@dataclass(frozen=True, slots=True)
class RatioBar:
    """Ours is at most `limit` times the fastest peer."""

    limit: float

    def __str__(self) -> str:
        return f"≤ {self.limit:g} {TIMES}"


@dataclass(frozen=True, slots=True)
class AmountBar:
    """Ours is at most `limit`, whatever the peers do."""

    limit: float
    unit: Unit

    def __str__(self) -> str:
        return f"≤ {self.limit:g} {self.unit}"


Bar: TypeAlias = RatioBar | AmountBar


@dataclass(frozen=True, slots=True)
class Contender:
    """One who is measured; `measure` gives one number, or raises `ContenderError`."""

    name: str
    measure: Callable[[], float]


def failing(name: str, error: ContenderError) -> Contender:
    """Make a contender that could not be prepared, and says so when it is measured."""

    def measure() -> float:
        raise error

    return Contender(name, measure)


@dataclass(frozen=True, slots=True)
class Race:
    """Who is measured in turns: ours first, then each peer."""

    ours: Contender
    peers: tuple[Contender, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question of the table.

    `race` prepares what the contenders need; what it opens is closed by its stack.
    With `warm_up`, each is measured once before it counts. A row without a bar informs.
    """

    name: str
    what: str
    race: Callable[[Setting, ExitStack], Race]
    rounds: int
    quick_rounds: int
    bar: Bar | None = None
    unit: Unit = Unit.SECONDS
    warm_up: bool = True
    needs_flexprice: bool = False


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was measured of one contender, in the order of the rounds."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return median(self.values)

    @property
    def least(self) -> float:
        """The smallest one."""
        return min(self.values)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a contender has no numbers."""

    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """What a contender needs and this machine does not have."""

    reason: str


Outcome: TypeAlias = Numbers | Failure | Skipped


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a row; `ours` has no numbers where nothing could be run."""

    row: Row
    ours: Outcome
    peers: tuple[tuple[str, Outcome], ...]

    @property
    def fastest(self) -> str | None:
        """The name of the peer with the smallest median, None where all failed."""
        medians = [
            (each.median, name)
            for name, each in self.peers
            if isinstance(each, Numbers)
        ]
        return min(medians)[1] if medians else None

    def ratio(self, peer: str) -> float | None:
        """Return the median of ours over a peer's, None where one of them failed.

        Each round is compared with itself: the two were measured at the same time, so
        a machine that gets slower between rounds changes nothing.
        """
        ours, theirs = self.ours, dict(self.peers)[peer]
        if not isinstance(ours, Numbers) or not isinstance(theirs, Numbers):
            return None
        pairs = zip(ours.values, theirs.values, strict=True)
        return median(mine / other for mine, other in pairs)

    @property
    def has_failed(self) -> bool:
        """Whether a contender failed that could have been measured."""
        outcomes = (self.ours, *(outcome for _, outcome in self.peers))
        return any(isinstance(each, Failure) for each in outcomes)

    @property
    def is_met(self) -> bool | None:
        """Whether the bar is met; None without a bar, or with nothing to compare."""
        if not isinstance(self.ours, Numbers):
            return None
        match self.row.bar:
            case None:
                return None
            case AmountBar(limit):
                return self.ours.median <= limit
            case RatioBar(limit):
                ratio = None if self.fastest is None else self.ratio(self.fastest)
                return None if ratio is None else ratio <= limit
