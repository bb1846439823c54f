"""`flexprice-codegen generate`: generate clients.

In: arguments. Out: files on the disk, and an exit code.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial

from flexprice_codegen.cli.client_selection import SelectedClients, select_clients
from flexprice_codegen.cli.process_limits import disable_time_limit
from flexprice_codegen.cli.writing import check_folder, check_result, write_results
from flexprice_codegen.config import Client
from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.pipeline.generate import (
    PROGRESS_STEPS,
    GenerateOptions,
    GenerateResult,
    collect_diagnostics,
    generate_client,
)
from flexprice_codegen.pipeline.shared_runtime import build_shared_runtimes
from flexprice_codegen.report.console import (
    Console,
    open_console,
    print_line,
    show_progress_bar,
)
from flexprice_codegen.report.deprecation_lines import iter_deprecation_lines
from flexprice_codegen.report.diagnostics import print_diagnostics
from flexprice_codegen.report.drift import Drift, list_written_files
from flexprice_codegen.report.inspection import summarize_surface
from flexprice_codegen.report.plans import (
    DIFF_STYLES,
    format_state_counts,
    iter_change_diffs,
    iter_plan_lines,
)
from flexprice_codegen.surface.model import Surface
from flexprice_codegen.vendor.lock_text import is_same_lock
from flexprice_codegen.vendor.run_lock import lock_directory

# Of the stray files; more of them look like another directory, which the first show.
_SHOWN = 5


def run(arguments: argparse.Namespace) -> int:
    """Generate the clients that are not up to date, and return the exit code.

    Raises:
        DiagnosticError: A document, an option or a directory prevents the run.
    """
    work = select_clients(arguments, needs_output=True)
    # `main` found the up-to-date clients before it imported this module.
    due = tuple(each for each in work.clients if each.name not in arguments.done)
    settled = tuple(each for each in work.clients if each not in due)
    work = replace(work, clients=due, others=(*work.others, *settled))
    with ExitStack() as stack:
        for folder in () if arguments.dry_run else _list_directories(due):
            # Two runs at once would overwrite each other's files. A dry run only reads.
            stack.enter_context(lock_directory(work.directory / folder))
        return _generate_clients(arguments, work)


def _list_directories(clients: Iterable[Client]) -> list[str]:
    """Return the directories that a run writes to, shared runtimes last."""
    outputs = [each.output for each in clients]
    return outputs + sorted({e.get_runtime_directory() for e in clients if e.runtime})


def _generate_clients(arguments: argparse.Namespace, work: SelectedClients) -> int:
    errors = open_console(error=True)
    output = open_console(quiet=arguments.quiet)
    results = build_results(
        work,
        errors,
        writing=not arguments.dry_run,
        manner=GenerateOptions(prune_aliases=arguments.prune_aliases),
    )
    if arguments.format == "text":
        for each in results:
            print_diagnostics(
                errors,
                each.diagnostics,
                all_notes=arguments.notes,
                quiet=arguments.quiet,
            )

    try:
        for each in results:
            check_result(each, fail_on=arguments.fail_on)
    except DiagnosticError as error:
        if arguments.format == "text":
            raise
        # A program gets all diagnostics in one report, not only the errors.
        raise DiagnosticError(
            *collect_diagnostics(results), *error.diagnostics
        ) from None

    # From here on files change, and a time limit must not stop a run between two files.
    disable_time_limit()
    if not arguments.dry_run:
        write_results(results, errors)

    if arguments.format != "text":
        _print_report(arguments, results)
        return 0

    for each in results:
        if arguments.dry_run:
            _print_dry_run(each, output)
        else:
            _print_result(each, output, errors)

    return 0


def _print_report(
    arguments: argparse.Namespace, results: Sequence[GenerateResult]
) -> None:
    """Print what a run did or would do, in the format of the arguments."""
    # Late: only reports for programs need it, and it imports all of their formats.
    from flexprice_codegen.cli.machine_output import print_report

    files = {each.directory: _list_written(each) for each in results}
    done = "would be" if arguments.dry_run else "were"
    diff = {
        each.directory: list(iter_change_diffs(each.plan, each.files, each.disk))
        for each in results
        if arguments.dry_run
    }
    verdicts = (f"the clients {done} regenerated", "the clients are unchanged")
    print_report(arguments.format, results, files, verdicts, diff)


def build_results(
    work: SelectedClients,
    errors: Console,
    *,
    writing: bool,
    manner: GenerateOptions,
) -> list[GenerateResult]:
    """Generate the files of all clients in memory, with a progress bar on a terminal.

    Args:
        work: The clients.
        errors: The console for progress.
        writing: Whether the results will be written. Then a directory that is not a
            client is an error.
        manner: Options of the run.

    Returns:
        A result for each client, then for each shared runtime.

    Raises:
        DiagnosticError: A client cannot be generated, or a directory not be written.
    """
    results = []
    with show_progress_bar(errors, len(work.clients) * len(PROGRESS_STEPS)) as advance:
        for each in work.clients:
            folder = work.directory / each.output
            if writing:
                check_folder(folder)
            step = partial(advance, each.name)
            result = generate_client(
                each, work.directory, step, limits=work.limits, manner=manner
            )
            results.append(result)

    if writing:
        for runtime in _list_directories(work.clients)[len(work.clients) :]:
            check_folder(work.directory / runtime)

    return [*results, *build_shared_runtimes(results, work.others, work.directory)]


def _is_lock_out_of_date(result: GenerateResult) -> bool:
    on_disk = result.disk.get(result.lock_name, b"").decode("utf-8", "replace")
    return not is_same_lock(on_disk, result.lock_text)


def _list_written(result: GenerateResult) -> tuple[Drift, ...]:
    """Return the files that are written or deleted, the lock file, and stray files.

    A lock file that is written alone does not change the client: no pull request should
    exist for it.
    """
    files = list_written_files(result.plan)
    if not files or not _is_lock_out_of_date(result):
        return files
    return (*files, Drift(result.lock_name, "lock", "regenerated", is_fault=False))


def _print_dry_run(result: GenerateResult, output: Console) -> None:
    """Print what a run would do, with diffs of existing files."""
    folder = result.directory.as_posix()
    print_line(
        output,
        f"{folder}: {format_state_counts(result.plan)} (nothing was written)",
        "bold",
    )
    for line in iter_plan_lines(result.plan):
        print_line(output, line)

    for line in iter_change_diffs(result.plan, result.files, result.disk):
        print_line(output, line, DIFF_STYLES.get(line[:1], ""))


def _print_result(result: GenerateResult, output: Console, errors: Console) -> None:
    surface = result.surface
    folder = result.directory.as_posix()
    print_line(output, f"{folder}: {format_state_counts(result.plan)}", "bold")
    for line in iter_plan_lines(result.plan):
        print_line(output, line)

    if surface is not None:
        lines = sum(each.text.count("\n") for each in result.files)
        files = f"{len(result.files)} files of {lines:,} lines"
        print_line(output, f"  {summarize_surface(surface)} in {files}")
        for line in iter_deprecation_lines(
            ((e.old, e.new) for e in surface.deprecated_aliases), folder
        ):
            print_line(output, line)

    for path in result.plan.list_paths("stray")[:_SHOWN]:
        print_line(
            errors,
            f"{folder}/{path} starts like a generated file, but is not one: delete it",
            "yellow",
        )

    if surface is not None and result.plan.list_paths("add"):
        print_line(output, "")
        for line in list_usage_lines(surface, result.client.package):
            print_line(output, f"    {line}" if line else "")


def list_usage_lines(surface: Surface, package: str) -> list[str]:
    """Return the lines that show a new user how to start.

    Args:
        surface: The client's classes and methods.
        package: The dotted import path of the client.
    """
    needed = "httpx2 msgspec" if surface.has_client else "msgspec"
    lines = [f"# pip install {needed}"]
    resource = next((each for each in surface.resources if each.methods), None)
    if resource is not None:
        key = f'{surface.credentials[0].keyword}="…"' if surface.credentials else ""
        lines += [
            f"from {package} import {surface.client}, models",
            "",
            f"with {surface.client}({key}) as client:",
            f"    client.{resource.name}.{resource.methods[0].name}(…)",
        ]

    if surface.events.rows:
        lines += [
            "",
            f"from {package} import webhooks",
            "",
            "webhooks.parse_event(body)",
        ]

    return lines
