"""What the tests of commands share: a repository with a document and a configuration."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.zoo import CONFIG, SPEC


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with a document and a configuration, and stand in it."""
    (tmp_path / "zoo.yaml").write_text(SPEC, encoding="utf-8")
    (tmp_path / "flexprice-codegen.toml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path
