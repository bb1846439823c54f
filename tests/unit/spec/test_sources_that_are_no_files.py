"""Pipes and devices in the place of files: one message, and no waiting."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flexprice_codegen.cli.main import main
from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.spec.sources import read_source

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")

SPEC = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n"
LEVELS = "diff a.yaml a.yaml --levels"
LINES = {
    "a document": "generate {} -o c",
    "one of several": "check a.yaml {} -o c",
    "an overlay": "generate a.yaml -o c --overlay {}",
    "a configuration": "generate --config {}",
    "an old version": "diff {} a.yaml",
    "levels": f"{LEVELS} {{}}",
    "an ignore file": "diff a.yaml a.yaml --ignore {}",
}


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter a directory with a document and a pipe that nobody writes to."""
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(SPEC)
    os.mkfifo("pipe")


@pytest.mark.parametrize("place", ["pipe", "/dev/zero"])
@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_no_command_reads_it(
    line: str, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(line.format(place).split()) == 2
    said = capsys.readouterr().err
    assert place in said
    assert "a pipe or a device" in said or "not a file" in said
    assert not Path("c").exists()


def test_the_message_names_standard_input() -> None:
    with pytest.raises(DiagnosticError) as caught:
        read_source("pipe")
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "file-unreadable"
    assert diagnostic.help == "pass a file, or - for standard input"
