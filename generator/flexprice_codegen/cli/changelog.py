"""`flexprice-codegen changelog`: the changes of an API as a section of a changelog.

In: arguments. Out: Markdown.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from flexprice_codegen.cli.diff_request import compare_versions, write_report
from flexprice_codegen.report.changelog import format_changelog
from flexprice_codegen.report.console import open_console
from flexprice_codegen.report.diagnostics import print_diagnostics


def run(arguments: argparse.Namespace) -> int:
    """Write the section to a file or to standard output, and return the exit code.

    Raises:
        DiagnosticError: A version cannot be read, or the arguments contradict each
            other.
    """
    changes = compare_versions(arguments)
    print_diagnostics(open_console(error=True), changes.notices, all_notes=False)
    write_report(format_changelog(changes, datetime.now(UTC).date()), arguments.output)
    return 0
