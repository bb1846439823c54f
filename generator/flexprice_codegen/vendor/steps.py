"""The order of changes to a directory: a run can be killed after any step.

In: a plan, the wanted files, the files on the disk, and the lock file before and after.
Out: the steps. It needs no journal. A run generates what it intends to write, and a
later run needs only the hashes, which the lock file holds meanwhile.

1. The old lock file, with the hashes of the files that are about to change.
2. The deleted files, then the written files, in any order.
3. The new lock file.

Why this is complete. Before step 1 nothing has changed. After it, each file matches the
old rows of the lock file, or the new rows, or was edited. A fourth case cannot occur,
since a file is always replaced whole. So the next run plans as usual, with one more
known hash for each file, and finishes: it writes all files that are not as wanted,
whether or not its documents are still the same, and ends with step 3. If it is killed
as well, it has listed its own hashes too. A first run is the same with a lock file that
lists no files.

Why this is safe in a checkout of unknown origin. No text comes from the disk: a run
writes only what it generated. Hashes decide only whether a file can be replaced, and
only for files that also start with a mark of the generator (`is_replaceable`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from flexprice_codegen.emit.files import GeneratedFile
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.vendor.disk import FileChange
from flexprice_codegen.vendor.lock import Lock, LockInputs
from flexprice_codegen.vendor.lock_text import is_same_lock
from flexprice_codegen.vendor.plan import WritePlan


@frozen_value
class LockChange:
    """The lock file: its name, that on the disk, if there is one, and that of this run.

    `text` is the text of the latter.
    """

    name: str
    before: Lock | None
    after: Lock
    text: str


def list_file_changes(
    plan: WritePlan,
    files: Sequence[GeneratedFile],
    disk: Mapping[str, bytes],
    lock: LockChange,
) -> tuple[FileChange, ...]:
    """Return the steps from the files on the disk to the wanted files.

    Args:
        plan: The state of each file.
        files: The wanted files.
        disk: The bytes of all files of the directory, by path.
        lock: The change of the lock file.

    Returns:
        The steps in order; none if all files are as wanted.
    """
    changes = (
        *_iter_deletions(plan, files, disk, lock.before),
        *_iter_writes(plan, files, disk),
    )
    found = disk.get(lock.name)

    if not changes:
        is_same = is_same_lock((found or b"").decode("utf-8", "replace"), lock.text)
        return () if is_same else (FileChange(lock.name, found, lock.text),)

    paths = {change.path for change in changes}
    meanwhile = build_interim_lock(lock.before, lock.after, paths).to_json()
    return (
        FileChange(lock.name, found, meanwhile),
        *changes,
        FileChange(lock.name, meanwhile.encode(), lock.text),
    )


def _iter_deletions(
    plan: WritePlan,
    files: Sequence[GeneratedFile],
    disk: Mapping[str, bytes],
    before: Lock | None,
) -> Iterator[FileChange]:
    """Yield deletions, also of files that a killed run has already deleted.

    Its directory can still exist, and is removed with the deletion.
    """
    for path in plan.list_paths("delete"):
        yield FileChange(path, disk[path], None)

    if before is not None and before.writing:
        wanted = {file.path for file in files}
        rows = (*before.files, *before.writing)
        for path in sorted({row.path for row in rows} - wanted - disk.keys()):
            yield FileChange(path, None, None)


def _iter_writes(
    plan: WritePlan, files: Sequence[GeneratedFile], disk: Mapping[str, bytes]
) -> Iterator[FileChange]:
    """Yield the files that are added or updated."""
    due = set(plan.list_paths("add", "update"))
    for file in files:
        if file.path in due:
            yield FileChange(file.path, disk.get(file.path), file.text)


def build_interim_lock(before: Lock | None, after: Lock, paths: set[str]) -> Lock:
    """Return the lock file for the time in which some files are neither old nor new.

    It holds the names of the last complete run, but no hashes of its inputs, so the
    next run reads everything again.

    Args:
        before: The lock file on the disk, if there is one.
        after: The lock file of this run.
        paths: The files that are about to change.
    """
    old = before or replace(after, files=(), names=(), deprecated_aliases=())

    rows = {
        replace(row, inputs_hash="")
        for row in (*old.files, *after.files)
        if row.path in paths
    }
    return replace(old, inputs=LockInputs(), writing=(*(rows | set(old.writing)),))
