"""Writing of clients: whether `generate` may write to a directory, and how.

In: directories before the run, and results after it. Out: files on the disk, or an
error about what prevents the run, or what it wrote.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from flexprice_codegen.cli.interrupts import defer_interrupts
from flexprice_codegen.diagnostics import (
    Diagnostic,
    DiagnosticError,
    Level,
    build_error,
)
from flexprice_codegen.pipeline.generate import GenerateResult
from flexprice_codegen.report.console import Console, print_line
from flexprice_codegen.vendor.directory import (
    JOURNAL_NAME,
    is_generated,
    read_directory,
)
from flexprice_codegen.vendor.disk import (
    FolderUpdate,
    commit_updates,
    remove_leftovers,
    stage_updates,
)
from flexprice_codegen.vendor.equal_results import note_equal_result
from flexprice_codegen.vendor.journal import (
    check_journal,
    has_journal,
    journal_in_the_way,
    remove_journal,
)
from flexprice_codegen.vendor.lock_location import find_lock_name, find_lock_path
from flexprice_codegen.vendor.steps import LockChange, list_file_changes


def check_folder(folder: Path) -> None:
    """Check before a run that a directory is new or holds a client.

    Raises:
        DiagnosticError: It holds foreign files or an invalid journal.
    """
    check_journal(folder)
    # Who owns a folder with a lock file is known without reading its files.
    if not has_journal(folder) and find_lock_path(folder) is None:
        _check_owner(folder, read_directory(folder))


def check_result(result: GenerateResult, *, fail_on: str) -> None:
    """Check that a result overwrites no edits, and that no warning stops the run.

    Args:
        result: The generated client.
        fail_on: The level that stops the run: `error` or `warning`.

    Raises:
        DiagnosticError: A file was edited, the directory is not a client, or a part is
            missing.
    """
    edited = result.plan.list_paths("edited")
    if edited:
        raise DiagnosticError(
            *(_build_edited_error(result.directory / path) for path in edited),
            *_journal_errors(result),
        )

    try:
        # Earlier versions wrote the lock file last, so an interrupted first run has none.
        _check_owner(result.directory, result.disk, result.plan.list_paths("same"))
    except DiagnosticError as error:
        raise DiagnosticError(*error.diagnostics, *_journal_errors(result)) from None

    warnings = sum(each.level is Level.WARNING for each in result.diagnostics)
    if warnings and fail_on == "warning":
        raise build_error(
            "warnings",
            f"{warnings} part{'s' if warnings > 1 else ''} of the document skipped for "
            f"{result.client.name}; nothing was written",
            hint="correct the document with an overlay, or remove --fail-on warning",
        )


def _check_owner(
    folder: Path, disk: dict[str, bytes], same: Collection[str] = ()
) -> None:
    """Raise `DiagnosticError` if a directory without a lock file has other files.

    Args:
        folder: The directory.
        disk: The content of its files, by path.
        same: Paths of files that a run would write with the same content.
    """
    others = [data for path, data in disk.items() if path not in same]
    if not others or find_lock_name(disk) is not None:
        return

    if any(map(is_generated, others)):
        raise build_error(
            "lock-missing",
            f"{folder.as_posix()} contains a client without its lock file",
            hint="restore the lock file from version control, or delete the directory",
        )

    raise build_error(
        "foreign-folder",
        f"{folder.as_posix()} is not empty and contains no generated client",
        hint="use a directory that does not exist; it becomes the package",
    )


def _build_edited_error(path: Path) -> Diagnostic:
    return Diagnostic(
        code="edited",
        level=Level.ERROR,
        message=f"{path.as_posix()} was edited; nothing was written",
        help="move your change into an overlay or next to the package, "
        "then restore or delete the file and run again",
    )


def _journal_errors(result: GenerateResult) -> tuple[Diagnostic, ...]:
    if not has_journal(result.directory):
        return ()
    return journal_in_the_way(result.directory).diagnostics


def write_results(results: Sequence[GenerateResult], errors: Console) -> None:
    """Write all clients; every text is on the disk before the first file is replaced.

    Raises:
        DiagnosticError: A directory cannot be written; the message says whether a file
            changed.
    """
    updates = [_update_of(each) for each in results]
    for each in results:
        # Temporary files of an interrupted run, which no lock file lists.
        remove_leftovers(each.directory)
    staged = stage_updates([each for each in updates if each.steps])
    # Between two renames the directory is neither the old client nor the new one.
    with defer_interrupts():
        commit_updates(staged)
    for result, update in zip(results, updates, strict=True):
        if not update.steps:
            _note_tools(result)
        _tell_of_recovery(result, errors)


def _note_tools(result: GenerateResult) -> None:
    """Note that these tools generate the client of a lock file that others wrote."""
    tools = result.after.inputs.tools_hash
    if result.before is not None and result.before.inputs.tools_hash != tools:
        note_equal_result(result.disk[result.lock_name].decode(), tools)


def _update_of(result: GenerateResult) -> FolderUpdate:
    steps = list_file_changes(
        result.plan,
        result.files,
        result.disk,
        LockChange(result.lock_name, result.before, result.after, result.lock_text),
    )
    return FolderUpdate(result.directory, steps)


def _tell_of_recovery(result: GenerateResult, errors: Console) -> None:
    """Report a run that was resumed, and remove the journal of an earlier version."""
    folder = result.directory.as_posix()
    is_journal = has_journal(result.directory)
    if is_journal or (result.before is not None and result.before.writing):
        print_line(errors, f"{folder}: completed an interrupted run")
    if is_journal and not remove_journal(result.directory):
        print_line(
            errors, f"{folder}/{JOURNAL_NAME} cannot be removed: delete it", "yellow"
        )
