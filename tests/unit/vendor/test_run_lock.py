"""One run at a time on one folder."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.vendor.run_lock import lock_directory

HOLDS = """
import sys
from pathlib import Path
from flexprice_codegen.vendor.run_lock import lock_directory
with lock_directory(Path(sys.argv[1])):
    print("ready", flush=True)
    sys.stdin.read()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    """Start a process that works on a folder until its input ends."""
    made = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert made.stdout is not None
    assert made.stdout.readline() == "ready\n"
    return made


def test_the_second_run_is_told_at_once(tmp_path: Path) -> None:
    with holder(tmp_path / "client") as other:
        with pytest.raises(DiagnosticError, match="another run is using") as info:
            lock_directory(tmp_path / "x" / ".." / "client").__enter__()
        assert [each.code for each in info.value.diagnostics] == ["busy"]
        with lock_directory(tmp_path / "another"):
            pass
        other.kill()
    with lock_directory(tmp_path / "client"):
        assert not (tmp_path / "client").exists()


def test_a_run_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    with holder(tmp_path / "client") as other:
        other.kill()
        other.wait()
        with lock_directory(tmp_path / "client"):
            pass


def test_without_a_place_for_locks_runs_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with lock_directory(tmp_path / "client"), lock_directory(tmp_path / "client"):
        pass


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="needs O_NOFOLLOW")
def test_a_link_in_the_place_of_the_lock_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with lock_directory(tmp_path / "client"):
        (place,) = tmp_path.glob("*.lock")
    place.unlink()
    place.symlink_to(tmp_path / "precious")
    with lock_directory(tmp_path / "client"):
        pass
    assert not (tmp_path / "precious").exists()
