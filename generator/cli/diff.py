"""`flexprice-codegen diff`: what does a new version break?

In: arguments. Out: a report, and exit code 1 where something is as grave as `--fail-on`
says.
"""

from __future__ import annotations

import argparse

from generator.cli.comparing import compared
from generator.diff.finding import Severity
from generator.report.changes_json import as_json
from generator.report.changes_text import lines
from generator.report.console import console, say
from generator.report.diagnostics import print_diagnostics

FOUND = 1


def run(arguments: argparse.Namespace) -> int:
    """Compare two versions.

    Raises:
        SpecError: One cannot be read, or the arguments contradict each other.
    """
    changes = compared(arguments)
    print_diagnostics(console(error=True), changes.notices, all_notes=False)
    if arguments.format == "json":
        print(as_json(changes), end="")  # noqa: T201 - the result itself
    else:
        output = console()
        for text, style in lines(changes):
            say(output, text, style)
    if arguments.fail_on == "none":
        return 0
    least = Severity(arguments.fail_on).rank
    grave = any(each.level.rank >= least for each in changes.findings)
    return FOUND if grave else 0
