"""The order of changes: the lock file first and last, and it names all in between."""

from __future__ import annotations

from support.runs import module

from flexprice_codegen.emit.files import GeneratedFile
from flexprice_codegen.vendor.directory import LOCK_NAME
from flexprice_codegen.vendor.lock import Lock, read_lock
from flexprice_codegen.vendor.plan import build_locked_file, build_plan
from flexprice_codegen.vendor.steps import LockChange, list_file_changes

OLD = {
    "a.py": module("A = 1\n"),
    "gone.py": module("G = 1\n"),
    "same.py": module("S = 1\n"),
}
NEW = {
    "a.py": module("A = 2\n"),
    "new.py": module("N = 1\n"),
    "same.py": module("S = 1\n"),
}


def files_of(texts: dict[str, str]) -> tuple[GeneratedFile, ...]:
    return tuple(GeneratedFile(path, text) for path, text in texts.items())


def lock_of(texts: dict[str, str]) -> Lock:
    return Lock(
        generator="1",
        sources=("a.yaml",),
        overlays=(),
        source_id="0",
        files=tuple(map(build_locked_file, files_of(texts))),
        names=(),
    )


def disk_of(texts: dict[str, str], lock: Lock) -> dict[str, bytes]:
    return {**{path: text.encode() for path, text in texts.items()}, LOCK_NAME: lock.to_json().encode()}  # fmt: skip


def test_the_lock_file_is_written_first_and_last() -> None:
    before = lock_of(OLD)
    disk = disk_of(OLD, before)
    plan = build_plan(files_of(NEW), disk, before)
    first, *between, last = list_file_changes(
        plan,
        files_of(NEW),
        disk,
        LockChange(LOCK_NAME, before, lock_of(NEW), lock_of(NEW).to_json()),
    )
    assert first.path == last.path == LOCK_NAME
    assert {each.path: each.after for each in between} == {
        "gone.py": None,
        "a.py": NEW["a.py"],
        "new.py": NEW["new.py"],
    }
    assert last.after == lock_of(NEW).to_json()


def test_meanwhile_the_lock_file_knows_both_texts_of_what_changes() -> None:
    before = lock_of(OLD)
    disk = disk_of(OLD, before)
    plan = build_plan(files_of(NEW), disk, before)
    first, *_ = list_file_changes(
        plan,
        files_of(NEW),
        disk,
        LockChange(LOCK_NAME, before, lock_of(NEW), lock_of(NEW).to_json()),
    )
    assert first.after is not None
    meanwhile = read_lock(first.after, "lock")
    assert sorted(row.path for row in meanwhile.writing) == [
        "a.py", "a.py", "gone.py", "new.py",
    ]  # fmt: skip
    assert meanwhile.files == before.files


def test_nothing_to_do_takes_no_step() -> None:
    lock = lock_of(OLD)
    disk = disk_of(OLD, lock)
    plan = build_plan(files_of(OLD), disk, lock)
    assert (
        list_file_changes(
            plan, files_of(OLD), disk, LockChange(LOCK_NAME, lock, lock, lock.to_json())
        )
        == ()
    )
