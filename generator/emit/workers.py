"""The process that writes models, seen from this side.

In: bundles. Out: the text of each class. The process is started before anything heavy is
imported and warms itself beside the reading of the document; it is ended with its block.
This module imports nothing of ours that is heavy, so that it can be the first.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from threading import Lock
from types import TracebackType
from typing import Self

from generator.diagnostics import SpecError, fault
from generator.emit.templates import templates_folder

_LINES_SHOWN = 3


class ModelWorker:
    """A process that calls datamodel-code-generator; `written` asks it.

    It may be asked from several threads: while it is at work a further one is started.
    """

    def __init__(self, *, at_once: bool = True) -> None:
        """Start the process, so that it warms itself beside this one.

        Who hardly expects to ask it has it started by the first question.
        """
        self._started = [_Process()] if at_once else []
        self._free = list(self._started)
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the processes, whatever they are doing."""
        for each in self._started:
            each.end()

    def expect_much(self) -> None:
        """Start a further process at once, to warm itself while the document is read."""
        with self._lock:
            if len(self._started) == 1 and (os.cpu_count() or 1) > 1:
                self._started.append(_Process())
                self._free.insert(0, self._started[-1])

    def stop(self) -> None:
        """Kill the processes; who waits for one gets a fault."""
        for each in list(self._started):
            each.kill()

    def written(self, bundle: dict[str, object]) -> dict[str, str]:
        """Give the text of each class of a bundle, by name.

        Raises:
            SpecError: The library failed; the last lines that it said are shown.
            MemoryError: It was given too little memory.
        """
        with self._lock:
            if not self._free:
                self._started.append(_Process())
                self._free.append(self._started[-1])
            process = self._free.pop()
        made = process.written(bundle)
        with self._lock:
            self._free.append(process)
        return made


class _Process:
    """One process, with a pipe there and back."""

    def __init__(self) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed on exit
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [
                sys.executable,
                "-P",
                "-m",
                "generator.emit.model_worker",
                str(templates_folder() / "models"),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={
                **os.environ,
                "PYTHONHASHSEED": "0",
                "PYTHONUTF8": "1",
                "PYDANTIC_DISABLE_PLUGINS": "__all__",
            },
        )

    def kill(self) -> None:
        """Kill the process, and leave it to be ended."""
        self._process.kill()

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()
        self._errors.close()

    def written(self, bundle: dict[str, object]) -> dict[str, str]:
        """Send a bundle and wait for the answer."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(bundle).encode() + b"\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = b""
        if not answer:
            raise self._failed()
        made: dict[str, str] = json.loads(answer)
        return made

    def _failed(self) -> SpecError | MemoryError:
        self._process.wait()
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace").strip().split("\n")
        if said[-1].startswith("MemoryError"):
            return MemoryError()
        return fault(
            "models-failed",
            f"datamodel-code-generator failed: {' / '.join(said[-_LINES_SHOWN:])}",
            hint="this is a fault of the generator; please report it with your document",
        )
