"""Reports about a whole repository are what their schemas say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema
from support.checked_code import write_code
from support.marked_code import strip_marks

import flexprice_codegen.report
from flexprice_codegen.cli.main import main

HERE = Path(__file__).parent
VERSIONS = (str(HERE / "old.yaml"), str(HERE / "new.yaml"))


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with the repository, a notebook, and settings."""
    root = HERE / "repository"
    files = {
        path.relative_to(root).as_posix(): strip_marks(path.read_text(encoding="utf-8"))
        for path in sorted(root.rglob("*.py"))
    }
    lines = ["from ledger_client.models import ProblemCode\n", "ProblemCode.INVALID\n"]
    cell = {"cell_type": "code", "source": lines}
    files["notes.ipynb"] = json.dumps({"nbformat": 4, "cells": [cell]})
    files[".env"] = "LEDGER_KEY=x\n"
    files["bad.py"] = "x = (\n"
    write_code(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def report(code: Path, format_: str) -> str:
    output = code / f"report.{format_}"
    options = ("--package", "ledger_client", "--format", format_, "-o", str(output))
    assert main(["impact", *VERSIONS, *options]) == 1
    return output.read_text(encoding="utf-8")


def test_json(code: Path) -> None:
    folder = Path(flexprice_codegen.report.__file__).parent
    schema = json.loads((folder / "impact.schema.json").read_text(encoding="utf-8"))
    made = json.loads(report(code, "json"))
    Draft202012Validator(schema).validate(made)
    places = [place for each in made["impacts"] for place in each["places"]]
    assert {"bad.py"} == {each["file"] for each in made["code"]["skipped"]}
    assert "notes.ipynb" in {each["file"] for each in places}
    assert {each["confidence"] for each in places} == {"sure", "likely", "maybe"}


def test_sarif(code: Path) -> None:
    log = report(code, "sarif")
    StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate_json(log)
    results = json.loads(log)["runs"][0]["results"]
    assert any("fixes" in each for each in results)
    for each in results:
        # The lines of a notebook's cell are not those of its file.
        at = each["locations"][0]["physicalLocation"]
        if at["artifactLocation"]["uri"] == "notes.ipynb":
            assert at["region"] == {"startLine": 1}
            assert "fixes" not in each
