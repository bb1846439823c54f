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
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from generator.diagnostics import SpecError, fault
from generator.emit.files import File
from generator.vendor.folder import JOURNAL, LOCK_NAME
from generator.vendor.plan import digest_of

_RECORD, _DRAFT, _STAGED = "record.json", "record.draft", "staged"


@dataclass(frozen=True, slots=True)
class Record:
    """What a run does: texts by path, the lock last; paths that go; digests before."""

    write: dict[str, str]
    delete: tuple[str, ...]
    before: dict[str, str | None]


def checked(folder: Path, paths: Iterable[str]) -> None:
    """Refuse paths that would leave the folder, or cannot be files of it.

    Raises:
        SpecError: A path has `..` in it, is absolute, goes through a symbolic link, a
            file or a folder in its place, or is that of another but for its case.
    """
    seen: dict[str, str] = {}
    for path in paths:
        if not _is_inside(folder, path):
            raise fault(
                "output-path",
                f"the file {path!r} would be written outside of {folder.as_posix()}",
                hint="remove the symbolic link, or name another output folder",
            )
        in_the_way = _in_the_way(folder, path)
        if in_the_way is not None:
            raise fault(
                "output-path",
                f"{in_the_way.as_posix()} stands where {path!r} is to be",
                hint="move it, or name another output folder",
            )
        if seen.setdefault(path.casefold(), path) != path:
            raise fault(
                "output-path",
                f"the files {seen[path.casefold()]!r} and {path!r} differ only in case",
                hint="give one of them another name by x-codegen: {name: …}",
            )


def _is_inside(folder: Path, path: str) -> bool:
    """Tell whether a path stays in the folder, on every system."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or not pure.parts or set("\\:\0") & set(path):
        return False
    inside = folder
    for part in pure.parts:
        inside = inside / part
        if part in {"..", "."} or part.endswith((".", " ")) or inside.is_symlink():
            return False
    return True


def _in_the_way(folder: Path, path: str) -> Path | None:
    """Give the file that stands in the place of a folder, or the other way round."""
    target = folder / path
    if target.is_dir():
        return target
    above = target.parents[: len(PurePosixPath(path).parts) - 1]
    return next((each for each in above if each.exists() and not each.is_dir()), None)


def recover(folder: Path) -> bool:
    """Finish the work that an earlier run left, if any; tell whether there was some.

    Raises:
        SpecError: The journal is damaged, a file was changed since, or the disk refuses.
    """
    journal = folder / JOURNAL
    if not journal.is_dir():
        return False
    record = journal / _RECORD
    try:
        if not record.is_file():
            shutil.rmtree(journal)
            return False
        found = _read_record(record)
        _check_unchanged(folder, found)
        finish(folder, found)
    except OSError as error:
        raise _refused(folder, error) from error
    return True


def _read_record(path: Path) -> Record:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        found = Record(dict(data["write"]), tuple(data["delete"]), dict(data["before"]))
        "".join((*found.write.values(), *found.delete, found.write[LOCK_NAME]))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise fault(
            "journal",
            f"{path.as_posix()} is damaged: {error}",
            hint=f"delete the folder {JOURNAL}, and run again",
        ) from error
    return found


def _check_unchanged(folder: Path, record: Record) -> None:
    """Refuse to finish over what somebody wrote since the run was interrupted."""
    checked(folder, (*record.write, *record.delete))
    for path in (*record.write, *record.delete):
        found = _digest(folder / path)
        new = record.write.get(path)
        expected = (None, record.before.get(path), new and digest_of(new.encode()))
        if found not in expected:
            raise fault(
                "journal",
                f"{(folder / path).as_posix()} was changed after a run was interrupted",
                hint=f"restore it, or delete the folder {JOURNAL}, and run again",
            )


def _digest(path: Path) -> str | None:
    return digest_of(path.read_bytes()) if path.is_file() else None


def stage(
    folder: Path, write: Mapping[str, str], delete: Iterable[str], lock: str
) -> Record:
    """Put on record what is to be written and deleted; nothing else changes yet.

    Raises:
        SpecError: A path leaves the folder, or the disk refuses.
    """
    texts = {**dict(sorted(write.items())), LOCK_NAME: lock}
    gone = tuple(sorted(delete))
    checked(folder, (*texts, *gone))
    before = {path: _digest(folder / path) for path in (*texts, *gone)}
    record = Record(texts, gone, before)
    journal = folder / JOURNAL
    try:
        journal.mkdir(parents=True)
        _write_synced(journal / _DRAFT, json.dumps(asdict(record)))
        (journal / _DRAFT).replace(journal / _RECORD)
    except FileExistsError as error:
        raise fault(
            "busy",
            f"another run is writing {folder.as_posix()}, or one was just stopped",
            hint="wait for it, and run again",
        ) from error
    except OSError as error:
        raise _refused(folder, error) from error
    return record


def unstage(folder: Path) -> None:
    """Take back what was put on record; nothing has been changed."""
    shutil.rmtree(folder / JOURNAL, ignore_errors=True)
    with suppress(OSError):
        folder.rmdir()  # succeeds only where the run made it


def apply(
    folder: Path, write: Mapping[str, str], delete: Iterable[str], lock: str
) -> None:
    """Write and delete files of the folder, and the lock.

    Raises:
        SpecError: The disk refuses; nothing has been changed, or the next run ends it.
    """
    finish(folder, stage(folder, write, delete, lock))


def _write_synced(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def finish(folder: Path, record: Record) -> None:
    """Do what a record says, the lock last; to do it twice does no harm.

    Raises:
        SpecError: The disk refuses; the next run ends it.
    """
    journal = folder / JOURNAL
    try:
        for path in record.delete:
            _delete(folder, path)
        for each in {(folder / path).parent for path in record.write}:
            each.mkdir(parents=True, exist_ok=True)
        staged = journal / _STAGED
        for path, text in record.write.items():
            staged.write_bytes(text.encode())
            staged.replace(folder / path)
        if hasattr(os, "sync"):
            os.sync()  # the record is the only copy until the files are on the disk
        shutil.rmtree(journal)
    except OSError as error:
        raise _refused(folder, error) from error


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
