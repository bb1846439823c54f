"""The plan: what a run would do to each file.

In: the wanted files, the files on the disk, and the lock file. Out: a `WritePlan` with
a state for each file. Files that do not start with a mark of the generator belong to
the user, and are not in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal, TypeAlias

from flexprice_codegen.emit.files import GeneratedFile, ReuseFunction, reuse_nothing
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.hashes import hash_content
from flexprice_codegen.vendor.code_hashes import (
    has_formatted_code,
    hash_without_layout,
    is_reformatted,
    is_tree_hash,
)
from flexprice_codegen.vendor.directory import is_generated, is_replaceable
from flexprice_codegen.vendor.former_code_hashes import former_code_hash
from flexprice_codegen.vendor.lock import Lock, LockedFile

FileState: TypeAlias = Literal[
    "same", "add", "update", "delete", "edited", "reformatted", "stray"
]


@frozen_value(order=True)
class PlanStep:
    """A file and its state.

    `edited` is a file that a person changed and a run would overwrite or delete.
    `reformatted` is one that only a formatter changed. `stray` is one that starts with
    a mark of the generator, but is not in the lock file.
    """

    path: str
    state: FileState


@frozen_value
class WritePlan:
    """The steps of a run, sorted by path."""

    steps: tuple[PlanStep, ...]

    def list_paths(self, *states: FileState) -> tuple[str, ...]:
        """Return the paths of the files in one of the states."""
        return tuple(each.path for each in self.steps if each.state in states)

    @property
    def has_changes(self) -> bool:
        """Whether a run would write or delete any file."""
        return bool(self.list_paths("add", "update", "delete", "edited"))

    @property
    def has_drift(self) -> bool:
        """Whether the directory differs from what a run would leave."""
        return self.has_changes or bool(self.list_paths("stray"))


def build_plan(
    wanted: Sequence[GeneratedFile], disk: Mapping[str, bytes], lock: Lock | None
) -> WritePlan:
    """Compare the wanted files with the files on the disk.

    Args:
        wanted: The files that this run generates.
        disk: The bytes of all files of the directory, by path.
        lock: The lock file on the disk, if there is one.
    """
    # A killed run leaves two rows for a file: its text before and after.
    known: dict[str, list[LockedFile]] = {}
    for row in () if lock is None else (*lock.files, *lock.writing):
        known.setdefault(row.path, []).append(row)

    return WritePlan(tuple(sorted(_iter_steps(wanted, disk, known))))


def _iter_steps(
    wanted: Sequence[GeneratedFile],
    disk: Mapping[str, bytes],
    known: Mapping[str, Sequence[LockedFile]],
) -> Iterator[PlanStep]:
    """Yield the steps of wanted files, of files in the lock file, and of stray files."""
    names = {each.path for each in wanted}
    for file in wanted:
        data = disk.get(file.path)
        state = (
            "add" if data is None else _get_state(file, data, known.get(file.path, ()))
        )
        yield PlanStep(file.path, state)

    for path, rows in known.items():
        if path not in names and path in disk:
            yield PlanStep(
                path, "delete" if _is_untouched(disk[path], rows) else "edited"
            )

    for path, data in disk.items():
        if path not in names and path not in known and is_generated(data):
            yield PlanStep(path, "stray")


def _get_state(
    file: GeneratedFile, data: bytes, rows: Sequence[LockedFile]
) -> FileState:
    """Return the state of a wanted file that is on the disk."""
    if hash_content(data) == file.content_hash:
        return "same"
    if is_reformatted(file.path, file.text.encode(), data):
        return "reformatted"

    # The comparisons above are exact, and have shown that this is not the wanted text. A
    # row with a hash of an earlier version could still match it.
    older = [row for row in rows if row.content_hash != file.content_hash]
    return "update" if _is_untouched(data, older) else "edited"


def _is_untouched(data: bytes, rows: Sequence[LockedFile]) -> bool:
    """Return whether a file is as a run wrote it, except for the changes of a formatter.

    There are several rows for a file if a run was killed: the text before and after.
    """
    return any(is_replaceable(row.path, data) and is_text_of(row, data) for row in rows)


def is_text_of(row: LockedFile, data: bytes) -> bool:
    """Return whether a file is as a run wrote it, or only a formatter changed it.

    Args:
        row: The row of the file in the lock file.
        data: The bytes of the file.
    """
    if hash_content(data) == row.content_hash:
        return True
    if not has_formatted_code(row.path):
        return False
    if is_tree_hash(row.code_hash):
        return hash_without_layout(row.path, data) == row.code_hash
    return former_code_hash(row.path, data) == row.code_hash


def build_locked_file(
    file: GeneratedFile, known: LockedFile | None = None
) -> LockedFile:
    """Return the row of a file for the lock file.

    Args:
        file: The generated file.
        known: Its row in the previous lock file. If the text is unchanged, its
            `code_hash` is reused.
    """
    digest = file.content_hash
    if known is not None and known.content_hash == digest:
        return replace(known, inputs_hash=file.inputs_hash)
    code = hash_without_layout(file.path, file.text.encode())
    return LockedFile(file.path, digest, code, file.inputs_hash)


def build_reuse_function(lock: Lock | None, disk: Mapping[str, bytes]) -> ReuseFunction:
    """Return a function that finds texts of an earlier run with the same inputs.

    Args:
        lock: The lock file of a run of the same tools; None if nothing can be reused.
        disk: The bytes of all files of the directory, by path.

    Returns:
        A function of a path and the hash of its inputs. It returns the text on the
        disk, if the lock file has the same inputs and the file is unchanged, else None.
    """
    if lock is None:
        return reuse_nothing

    rows = {each.path: each for each in lock.files}

    def find_reusable_text(path: str, inputs: str) -> str | None:
        row = rows.get(path)
        data = disk.get(path)
        if row is None or data is None or row.inputs_hash != inputs:
            return None
        is_same = hash_content(data) == row.content_hash
        return data.replace(b"\r\n", b"\n").decode() if is_same else None

    return find_reusable_text
