"""scripts/newer-pythons: which versions of Python it finds, and which it misses."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BASH = shutil.which("bash") or "/bin/bash"
# It stands in for an interpreter: it notes where it is and what it is to run.
PYTHON = '#!/bin/sh\n[ "$1" = -c ] && exit 0\necho "$0 $*" >>"$CALLS"\n'
SHIM = "#!/bin/sh\nexit 127\n"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the script is for bash")


def program(path: Path, text: str) -> None:
    """Write a program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout with the script, whose own Python is 3.11."""
    program(tmp_path / ".venv/bin/python", '#!/bin/sh\necho "3.11"\n')
    (tmp_path / "pyproject.toml").touch()
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    program(
        tmp_path / "scripts/make-venv",
        '#!/bin/sh\nmkdir -p "$1/bin"\ncp "$2" "$1/bin/python"\n',
    )
    program(tmp_path / "scripts/install", "#!/bin/sh\n")
    program(tmp_path / "bin/pyenv", f'#!/bin/sh\necho "{tmp_path}/pyenv"\n')
    return tmp_path


def run(checkout: Path) -> tuple[int, list[str], str]:
    """Run the script for 3.11, 3.12 and 3.13; return its code, the runs, and errors."""
    done = subprocess.run(
        [BASH, "scripts/newer-pythons", "3.11", "3.12", "3.13"],
        cwd=checkout,
        env={
            "PATH": f"{checkout / 'bin'}:/usr/bin:/bin",
            "CALLS": str(checkout / "calls"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    calls = checkout / "calls"
    lines = calls.read_text().splitlines() if calls.exists() else []
    return done.returncode, [each.split()[0] for each in lines], done.stderr


@pytest.fixture(autouse=True)
def only_ours() -> None:
    """Skip where the system has these versions: the script would find them."""
    if any(Path(f"/usr/bin/python3.{each}").exists() for each in (12, 13)):
        pytest.skip("/usr/bin has a version that is expected to be missing")


def test_a_version_that_is_not_installed_is_not_missed(checkout: Path) -> None:
    assert run(checkout) == (0, [], "")


def test_versions_on_path_and_of_pyenv_run(checkout: Path) -> None:
    """The newest of pyenv, where the name on PATH is an empty shim."""
    program(checkout / "bin/python3.12", SHIM)
    program(checkout / "bin/python3.13", PYTHON)
    for version in ("3.12.1", "3.12.10", "3.12.9", "3.1.2"):
        program(checkout / "pyenv/versions" / version / "bin/python", PYTHON)
    code, runs, _ = run(checkout)
    assert code == 0
    # The fast tests, and those of the exit.
    wanted = [".venv-3.12/bin/python"] * 2 + [".venv-3.13/bin/python"] * 2
    assert runs == wanted


def test_a_version_that_is_installed_and_does_not_start_is_an_error(
    checkout: Path,
) -> None:
    program(checkout / "bin/python3.12", SHIM)
    program(checkout / "pyenv/versions/3.12.1/bin/python", SHIM)
    program(checkout / "bin/python3.13", PYTHON)
    code, runs, errors = run(checkout)
    assert code == 1
    assert runs == [".venv-3.13/bin/python"] * 2, "the others run nevertheless"
    assert errors.endswith("and none of them starts: 3.12\n")
