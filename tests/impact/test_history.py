"""Real versions of one API: code that uses everything moves from one to the next."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from support.checked_code import check, generate, write_code
from support.exercise import write_exercise

from flexprice_codegen.cli.main import main
from flexprice_codegen.impact.renames import find_renames
from flexprice_codegen.pipeline.diff import DiffRequest, compare_versions

PACKAGE = "flexprice_client"
PAIRS = {
    "117-118": 200,
    "118-119": 30,
    "133-134": 0,
    "148-149": 4,
    "164-165": 0,
    "148-178": 5,
}
"""Pairs of versions, and how many names at least are other ones in the newer."""
CODE = "src/exercise.py"


def find_version(shared: Path, number: str) -> str:
    (path,) = (shared / "specs" / "flexprice-history").glob(f"{number}_*")
    return path.as_posix()


@pytest.mark.slow
@pytest.mark.parametrize(("pair", "least"), PAIRS.items())
def test_no_error_is_about_a_name_that_changed(
    shared: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    pair: str,
    least: int,
) -> None:
    before, _, after = pair.partition("-")
    old = find_version(shared, before)
    new = find_version(shared, after)
    versions = DiffRequest(old=(old,), new=(new,), today=date(2026, 1, 1))
    compared = compare_versions(versions)
    renames = find_renames(compared.old, compared.new).renames
    assert len(renames) >= least

    text = write_exercise(compared.old, PACKAGE)
    write_code(tmp_path, {CODE: text})
    monkeypatch.chdir(tmp_path)
    arguments = [old, new, "--package", PACKAGE, "--force"]
    assert main(["migrate", *arguments, "--write"]) == 0
    migrated = (tmp_path / CODE).read_text(encoding="utf-8")
    # No other byte moves.
    names = {each.new: each.old for each in renames}
    lines = [*zip(text.splitlines(), migrated.splitlines(), strict=True)]
    for one, other in lines:
        if one != other:
            words = (re.split(r"(\W+)", line) for line in (one, other))
            for a, b in zip(*words, strict=True):
                assert a == b or a in names.values()

    # A second run changes nothing.
    assert main(["migrate", *arguments, "--write"]) == 0
    assert (tmp_path / CODE).read_text(encoding="utf-8") == migrated

    generate(tmp_path, new, PACKAGE)
    changed = {each.old for each in renames if each.old not in {e.new for e in renames}}
    errors = [
        each
        for each in check(tmp_path, PACKAGE)
        if changed & {*re.findall(r'"(\w+)"', each.text)}
    ]
    assert errors == []
