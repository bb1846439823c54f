"""Running a row: everybody in turns, so that a busy minute hits all alike.

In: a row and the setting. Out: its result.
"""

from __future__ import annotations

from contextlib import ExitStack

from benchmarks.row import (
    Contender,
    ContenderError,
    Failure,
    MissingToolError,
    Numbers,
    Outcome,
    Race,
    Result,
    Row,
    Skipped,
)
from benchmarks.setting import Setting

NO_FLEXPRICE = Skipped("needs the full Flexprice document: pass --spec")


def run(row: Row, setting: Setting, *, quick: bool) -> Result:
    """Measure a row; who fails is left out of the further rounds."""
    if row.needs_flexprice and not setting.is_flexprice:
        return Result(row, NO_FLEXPRICE, ())
    with ExitStack() as stack:
        try:
            race = row.race(setting, stack)
        except ContenderError as error:
            return Result(row, _explain(error), ())
        rounds = row.quick_rounds if quick else row.rounds
        ours, *peers = _outcomes(race, rounds, warm_up=row.warm_up)
    names = [each.name for each in race.peers]
    return Result(row, ours, tuple(zip(names, peers, strict=True)))


def _outcomes(race: Race, rounds: int, *, warm_up: bool) -> list[Outcome]:
    """Measure in turns; gives ours first."""
    contenders = (race.ours, *race.peers)
    values: list[list[float]] = [[] for _ in contenders]
    failures: dict[int, Failure | Skipped] = {}
    for number in range(rounds + warm_up):
        for at, contender in enumerate(contenders):
            if at in failures:
                continue
            measured = _measured(contender)
            if not isinstance(measured, float):
                failures[at] = measured
            elif number >= warm_up:
                values[at].append(measured)
    return [failures.get(at, Numbers(tuple(found))) for at, found in enumerate(values)]


def _measured(contender: Contender) -> float | Failure | Skipped:
    try:
        return float(contender.measure())
    except ContenderError as error:
        return _explain(error)


def _explain(error: ContenderError) -> Failure | Skipped:
    """Return why a contender has no numbers; a tool that is missing is no failure."""
    if isinstance(error, MissingToolError):
        return Skipped(str(error))

    return Failure(str(error))
