"""What `diff` and `changelog` compare, and what is left of the findings.

In: parsed arguments. Out: `Changes`.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import UTC, datetime

from generator.diff.changes import Changes
from generator.diff.finding import Side
from generator.pipeline.changes import Comparison, advised, changes
from generator.report.console import console
from generator.report.diagnostics import print_diagnostics


def compared(arguments: argparse.Namespace) -> Changes:
    """Compare two versions, and leave out what was not asked for.

    Raises:
        SpecError: One cannot be read, or the arguments contradict each other.
    """
    comparison = Comparison(
        old=(arguments.old,),
        new=(arguments.new,),
        overlays=tuple(arguments.overlay),
        today=datetime.now(UTC).date(),
    )
    found = changes(comparison)
    print_diagnostics(console(error=True), found.notices, all_notes=False)
    if arguments.only:
        side = Side(arguments.only)
        found = replace(found, findings=found.on(side))
    return advised(found)
