"""`flexprice-codegen generate`: make clients.

In: arguments. Out: files on the disk, and an exit code.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial

from flexprice_codegen.cli.bounds import rest
from flexprice_codegen.cli.formats import report, said
from flexprice_codegen.cli.selection import Job, job
from flexprice_codegen.cli.writing import check_folder, check_result, write_results
from flexprice_codegen.config import Client
from flexprice_codegen.diagnostics import SpecError
from flexprice_codegen.pipeline.generate import STEPS, Manner, Result, generate
from flexprice_codegen.pipeline.shared_runtime import shared_runtimes
from flexprice_codegen.report.console import Console, bar, console, say
from flexprice_codegen.report.diagnostics import print_diagnostics
from flexprice_codegen.report.drift import Drift, mended
from flexprice_codegen.report.inspection import summary
from flexprice_codegen.report.old_names import old_name_lines
from flexprice_codegen.report.plans import DIFF_COLOURS, changes, counts, table
from flexprice_codegen.surface.model import Surface
from flexprice_codegen.vendor.folder import LOCK_NAME
from flexprice_codegen.vendor.inputs import is_same_lock
from flexprice_codegen.vendor.running import alone

_SHOWN = 5


def run(arguments: argparse.Namespace) -> int:
    """Make the clients.

    Raises:
        SpecError: Nothing can be made; nothing has been written.
    """
    work = job(arguments, needs_output=True)
    due = tuple(each for each in work.clients if each.name not in arguments.done)
    settled = tuple(each for each in work.clients if each not in due)
    work = replace(work, clients=due, others=(*work.others, *settled))
    with ExitStack() as stack:
        for folder in () if arguments.dry_run else _folders(due):
            stack.enter_context(alone(work.base / folder))
        return _run(arguments, work)


def _folders(clients: Iterable[Client]) -> list[str]:
    """Give the folders that a run writes, shared runtimes among them."""
    outputs = [each.output for each in clients]
    return outputs + sorted({e.runtime_folder() for e in clients if e.runtime})


def _run(arguments: argparse.Namespace, work: Job) -> int:
    errors, output = console(error=True), console()
    results = made(
        work,
        errors,
        writing=not arguments.dry_run,
        manner=Manner(prunes=arguments.prune_aliases),
    )
    if arguments.format == "text":
        for each in results:
            print_diagnostics(errors, each.diagnostics, all_notes=arguments.notes)
    try:
        for each in results:
            check_result(each, fail_on=arguments.fail_on)
    except SpecError as error:
        if arguments.format == "text":
            raise
        raise SpecError(*said(results), *error.diagnostics) from None
    rest()
    if not arguments.dry_run:
        write_results(results, errors)
    if arguments.format != "text":
        _report(arguments, results)
        return 0
    for each in results:
        if arguments.dry_run:
            _foretell(each, output)
        else:
            _tell(each, output, errors)
    return 0


def _report(arguments: argparse.Namespace, results: Sequence[Result]) -> None:
    """Say what was done, or would be, in the format that was asked for."""
    files = {each.folder: _written(each) for each in results}
    done = "would be" if arguments.dry_run else "were"
    diff = {
        each.folder: list(changes(each.plan, each.files, each.disk))
        for each in results
        if arguments.dry_run
    }
    verdicts = (f"the clients {done} made anew", "the clients are as they were")
    report(arguments.format, results, files, verdicts, diff)


def made(
    work: Job,
    errors: Console,
    *,
    writing: bool,
    manner: Manner,
) -> list[Result]:
    """Make the files of all clients, with a bar on a terminal.

    Who is `writing` is stopped by a folder that is not ours.
    """
    results = []
    with bar(errors, len(work.clients) * len(STEPS)) as advance:
        for each in work.clients:
            folder = work.base / each.output
            if writing:
                check_folder(folder)
            step = partial(advance, each.name)
            result = generate(each, work.base, step, limits=work.limits, manner=manner)
            results.append(result)
    if writing:
        for runtime in _folders(work.clients)[len(work.clients) :]:
            check_folder(work.base / runtime)
    return [*results, *shared_runtimes(results, work.others, work.base)]


def _is_lock_due(result: Result) -> bool:
    on_disk = result.disk.get(LOCK_NAME, b"").decode("utf-8", "replace")
    return not is_same_lock(on_disk, result.lock)


def _written(result: Result) -> tuple[Drift, ...]:
    """Give the files that were written and deleted, the lock among them, and strays."""
    lock = Drift(LOCK_NAME, "lock", "written anew", is_fault=False)
    return (*mended(result.plan), *([lock] if _is_lock_due(result) else []))


def _foretell(result: Result, output: Console) -> None:
    """Show what a run would do, with diffs of what is there already."""
    folder = result.folder.as_posix()
    say(output, f"{folder}: {counts(result.plan)} (nothing was written)", "bold")
    for line in table(result.plan):
        say(output, line)
    for line in changes(result.plan, result.files, result.disk):
        say(output, line, DIFF_COLOURS.get(line[:1], ""))


def _tell(result: Result, output: Console, errors: Console) -> None:
    surface, folder = result.surface, result.folder.as_posix()
    say(output, f"{folder}: {counts(result.plan)}", "bold")
    for line in table(result.plan):
        say(output, line)
    if surface is not None:
        lines = sum(each.text.count("\n") for each in result.files)
        files = f"{len(result.files)} files of {lines:,} lines"
        say(output, f"  {summary(surface)} in {files}")
        for line in old_name_lines((e.old, e.new) for e in surface.old_names):
            say(output, line)
    for path in result.plan.of("stray")[:_SHOWN]:
        say(
            errors,
            f"{folder}/{path} starts like a generated file, but is none: delete it",
            "yellow",
        )
    if surface is not None and result.plan.of("add"):
        say(output, "")
        for line in usage(surface, result.client.package):
            say(output, f"    {line}" if line else "")


def usage(surface: Surface, package: str) -> list[str]:
    """Write the lines that show a new user how to start."""
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
