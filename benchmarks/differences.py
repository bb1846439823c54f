"""Rows about what lies between two versions: a whole process each time.

In: nothing. Out: rows. The edited copy of a document has in every tenth schema one
property less, one more, and one of another type.
"""

from __future__ import annotations

import copy
import json
import shutil
import sys
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks import foreign, spec_maker
from benchmarks.commands import Command, peak_memory, seconds
from benchmarks.row import (
    AmountBar,
    Contender,
    Race,
    RatioBar,
    Row,
    Unit,
)
from benchmarks.setting import Setting

_FEW, _MANY = 200, 2_000
_EACH = 10


def flexprice(setting: Setting, _: ExitStack) -> Race:
    """Two versions of Flexprice's description."""
    old, new = _versions(setting)
    return Race(_ours(setting, old, new), ())


def flexprice_memory(setting: Setting, _: ExitStack) -> Race:
    """The same by memory."""
    old, new = _versions(setting)
    command = _command(setting, old, new)
    return Race(Contender("ours", lambda: peak_memory(command)), ())


def oasdiff(setting: Setting, _: ExitStack) -> Race:
    """The same pair, beside the peer as it is asked for what ours always does."""
    old, new = _versions(setting)
    merged = ("--flatten-allof", "--flatten-params", "--auto-upgrade")
    return Race(_ours(setting, old, new), (_oasdiff(setting, old, new, merged),))


def oasdiff_bare(setting: Setting, _: ExitStack) -> Race:
    """The same pair, beside the peer without any option."""
    old, new = _versions(setting)
    return Race(_ours(setting, old, new), (_oasdiff(setting, old, new, ()),))


def copy_of_itself(setting: Setting, _: ExitStack) -> Race:
    """A document and its copy, over two versions."""
    old, new = _versions(setting)
    pair = _ours(setting, old, new)
    return Race(
        _ours(setting, new, new), (Contender("ours, two versions", pair.measure),)
    )


def history(setting: Setting, _: ExitStack) -> Race:
    """The history of a document, over a comparison of each version with the next."""
    steps = _list_versions(setting)
    folder = _commit_versions(setting, steps)
    command = _program(folder, "history", "api.json")

    def one_by_one() -> float:
        return sum(seconds(_command(setting, old, new)) for old, new in pairwise(steps))

    return Race(
        Contender("ours", lambda: seconds(command)),
        (Contender("ours, one by one", one_by_one),),
    )


def curve(setting: Setting, _: ExitStack) -> Race:
    """Ten times the document, whose schemas refer to each other in a circle."""
    few, many = (_made(setting, number) for number in (_FEW, _MANY))
    smaller = _ours(setting, *few)
    return Race(
        _ours(setting, *many),
        (Contender(f"ours, {_FEW} operations", smaller.measure),),
    )


def github(setting: Setting, _: ExitStack) -> Race:
    """The largest description that everybody knows."""

    def ours() -> float:
        old = foreign.github()
        new = _edited(old, setting.work / "github-edited.json")
        return seconds(_command(setting, old, new))

    return Race(Contender("ours", ours), ())


ROWS = (
    Row(
        name="diff-flexprice",
        what="diff of two versions of Flexprice's description, whole process",
        race=flexprice,
        bar=AmountBar(1.5, Unit.SECONDS),
        rounds=7,
        quick_rounds=3,
    ),
    Row(
        name="diff-flexprice-memory",
        what="memory of that diff at the peak",
        race=flexprice_memory,
        bar=AmountBar(250, Unit.MEGABYTES),
        unit=Unit.MEGABYTES,
        rounds=3,
        quick_rounds=1,
        warm_up=False,
    ),
    Row(
        name="diff-oasdiff",
        what="the same pair, allOf and parameters of paths merged, 3.0 and 3.1 as one",
        race=oasdiff,
        bar=RatioBar(1.0),
        rounds=7,
        quick_rounds=3,
    ),
    Row(
        name="diff-oasdiff-bare",
        what="the same pair, over what the peer does without options",
        race=oasdiff_bare,
        rounds=7,
        quick_rounds=3,
    ),
    Row(
        name="diff-copy",
        what="diff of a document and itself, over the diff of two versions",
        race=copy_of_itself,
        bar=RatioBar(0.5),
        rounds=7,
        quick_rounds=3,
    ),
    Row(
        name="diff-history",
        what="history of five versions in git, over four single diffs",
        race=history,
        bar=RatioBar(0.7),
        rounds=3,
        quick_rounds=1,
    ),
    Row(
        name="diff-curve",
        what=f"diff of {_MANY:,} operations and an edited copy, over {_FEW}",
        race=curve,
        bar=RatioBar(12.0),
        rounds=3,
        quick_rounds=1,
        warm_up=False,
    ),
    Row(
        name="diff-github",
        what="diff of GitHub's description and an edited copy",
        race=github,
        bar=AmountBar(15, Unit.SECONDS),
        rounds=3,
        quick_rounds=1,
        warm_up=False,
    ),
)


def _ours(setting: Setting, old: Path, new: Path) -> Contender:
    command = _command(setting, old, new)
    return Contender("ours", lambda: seconds(command))


def _command(setting: Setting, old: Path, new: Path) -> Command:
    line = ("diff", str(old), str(new), "--format", "json", "--fail-on", "none")
    return _program(setting.work, *line)


def _program(folder: Path, *arguments: str) -> Command:
    program = str(Path(sys.executable).parent / "flexprice-codegen")
    return Command((program, *arguments), folder)


def _oasdiff(
    setting: Setting, old: Path, new: Path, options: tuple[str, ...]
) -> Contender:
    def theirs() -> float:
        program = str(foreign.oasdiff())
        line = (program, "changelog", str(old), str(new), "--format", "json", *options)
        return seconds(Command(line, setting.work))

    return Contender("oasdiff", theirs)


def _versions(setting: Setting) -> tuple[Path, Path]:
    """Return two versions: of Flexprice, or the full document and an edited copy."""
    found = _find_versions(setting, ("148", "178"))
    if not found:
        return setting.full, _edited(setting.full, setting.work / "full-edited.json")

    return found[0], found[1]


def _list_versions(setting: Setting) -> list[Path]:
    found = _find_versions(setting, ("133", "142", "148", "164", "178"))
    return found or [*_versions(setting), *_versions(setting), setting.full]


def _find_versions(setting: Setting, numbers: tuple[str, ...]) -> list[Path]:
    """Return versions of Flexprice's document; none if one is missing."""
    folder = setting.full.parent / "flexprice-history"
    found = [sorted(folder.glob(f"{number}_*.json")) for number in numbers]
    return [paths[0] for paths in found] if all(found) else []


def _commit_versions(setting: Setting, versions: list[Path]) -> Path:
    """Make a repository with one commit for each version, and return its folder."""
    folder = setting.work / "history"
    if folder.exists():
        return folder
    folder.mkdir()
    git = (
        "git",
        "-C",
        str(folder),
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b.example",
    )
    seconds(Command((*git, "init", "--quiet"), folder))
    for version in versions:
        shutil.copyfile(version, folder / "api.json")
        seconds(Command((*git, "add", "api.json"), folder))
        seconds(Command((*git, "commit", "--quiet", "-m", version.stem), folder))
    return folder


def _made(setting: Setting, operations: int) -> tuple[Path, Path]:
    path = setting.work / f"diff-{operations}.json"
    if not path.exists():
        path.write_text(spec_maker.text(operations), encoding="utf-8")
    return path, _edited(path, setting.work / f"diff-{operations}-edited.json")


def _edited(path: Path, target: Path) -> Path:
    """Write a copy of a document in which every tenth schema is another one."""
    if target.exists():
        return target
    document = copy.deepcopy(json.loads(path.read_text(encoding="utf-8")))
    schemas = document["components"]["schemas"]
    for name in sorted(schemas)[::_EACH]:
        _edit(schemas[name])
    target.write_text(json.dumps(document), encoding="utf-8")
    return target


def _edit(schema: dict[str, Any]) -> None:
    properties = schema.get("properties")
    if not isinstance(properties, dict) or not properties:
        return
    first, *others = properties
    del properties[first]
    schema["required"] = [each for each in schema.get("required", ()) if each != first]
    if not schema["required"]:
        del schema["required"]
    if others:
        properties[others[-1]] = {"type": "array", "items": {"type": "integer"}}
    properties["a_new_property"] = {"type": "string"}
