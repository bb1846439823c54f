"""The command `flexprice-codegen`.

In: the command line. Out: an exit code: 0 done, 1 a check found something, 2 bad usage
or a document that cannot be generated, and then nothing has been written.

A command's module is loaded when it is called for, by name: so the process that writes
models starts before the rest of the program is imported.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from importlib import import_module

from generator.cli.arguments import parser
from generator.cli.bounds import bounded
from generator.cli.limit_arguments import MEGABYTE
from generator.emit.workers import ModelWorker

WRITES_MODELS = frozenset({"generate", "check"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command."""
    parsed = parser().parse_args(arguments)
    with ExitStack() as stack:
        if gc.isenabled():
            # A short life with nothing in it that refers back to itself: to look for
            # that costs a third of the time, and more the larger the document is.
            gc.disable()
            stack.callback(gc.enable)
        if hasattr(parsed, "max_time"):
            limits = (parsed.max_time, parsed.max_memory * MEGABYTE)
            stack.enter_context(bounded(*limits))
        if parsed.command in WRITES_MODELS:
            parsed.worker = stack.enter_context(ModelWorker())
        outcome = import_module("generator.cli.outcome")
        command = import_module(f"generator.cli.{parsed.command}")
        code: int = outcome.of(command.run, parsed)
        return code


if __name__ == "__main__":
    sys.exit(main())
