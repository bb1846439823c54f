"""`flexprice-codegen check`: is the client what a run would make?

In: arguments. Out: unified diffs, and exit code 1 where it is not. Nothing is written.
"""

from __future__ import annotations

import argparse
import json

from generator.cli.generate import made
from generator.cli.selection import job
from generator.diagnostics import SpecError, fault
from generator.pipeline.generate import Result
from generator.report.console import console, say
from generator.report.diagnostics import print_diagnostics
from generator.report.plans import diffs, drift_lines, unified
from generator.vendor.folder import JOURNAL, LOCK_NAME
from generator.vendor.inputs import is_sealed

FOUND = 1
_MADE_FROM = frozenset({"source_id", "settings", "tools", "inputs", "seal"})
_BUT_INPUTS = 3
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def run(arguments: argparse.Namespace) -> int:
    """Compare the clients with what a run would make.

    Raises:
        SpecError: Nothing can be made of the documents.
    """
    work = job(arguments, needs_output=True)
    errors, output = console(error=True), console()
    results = made(work, arguments.worker, errors, checking=True)
    found = False
    for each in results:
        print_diagnostics(errors, each.diagnostics, all_notes=arguments.notes)
        lines = list(_differences(each))
        for line in lines:
            say(output, line, _COLOURS.get(line[:1], ""))
        folder = each.folder.as_posix()
        say(
            output,
            (
                f"{folder}: differs; run `flexprice-codegen generate`"
                if lines
                else f"{folder}: as generated"
            ),
            "bold red" if lines else "bold green",
        )
        found = found or bool(lines)
    if arguments.fail_on == "warning" and any(
        each.level == "warning" for result in results for each in result.diagnostics
    ):
        raise _warned()
    return FOUND if found else 0


def _warned() -> SpecError:
    return fault(
        "warnings",
        "pieces are missing from a client",
        hint="correct the document by an overlay, or leave out --fail-on warning",
    )


def _differences(result: Result) -> list[str]:
    lines = [f"{result.folder.as_posix()}/{line}" for line in drift_lines(result.plan)]
    lines += diffs(result.plan, result.files, result.disk)
    if (result.folder / JOURNAL).exists():
        lines.append(f"{result.folder.as_posix()}: a run was interrupted")
    on_disk = (
        result.disk.get(LOCK_NAME, b"").decode("utf-8", "replace").replace("\r\n", "\n")
    )
    lines += _lock_lines(on_disk, result.lock)
    return lines


def _lock_lines(found: str, wanted: str) -> list[str]:
    if _without_source(found) != _without_source(wanted):
        return [*unified(LOCK_NAME, found, wanted)]
    if not is_sealed(found):
        return [f"{LOCK_NAME}: its seal is broken: it was edited, or merged"]
    return []


def _without_source(lock: str) -> object:
    """Leave out what it was made from: what moves and changes nothing is no drift."""
    try:
        data = json.loads(lock)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return data
    data["files"] = [row[:_BUT_INPUTS] for row in data.get("files", ())]
    return {key: each for key, each in data.items() if key not in _MADE_FROM}
