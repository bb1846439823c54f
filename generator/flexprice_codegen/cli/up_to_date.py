"""The clients that are up to date, found before anything heavy is imported.

In: parsed arguments. Out: the names of clients that need no run. With `--notes` or a
report for programs every client needs one.
"""

from __future__ import annotations

import argparse
import sys

from flexprice_codegen.cli.client_selection import select_clients
from flexprice_codegen.diagnostics import Diagnostic, DiagnosticError
from flexprice_codegen.emit.python_text import show_invisible
from flexprice_codegen.report.deprecation_lines import iter_deprecation_lines
from flexprice_codegen.report.runner_commands import escape_runner_commands
from flexprice_codegen.vendor.up_to_date import get_up_to_date_client


def find_up_to_date_clients(
    arguments: argparse.Namespace,
) -> tuple[frozenset[str], bool]:
    """Return the names of clients that need no run, and whether all are up to date.

    Their state is printed. An invalid configuration file yields no names: the run
    itself reports the error.
    """
    # The option changes files of clients that are up to date.
    if arguments.prune_aliases:
        return frozenset(), False

    try:
        work = select_clients(arguments, needs_output=True)
    except DiagnosticError:
        # The run itself reports what is wrong with the configuration.
        return frozenset(), False

    everyone = (*work.clients, *work.others)
    found = {
        e.name: get_up_to_date_client(e, work.directory, everyone) for e in work.clients
    }
    if arguments.fail_on == "warning":
        # The run ends with an error, after it has reported all warnings.
        found = {name: None if e and e.warnings else e for name, e in found.items()}
    names = frozenset(name for name, state in found.items() if state is not None)
    if arguments.notes or arguments.format != "text":  # a run reports more
        return frozenset(), len(names) == len(found)

    for each in work.clients:
        state = found[each.name]
        if state is not None:
            _print_warnings(state.warnings)
        if state is not None and not arguments.quiet:
            folder = (work.directory / each.output).as_posix()
            lines = [f"{folder}: {state.file_count} unchanged"]
            lines += iter_deprecation_lines(state.deprecated_aliases, folder)
            for line in lines:
                text = escape_runner_commands(show_invisible(line))
                sys.stdout.write(f"{text}\n")

    return names, len(names) == len(found)


def _print_warnings(warnings: tuple[Diagnostic, ...]) -> None:
    if not warnings:
        return
    # Late: most documents have no warnings.
    from flexprice_codegen.report.console import open_console
    from flexprice_codegen.report.diagnostics import print_diagnostics

    print_diagnostics(open_console(error=True), warnings, all_notes=False)
