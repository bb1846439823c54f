"""The command `flexprice-codegen`.

In: the command line. Out: an exit code: 0 done, 1 a check found something, 2 bad usage
or a document that cannot be generated, and then nothing has been written, 3 stopped
half-way, which the next run makes good.

A run that has nothing to do is over before the commands are imported.
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
    """Run a command."""
    parsed = build_parser().parse_args(arguments)
    accept_any_character()
    parsed.done = frozenset()
    is_all = False
    if parsed.command == "generate":
        parsed.done, is_all = find_up_to_date_clients(parsed)
        if is_all and parsed.done:
            return 0
    with ExitStack() as stack:
        if gc.isenabled():
            # A short life with nothing in it that refers back to itself: to look for
            # that costs a third of the time, and more the larger the document is.
            gc.disable()
            stack.callback(gc.enable)
        if hasattr(parsed, "max_time"):
            limits = (parsed.max_time, parsed.max_memory * MEGABYTE)
            stack.enter_context(limit_process(*limits))
        # Half of the program, which a run with nothing to do does not need.
        from flexprice_codegen.cli.commands import run_command

        return run_command(parsed)


def program() -> NoReturn:
    """Run a command as a process, which ends without tidying up what ends with it."""
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # whoever read it has gone
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    program()
