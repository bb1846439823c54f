"""In which order a run changes a folder, so that it may be killed after any step.

In: a plan, the wanted files, what is on the disk, and the lock file before and after.
Out: the steps. There is no journal: what a run intends is known by what it generates, and
all that a later run has to know of it are hashes, which the lock file holds meanwhile.

1. The lock file as it was, with the hashes of the files that are about to change.
2. The files that are deleted, then those that are written, in any order.
3. The new lock file.

Why that holds. Before step 1 nothing has changed. After it, each file is as the old lock
file says, or as the new rows say, or it was edited; there is no fourth case, since a
file is replaced whole. So the next run plans as always, with one more text by which
it knows a file again, and finishes: it writes what is not yet as wanted, whether or not
its documents are still the same, and ends with step 3. Killed again, it has listed its own
hashes too. A first run is the same with a lock file that lists no files.

Why it does no harm in a checkout that somebody else has made. No text comes from the
disk: what is written is what this run generated. Hashes decide only whether a file may
be replaced, and only for files that also start as ours do (`is_replaceable`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from flexprice_codegen.emit.files import GeneratedFile
from flexprice_codegen.vendor.directory import LOCK_NAME
from flexprice_codegen.vendor.disk import FileChange
from flexprice_codegen.vendor.inputs import is_same_lock
from flexprice_codegen.vendor.lock import Lock, LockInputs
from flexprice_codegen.vendor.plan import WritePlan


def list_steps(
    plan: WritePlan,
    files: Sequence[GeneratedFile],
    disk: Mapping[str, bytes],
    before: Lock | None,
    after: Lock,
) -> tuple[FileChange, ...]:
    """Return the steps from the disk to the wanted files, none if all is as wanted.

    Args:
        plan: What the run does to each file.
        files: The wanted files.
        disk: The bytes of all files of the folder.
        before: The lock file on the disk.
        after: The lock file of this run.
    """
    changes = (*_deletions(plan, files, disk, before), *_writes(plan, files, disk))
    found = disk.get(LOCK_NAME)
    text = after.to_json()
    if not changes:
        is_same = is_same_lock((found or b"").decode("utf-8", "replace"), text)
        return () if is_same else (FileChange(LOCK_NAME, found, text),)

    paths = {change.path for change in changes}
    meanwhile = lock_while_writing(before, after, paths).to_json()
    return (
        FileChange(LOCK_NAME, found, meanwhile),
        *changes,
        FileChange(LOCK_NAME, meanwhile.encode(), text),
    )


def _deletions(
    plan: WritePlan,
    files: Sequence[GeneratedFile],
    disk: Mapping[str, bytes],
    before: Lock | None,
) -> Iterator[FileChange]:
    """Yield what is deleted, and what a killed run has deleted: its folder may be left."""
    for path in plan.list_paths("delete"):
        yield FileChange(path, disk[path], None)
    if before is not None and before.writing:
        wanted = {file.path for file in files}
        rows = (*before.files, *before.writing)
        for path in sorted({row.path for row in rows} - wanted - disk.keys()):
            yield FileChange(path, None, None)


def _writes(
    plan: WritePlan, files: Sequence[GeneratedFile], disk: Mapping[str, bytes]
) -> Iterator[FileChange]:
    due = set(plan.list_paths("add", "update"))
    for file in files:
        if file.path in due:
            yield FileChange(file.path, disk.get(file.path), file.text)


def lock_while_writing(before: Lock | None, after: Lock, paths: set[str]) -> Lock:
    """Return the lock file for the time in which some files are neither old nor new.

    It holds the names of the last run that ended, and no hash of what that one read: the
    next run reads everything again.
    """
    old = before or replace(after, files=(), names=(), deprecated_aliases=())
    rows = {
        replace(row, inputs_hash="")
        for row in (*old.files, *after.files)
        if row.path in paths
    }
    return replace(old, inputs=LockInputs(), writing=(*(rows | set(old.writing)),))
