"""Changing the files of folders, a step at a time, each of them whole or not at all.

In: steps, each a file with its bytes before and its text after. Out: the files.

Every new text is first written in full to a file of a fresh name beside its target. Only
then are files renamed and deleted, in the order of the steps, and each step is preceded
by a look at its file. So:

- A disk that is full, or a permission that is missing, is met while nothing has changed.
- A kill, at any moment, leaves a prefix of the steps done, no text half-written, and
  files of fresh names, which nothing reads and the next run removes. What a prefix of
  the steps means, and how it is finished, is for `vendor.steps` to say.
- An edit that arrives during a run is seen: the bytes are no longer those of the plan.
- Nothing is written through a link. A fresh name is created by `O_EXCL`, which follows
  none; a rename replaces a name, not what it leads to; links on the way are rejected.
- If the power fails, a file system that keeps the order of its changes (as those with a
  journal do) keeps a prefix as well: new texts reach the disk before the first rename.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from flexprice_codegen.diagnostics import DiagnosticError, build_error
from flexprice_codegen.vendor.directory import find_leftovers, temporary_name
from flexprice_codegen.vendor.paths import (
    check_case,
    check_file,
    check_paths,
    is_regular,
)

_CREATE = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_BINARY", 0)
)
_PERMISSIONS = 0o777
_FEW = 16
"""Up to so many new texts are synced one by one; more, by one sync of the whole system."""
_CACHE = "__pycache__"
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file of a folder: its bytes before, and its text after; None is no file."""

    path: str
    before: bytes | None
    after: str | None


@dataclass(frozen=True, slots=True)
class FolderUpdate:
    """What is done to one folder, in this order."""

    folder: Path
    steps: tuple[FileChange, ...]


class _StagedChange(NamedTuple):
    change: FileChange
    temporary: Path | None


@dataclass(frozen=True, slots=True)
class StagedUpdate:
    """The steps of one folder, whose new texts are on the disk under fresh names."""

    folder: Path
    changes: list[_StagedChange] = field(default_factory=list)
    created: list[Path] = field(default_factory=list)
    """The folders that were made for them."""


def stage_updates(updates: Sequence[FolderUpdate]) -> list[StagedUpdate]:
    """Write the new texts of all folders beside their targets; nothing else changes yet.

    Raises:
        DiagnosticError: A path leaves its folder, or the disk refuses. Nothing is left behind.
    """
    staged: list[StagedUpdate] = []
    try:
        for update in updates:
            staged.append(StagedUpdate(update.folder))
            with _explained(update.folder):
                _stage_steps(staged[-1], update.steps)
    except BaseException as error:
        for each in staged:
            _discard_update(each)
        if isinstance(error, DiagnosticError):
            raise _nothing_written(error) from error
        raise
    return staged


def _stage_steps(staged: StagedUpdate, steps: Sequence[FileChange]) -> None:
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
    if is_large:
        os.sync()


def _make_folder(folder: Path, created: list[Path]) -> None:
    """Make a folder and those above it, and remember which were not there."""
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
        path: Where it is to be.
        data: All of its bytes.
        mode: Its permissions; without them, those of any new file.
        is_synced: Whether to return only when the bytes are on the disk.

    Raises:
        OSError: Something has the name already, or the disk refuses.
    """
    descriptor = os.open(path, _CREATE, 0o666)
    try:
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
    """Remove what staging left and no step has used, as far as the disk lets us."""
    for _, temporary in staged.changes:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()
    for folder in reversed(staged.created):
        with suppress(OSError):
            folder.rmdir()  # succeeds only where nothing is in it


def commit_updates(updates: Sequence[StagedUpdate]) -> None:
    """Do the steps of all folders, one after the other.

    Raises:
        DiagnosticError: A file is not as it was planned, or the disk refuses. Nothing has
            changed, or the code is `half-written`, and the message says what has.
    """
    work = [(each.folder, staged) for each in updates for staged in each.changes]
    done = 0
    try:
        for update in updates:
            _check_update(update)
        for folder, staged in work:
            with _explained(folder):
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
        # A later step on a file starts from what an earlier one has left there.
        if change.path.casefold() not in seen:
            seen.add(change.path.casefold())
            with _explained(update.folder):
                _check_change(update.folder, change)


def _check_change(folder: Path, change: FileChange) -> None:
    target = folder / change.path
    status = check_file(target)
    found = None if status is None else target.read_bytes()
    if found != change.before:
        raise build_error(
            "edited",
            f"{target.as_posix()} was changed while this run was at work",
            hint="run again; a file that you edited is not overwritten",
        )


def _do_change(folder: Path, staged: _StagedChange) -> None:
    target = folder / staged.change.path
    if staged.temporary is not None:
        staged.temporary.replace(target)
        return
    target.unlink(missing_ok=True)
    with suppress(OSError):  # something else is in it
        _remove_unused(target.parent, folder)


def _remove_unused(folder: Path, top: Path) -> None:
    """Remove a folder, and those above it, if only what Python caches is in it."""
    while folder != top:
        if folder.exists():
            _remove_if_unused(folder)
        folder = folder.parent


def _remove_if_unused(folder: Path) -> None:
    """Remove a folder, or raise `OSError` if something else is in it."""
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
    """Say with each message of an error that nothing has changed."""
    return DiagnosticError(
        *(
            replace(each, message=f"{each.message}; nothing was written")
            for each in error.diagnostics
        )
    )


def _half_written(rest: Sequence[Path], error: DiagnosticError) -> DiagnosticError:
    """Make the error for a run that stopped between two steps."""
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
def _explained(folder: Path) -> Iterator[None]:
    """Turn a fault of the system into one that says what to do."""
    try:
        yield
    except OSError as error:
        raise build_error(
            "output",
            f"{folder.as_posix()} cannot be written: {error}",
            hint="correct the permissions or free space on the disk, and run again",
        ) from error


def remove_leftovers(folder: Path) -> None:
    """Remove what a killed run wrote and did not put in place.

    Raises:
        DiagnosticError: The disk refuses.
    """
    leftovers = find_leftovers(folder)
    with _explained(folder):
        for path in leftovers:
            path.unlink()
