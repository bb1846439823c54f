"""Rows about large documents: GitHub's own, and made ones of two sizes.

In: nothing. Out: rows. Each compares us with ourselves: with an earlier commit, or with a
smaller document. What it costs must grow no faster than the document does, and importing
must not grow at all.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from benchmarks import clients, former, github, spec_maker
from benchmarks.commands import Command, peak_memory, seconds
from benchmarks.generation import cold
from benchmarks.row import AmountBar, Contender, Race, RatioBar, Row, Unit
from benchmarks.setting import SEED, Setting

FEW: Final = 500
MANY: Final = 5_000
_GITHUB = "github_client"
_GITHUB_CALL = f"""\
from {_GITHUB} import GitHubSOfficial
GitHubSOfficial().meta.meta_root
"""
_SEED_CALL = f"""\
from {clients.PACKAGE} import Flexprice
Flexprice(api_key="key").customers.create_customer
"""


def of_github(setting: Setting, _: ExitStack) -> Race:
    """GitHub's description, and the full one of Flexprice."""
    document, full = github.document(setting), setting.full
    return Race(
        _maker("ours", setting, document, seconds),
        (_maker("ours, Flexprice in full", setting, full, seconds),),
    )


def of_github_before(setting: Setting, _: ExitStack) -> Race:
    """GitHub's description, as now and as at an earlier commit."""
    document, folder = github.document(setting), setting.work / "cold_before"
    before = former.command(setting, document, folder)
    return Race(
        _maker("ours", setting, document, seconds),
        (Contender(f"ours at {former.COMMIT}", lambda: cold(before, folder, seconds)),),
    )


def of_github_memory(setting: Setting, _: ExitStack) -> Race:
    """The memory of all processes for GitHub's description."""
    document = github.document(setting)
    return Race(_maker("ours", setting, document, peak_memory), ())


def import_of_github(setting: Setting, _: ExitStack) -> Race:
    """The client of GitHub, and that of one operation; both were imported before."""
    document = github.document(setting)
    large, small = setting.work / "github", setting.work / "seed"
    seconds(clients.command(setting, document, large / _GITHUB, overlay=None))
    seconds(clients.command(setting, SEED, small / clients.PACKAGE))
    return Race(
        _importer("ours", setting, _GITHUB_CALL, large),
        (_importer("ours, one operation", setting, _SEED_CALL, small),),
    )


def growth(measure: Callable[[Command], float]) -> Callable[[Setting, ExitStack], Race]:
    """Two made documents, one ten times as large as the other."""

    def race(setting: Setting, _: ExitStack) -> Race:
        few, many = _made(setting, FEW), _made(setting, MANY)
        smaller = _maker(f"ours, {FEW} operations", setting, few, measure)
        return Race(_maker("ours", setting, many, measure), (smaller,))

    return race


ROWS = (
    Row(
        name="generate-github",
        what="generate a client of GitHub's API (1,200 operations), over Flexprice's",
        race=of_github,
        bar=RatioBar(6.0),
        rounds=3,
        quick_rounds=1,
        warm_up=False,
    ),
    Row(
        name="generate-github-before",
        what=f"the same, over our commit {former.COMMIT}",
        race=of_github_before,
        bar=RatioBar(0.75),
        rounds=3,
        quick_rounds=1,
        warm_up=False,
    ),
    Row(
        name="generate-github-memory",
        what="memory of all its processes at the peak",
        race=of_github_memory,
        bar=AmountBar(1_500, Unit.MEGABYTES),
        unit=Unit.MEGABYTES,
        rounds=1,
        quick_rounds=1,
        warm_up=False,
    ),
    Row(
        name="import-github",
        what="import that client and reach a method, over the client of one operation",
        race=import_of_github,
        bar=RatioBar(1.1),
        rounds=31,
        quick_rounds=15,
    ),
    Row(
        name="generate-ten-times",
        what=f"generate a client of {MANY:,} operations, over {FEW}",
        race=growth(seconds),
        bar=RatioBar(MANY / FEW),
        rounds=2,
        quick_rounds=1,
        warm_up=False,
    ),
    Row(
        name="generate-ten-times-memory",
        what="memory of all its processes at the peak, over the same",
        race=growth(peak_memory),
        bar=RatioBar(MANY / FEW),
        unit=Unit.MEGABYTES,
        rounds=1,
        quick_rounds=1,
        warm_up=False,
    ),
)


def _maker(
    name: str, setting: Setting, document: Path, measure: Callable[[Command], float]
) -> Contender:
    """Make a client of a document, each time anew."""
    folder = setting.work / "cold"
    command = clients.command(setting, document, folder, overlay=None)
    return Contender(name, lambda: cold(command, folder, measure))


def _importer(name: str, setting: Setting, code: str, folder: Path) -> Contender:
    line = (sys.executable, "-P", "-c", code)
    command = Command(line, setting.work, modules=(folder,))
    return Contender(name, lambda: seconds(command))


def _made(setting: Setting, operations: int) -> Path:
    document = setting.work / f"growth-{operations}.json"
    if not document.exists():
        document.write_text(spec_maker.text(operations), encoding="utf-8")
    return document
