"""`init --write-excludes` adds the clients of a configuration to `pyproject.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from flexprice_codegen.cli.main import main

CONFIG = """
[[client]]
name = "a"
spec = "a.yaml"
output = "src/shop/a_client"
package = "shop.a_client"
runtime = "../_runtime"
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("flexprice-codegen.toml").write_text(CONFIG, "utf-8")
    return tmp_path


def test_clients_and_shared_runtimes_are_excluded() -> None:
    assert main(["init", "--write-excludes"]) == 0
    made = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))
    expected = ["src/shop/_runtime", "src/shop/a_client"]
    assert made["tool"]["ruff"]["extend-exclude"] == expected
    assert Path("flexprice-codegen.toml").read_text("utf-8") == CONFIG


def test_what_is_left_to_the_user_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("pyproject.toml").write_text('[tool.mypy]\nexclude = "x"\n', "utf-8")
    assert main(["init", "--write-excludes"]) == 0
    assert "add this yourself: [tool.mypy] exclude = [" in capsys.readouterr().out


@pytest.mark.parametrize("data", [b"[tool", b"# \xff\n"])
def test_a_file_that_cannot_be_read_is_not_written(data: bytes) -> None:
    Path("pyproject.toml").write_bytes(data)
    assert main(["init", "--write-excludes"]) == 2
    assert Path("pyproject.toml").read_bytes() == data


def test_a_new_configuration_can_come_with_excludes() -> None:
    Path("flexprice-codegen.toml").unlink()
    address = "https://a.example/api.yaml"
    assert main(["init", address, "--write-excludes"]) == 0
    made = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))
    assert made["tool"]["coverage"]["run"]["omit"] == ["api_client/*"]
