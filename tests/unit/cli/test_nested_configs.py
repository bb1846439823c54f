"""`check` at the top of a repository of several projects."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.zoo import OLD_SPEC

from flexprice_codegen.cli.main import main
from flexprice_codegen.cli.nested_configs import find_nested_configs

CONFIG = '[[client]]\nspec = "zoo.yaml"\noutput = "zoo_client"\n'


def test_installed_and_hidden_directories_have_no_projects(tmp_path: Path) -> None:
    for name in ("b", "a/c", ".git", "node_modules/x", "a/.venv"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "flexprice-codegen.toml").write_text(CONFIG)
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    found = find_nested_configs(tmp_path)
    assert [each.parent.relative_to(tmp_path).as_posix() for each in found] == [
        "a/c",
        "b",
    ]


@pytest.mark.slow
def test_check_goes_over_all_projects_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        folder = tmp_path / "services" / name
        folder.mkdir(parents=True)
        (folder / "zoo.yaml").write_text(OLD_SPEC, encoding="utf-8")
        (folder / "flexprice-codegen.toml").write_text(CONFIG, encoding="utf-8")
        monkeypatch.chdir(folder)
        assert main(["generate"]) == 0

    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    assert main(["check"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines() == [
        "services/one/zoo_client: as generated",
        "services/two/zoo_client: as generated",
    ]

    (tmp_path / "services" / "two" / "zoo_client" / "__init__.py").write_text("")
    assert main(["check"]) == 1


def test_without_any_project_there_is_nothing_to_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 2
    assert "error" in capsys.readouterr().err
