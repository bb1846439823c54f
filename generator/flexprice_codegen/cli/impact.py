"""`flexprice-codegen impact`: the lines of the user's code that a new version breaks.

In: arguments. Out: a report, and exit code 1 if a finding with the level of `--fail-on`
affects the code.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from flexprice_codegen.cli.code_request import CodeInUse, read_code_in_use
from flexprice_codegen.cli.diff_request import compare_clients, write_report
from flexprice_codegen.cli.github_workflow import format_bool, write_workflow_outputs
from flexprice_codegen.cli.impact_formats import format_impact
from flexprice_codegen.diagnostics import build_error
from flexprice_codegen.diff.rules.severity import NO_LEVEL, Severity
from flexprice_codegen.impact.impacts import CodeImpact
from flexprice_codegen.impact.language_server import find_checker
from flexprice_codegen.pipeline.impact import ImpactRequest, compute_impact
from flexprice_codegen.report.console import open_console, print_line
from flexprice_codegen.report.diagnostics import print_diagnostics
from flexprice_codegen.report.impact_text import iter_lines

EXIT_AFFECTED = 1
EXIT_SKIPPED = 2
# Other formats show lines, and a person edits them.
_FORMATS_WITH_EDITS = ("json", "sarif")


def run(arguments: argparse.Namespace) -> int:
    """Show what breaks in the user's code, and return the exit code.

    Raises:
        DiagnosticError: A version or the code cannot be read, or the arguments contradict
            each other.
    """
    in_use = read_code_in_use(arguments)
    compared = compare_clients(arguments, in_use.folder, in_use.installed)
    impact = compute_impact(compared, _build_request(arguments, in_use))
    print_diagnostics(
        open_console(error=True), compared.changes.notices, all_notes=False
    )
    _report(arguments, impact)
    return _get_exit_code(arguments, impact)


def _build_request(arguments: argparse.Namespace, in_use: CodeInUse) -> ImpactRequest:
    return ImpactRequest(
        code=in_use.code,
        client_names=in_use.client_names,
        least=arguments.confidence,
        with_edits=arguments.format in _FORMATS_WITH_EDITS,
        checker=_find_checker(arguments.checker, in_use),
        client_folder=in_use.folder,
    )


def _find_checker(name: str, in_use: CodeInUse) -> tuple[str, ...]:
    """Return the command of the language server to ask; empty for none.

    Raises:
        DiagnosticError: There is none of this name, or no client to look into.
    """
    if name == "none":
        return ()
    if not in_use.folder:
        raise build_error(
            "usage",
            "--checker needs the client in your repository",
            hint="name its directory with --code, or leave --checker out",
        )
    command = find_checker(name, Path())
    if command is None and name != "auto":
        raise build_error(
            "usage",
            f"no language server of {name} is installed",
            hint=f"install {name}, or choose --checker auto",
        )
    return command or ()


def _report(arguments: argparse.Namespace, impact: CodeImpact) -> None:
    output = open_console()
    # On a terminal the report has color; elsewhere all formats are written as text.
    if arguments.format == "text" and not arguments.output and output.rich is not None:
        for text, style in iter_lines(impact):
            print_line(output, text, style)
    else:
        write_report(format_impact(arguments.format, impact), arguments.output)
    if arguments.format == "github":
        outputs = {"affected": format_bool(impact.list_affected(Severity.ERROR))}
        write_workflow_outputs(outputs, format_impact("markdown", impact))


def _get_exit_code(arguments: argparse.Namespace, impact: CodeImpact) -> int:
    if arguments.strict and impact.code.skipped:
        return EXIT_SKIPPED
    if arguments.fail_on == NO_LEVEL:
        return 0
    least = Severity(arguments.fail_on).rank
    is_affected = any(
        impact.list_affected(level) for level in Severity if level.rank >= least
    )
    return EXIT_AFFECTED if is_affected else 0
