"""Running whole processes, with their time and their memory.

In: a command line and what is on its path. Out: seconds or megabytes; a
`ContenderError` with the last line that was said where it fails.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from mmap import PAGESIZE
from pathlib import Path
from typing import IO

from benchmarks.row import ContenderError

_LIMIT = 300.0
"""Seconds after which a process is ended."""
_PAUSE = 0.005
"""Seconds between two looks at the memory of a process."""
_MEGABYTE = 1_000_000
_WITHOUT = {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONOPTIMIZE"}


@dataclass(frozen=True, slots=True)
class Command:
    """A command line; `path` is looked in first, `modules` is where Python imports.

    `accepted` are the exit codes of a run that did its work.
    """

    line: tuple[str, ...]
    folder: Path
    path: Path | None = None
    modules: tuple[Path, ...] = field(default=())
    accepted: tuple[int, ...] = (0,)

    @property
    def environment(self) -> dict[str, str]:
        """The variables that the process sees."""
        found = {k: v for k, v in os.environ.items() if k not in _WITHOUT}
        if self.path is not None:
            found["PATH"] = os.pathsep.join((str(self.path), found.get("PATH", "")))
        if self.modules:
            found["PYTHONPATH"] = os.pathsep.join(map(str, self.modules))
        return found | {"PYTHONHASHSEED": "0"}


def seconds(command: Command) -> float:
    """Run a command to its end and give how long it took.

    Raises:
        ContenderError: it failed, is not there, or took too long.
    """
    with tempfile.TemporaryFile() as said:
        begin = time.perf_counter()
        process = start(command, said)
        _wait(process, said, command.accepted)
        return time.perf_counter() - begin


def peak_memory(command: Command) -> float:
    """Run a command and give the most memory of all its processes together, in MB.

    Raises:
        ContenderError: it failed, is not there, or this system has no /proc.
    """
    if not Path("/proc/self/statm").exists():
        raise ContenderError("memory is read from /proc, which is not here")
    with tempfile.TemporaryFile() as said:
        process = start(command, said)
        peak, until = 0.0, time.monotonic() + _LIMIT
        while process.poll() is None and time.monotonic() < until:
            peak = max(peak, sum(map(_resident, _tree(process.pid))))
            time.sleep(_PAUSE)
        _wait(process, said, command.accepted)
    return peak


def start(command: Command, said: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a command; what it says goes to `said`.

    Raises:
        ContenderError: it is not there.
    """
    command.folder.mkdir(parents=True, exist_ok=True)
    try:
        return subprocess.Popen(  # noqa: S603 - the commands stand in this package
            command.line,
            cwd=command.folder,
            env=command.environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    except OSError as error:
        raise ContenderError(f"{command.line[0]}: {error.strerror}") from error


def last_line(said: IO[bytes]) -> str:
    """Return the last line without indentation, which hints and traces have."""
    said.seek(0)
    lines = said.read().decode("utf-8", "replace").rstrip().split("\n")
    plain = (line for line in reversed(lines) if line.strip() and not line[0].isspace())
    return next(plain, lines[-1]).strip()


def _wait(
    process: subprocess.Popen[bytes], said: IO[bytes], accepted: tuple[int, ...]
) -> None:
    # `wait` with a limit of its own looks each 50 ms only, which would be measured.
    killer = threading.Timer(_LIMIT, process.kill)
    killer.start()
    code = process.wait()
    was_in_time = killer.is_alive()
    killer.cancel()

    if not was_in_time:
        raise ContenderError(f"took longer than {_LIMIT:.0f} s")

    if code not in accepted:
        raise ContenderError(last_line(said) or f"exit code {code}")


def _tree(root: int) -> Iterator[int]:
    """Yield a process and all that it started and they started."""
    waiting = [root]
    while waiting:
        each = waiting.pop()
        yield each
        for listed in list_files(Path(f"/proc/{each}/task"), "*/children"):
            waiting.extend(map(int, _text(listed).split()))


def list_files(folder: Path, pattern: str) -> list[Path]:
    """Return the files of a folder, which is gone where its process has just ended."""
    try:
        return list(folder.glob(pattern))
    except OSError:
        return []


def _resident(process: int) -> float:
    """Return the resident memory of a process in MB, 0 where it has just ended."""
    parts = _text(Path(f"/proc/{process}/statm")).split()
    return int(parts[1]) * PAGESIZE / _MEGABYTE if parts else 0.0


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except OSError:
        return ""
