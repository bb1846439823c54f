"""The command `flexprice-codegen`.

In: the command line. Out: an exit code. 0: done. 1: a check found something. 2: invalid
usage or document, and nothing was written. 3: stopped between two files; the next run
writes the rest.

This module imports nothing of the program, so that Ctrl-C prints no traceback while the
rest is imported.
"""

from __future__ import annotations

import gc
import os
import signal
import sys

TYPE_CHECKING = False  # `typing` takes longer to import than all else here
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn


def main(
    arguments: Sequence[str] | None = None, kept: list[object] | None = None
) -> int:
    """Run a command, and return its exit code.

    Args:
        arguments: The arguments; by default those of the process.
        kept: Receives the largest results of the command; None to free them.
    """
    # Late: see the module.
    from flexprice_codegen.cli.session import run_command_line

    return run_command_line(arguments, kept)


def program() -> NoReturn:
    """Run a command as a process, and exit without the interpreter's cleanup.

    The cleanup frees every object, which takes long for a large document. For the same
    reason the largest results are kept to the end, and the collector of reference cycles
    is off from the start: a short process creates few of them, and each search visits all
    objects.
    """
    kept: list[object] = []
    gc.disable()
    # A job in the background ignores the signal, and continues to do so.
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        # The process ends at once, until a command handles the signal.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    code = main(kept=kept)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # the reader closed the pipe
            continue
    os._exit(code)


if __name__ == "__main__":
    program()
