"""Changes to the files of directories, one step at a time, each file whole or unchanged.

In: steps, each a file with its bytes before and its text after. Out: the files.

Every new text is first written in full to a temporary file in the directory of its
target. Only then are files renamed and deleted, in the order of the steps. Before each
step, its file is checked. So:

- A full disk or a missing permission raises an error before anything has changed.
- A kill, at any moment, leaves a prefix of the steps done, no file half-written, and
  temporary files, which nothing reads and the next run removes. `vendor.steps` defines
  what a prefix of the steps means, and how the next run finishes it.
- An edit that arrives during a run is detected: the bytes differ from those of the
  plan.
- Nothing is written through a link. A temporary file is created with `O_EXCL`, which
  follows no link. A rename replaces a name, not the target of a link. Links on the path
  are rejected.
- After a power failure, a file system that keeps the order of its changes (as those
  with a journal do) keeps a prefix as well: new texts reach the disk before the first
  rename.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import field, replace
from pathlib import Path
from typing import NamedTuple

from flexprice_codegen.diagnostics import DiagnosticError, build_error
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.vendor.directory import find_leftovers, temporary_name
from flexprice_codegen.vendor.paths import (
    check_case,
    check_file,
    check_paths,
    is_regular,
)

# O_NOFOLLOW does not exist on Windows. O_BINARY exists only there, and keeps line ends.
_CREATE = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_BINARY", 0)
)
# A replaced file keeps these bits, such as "executable", but not set-user-ID.
_PERMISSIONS = 0o777
_FEW = 16
"""Maximum number of files that are synced one by one; more use one `os.sync` for all."""
_CACHE = "__pycache__"
# Maximum number of paths in a message.
_SHOWN = 12


@frozen_value
class FileChange:
    """A file of a directory: its bytes before, and its text after; None means no file."""

    path: str
    before: bytes | None
    after: str | None


@frozen_value
class FolderUpdate:
    """The steps for one directory, in their order."""

    folder: Path
    steps: tuple[FileChange, ...]


class _StagedChange(NamedTuple):
    """A step and the temporary file with its new text; None for a deletion."""

    change: FileChange
    temporary: Path | None


@frozen_value
class StagedUpdate:
    """The steps of one directory, whose new texts are in temporary files."""

    folder: Path
    changes: list[_StagedChange] = field(default_factory=list)
    created: list[Path] = field(default_factory=list)
    """The directories that were created for the temporary files."""


def stage_updates(updates: Sequence[FolderUpdate]) -> list[StagedUpdate]:
    """Write the new texts of all directories to temporary files; change nothing else.

    Args:
        updates: The directories and their steps.

    Returns:
        The staged steps, in the order of `updates`, for `commit_updates`.

    Raises:
        DiagnosticError: A path leaves its directory, or the disk reports an error. All
            temporary files and new directories are removed.
    """
    staged: list[StagedUpdate] = []
    try:
        for update in updates:
            staged.append(StagedUpdate(update.folder))
            with _explain_os_errors(update.folder):
                _stage_steps(staged[-1], update.steps)
    # KeyboardInterrupt must remove the temporary files, too.
    except BaseException as error:
        for each in staged:
            _discard_update(each)
        if isinstance(error, DiagnosticError):
            raise _nothing_written(error) from error
        raise
    return staged


def _stage_steps(staged: StagedUpdate, steps: Sequence[FileChange]) -> None:
    """Write the temporary files of one directory, and record each in `staged`."""
    found = check_paths(staged.folder, (step.path for step in steps))
    written = [step.path for step in steps if step.after is not None]
    check_case(written)
    for folder in sorted({(staged.folder / path).parent for path in written}):
        _make_folder(folder, staged.created)

    is_large = len(written) > _FEW and hasattr(os, "sync")
    for step in steps:
        if step.after is None:
            staged.changes.append(_StagedChange(step, None))
            continue

        temporary = (staged.folder / step.path).with_name(temporary_name())
        staged.changes.append(_StagedChange(step, temporary))
        status = found[step.path]
        mode = None if status is None else status.st_mode & _PERMISSIONS
        create_file(temporary, step.after.encode(), mode=mode, is_synced=not is_large)

    # One sync of the system is faster than many of single files.
    if is_large:
        os.sync()


def _make_folder(folder: Path, created: list[Path]) -> None:
    """Create a directory and its parents, and add each new one to `created`."""
    if folder.is_dir():
        return
    _make_folder(folder.parent, created)
    folder.mkdir()
    created.append(folder)


def create_file(
    path: Path, data: bytes, *, mode: int | None = None, is_synced: bool = True
) -> None:
    """Write a file that does not exist yet; links are not followed.

    Args:
        path: The path of the new file.
        data: All of its bytes.
        mode: Its permissions. By default, those of any new file.
        is_synced: Whether to return only after the bytes are on the disk.

    Raises:
        OSError: The path exists already, or the disk reports an error.
    """
    descriptor = os.open(path, _CREATE, 0o666)
    try:
        # `os.write` may write only a part, for example to a network file system.
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if mode is not None:
            path.chmod(mode)
        if is_synced:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _discard_update(staged: StagedUpdate) -> None:
    """Remove temporary files and new directories that no step used, ignoring errors."""
    for _, temporary in staged.changes:
        if temporary is not None:
            # The first error is the one to report.
            with suppress(OSError):
                temporary.unlink()
    for folder in reversed(staged.created):
        with suppress(OSError):
            folder.rmdir()  # succeeds only if the directory is empty


def commit_updates(updates: Sequence[StagedUpdate]) -> None:
    """Apply the steps of all directories, one after the other.

    Args:
        updates: The result of `stage_updates`.

    Raises:
        DiagnosticError: A file is not as it was planned, or the disk reports an error.
            Nothing has changed, unless the code is `half-written`. Then the message
            lists the files that were not written.
    """
    work = [(each.folder, staged) for each in updates for staged in each.changes]
    done = 0
    try:
        for update in updates:
            _check_update(update)
        for folder, staged in work:
            with _explain_os_errors(folder):
                _check_change(folder, staged.change)
                _do_change(folder, staged)
            done += 1
    except DiagnosticError as error:
        for update in updates:
            _discard_update(update)
        if not done:
            raise _nothing_written(error) from error
        rest = [folder / staged.change.path for folder, staged in work[done:]]
        raise _half_written(rest, error) from error


def _check_update(update: StagedUpdate) -> None:
    """Raise an error if a file is not as planned, while nothing has changed yet."""
    seen: set[str] = set()
    for change, _ in update.changes:
        # A later step on the same file starts from the result of an earlier one.
        if change.path.casefold() not in seen:
            seen.add(change.path.casefold())
            with _explain_os_errors(update.folder):
                _check_change(update.folder, change)


def _check_change(folder: Path, change: FileChange) -> None:
    """Raise an error if the bytes of a file are not those of the plan."""
    target = folder / change.path
    status = check_file(target)
    found = None if status is None else target.read_bytes()
    if found != change.before:
        raise build_error(
            "edited",
            f"{target.as_posix()} changed during the run",
            hint="run again; edited files are not overwritten",
        )


def _do_change(folder: Path, staged: _StagedChange) -> None:
    """Apply one step: rename its temporary file, or delete the file."""
    target = folder / staged.change.path
    if staged.temporary is not None:
        staged.temporary.replace(target)
        return
    target.unlink(missing_ok=True)
    with suppress(OSError):  # the directory has other files
        _remove_unused(target.parent, folder)


def _remove_unused(folder: Path, top: Path) -> None:
    """Remove a directory and its parents below `top` if they hold only a cache."""
    while folder != top:
        if folder.exists():
            _remove_if_unused(folder)
        folder = folder.parent


def _remove_if_unused(folder: Path) -> None:
    """Remove a directory, or raise `OSError` if it has other files."""
    # Python leaves compiled files of deleted modules, and the directory would stay.
    cache = folder / _CACHE
    is_cached = list(folder.iterdir()) == [cache] and not cache.is_symlink()
    if is_cached and all(map(_is_cache, cache.iterdir())):
        for path in cache.iterdir():
            path.unlink()
        cache.rmdir()
    folder.rmdir()


def _is_cache(path: Path) -> bool:
    return path.suffix == ".pyc" and is_regular(path)


def _nothing_written(error: DiagnosticError) -> DiagnosticError:
    """Add to each message of an error that nothing was written."""
    return DiagnosticError(
        *(
            replace(each, message=f"{each.message}; nothing was written")
            for each in error.diagnostics
        )
    )


def _half_written(rest: Sequence[Path], error: DiagnosticError) -> DiagnosticError:
    """Build the error for a run that stopped between two steps."""
    paths = list(dict.fromkeys(each.as_posix() for each in rest))
    shown = ", ".join(paths[:_SHOWN])
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    reason = "; ".join(each.message for each in error.diagnostics)
    return build_error(
        "half-written",
        f"stopped half-way, before {shown}{more}: {reason}",
        hint="run `flexprice-codegen generate` again: it writes the rest",
    )


@contextmanager
def _explain_os_errors(folder: Path) -> Iterator[None]:
    """Raise an `OSError` of the block as a diagnostic with help."""
    try:
        yield
    except OSError as error:
        raise build_error(
            "output",
            f"cannot write {folder.as_posix()}: {error}",
            hint="check permissions and free space, then run again",
        ) from error


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files that a killed run did not rename.

    Raises:
        DiagnosticError: The directory cannot be read, or a file cannot be removed.
    """
    leftovers = find_leftovers(folder)
    with _explain_os_errors(folder):
        for path in leftovers:
            path.unlink()
