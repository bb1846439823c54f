"""A run of the command, from the command line to the exit code.

In: the command line. Out: an exit code. A run without work ends before the commands are
imported.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from contextlib import ExitStack

from flexprice_codegen.cli.command_line import parse_command_line
from flexprice_codegen.cli.limit_arguments import MEGABYTE
from flexprice_codegen.cli.process_limits import limit_process, limit_recursion
from flexprice_codegen.cli.streams import accept_any_character


def run_command_line(
    arguments: Sequence[str] | None = None, kept: list[object] | None = None
) -> int:
    """Run a command, and return its exit code.

    Args:
        arguments: The arguments; by default those of the process.
        kept: Receives the largest results of the command; None to free them.
    """
    parsed = parse_command_line(arguments)
    # Titles of documents can have characters that the terminal's encoding lacks.
    accept_any_character()
    # Commands find here the clients that `find_up_to_date_clients` reported already.
    parsed.done = frozenset()
    parsed.kept = [] if kept is None else kept
    is_all = False

    if parsed.command == "generate" and not parsed.all:
        # Late: no other command can be without work.
        from flexprice_codegen.cli.up_to_date import find_up_to_date_clients

        parsed.done, is_all = find_up_to_date_clients(parsed)
        if is_all and parsed.done:
            return 0

    with ExitStack() as stack:
        stack.enter_context(limit_recursion())
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
