"""What the tests of commands share: a repository with a document and a configuration."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.zoo import CONFIG, CONFIG_OF_BOTH, NEW_SPEC, OLD_SPEC, SPEC, Run

from flexprice_codegen.cli.main import main


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a document and a configuration, and stand in it."""
    (tmp_path / "zoo.yaml").write_text(SPEC, encoding="utf-8")
    (tmp_path / "flexprice-codegen.toml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Return what runs a command in a folder with both versions and a configuration."""
    (tmp_path / "old.yaml").write_text(OLD_SPEC, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(NEW_SPEC, encoding="utf-8")
    (tmp_path / "flexprice-codegen.toml").write_text(CONFIG_OF_BOTH, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call
