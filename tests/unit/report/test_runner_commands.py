"""No text of a document is a command of a CI runner."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.cli.main import main
from flexprice_codegen.report.runner_commands import escape_runner_commands

# As the runners look for commands.
COMMANDS = re.compile(r"^\s*::|##\[|##vso\[", re.MULTILINE | re.IGNORECASE)


@given(st.text(alphabet=":#[vsoVSO\n \t]x", max_size=30))
def test_no_command_is_left(text: str) -> None:
    escaped = escape_runner_commands(text)
    assert not COMMANDS.search(escaped)
    assert escaped.replace("\\", "") == text


def test_other_text_stays() -> None:
    for text in ("a::b", "## Heading", "a ## b", "#[x]"):
        assert escape_runner_commands(text) == text


SPEC = """openapi: 3.1.0
info: {{title: "::stop-commands::t", version: "##[add-mask]1"}}
paths:
  "/x ##[add-mask]true":
    get: {{summary: "::error::x", responses: {{"200": {{description: x}}}}}}
components:
  schemas:
    "::stop-commands::tok": {{type: object, properties: {{a: {{type: {kind}}}}}}}
    "##vso[task.setvariable variable=PATH]/evil": {{type: {kind}, maxLengh: 1}}
"""


@pytest.mark.parametrize(
    "line",
    [
        "inspect new.yaml",
        "diff old.yaml new.yaml",
        "diff old.yaml new.yaml --format markdown",
        "changelog old.yaml new.yaml",
        "generate new.yaml -o c -v",
        "check new.yaml -o ::c",
        "generate ##[debug].yaml -o c",
        "::error::x",
    ],
)
def test_no_report_has_a_command(
    line: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.yaml").write_text(SPEC.format(kind="string"))
    Path("new.yaml").write_text(SPEC.format(kind="integer"))
    with suppress(SystemExit):
        main(line.split())
    said = capsys.readouterr()
    assert said.out or said.err
    assert not COMMANDS.search(said.out)
    assert not COMMANDS.search(said.err)
