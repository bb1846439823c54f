"""Processes that measure inside themselves, each time they are asked.

In: the module of a child and its arguments. Out: a contender. The child says a line
when it is ready, and answers each line that it gets by seconds for one turn.
"""

from __future__ import annotations

import subprocess
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from benchmarks.commands import Command, last_line
from benchmarks.row import Contender, ContenderError, failing
from benchmarks.setting import ROOT, Setting


@dataclass(frozen=True, slots=True)
class Subject:
    """A child: its interpreter, its module in `benchmarks.children`, its arguments.

    `client` is the folder that holds the client that it imports.
    """

    python: Path
    module: str
    arguments: tuple[str, ...]
    client: Path | None = None

    def command(self, folder: Path) -> Command:
        """Make the command that starts it."""
        line = (str(self.python), "-P", "-m", f"benchmarks.children.{self.module}")
        modules = (ROOT,) if self.client is None else (ROOT, self.client)
        return Command((*line, *self.arguments), folder, modules=modules)


def contender(
    name: str, setting: Setting, stack: ExitStack, subject: Subject
) -> Contender:
    """Start a child that is asked for each measurement, until the stack is closed.

    One that does not get ready has failed.
    """
    process, said = _started(subject.command(setting.work), stack)
    try:
        _answer(process, said)
    except ContenderError as error:
        return failing(name, error)
    return Contender(name, lambda: _asked(process, said))


def first_line(setting: Setting, stack: ExitStack, subject: Subject) -> str:
    """Start a child that serves until the stack is closed; gives its first line.

    Raises:
        ContenderError: it said nothing.
    """
    return _answer(*_started(subject.command(setting.work), stack))


def _started(
    command: Command, stack: ExitStack
) -> tuple[subprocess.Popen[bytes], IO[bytes]]:
    """Start a process; what it says on standard error goes to the file."""
    said = stack.enter_context(
        tempfile.TemporaryFile()  # noqa: SIM115 - the stack closes it
    )
    process = stack.enter_context(
        subprocess.Popen(  # noqa: S603 - our own modules
            command.line,
            cwd=command.folder,
            env=command.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
        )
    )
    return process, said


def _asked(process: subprocess.Popen[bytes], said: IO[bytes]) -> float:
    assert process.stdin is not None
    try:
        process.stdin.write(b"\n")
        process.stdin.flush()
    except OSError:
        raise ContenderError(last_line(said)) from None
    return float(_answer(process, said))


def _answer(process: subprocess.Popen[bytes], said: IO[bytes]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        process.wait()
        raise ContenderError(last_line(said) or f"exit code {process.returncode}")
    return line.decode().strip()
