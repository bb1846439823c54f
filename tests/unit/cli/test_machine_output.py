"""`--format json` and `--format github` of `generate` and `check`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from flexprice_codegen.cli.main import main

pytestmark = pytest.mark.slow

SPEC = """openapi: 3.0.3
info: {title: Zoo, version: '1'}
servers: [{url: 'https://zoo.example'}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses:
        '200':
          description: Ok
          content:
            application/json: {schema: {$ref: '#/components/schemas/Pet'}}
components:
  schemas:
    Pet:
      type: object
      properties:
        name: {type: string}
        kind: {$ref: '#/components/schemas/Kind'}
"""
WARNING = (
    "::warning file=billing/zoo.yaml,line=20,col=16,title=flexprice-codegen%3A "
    "unresolved-reference::skipped property 'kind': cannot resolve reference "
    "'#/components/schemas/Kind'%0A"
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder inside a checked-out repository, and stand in it."""
    folder = tmp_path / "billing"
    folder.mkdir()
    (folder / "zoo.yaml").write_text(SPEC, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    return folder


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Run a command on the document; give its exit code and what it says."""
    command, *options = arguments
    code = main([command, "zoo.yaml", "--output", "zoo_client", *options])
    return code, capsys.readouterr().out


@pytest.mark.usefixtures("project")
def test_json_holds_what_was_written_and_what_was_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out = run(capsys, "generate", "--format", "json")
    report: dict[str, Any] = json.loads(out)
    assert (code, report["changed"]) == (0, True)
    (client,) = report["clients"]
    assert client["folder"] == "zoo_client"
    assert {
        "path": "models/_pet.py",
        "state": "add",
        "reason": "missing",
        "line": 1,
        "is_fault": False,
    } in client["files"]
    (said,) = report["diagnostics"]
    assert (said["code"], said["level"]) == ("unresolved-reference", "warning")
    assert said["at"] == {"file": "zoo.yaml", "line": 20, "column": 16}
    code, out = run(capsys, "generate", "--format", "json")
    assert (code, json.loads(out)["changed"]) == (0, False)


def test_a_dry_run_reports_what_it_would_do(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "generate")
    text = SPEC.replace("name: {type: string}", "age: {type: integer}")
    (project / "zoo.yaml").write_text(text, encoding="utf-8")
    code, out = run(capsys, "generate", "--dry-run", "--format", "json")
    report = json.loads(out)
    assert (code, report["changed"]) == (0, True)
    assert "+    age: int | None = None" in report["clients"][0]["diff"]
    assert run(capsys, "check")[0] == 1


def test_json_of_a_check_names_the_line_that_differs(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "generate")
    pet = project / "zoo_client" / "models" / "_pet.py"
    lines = pet.read_text().splitlines(keepends=True)
    number = next(place for place, line in enumerate(lines, 1) if "name: str" in line)
    lines[number - 1] = lines[number - 1].replace("str", "int", 1)
    pet.write_text("".join(lines))
    code, out = run(capsys, "check", "--format", "json")
    assert code == 1
    (file,) = json.loads(out)["clients"][0]["files"]
    assert (file["path"], file["state"]) == ("models/_pet.py", "edited")
    assert file["line"] == number
    assert "-    name: int | None = None" in json.loads(out)["clients"][0]["diff"]


@pytest.mark.usefixtures("project")
def test_annotations_stand_on_the_line_of_the_document(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out = run(capsys, "generate", "--format", "github")
    assert code == 0
    assert out.startswith(WARNING)
    (last,) = out.splitlines()[1:]
    assert re.fullmatch(r"flexprice-codegen: zoo_client: [0-9]+ to report", last)


def test_annotations_of_a_check_stand_in_the_files_that_drifted(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "generate")
    (project / "zoo_client" / "models" / "_pet.py").unlink()
    stray = project / "zoo_client" / "models" / "_stray.py"
    stray.write_text((project / "zoo_client" / "_client.py").read_text())
    code, out = run(capsys, "check", "--format", "github")
    assert code == 1
    _, missing, strange, _ = out.splitlines()
    title = "title=flexprice-codegen%3A the client is out of date"
    assert missing.startswith(
        f"::error file=billing/zoo_client/models/_pet.py,line=1,col=1,{title}::"
        "models/_pet.py: missing%0A"
    )
    assert strange.startswith(
        f"::error file=billing/zoo_client/models/_stray.py,line=1,col=1,{title}::"
    )


@pytest.mark.parametrize("command", ["generate", "check"])
def test_a_document_that_gives_nothing_is_an_error_in_each_format(
    project: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    (project / "zoo.yaml").write_text("openapi: 3.0.3\npaths: [\n")
    code, out = run(capsys, command, "--format", "github")
    assert code == 2
    assert out.startswith("::error file=billing/zoo.yaml,line=2,col=9,title=")
    code, out = run(capsys, command, "--format", "json")
    assert code == 2
    (said,) = json.loads(out)["diagnostics"]
    assert (said["level"], said["at"]["line"]) == ("error", 2)


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("command", ["generate", "check"])
def test_a_piece_that_must_not_be_missing_is_named_with_its_place(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    more = ("--fail-on", "warning", "--format")
    code, out = run(capsys, command, *more, "github")
    assert code == 2
    assert out.startswith(WARNING)
    assert out.splitlines()[-1].startswith("::error title=")
    code, out = run(capsys, command, *more, "json")
    assert [each["code"] for each in json.loads(out)["diagnostics"]] == [
        "unresolved-reference",
        "warnings",
    ]


@pytest.mark.usefixtures("project")
def test_a_file_of_the_workflow_that_cannot_be_written_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_OUTPUT", "no/such/folder/output")
    code, out = run(capsys, "check", "--format", "github")
    assert code == 2
    assert "cannot write the file in GITHUB_OUTPUT" in out
