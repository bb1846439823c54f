"""`--format gitlab` and `--format junit` of `generate` and `check`."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from support.zoo import OLD_SPEC

from flexprice_codegen.cli.main import main

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "zoo.yaml").write_text(OLD_SPEC, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_drifted_file_is_an_issue_and_a_failed_test(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["zoo.yaml", "--output", "zoo_client"]
    assert main(["generate", *arguments, "--format", "gitlab"]) == 0
    assert "critical" not in capsys.readouterr().out

    with (folder / "zoo_client" / "__init__.py").open("a", encoding="utf-8") as file:
        file.write("EDITED = 1\n")
    assert main(["check", *arguments, "--format", "gitlab"]) == 1
    issues = json.loads(capsys.readouterr().out)
    (issue,) = (each for each in issues if each["severity"] == "critical")
    assert issue["location"]["path"] == "zoo_client/__init__.py"

    assert main(["check", *arguments, "--format", "junit"]) == 1
    suites = ET.fromstring(capsys.readouterr().out)  # noqa: S314 - it is ours
    assert suites.get("failures") == "1"


def test_a_document_that_cannot_be_read_is_a_failed_test(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "none.yaml", "--output", "c", "--format", "junit"]) == 2
    suites = ET.fromstring(capsys.readouterr().out)  # noqa: S314 - it is ours
    assert suites.get("failures") == "1"
