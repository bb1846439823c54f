"""`flexprice-codegen diff`: what does a new version break?

In: arguments. Out: a report, and exit code 1 where something is as grave as `--fail-on`
says.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module

from generator.cli.comparing import compared, put
from generator.cli.workflow import record, truth
from generator.diagnostics import Level
from generator.diff.changes import Changes
from generator.diff.rules.severity import Severity
from generator.emit.quoting import visible
from generator.report.annotations import of_diagnostic, root_of_repository
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
    if arguments.format == "github":
        _tell_workflow(changes)
    else:
        print_diagnostics(console(error=True), changes.notices, all_notes=False)
    output = console()
    if arguments.format == "text" and not arguments.output and output.rich is not None:
        for text, style in lines(changes):
            say(output, text, style)
    else:
        put(_report(arguments.format, changes), arguments.output)
    if arguments.fail_on == "none":
        return 0
    least = Severity(arguments.fail_on).rank
    grave = any(each.level.rank >= least for each in changes.findings)
    return FOUND if grave else 0


def _tell_workflow(changes: Changes) -> None:
    """Annotate what was noticed, and leave outputs and the report for the workflow."""
    for each in changes.notices:
        if each.level is not Level.NOTE:
            print(of_diagnostic(each).text(root_of_repository()))  # noqa: T201
    outputs = {
        "changed": truth(changes.findings),
        "breaking": truth(changes.filter_by_level(Severity.ERROR)),
        "next-version": changes.advice.version,
    }
    record(outputs, _report("markdown", changes))


def _report(name: str, changes: Changes) -> str:
    """Write a report; a format's module is loaded when it is asked for, by name."""
    if name == "text":
        return "".join(f"{visible(text)}\n" for text, _ in lines(changes))
    module = import_module(f"generator.report.changes_{name}")
    write: Callable[[Changes], str] = getattr(module, f"as_{name}")
    return write(changes)
