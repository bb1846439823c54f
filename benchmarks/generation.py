"""Rows about making clients: a whole process each time, into a folder that is new.

In: nothing. Out: rows.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TypeAlias

from benchmarks import clients, peers
from benchmarks.commands import Command, peak_memory, seconds
from benchmarks.row import (
    AmountBar,
    Contender,
    ContenderError,
    MissingToolError,
    Race,
    RatioBar,
    Row,
    Unit,
)
from benchmarks.setting import SEED, Setting

Maker: TypeAlias = Callable[[Setting, Path, Path], Command]
_MAKERS: dict[str, Maker] = {
    "openapi-python-client": peers.openapi_python_client,
    "datamodel-code-generator": peers.datamodel_code_generator,
    "openapi-generator-cli": peers.openapi_generator,
}


def full(setting: Setting, _: ExitStack) -> Race:
    """Everybody makes the client of the full description; ours was made once before."""
    clients.full(setting)
    return _race(setting, setting.full, seconds, tuple(_MAKERS))


def full_memory(setting: Setting, _: ExitStack) -> Race:
    """The same by memory, beside the peer that is the fastest."""
    document = setting.full
    return _race(setting, document, peak_memory, ("openapi-python-client",))


def seed(setting: Setting, _: ExitStack) -> Race:
    """One operation and one event."""
    return _race(setting, SEED, seconds, ("openapi-python-client",))


ROWS = (
    Row(
        name="generate-full",
        what="generate a client of the full description, whole process",
        race=full,
        bar=RatioBar(0.35),
        rounds=5,
        quick_rounds=1,
        warm_up=False,
    ),
    Row(
        name="generate-full-memory",
        what="memory of all its processes at the peak",
        race=full_memory,
        bar=AmountBar(90, Unit.MEGABYTES),
        unit=Unit.MEGABYTES,
        rounds=3,
        quick_rounds=1,
        warm_up=False,
    ),
    Row(
        name="generate-seed",
        what="generate a client of specs/flexprice.yaml, whole process",
        race=seed,
        bar=RatioBar(0.75),
        rounds=9,
        quick_rounds=3,
    ),
)


def _race(
    setting: Setting,
    document: Path,
    measure: Callable[[Command], float],
    names: tuple[str, ...],
) -> Race:
    folder = setting.work / "cold"

    def ours() -> float:
        return cold(clients.command(setting, document, folder), folder, measure)

    def peer(name: str) -> Contender:
        def theirs() -> float:
            peers.need(setting, name)
            _need_java(name)
            return cold(_MAKERS[name](setting, document, folder), folder, measure)

        return Contender(name, theirs)

    return Race(Contender("ours", ours), tuple(map(peer, names)))


def _need_java(name: str) -> None:
    if name == "openapi-generator-cli" and shutil.which("java") is None:
        raise MissingToolError("not here: it needs Java")


def cold(command: Command, folder: Path, measure: Callable[[Command], float]) -> float:
    """Run a command and remove what it made; making nothing is a failure."""
    shutil.rmtree(folder, ignore_errors=True)
    measured = measure(command)
    if not any(folder.rglob("*.py")):
        raise ContenderError("it said that all went well, but made no Python")
    shutil.rmtree(folder)
    return measured
