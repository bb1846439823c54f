"""Of random edits of a document, a type checker finds nothing that is not reported.

`EDITS` documents are made from one; `make proof` makes many.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path

import pytest
import yaml
from support.checked_code import (
    CHECKERS,
    CheckedError,
    Checker,
    check,
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
    folder = tmp_path / "code"
    write_code(folder, files)
    (folder / "old.yaml").write_text(LEDGER, encoding="utf-8")
    generate(folder, str(folder / "old.yaml"), PACKAGE)
    before = check(folder, PACKAGE, checker)
    assert not [each for each in before if each.file == "src/exercise.py"]

    monkeypatch.chdir(folder)
    found: dict[str, list[CheckedError]] = {}
    total = 0
    for seed in range(COUNT):
        edited, done = edit_document(document, random.Random(seed))  # noqa: S311
        (folder / "new.json").write_text(json.dumps(edited), encoding="utf-8")
        # As a client that is made afresh: a lock file would keep names alive.
        shutil.rmtree(folder / "src" / PACKAGE)
        generate(folder, str(folder / "new.json"), PACKAGE)
        # A line that had an error has it in other words now.
        known = {(each.file, each.line) for each in before}
        errors = {
            each
            for each in check(folder, PACKAGE, checker)
            if (each.file, each.line) not in known
        }
        total += len(errors)
        capsys.readouterr()
        versions = ("old.yaml", "new.json", "--package", PACKAGE)
        main(["impact", *versions, "--format", "json", "--fail-on", "none"])
        reported = list_reported(capsys.readouterr().out)
        unreported = find_unreported(errors, reported, folder)
        if unreported:
            found[f"{seed}: {done}"] = unreported
    assert not found, "\n".join(f"{k}: {v}" for k, v in found.items())
    assert total > COUNT
