"""Warnings of a run in its lock file, and what a run without work prints of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from flexprice_codegen.cli import up_to_date
from flexprice_codegen.cli.main import main
from flexprice_codegen.cli.up_to_date import find_up_to_date_clients
from flexprice_codegen.diagnostics import Cause, Diagnostic, FileLocation, Level
from flexprice_codegen.vendor.stored_warnings import (
    list_stored_warnings,
    list_warning_row,
    read_warning_row,
    show_stored_warnings,
)

SPEC = """\
openapi: 3.0.3
info: {title: Zoo API, version: '1.0'}
servers: [{url: https://zoo.example/v1}]
paths:
  /pets:
    get:
      operationId: getPet
      tags: [Pets]
      parameters:
        - {name: id, in: nowhere, schema: {type: string}}
        - {name: other, in: nowhere, schema: {type: string}}
      responses:
        '200':
          description: It.
          content: {application/json: {schema: {$ref: 'parts/pet.yaml'}}}
"""
PET = """\
type: object
properties:
  name: {type: string, pattern: 7}
  kind: {type: strange}
"""
CONFIG = """
[[client]]
name = "zoo"
spec = "api.yaml"
output = "zoo"
"""
HERE = Path("folder")
FULL = Diagnostic(
    code="a-code",
    level=Level.WARNING,
    message="two things",
    help="do this",
    location=FileLocation("api.yaml", 3, 7),
    cause=Cause("things", "operations"),
)
BARE = Diagnostic(code="b-code", level=Level.WARNING, message="one thing")


@pytest.mark.parametrize("warning", [FULL, BARE])
def test_a_warning_is_read_as_it_was_written(warning: Diagnostic) -> None:
    assert read_warning_row(*list_warning_row(warning)) == warning


@pytest.mark.parametrize(
    "row",
    [
        ["a", "b", 1, [], []],
        ["a", "b", "c", ["file"], []],
        ["a", "b", "c", ["file", "1", "2"], []],
        ["a", "b", "c", [], ["cause"]],
        ["a", "b", "c", None, []],
    ],
)
def test_a_row_that_no_run_writes_is_an_error(row: list[object]) -> None:
    with pytest.raises(ValueError, match="expected"):
        read_warning_row(*row)


def test_paths_are_stored_from_the_configuration_and_shown_from_here() -> None:
    given = "folder/sub/../api.yaml"
    at = FileLocation(given, 3, 7)
    shown = Diagnostic(code="c", level=Level.WARNING, message="m", location=at)
    note = Diagnostic(code="c", level=Level.NOTE, message="n")
    stored = list_stored_warnings((note, shown), HERE)
    assert [each.location for each in stored] == [FileLocation("api.yaml", 3, 7)]
    assert show_stored_warnings(stored, ["sub/../api.yaml"], HERE) == (shown,)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the directory of a document with warnings, which is the current one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "parts").mkdir()
    for name, text in (
        ("api.yaml", SPEC),
        ("parts/pet.yaml", PET),
        ("flexprice-codegen.toml", CONFIG),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("folder", "arguments"),
    [
        (".", []),
        ("parts", []),
        ("parts", ["--config", "../flexprice-codegen.toml"]),
        (".", ["api.yaml", "--output", "other"]),
        (".", ["{absolute}/api.yaml", "--output", "{absolute}/other"]),
    ],
)
def test_a_run_without_work_repeats_the_warnings_of_a_full_run(
    project: Path,
    folder: str,
    arguments: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(project / folder)
    said = [each.format(absolute=project.as_posix()) for each in arguments]
    line = ["generate", *said, "--quiet"]
    assert main(line) == 0
    first = capsys.readouterr()
    assert first.err.count("warning: ") == 2
    assert "pet.yaml:" in first.err

    is_fast: list[bool] = []

    def find(*given: object) -> object:
        found = find_up_to_date_clients(*given)  # type: ignore[arg-type]
        is_fast.append(found[1])
        return found

    monkeypatch.setattr(up_to_date, "find_up_to_date_clients", find)
    assert main(line) == 0
    assert capsys.readouterr() == first
    assert is_fast == [True]


@pytest.mark.usefixtures("project")
def test_a_warning_that_ends_the_run_ends_it_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["generate", "--quiet"]) == 0
    capsys.readouterr()
    endings = []
    for _ in range(2):
        assert main(["generate", "--quiet", "--fail-on", "warning"]) == 2
        endings.append(capsys.readouterr())
    assert endings[0] == endings[1]
    assert main(["check", "--quiet"]) == 0


def edit_document(project: Path) -> None:
    """Correct one of two equal mistakes, which moves nothing."""
    path = project / "api.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("name: other, in: nowhere", "name: other, in: query  ")
    )


@pytest.mark.parametrize("edit", [edit_document])
def test_what_is_corrected_is_not_repeated(
    project: Path, edit: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate", "--quiet"]) == 0
    before = capsys.readouterr().err
    edit(project)
    assert main(["generate", "--quiet"]) == 0
    after = capsys.readouterr().err
    assert after != before
    assert main(["generate", "--quiet"]) == 0
    assert capsys.readouterr().err == after
