"""Tools: what they say of every client that this session made before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support.generated import Generator

SPEC = """
openapi: 3.0.3
info: {title: One, version: "1"}
paths: {/a: {get: {operationId: a, responses: {"204": {description: ok}}}}}
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "tool",
    [
        ("black", "--check", "--quiet", "--extend-exclude=/runtime/"),
        ("ruff", "check", "--isolated", "--quiet"),
        ("mypy", "--strict", "--no-incremental"),
    ],
    ids=lambda tool: tool[0],
)
def test_tools_find_nothing_to_say(
    tool: tuple[str, ...], generated: Generator, tmp_path: Path
) -> None:
    folder = generated(SPEC).folder.parent
    made = sorted(
        each.name for each in folder.iterdir() if (each / "__init__.py").exists()
    )
    named = [f"--package={name}" for name in made] if tool[0] == "mypy" else made
    done = subprocess.run(
        [sys.executable, "-m", *tool, *named],
        cwd=folder,
        env={"PATH": str(Path(sys.executable).parent), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
