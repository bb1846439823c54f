"""Rows about judging recorded traffic: a whole process each time.

In: nothing. Out: rows.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

from benchmarks import foreign, traffic_maker
from benchmarks.commands import Command, peak_memory, seconds
from benchmarks.row import AmountBar, Contender, Race, RatioBar, Row, Unit
from benchmarks.setting import Setting

_EXCHANGES = 1_000


def over_inspect(setting: Setting, _: ExitStack) -> Race:
    """Ours without proofs, over reading the same document."""
    inspect = Command((_find_program(), "inspect", str(setting.full)), setting.work)
    judge = _build_command(setting)
    return Race(
        Contender("ours", lambda: seconds(judge)),
        (Contender("ours, inspect", lambda: seconds(inspect)),),
    )


def with_proofs(setting: Setting, _: ExitStack) -> Race:
    """Ours with the proof of each correction, over reading the same document."""
    inspect = Command((_find_program(), "inspect", str(setting.full)), setting.work)
    prove = _build_command(setting, "--format", "json")
    return Race(
        Contender("ours", lambda: seconds(prove)),
        (Contender("ours, inspect", lambda: seconds(inspect)),),
    )


def memory(setting: Setting, _: ExitStack) -> Race:
    """The memory of ours without proofs."""
    judge = _build_command(setting)
    return Race(Contender("ours", lambda: peak_memory(judge)), ())


def redocly(setting: Setting, _: ExitStack) -> Race:
    """Ours with proofs, and the peer that finds drift."""
    traffic = traffic_maker.write_har(setting, _EXCHANGES)
    prove = _build_command(setting, "--format", "json")

    def theirs() -> float:
        line = (str(foreign.redocly()), "drift", str(traffic), "--api")
        options = ("--match-mode", "basepath", "--format", "json", "-o", "drift.json")
        command = (*line, str(setting.full), *options)
        return seconds(Command(command, setting.work, accepted=(0, 1)))

    return Race(
        Contender("ours", lambda: seconds(prove)),
        (Contender("redocly drift", theirs),),
    )


ROWS = (
    Row(
        name="conform",
        what=f"judge {_EXCHANGES:,} exchanges, over inspect of the same document",
        race=over_inspect,
        bar=RatioBar(2.0),
        rounds=5,
        quick_rounds=1,
    ),
    Row(
        name="conform-proofs",
        what="the same, with the proof of each correction",
        race=with_proofs,
        bar=RatioBar(10.0),
        rounds=5,
        quick_rounds=1,
    ),
    Row(
        name="conform-memory",
        what="memory of that at the peak, without proofs",
        race=memory,
        bar=AmountBar(150, Unit.MEGABYTES),
        unit=Unit.MEGABYTES,
        rounds=1,
        quick_rounds=1,
        warm_up=False,
    ),
    Row(
        name="conform-redocly",
        what="the same traffic with proofs, over a peer that finds drift",
        race=redocly,
        bar=RatioBar(0.25),
        rounds=3,
        quick_rounds=1,
        warm_up=False,
    ),
)


def _build_command(setting: Setting, *options: str) -> Command:
    traffic = traffic_maker.write_har(setting, _EXCHANGES)
    line = (_find_program(), "conform", str(traffic), "--spec", str(setting.full))
    output = ("--fail-on", "none", "-o", str(setting.work / "conform.txt"))
    return Command((*line, *output, *options), setting.work)


def _find_program() -> str:
    return str(Path(sys.executable).parent / "flexprice-codegen")
