"""A repository with several projects, each with a configuration file of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.zoo import SPEC

from flexprice_codegen.cli.configs_below import find_configs_below
from flexprice_codegen.cli.main import main

CLIENT = '[[client]]\nspec = "zoo.yaml"\noutput = "zoo_client"\n'


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository with two projects, and enter it."""
    for name in ("svc/one", "svc/two"):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        (folder / "zoo.yaml").write_text(SPEC)
    (tmp_path / "svc/one/flexprice-codegen.toml").write_text(CLIENT)
    table = CLIENT.replace("client]]", "tool.flexprice-codegen.client]]")
    (tmp_path / "svc/two/pyproject.toml").write_text(table)
    (tmp_path / "svc/pyproject.toml").write_text("[project]\n")
    for name in (".venv", "node_modules"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "flexprice-codegen.toml").write_text(CLIENT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_all_configuration_files_are_found_in_order() -> None:
    assert [each.as_posix() for each in find_configs_below(Path())] == [
        "svc/one/flexprice-codegen.toml",
        "svc/two/pyproject.toml",
    ]


def test_generate_and_check_go_over_all(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert main(["generate", "--all"]) == 0
    assert main(["check", "--all"]) == 0
    said = capsys.readouterr().out
    for name in ("svc/one/zoo_client", "svc/two/zoo_client"):
        assert f"{name}: up to date" in said


def test_check_alone_looks_below_and_generate_does_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["generate"]) == 2
    assert "no client to generate" in capsys.readouterr().err
    assert main(["generate", "--all", "-q"]) == 0
    assert main(["check"]) == 0
    assert "svc/one/zoo_client: up to date" in capsys.readouterr().out


def test_the_worst_exit_code_counts_and_the_others_run(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate", "--all", "-q"]) == 0
    (repository / "svc/two/zoo.yaml").write_text(SPEC.replace("string", "integer"))
    assert main(["check", "--all"]) == 1
    (repository / "svc/one/zoo.yaml").write_text("no: document\n")
    assert main(["check", "--all"]) == 2
    said = capsys.readouterr()
    assert "svc/two/zoo_client: out of date" in said.out
    assert "svc/one/zoo.yaml" in said.err


@pytest.mark.parametrize(
    "line",
    [
        "check --all svc/one/zoo.yaml -o c",
        "check --all --format json",
        "check --all --client a",
    ],
)
def test_what_contradicts_it_is_bad_usage(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(line.split()) == 2
    assert "--all" in capsys.readouterr().err


def test_nothing_below_is_bad_usage(
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (repository / "empty").mkdir()
    monkeypatch.chdir(repository / "empty")
    assert main(["generate", "--all"]) == 2
    assert "in this directory or below" in capsys.readouterr().err
