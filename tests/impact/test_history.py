"""Real versions of one API: code that uses everything moves from one to the next.

`make test` looks at the moved code; `make proof` sets HISTORY, and compares it with the
code as it was, for more pairs of versions.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Collection
from datetime import date
from pathlib import Path

import pytest
from support.checked_code import (
    CheckedError,
    check,
    find_unreported,
    generate,
    list_reported,
    write_code,
)
from support.exercise import write_exercise

from flexprice_codegen.cli.main import main
from flexprice_codegen.impact.renames import Rename, find_renames
from flexprice_codegen.pipeline.diff import (
    ComparedVersions,
    DiffRequest,
    compare_versions,
)

PACKAGE = "flexprice_client"
PAIRS = {
    "117-118": 200,
    "118-119": 30,
    "133-134": 0,
    "148-149": 4,
    "164-165": 0,
    "148-178": 4,
}
"""Pairs of versions, and how many names at least are other ones in the newer."""
COMPARED = tuple(PAIRS) if "HISTORY" in os.environ else ("148-149",)
"""The pairs whose code is checked before it moves as well."""
LOCKED = tuple(PAIRS) if "HISTORY" in os.environ else ("117-118",)
"""The pairs of which the newer client is generated over the older one."""
CODE = "src/exercise.py"


def compare(shared: Path, pair: str) -> tuple[ComparedVersions, str, str]:
    """Return two versions, and the paths of their documents."""
    folder = shared / "specs" / "flexprice-history"
    old, new = (
        next(folder.glob(f"{number}_*")).as_posix() for number in pair.split("-")
    )
    request = DiffRequest(old=(old,), new=(new,), today=date(2026, 1, 1))
    return compare_versions(request), old, new


def migrate(old: str, new: str) -> None:
    """Migrate the code in the working directory."""
    versions = (old, new, "--package", PACKAGE)
    assert main(["migrate", *versions, "--force", "--write"]) == 0


def list_words(text: str) -> list[list[str]]:
    """Return the names in each line of code, and what is between them."""
    return [re.split(r"(\W+)", line) for line in text.splitlines()]


def list_about_renames(
    errors: Collection[CheckedError], renames: Collection[Rename]
) -> list[CheckedError]:
    """Return the errors that name what has another name now."""
    changed = {each.old for each in renames} - {each.new for each in renames}
    return [each for each in errors if changed & {*re.findall(r'"(\w+)"', each.text)}]


def list_hidden(
    before: Collection[CheckedError], after: Collection[CheckedError]
) -> list[CheckedError]:
    """Return the errors in lines that had none before the code moved."""
    had_errors = {each.line for each in before}
    return [each for each in after if each.line not in had_errors]


@pytest.mark.slow
@pytest.mark.parametrize(("pair", "least"), PAIRS.items())
def test_no_error_is_about_a_name_that_changed(
    shared: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    pair: str,
    least: int,
) -> None:
    compared, old, new = compare(shared, pair)
    renames = find_renames(compared.old, compared.new).renames
    assert len(renames) >= least
    text = write_exercise(compared.old, PACKAGE)
    write_code(tmp_path, {CODE: text})
    monkeypatch.chdir(tmp_path)
    migrate(old, new)
    migrated = (tmp_path / CODE).read_text(encoding="utf-8")
    # No other byte moves.
    names = {each.new: each.old for each in renames}
    lines = zip(list_words(text), list_words(migrated), strict=True)
    for one, other in lines:
        for before, after in zip(one, other, strict=True):
            assert after == before or names.get(after) == before

    # A second run changes nothing.
    migrate(old, new)
    assert (tmp_path / CODE).read_text(encoding="utf-8") == migrated

    generate(tmp_path, new, PACKAGE)
    assert list_about_renames(check(tmp_path, PACKAGE), renames) == []


@pytest.mark.slow
@pytest.mark.parametrize("pair", COMPARED)
def test_no_error_is_new(
    shared: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    pair: str,
) -> None:
    """Code without errors gets some by the newer client, and none that is new by moving.

    An error in a line that had none was hidden: what has a name that is not known has no
    type either. `impact` reports the change in that line as well.
    """
    compared, old, new = compare(shared, pair)
    renames = find_renames(compared.old, compared.new).renames
    write_code(tmp_path, {CODE: write_exercise(compared.old, PACKAGE)})
    generate(tmp_path, old, PACKAGE)
    assert check(tmp_path, PACKAGE) == set()

    # As a client that is made afresh: a lock file would keep the names alive.
    shutil.rmtree(tmp_path / "src" / PACKAGE)
    generate(tmp_path, new, PACKAGE)
    before = check(tmp_path, PACKAGE)
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    main(["impact", old, new, "--package", PACKAGE, "--format", "json"])
    reported = list_reported(capsys.readouterr().out)
    assert find_unreported(before, reported, tmp_path) == []

    migrate(old, new)
    after = check(tmp_path, PACKAGE)
    hidden = list_hidden(before, after)
    assert find_unreported(hidden, reported, tmp_path) == []
    assert list_about_renames(after, renames) == []


def generate_here(document: str) -> None:
    """Generate a client in the working directory, over the one that is there."""
    Path("flexprice-codegen.toml").write_text(
        f'[[client]]\nname = "flexprice"\nspec = "{document}"\n'
        f'output = "src/{PACKAGE}"\npackage = "{PACKAGE}"\n',
        encoding="utf-8",
    )
    assert main(["generate", "--quiet"]) == 0


@pytest.mark.slow
@pytest.mark.parametrize("pair", LOCKED)
def test_no_error_is_new_over_the_lock_file(
    shared: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    pair: str,
) -> None:
    """The lock file keeps names, so that only what the document changed is an error."""
    compared, old, new = compare(shared, pair)
    write_code(tmp_path, {CODE: write_exercise(compared.old, PACKAGE)})
    monkeypatch.chdir(tmp_path)
    generate_here(old)
    assert check(tmp_path, PACKAGE) == set()

    capsys.readouterr()
    main(["impact", old, new, "--client", "flexprice", "--format", "json"])
    reported = list_reported(capsys.readouterr().out)
    generate_here(new)
    before = check(tmp_path, PACKAGE)
    assert find_unreported(before, reported, tmp_path) == []

    versions = (old, new, "--client", "flexprice")
    assert main(["migrate", *versions, "--force", "--write"]) == 0
    after = check(tmp_path, PACKAGE)
    hidden = list_hidden(before, after)
    assert find_unreported(hidden, reported, tmp_path) == []
