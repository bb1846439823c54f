"""The command `flexprice-codegen`.

In: the command line. Out: an exit code. 0: done. 1: a check found something. 2: invalid
usage or document, and nothing was written. 3: stopped between two files; the next run
writes the rest.

A run without work ends before the commands are imported.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from typing import NoReturn

from flexprice_codegen.cli.arguments import build_parser
from flexprice_codegen.cli.limit_arguments import MEGABYTE
from flexprice_codegen.cli.process_limits import limit_process
from flexprice_codegen.cli.streams import accept_any_character
from flexprice_codegen.cli.up_to_date import find_up_to_date_clients


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, and return its exit code.

    Args:
        arguments: The arguments; by default those of the process.
    """
    parsed = build_parser().parse_args(arguments)
    # Titles of documents can have characters that the terminal's encoding lacks.
    accept_any_character()
    # Commands find here the clients that `find_up_to_date_clients` reported already.
    parsed.done = frozenset()
    is_all = False

    if parsed.command == "generate":
        parsed.done, is_all = find_up_to_date_clients(parsed)
        if is_all and parsed.done:
            return 0

    with ExitStack() as stack:
        if gc.isenabled():
            # The process is short and creates hardly any reference cycles. The search
            # for them costs a third of the time, and more for larger documents.
            gc.disable()
            stack.callback(gc.enable)
        if hasattr(parsed, "max_time"):
            limits = (parsed.max_time, parsed.max_memory * MEGABYTE)
            stack.enter_context(limit_process(*limits))
        # Late: half of the program, which a run without work does not need.
        from flexprice_codegen.cli.commands import run_command

        return run_command(parsed)


def program() -> NoReturn:
    """Run a command as a process, and exit without the interpreter's cleanup.

    The cleanup frees every object, which takes long for a large document.
    """
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # the reader closed the pipe
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    program()
