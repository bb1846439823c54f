"""`flexprice-codegen changelog`: what has changed, as a section of a changelog.

In: arguments. Out: Markdown.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from flexprice_codegen.cli.comparing import compared, put
from flexprice_codegen.report.changelog import as_changelog
from flexprice_codegen.report.console import console
from flexprice_codegen.report.diagnostics import print_diagnostics


def run(arguments: argparse.Namespace) -> int:
    """Write the section.

    Raises:
        SpecError: A version cannot be read, or the arguments contradict each other.
    """
    changes = compared(arguments)
    print_diagnostics(console(error=True), changes.notices, all_notes=False)
    put(as_changelog(changes, datetime.now(UTC).date()), arguments.output)
    return 0
