"""Of random edits of a document, a type checker finds nothing that is not reported.

`EDITS` documents are made from one; `make proof` makes many.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from support.checked_code import (
    CHECKERS,
    CheckedError,
    Checker,
    check_all,
    find_unreported,
    generate,
    list_reported,
    write_code,
)
from support.document_edits import edit_document
from support.exercise import write_exercise
from support.generated import named
from support.marked_code import strip_marks

from flexprice_codegen.cli.main import main

HERE = Path(__file__).parent
PACKAGE = "ledger_client"
COUNT = int(os.environ.get("EDITS", "8"))
LEDGER = (HERE / "old.yaml").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("checker", CHECKERS)
def test_every_new_error_is_reported(
    checker: Checker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    document = yaml.safe_load(LEDGER)
    surface = named(tmp_path, LEDGER).surface
    # Values come a long way in `forms`, so that an error is far from what causes it.
    files = {
        path.relative_to(HERE / "repository").as_posix(): strip_marks(
            path.read_text(encoding="utf-8")
        )
        for path in sorted((HERE / "repository").rglob("*.py"))
        if path.parent.name != "forms"
    }
    files["src/exercise.py"] = write_exercise(surface, PACKAGE)
    edits = {}
    folders = [tmp_path / "unedited"]
    write_project(folders[0], files, LEDGER)
    for seed in range(COUNT):
        folders.append(tmp_path / str(seed))
        edited, edits[seed] = edit_document(document, random.Random(seed))  # noqa: S311
        write_project(folders[-1], files, json.dumps(edited))
    before, *after = check_all(folders, PACKAGE, checker)
    assert not [each for each in before if each.file == "src/exercise.py"]

    # A line that had an error has it in other words now.
    known = {(each.file, each.line) for each in before}
    found: dict[str, list[CheckedError]] = {}
    total = 0
    for (seed, done), folder, all_errors in zip(
        edits.items(), folders[1:], after, strict=True
    ):
        errors = {each for each in all_errors if (each.file, each.line) not in known}
        total += len(errors)
        monkeypatch.chdir(folder)
        capsys.readouterr()
        versions = ("old.yaml", "new.yaml", "--package", PACKAGE)
        main(["impact", *versions, "--format", "json", "--fail-on", "none"])
        reported = list_reported(capsys.readouterr().out)
        unreported = find_unreported(errors, reported, folder)
        if unreported:
            found[f"{seed}: {done}"] = unreported
    assert not found, "\n".join(f"{k}: {v}" for k, v in found.items())
    assert total > COUNT


def write_project(folder: Path, files: Mapping[str, str], document: str) -> None:
    """Write code with the client of a document, which nobody has made before."""
    write_code(folder, files)
    (folder / "old.yaml").write_text(LEDGER, encoding="utf-8")
    (folder / "new.yaml").write_text(document, encoding="utf-8")
    generate(folder, str(folder / "new.yaml"), PACKAGE)
