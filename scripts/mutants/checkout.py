"""A copy of the checkout, in which one mutant at a time is tested.

In: a mutant and the stages of its tests. Out: what became of it. The working checkout is
only read, so an interrupt leaves nothing behind.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Literal, TypeAlias

from mutants.mutations import Mutant
from mutants.selection import PACKAGE, Stage

Outcome: TypeAlias = Literal["killed", "killed by time", "survived"]

_TEST_SECONDS = 90
"""The limit for one test. An endless loop reaches it."""
_STAGE_SECONDS = 600
"""The limit for one stage. An endless loop while tests are imported reaches it."""
# A mutant that collects values in an endless loop must not fill the machine. In KiB.
_MEMORY = 6 * 1024**2
_LIMITED = ("sh", "-c", f'ulimit -v {_MEMORY}; exec "$@"', "sh")
_PYTEST = (
    *("-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"),
    *("-o", "faulthandler_exit_on_timeout=true"),
)
_NOTHING_RAN = 5  # the exit code of pytest


class Checkout:
    """A copy of the checkout in a temporary directory."""

    def __init__(self, root: Path, place: Path) -> None:
        """Copy what git knows, and new files.

        Args:
            root: The working checkout.
            place: An empty directory for the copy.
        """
        self.root = place / root.name
        self._processes: set[subprocess.Popen[str]] = set()
        # Python decides by the time of a source and its size whether it is compiled
        # again, and a mutant can have the same size in the same second.
        self._times = count(1_000_000_000)
        line = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.check_output(line, cwd=root)  # noqa: S603 - our own command
        for name in os.fsdecode(listed).split("\0"):
            source = root / name
            if source.is_file():
                target = self.root / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, target, follow_symlinks=False)

        (self.root / ".venv").symlink_to(root / ".venv")
        # Real documents that stand beside the project.
        beside = root.parent / "shared"
        if beside.is_dir():
            (place / beside.name).symlink_to(beside)

    def test_mutant(self, mutant: Mutant, stages: Iterable[Stage]) -> Outcome:
        """Apply a mutant, run the stages until a test fails, and restore the file."""
        path = self.root / mutant.file
        source = path.read_bytes()
        try:
            self._write(path, mutant.apply_to(source))
            return self.run_stages(stages)
        finally:
            self._write(path, source)

    def _write(self, path: Path, data: bytes) -> None:
        path.write_bytes(data)
        seconds = next(self._times)
        os.utime(path, (seconds, seconds))

    def run_stages(self, stages: Iterable[Stage]) -> Outcome:
        """Run the stages until a test fails."""
        for stage in stages:
            outcome = self._run_stage(stage)
            if outcome != "survived":
                return outcome
        return "survived"

    def _run_stage(self, stage: Stage) -> Outcome:
        line = [*_LIMITED, sys.executable, *_PYTEST]
        line += ["-o", f"faulthandler_timeout={_TEST_SECONDS}"]
        line += [] if stage.with_slow else ["-m", "not slow"]
        process = subprocess.Popen(  # noqa: S603 - our own command
            [*line, *stage.files],
            cwd=self.root,
            # It comes before the working checkout, which is installed.
            env={**os.environ, "PYTHONPATH": str(self.root / PACKAGE.parent)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._processes.add(process)
        try:
            _, errors = process.communicate(timeout=_STAGE_SECONDS)
        except subprocess.TimeoutExpired:
            return "killed by time"
        finally:
            self._stop(process)
        if process.returncode in (0, _NOTHING_RAN):
            return "survived"
        return "killed by time" if "Timeout (" in errors else "killed"

    def _stop(self, process: subprocess.Popen[str]) -> None:
        """Kill a process with all that it started."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        self._processes.discard(process)

    def stop(self) -> None:
        """Kill the running tests."""
        for process in tuple(self._processes):
            self._stop(process)
