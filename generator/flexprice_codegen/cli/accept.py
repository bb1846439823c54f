"""`diff --accept FILE`: write ignore entries for the findings of a report.

In: arguments, and the findings that no entry ignores yet. Out: a longer ignore file.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from flexprice_codegen.cli.diff_request import write_report
from flexprice_codegen.diagnostics import build_error
from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.levels.ignore_file import read_ignore_file
from flexprice_codegen.diff.rules.severity import Severity


def check_accept_arguments(arguments: argparse.Namespace) -> None:
    """Check the arguments that belong to `--accept`.

    Raises:
        DiagnosticError: One of them is missing, or is given without `--accept`.
    """
    if arguments.accept and not (arguments.reason or "").strip():
        raise build_error(
            "usage",
            "--accept requires a reason",
            hint="add --reason TEXT: an ignore file says why each finding is accepted",
        )
    if not arguments.accept and (arguments.reason or arguments.expires):
        raise build_error(
            "usage",
            "--reason and --expires require --accept",
            hint="add --accept FILE, the ignore file to write",
        )


def write_accepted_findings(arguments: argparse.Namespace, changes: Changes) -> int:
    """Add an entry for each finding to the ignore file, and return how many.

    Raises:
        DiagnosticError: The file cannot be read or written.
    """
    path = Path(arguments.accept)
    text = ""
    if path.exists():
        read_ignore_file(arguments.accept)
        text = path.read_text(encoding="utf-8-sig")
        text += "" if text.endswith("\n") or not text else "\n"

    least = _get_least_level(arguments.fail_on)
    found = [each for each in changes.findings if each.level.rank >= least.rank]
    if found:
        # Late: few reports are accepted.
        from flexprice_codegen.report.accepted_findings import format_entries

        entries = format_entries(found, arguments.reason, arguments.expires)
        write_report(f"{text}{entries}".lstrip("\n"), arguments.accept)
    return len(found)


def _get_least_level(fail_on: str) -> Severity:
    """Return the lowest level of the findings to accept."""
    # What breaks nobody fills a file without letting anything through, unless it is
    # what makes the command fail.
    return Severity.INFO if fail_on == Severity.INFO else Severity.WARNING
