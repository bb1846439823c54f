"""Tools that run in a user's repository leave the client alone, and find the rest.

`init --write-excludes` writes the excludes. A client with planted mistakes stands beside a
module with the same ones. Each tool finds both without excludes, and only those of the
module with them.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from flexprice_codegen.cli.main import main

pytestmark = pytest.mark.slow

GOLDEN = Path(__file__).parent / "golden" / "no-docstrings" / "expected"
CONFIG = """
[[client]]
name = "a"
spec = "a.yaml"
output = "shop/a_client"
package = "shop.a_client"
"""
MISTAKES = 'import os\nNUMBER: int = "a"\nTEXT = ( "b" )\n'
"""An import without use, a wrong type, and another layout than black's."""
MINE, THEIRS = "shop/mine.py", "shop/a_client/_client.py"
_Run: TypeAlias = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> _Run:
    """Return a function that runs a module of Python in a repository with a client."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GOLDEN, "shop/a_client")
    Path("shop/__init__.py").write_text("", "utf-8")
    Path(MINE).write_text(MISTAKES, "utf-8")
    client = Path(THEIRS)
    client.write_text(f"{client.read_text('utf-8')}\n{MISTAKES}", "utf-8")
    Path("flexprice-codegen.toml").write_text(CONFIG, "utf-8")
    Path("pyproject.toml").write_text("", "utf-8")

    def run_module(*arguments: str) -> str:
        line = [sys.executable, "-m", *arguments]
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    return run_module


@pytest.mark.parametrize(
    "arguments",
    [
        ("ruff", "check", "--no-cache", "--output-format=concise", "shop"),
        ("black", "--check", "shop"),
        ("mypy", "--no-incremental", "shop"),
        ("pyright", "shop"),
        ("pylint", "--persistent=n", "--disable=all", "--enable=W0611", "shop"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_tool_finds_the_mistakes_of_the_user_alone(
    run: _Run, arguments: tuple[str, ...]
) -> None:
    found = run(*arguments)
    assert MINE in found, found
    assert THEIRS in found, found

    assert main(["init", "--write-excludes"]) == 0
    found = run(*arguments)
    assert MINE in found, found
    assert "a_client" not in found, found


def test_coverage_measures_the_code_of_the_user_alone(run: _Run) -> None:
    Path(MINE).write_text("from shop import a_client\n", "utf-8")
    without = measure_coverage(run)
    assert {MINE, THEIRS} <= without

    assert main(["init", "--write-excludes"]) == 0
    assert measure_coverage(run) == {"shop/__init__.py", MINE}


def measure_coverage(run: _Run) -> set[str]:
    """Return the files that coverage measures in a run that imports the client."""
    run("coverage", "run", "--source=shop", "-m", "shop.mine")
    run("coverage", "json", "-o", "coverage.json")
    return set(json.loads(Path("coverage.json").read_text("utf-8"))["files"])
