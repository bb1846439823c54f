"""`flexprice-codegen check`: is the client what a run would make?

In: arguments. Out: unified diffs, and exit code 1 where it is not. Nothing is written.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator

from flexprice_codegen.cli.formats import report, said
from flexprice_codegen.cli.generate import made
from flexprice_codegen.cli.selection import job
from flexprice_codegen.diagnostics import Level, SpecError, fault
from flexprice_codegen.pipeline.generate import Manner, Result
from flexprice_codegen.report.console import Console, console, say
from flexprice_codegen.report.diagnostics import print_diagnostics
from flexprice_codegen.report.drift import Drift, drifts
from flexprice_codegen.report.plans import DIFF_COLOURS, diffs, unified
from flexprice_codegen.vendor.folder import JOURNAL, LOCK_NAME, find_leftovers
from flexprice_codegen.vendor.inputs import is_sealed
from flexprice_codegen.vendor.journal import has_journal

FOUND = 1
_MADE_FROM = frozenset({"source_id", "settings", "tools", "inputs", "seal"})
_BUT_INPUTS = 3
_DIFFERS = "a client is not as generated; run `flexprice-codegen generate`"


def run(arguments: argparse.Namespace) -> int:
    """Compare the clients with what a run would make.

    Raises:
        SpecError: Nothing can be made of the documents.
    """
    work = job(arguments, needs_output=True)
    errors, output = console(error=True), console()
    results = made(work, errors, writing=False, manner=Manner(afresh=True))
    found = {each.folder: _drifts(each) for each in results}
    warned = arguments.fail_on == "warning" and any(
        each.level is Level.WARNING for each in said(results)
    )
    if arguments.format == "text":
        for each in results:
            print_diagnostics(errors, each.diagnostics, all_notes=arguments.notes)
            _show(each, found[each.folder], output)
    elif warned:
        raise SpecError(*said(results), *_warned().diagnostics)
    else:
        verdicts = (_DIFFERS, "the clients are as generated")
        lines = {
            each.folder: _differences(each, found[each.folder])
            for each in results
            if found[each.folder]
        }
        report(arguments.format, results, found, verdicts, lines)
    if warned:
        raise _warned()
    return FOUND if any(found.values()) else 0


def _show(result: Result, found: tuple[Drift, ...], output: Console) -> None:
    """Show how a folder differs, as unified diffs."""
    for line in _differences(result, found) if found else ():
        say(output, line, DIFF_COLOURS.get(line[:1], ""))
    verdict = "differs; run `flexprice-codegen generate`"
    say(
        output,
        f"{result.folder.as_posix()}: {verdict if found else 'as generated'}",
        "bold red" if found else "bold green",
    )


def _warned() -> SpecError:
    return fault(
        "warnings",
        "pieces are missing from a client",
        hint="correct the document by an overlay, or leave out --fail-on warning",
    )


def _drifts(result: Result) -> tuple[Drift, ...]:
    """Say of each file, the lock among them, how it differs."""
    found = list(drifts(result.plan, result.files, result.disk))
    found += (
        Drift(path, "interrupted", "a run was interrupted")
        for path in _left_behind(result)
    )
    on_disk = _lock_on_disk(result)
    if result.before is not None and result.before.writing:
        reason = "a run was interrupted while it wrote"
        found.append(Drift(LOCK_NAME, "interrupted", reason))
    elif _without_source(on_disk) != _without_source(result.lock):
        reason = "the lock is another than a run would write"
        found.append(Drift(LOCK_NAME, "lock", reason))
    elif on_disk and not is_sealed(on_disk):
        reason = "the lock was edited or merged: its seal is broken"
        found.append(Drift(LOCK_NAME, "lock", reason))
    return tuple(found)


def _left_behind(result: Result) -> Iterator[str]:
    """Yield what a run that was killed has left in the folder."""
    if has_journal(result.folder):
        yield JOURNAL
    for path in find_leftovers(result.folder):
        yield path.relative_to(result.folder).as_posix()


def _differences(result: Result, found: tuple[Drift, ...]) -> list[str]:
    folder = result.folder.as_posix()
    lines = [f"{folder}/{each.path}: {each.reason}" for each in found]
    lines += diffs(result.plan, result.files, result.disk)
    on_disk = _lock_on_disk(result)
    if _without_source(on_disk) != _without_source(result.lock):
        lines += unified(LOCK_NAME, on_disk, result.lock)
    return lines


def _lock_on_disk(result: Result) -> str:
    data = result.disk.get(LOCK_NAME, b"")
    return data.decode("utf-8", "replace").replace("\r\n", "\n")


def _without_source(lock: str) -> object:
    """Leave out what it was made from: what moves and changes nothing is no drift."""
    try:
        data = json.loads(lock)
        data["files"] = [row[:_BUT_INPUTS] for row in data["files"]]
        return {key: each for key, each in data.items() if key not in _MADE_FROM}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
