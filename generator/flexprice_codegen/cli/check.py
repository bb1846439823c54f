"""`flexprice-codegen check`: find drift between clients and what a run would write.

In: arguments. Out: unified diffs, and exit code 1 if there is drift. Nothing is
written.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from flexprice_codegen.cli.client_selection import SelectedClients, select_clients
from flexprice_codegen.cli.generate import build_results
from flexprice_codegen.cli.nested_configs import find_nested_configs
from flexprice_codegen.config import find_config
from flexprice_codegen.diagnostics import DiagnosticError, Level, build_error
from flexprice_codegen.pipeline.advisories import find_advisories, read_advisories
from flexprice_codegen.pipeline.generate import (
    GenerateOptions,
    GenerateResult,
    collect_diagnostics,
)
from flexprice_codegen.pipeline.overlay_updates import find_overlay_updates
from flexprice_codegen.report.console import Console, open_console, print_line
from flexprice_codegen.report.diagnostics import print_diagnostics
from flexprice_codegen.report.drift import Drift, list_drifts
from flexprice_codegen.report.plans import (
    DIFF_STYLES,
    iter_file_diffs,
    iter_unified_diff,
)
from flexprice_codegen.vendor.directory import JOURNAL_NAME, find_leftovers
from flexprice_codegen.vendor.journal import has_journal
from flexprice_codegen.version import VERSION

EXIT_OUT_OF_DATE = 1
# Keys of the lock file that record inputs. They can change without any drift.
_MADE_FROM = frozenset(
    {
        "sources",
        "overlays",
        "source_id",
        "settings",
        "tools",
        "inputs",
        "warnings",
        "earlier",
        "seal",
    }
)
# A file of the lock file is a row of its path and its hash; the columns behind them
# follow from the text, or record inputs as well.
_COLUMNS_WITHOUT_INPUTS = 2
_DIFFERS = "a client is out of date; run `flexprice-codegen generate`"


def run(arguments: argparse.Namespace) -> int:
    """Compare clients with what a run would write, and return the exit code.

    Raises:
        DiagnosticError: A document cannot be generated, or a warning stops the run.
    """
    works = _select_all_clients(arguments)
    errors = open_console(error=True)
    output = open_console(quiet=arguments.quiet)
    # Nothing of an earlier run is reused: its texts could have been edited.
    results = [
        _add_notices(result, work.directory)
        for work in works
        for result in build_results(
            work, errors, writing=False, manner=GenerateOptions(ignore_previous=True)
        )
    ]
    found = {each.directory: _list_drifts(each) for each in results}
    warned = arguments.fail_on == "warning" and any(
        each.level is Level.WARNING for each in collect_diagnostics(results)
    )

    if arguments.format == "text":
        for each in results:
            print_diagnostics(
                errors,
                each.diagnostics,
                all_notes=arguments.notes,
                quiet=arguments.quiet,
            )
            _print_differences(each, found[each.directory], output)
    # A program gets one report, so the drift of a run that a warning stops is omitted.
    elif warned:
        raise DiagnosticError(
            *collect_diagnostics(results), *_build_warnings_error().diagnostics
        )
    else:
        verdicts = (_DIFFERS, "the clients are up to date")
        lines = {
            each.directory: _list_differences(each, found[each.directory])
            for each in results
            if found[each.directory]
        }
        # Late: only reports for programs need it, and it imports all of their formats.
        from flexprice_codegen.cli.machine_output import print_report

        print_report(arguments.format, results, found, verdicts, lines)

    if warned:
        raise _build_warnings_error()

    return EXIT_OUT_OF_DATE if any(found.values()) else 0


def _add_notices(result: GenerateResult, base: Path) -> GenerateResult:
    """Add known faults of a client, and what an upgrade has for it."""
    found = (
        *find_advisories(result.before, result.directory, read_advisories()),
        *find_overlay_updates(result.client, base),
    )
    return replace(result, diagnostics=(*found, *result.diagnostics))


def _select_all_clients(arguments: argparse.Namespace) -> tuple[SelectedClients, ...]:
    """Return the clients to check, of each configuration file below if none is above.

    Raises:
        DiagnosticError: As `select_clients`.
    """
    configs: tuple[Path, ...] = ()
    is_named = arguments.spec or arguments.config or arguments.client
    if not is_named and find_config(Path.cwd()) is None:
        configs = find_nested_configs(Path())
    if not configs:
        return (select_clients(arguments, needs_output=True),)

    options = vars(arguments)
    return tuple(
        select_clients(
            argparse.Namespace(**{**options, "config": str(config)}), needs_output=True
        )
        for config in configs
    )


def _print_differences(
    result: GenerateResult, found: tuple[Drift, ...], output: Console
) -> None:
    """Print the drift of a client as unified diffs, and a verdict."""
    for line in _list_differences(result, found) if found else ():
        print_line(output, line, DIFF_STYLES.get(line[:1], ""))
    verdict = "out of date; run `flexprice-codegen generate`"
    print_line(
        output,
        f"{result.directory.as_posix()}: {verdict if found else 'up to date'}",
        "bold red" if found else "bold green",
    )


def _build_warnings_error() -> DiagnosticError:
    return build_error(
        "warnings",
        "there are warnings",
        hint="follow the help of each, or remove --fail-on warning",
    )


def _list_drifts(result: GenerateResult) -> tuple[Drift, ...]:
    """Return the drift of each file of a client, including the lock file."""
    if _is_upgrade(result):
        return (Drift(result.lock_name, "upgrade", _format_versions(result)),)

    found = list(list_drifts(result.plan, result.files, result.disk))
    found += (
        Drift(path, "interrupted", "a run was interrupted")
        for path in _left_behind(result)
    )
    on_disk = _get_lock_text(result)

    if result.before is not None and result.before.writing:
        reason = "a run was interrupted while it wrote"
        found.append(Drift(result.lock_name, "interrupted", reason))
    elif _parse_comparable_lock(on_disk) != _parse_comparable_lock(result.lock_text):
        reason = "the lock file is out of date"
        found.append(Drift(result.lock_name, "lock", reason))

    return tuple(found)


def _is_upgrade(result: GenerateResult) -> bool:
    """Return whether the version of the generator is the only reason for drift."""
    before = result.before
    return (
        before is not None
        and before.generator != result.after.generator
        and before.source_id == result.after.source_id
        and before.inputs.config_hash == result.after.inputs.config_hash
        and not before.writing
        and not result.plan.list_paths("edited", "stray")
    )


def _format_versions(result: GenerateResult) -> str:
    """Return which version wrote a client, and which one this is."""
    former = VERSION if result.before is None else result.before.generator
    return f"made by {former}, this is {VERSION}: run `flexprice-codegen generate`"


def _left_behind(result: GenerateResult) -> Iterator[str]:
    """Yield the paths of files that an interrupted run left in the directory."""
    if has_journal(result.directory):
        yield JOURNAL_NAME
    for path in find_leftovers(result.directory):
        yield path.relative_to(result.directory).as_posix()


def _list_differences(result: GenerateResult, found: tuple[Drift, ...]) -> list[str]:
    folder = result.directory.as_posix()
    lines = [f"{folder}/{each.path}: {each.reason}" for each in found]
    if _is_upgrade(result):
        return lines
    if result.before is not None and result.before.generator != result.after.generator:
        lines.append(f"{folder}: {_format_versions(result)}")
    lines += iter_file_diffs(result.plan, result.files, result.disk)
    on_disk = _get_lock_text(result)
    if _parse_comparable_lock(on_disk) != _parse_comparable_lock(result.lock_text):
        lines += iter_unified_diff(result.lock_name, on_disk, result.lock_text)
    return lines


def _get_lock_text(result: GenerateResult) -> str:
    data = result.disk.get(result.lock_name, b"")
    # Invalid UTF-8 is drift like any other, and CRLF of a checkout on Windows is none.
    return data.decode("utf-8", "replace").replace("\r\n", "\n")


def _parse_comparable_lock(lock: str) -> object:
    """Return a lock file without its record of inputs, or `None` if it is invalid.

    A document that moves without a change of the generated files is not drift.
    """
    try:
        data = json.loads(lock)
        data["files"] = [row[:_COLUMNS_WITHOUT_INPUTS] for row in data["files"]]
        return {key: each for key, each in data.items() if key not in _MADE_FROM}
    # An edit or a merge can leave anything in the lock file, even invalid JSON.
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
