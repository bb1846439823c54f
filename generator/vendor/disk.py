"""Reading and writing the folder of a client, all together or not at all.

In: a folder, a plan and the new texts. Out: the folder as planned. The new texts and the
lock are first put on record, and synced, in a journal inside the folder; then each file
is put in place by a rename, the lock last. A run that finds a record finishes it; a
journal without one is thrown away, for nothing had been changed yet.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

from generator.diagnostics import SpecError, fault
from generator.emit.files import File

LOCK_NAME = "flexprice.lock.json"
JOURNAL = ".flexprice-codegen-journal"
_RECORD, _DRAFT, _STAGED = "record.json", "record.draft", "staged"
_IGNORED = frozenset({"__pycache__", JOURNAL, ".git", ".mypy_cache", ".ruff_cache"})


def read_folder(folder: Path) -> dict[str, bytes]:
    """Give the bytes of every file of the folder, by path with forward slashes.

    Raises:
        SpecError: The folder is a file, or a file cannot be read.
    """
    if not folder.exists():
        return {}
    if not folder.is_dir():
        raise fault(
            "output",
            f"{folder.as_posix()} is a file, not a folder",
            hint="name another output folder",
        )
    try:
        return {
            each.relative_to(folder).as_posix(): each.read_bytes()
            for each in _files(folder)
        }
    except OSError as error:
        raise fault(
            "output",
            f"the output folder cannot be read: {error}",
            hint="correct its permissions, or name another output folder",
        ) from error


def _files(folder: Path) -> Iterator[Path]:
    for each in sorted(folder.iterdir()):
        if each.name in _IGNORED or each.is_symlink():
            continue
        if each.is_dir():
            yield from _files(each)
        elif each.is_file():
            yield each


def checked(folder: Path, paths: Iterable[str]) -> None:
    """Refuse paths that would leave the folder.

    Raises:
        SpecError: A path has `..` in it, is absolute, or goes through a symbolic link.
    """
    for path in paths:
        pure = PurePosixPath(path)
        inside = folder
        outside = pure.is_absolute() or ".." in pure.parts or "\\" in path
        for part in pure.parts:
            inside = inside / part
            outside = outside or inside.is_symlink()
        if outside:
            raise fault(
                "output-path",
                f"the file {path!r} would be written outside of {folder.as_posix()}",
                hint="remove the symbolic link, or name another output folder",
            )


def recover(folder: Path) -> bool:
    """Finish the work that an earlier run left, if any; tell whether there was some.

    Raises:
        SpecError: The disk refuses.
    """
    journal = folder / JOURNAL
    if not journal.is_dir():
        return False
    record = journal / _RECORD
    try:
        if record.is_file():
            _finish(folder, json.loads(record.read_text(encoding="utf-8")))
            return True
        shutil.rmtree(journal)
    except OSError as error:
        raise _refused(folder, error) from error
    return False


def apply(
    folder: Path, write: Mapping[str, str], delete: Iterable[str], lock: str
) -> None:
    """Write and delete files of the folder, and the lock.

    Raises:
        SpecError: The disk refuses; nothing has been changed, or the next run ends it.
    """
    gone = sorted(delete)
    checked(folder, (*write, *gone, LOCK_NAME))
    record = {"write": {**dict(sorted(write.items())), LOCK_NAME: lock}, "delete": gone}
    journal = folder / JOURNAL
    try:
        journal.mkdir(parents=True)
        _write_synced(journal / _DRAFT, json.dumps(record))
        (journal / _DRAFT).replace(journal / _RECORD)
        _finish(folder, record)
    except OSError as error:
        raise _refused(folder, error) from error


def _write_synced(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _finish(folder: Path, record: Mapping[str, Any]) -> None:
    """Do what a record says, the lock last; to do it twice does no harm."""
    journal = folder / JOURNAL
    for path in record["delete"]:
        _delete(folder, path)
    for path, text in record["write"].items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        (journal / _STAGED).write_text(text, encoding="utf-8", newline="\n")
        (journal / _STAGED).replace(target)
    if hasattr(os, "sync"):
        os.sync()  # the record is the only copy until the files have reached the disk
    shutil.rmtree(journal)


def _delete(folder: Path, path: str) -> None:
    (folder / path).unlink(missing_ok=True)
    for parent in (folder / path).parents:
        if parent == folder:
            break
        shutil.rmtree(parent / "__pycache__", ignore_errors=True)
        with suppress(OSError):
            parent.rmdir()  # succeeds only when nothing is left in it


def _refused(folder: Path, error: OSError) -> SpecError:
    return fault(
        "output",
        f"{folder.as_posix()} cannot be written: {error}",
        hint="correct the permissions or free space on the disk, and run again",
    )


def text_of(files: Iterable[File], paths: Iterable[str]) -> dict[str, str]:
    """Give the texts of some files, by path."""
    wanted = set(paths)
    return {each.path: each.text for each in files if each.path in wanted}
