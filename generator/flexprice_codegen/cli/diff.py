"""`flexprice-codegen diff`: the changes between two versions of an API.

In: arguments. Out: a report, and exit code 1 if a finding has at least the level of
`--fail-on`.
"""

from __future__ import annotations

import argparse

from flexprice_codegen.cli.accept import (
    check_accept_arguments,
    write_accepted_findings,
)
from flexprice_codegen.cli.diff_request import compare_clients, write_report
from flexprice_codegen.cli.report_formats import format_report
from flexprice_codegen.diagnostics import Level
from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.rules.severity import NO_LEVEL, Severity
from flexprice_codegen.report.console import open_console, print_line
from flexprice_codegen.report.diagnostics import print_diagnostics
from flexprice_codegen.report.wording import format_count

EXIT_FINDINGS = 1


def run(arguments: argparse.Namespace) -> int:
    """Compare two versions, write a report, and return the exit code.

    Raises:
        DiagnosticError: A version cannot be read, or the arguments contradict each
            other.
    """
    check_accept_arguments(arguments)
    compared = compare_clients(arguments)
    # To free both versions takes as long as to write the report.
    arguments.kept.append(compared)
    changes = compared.changes
    if arguments.format == "github":
        _report_to_workflow(changes)
    else:
        print_diagnostics(open_console(error=True), changes.notices, all_notes=False)

    output = open_console()
    # On a terminal the report has color; elsewhere all formats are written as text.
    if arguments.format == "text" and not arguments.output and output.rich is not None:
        # Late: the other formats do not need its words.
        from flexprice_codegen.report.changes_text import iter_lines

        for text, style in iter_lines(changes, verbose=arguments.verbose):
            print_line(output, text, style)
    else:
        report = format_report(arguments.format, changes, verbose=arguments.verbose)
        if arguments.format == "markdown":
            # Late: the other formats need no escapes.
            from flexprice_codegen.report.runner_commands import escape_runner_commands

            report = escape_runner_commands(report)
        write_report(report, arguments.output)

    if arguments.accept:
        number = write_accepted_findings(arguments, changes)
        written = f"{arguments.accept}: {format_count(number, 'finding')} accepted"
        print_line(open_console(error=True), written)
        return 0
    if arguments.fail_on == NO_LEVEL:
        return 0

    least = Severity(arguments.fail_on).rank
    grave = any(each.level.rank >= least for each in changes.findings)
    return EXIT_FINDINGS if grave else 0


def _report_to_workflow(changes: Changes) -> None:
    """Print annotations, and write outputs and a summary for the workflow."""
    # Late: the other formats need none of it.
    from flexprice_codegen.cli.github_workflow import (
        format_bool,
        write_workflow_outputs,
    )
    from flexprice_codegen.report.github_annotations import (
        build_annotation,
        get_repository_root,
    )

    for each in changes.notices:
        if each.level is not Level.NOTE:
            report = build_annotation(each).format_command(get_repository_root())
            print(report)  # noqa: T201 - the result itself

    outputs = {
        "changed": format_bool(changes.findings),
        "breaking": format_bool(changes.filter_by_level(Severity.ERROR)),
        "next-version": changes.advice.version,
    }
    write_workflow_outputs(outputs, format_report("markdown", changes))
