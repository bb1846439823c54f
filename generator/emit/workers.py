"""The process that writes models, seen from this side.

In: a bundle. Out: the text of each class. The process is started early and warms itself
beside the reading of the document; it is ended when there is nothing for it to do.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from types import TracebackType
from typing import Self

from generator.diagnostics import fault
from generator.emit.bundle import Schema
from generator.emit.render import templates_folder

_LINES_SHOWN = 3


class ModelWorker:
    """Starts the process; `written` may be called once."""

    def __init__(self) -> None:
        """Start the process; it runs beside this one at once."""
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
            env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process, whatever it is doing."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()
        self._errors.close()

    def written(self, bundle: Schema) -> dict[str, str]:
        """Give the text of each class of a bundle, by name.

        Raises:
            SpecError: The library failed; the last lines that it said are shown.
        """
        answer, _ = self._process.communicate(json.dumps(bundle).encode())
        if self._process.returncode != 0:
            self._errors.seek(0)
            said = self._errors.read().decode(errors="replace").strip().split("\n")
            raise fault(
                "models-failed",
                f"datamodel-code-generator failed: {' / '.join(said[-_LINES_SHOWN:])}",
                hint="this is a fault of the generator; please report it with your document",
            )
        made: dict[str, str] = json.loads(answer)
        return made
