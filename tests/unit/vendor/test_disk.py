"""Writing a folder: a run may end anywhere, and the next one ends it."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from support.runs import (
    Disk,
    KilledError,
    everything,
    module,
    result_of,
    run,
    texts,
)

from flexprice_codegen.cli.writing import write_results
from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.report.console import open_console
from flexprice_codegen.vendor.directory import (
    LOCK_NAME,
    find_leftovers,
    read_directory,
    temporary_name,
)
from flexprice_codegen.vendor.disk import FileChange, FolderUpdate, stage_updates
from flexprice_codegen.vendor.lock import read_lock

OLD = {
    "a.py": module("A = 1\n"),
    "models/b.py": module("B = 1\n"),
    "gone/c.py": module("C = 1\n"),
    "gone/deep/er.py": module("D = 1\n"),
    "py.typed": "",
}
NEW = {
    "a.py": module("A = 2\n"),
    "models/b.py": module("B = 2\n"),
    "models/d.py": module("D = 2\n"),
    "py.typed": "",
}
OTHER = {
    "a.py": module("A = 3\n"),
    "gone/c.py": module("C = 3\n"),
    "new/e.py": module("E = 3\n"),
}
NOTHING: dict[str, str] = {}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "client"
    run(made, OLD)
    return made


def copied(folder: Path, name: str) -> Path:
    """Copy a folder, if it is there."""
    copy = folder.parent / name
    shutil.rmtree(copy, ignore_errors=True)
    if folder.exists():
        shutil.copytree(folder, copy)
    return copy


def start(folder: Path, wanted: Mapping[str, str]) -> Path:
    """Return a folder with these files, or none where there are none."""
    shutil.rmtree(folder, ignore_errors=True)
    if wanted:
        run(folder, wanted)
    return folder


def steps_of_a_run(folder: Path, wanted: Mapping[str, str]) -> int:
    """Count the steps of a whole run."""
    copy = copied(folder, "counted")
    with Disk().in_place() as disk:
        run(copy, wanted)
    return disk.done


def killed(folder: Path, wanted: Mapping[str, str], disk: Disk) -> None:
    """End a run at a step."""
    with disk.in_place(), pytest.raises(KilledError):
        run(folder, wanted)


def is_whole(folder: Path, wanted: Mapping[str, str]) -> bool:
    """Return whether a folder is as a first run leaves it, its folders included."""
    fresh = folder.parent / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    run(fresh, wanted)
    return everything(folder) == everything(fresh)


def test_a_folder_is_written_read_and_written_again(folder: Path) -> None:
    assert texts(folder) == OLD
    run(folder, NEW)
    assert texts(folder) == NEW
    assert is_whole(folder, NEW)


def test_the_users_files_stay(folder: Path) -> None:
    (folder / "gone" / "mine.py").write_text("MINE = 1\n")
    run(folder, NEW)
    assert texts(folder)["gone/mine.py"] == "MINE = 1\n"


def test_what_python_caches_goes_with_a_folder_that_is_no_longer_used(
    folder: Path,
) -> None:
    for name in ("gone", "gone/deep"):
        (folder / name / "__pycache__").mkdir()
        (folder / name / "__pycache__" / "c.cpython-311.pyc").write_bytes(b"\0")
    run(folder, NEW)
    assert not (folder / "gone").exists()


def test_a_file_of_the_user_among_what_python_caches_stays(folder: Path) -> None:
    cache = folder / "gone" / "__pycache__"
    cache.mkdir()
    (cache / "c.cpython-311.pyc").write_bytes(b"\0")
    (cache / "notes.txt").write_text("mine")
    run(folder, NEW)
    assert (cache / "notes.txt").read_text() == "mine"


def test_modes_stay_and_new_files_have_that_of_any_new_file(folder: Path) -> None:
    (folder / "a.py").chmod(0o640)
    (folder / "py.typed").chmod(0o600)
    run(folder, NEW)
    plain = folder.parent / "plain"
    plain.write_text("")
    modes = {
        path: stat.S_IMODE((folder / path).stat().st_mode)
        for path in ("a.py", "py.typed", "models/d.py", LOCK_NAME)
    }
    usual = stat.S_IMODE(plain.stat().st_mode)
    assert modes == {
        "a.py": 0o640,
        "py.typed": 0o600,
        "models/d.py": usual,
        LOCK_NAME: usual,
    }


KILLS = {
    "first": (NOTHING, NEW),
    "update": (OLD, NEW),
    "one": (OLD, {**OLD, "a.py": NEW["a.py"]}),
    "fewer": (OLD, {"a.py": OLD["a.py"], "py.typed": ""}),
}


@pytest.mark.slow
@pytest.mark.parametrize("torn", [False, True])
@pytest.mark.parametrize("then", [NEW, OLD, OTHER], ids=["same", "back", "other"])
@pytest.mark.parametrize(("before", "wanted"), KILLS.values(), ids=KILLS)
def test_a_run_that_is_killed_is_finished_by_the_next(
    tmp_path: Path,
    before: dict[str, str],
    wanted: dict[str, str],
    then: dict[str, str],
    *,
    torn: bool,
) -> None:
    """At whichever step it was killed, whatever the next run wants."""
    origin = start(tmp_path / "client", before)
    seen = set()
    for steps in range(steps_of_a_run(origin, wanted)):
        copy = copied(origin, "killed")
        killed(copy, wanted, Disk(last=steps, torn=torn))
        for path, text in texts(copy).items():
            assert text in {before.get(path), wanted.get(path)}
        lock = read_directory(copy).get(LOCK_NAME)
        seen.add(lock)
        if lock is None or lock == read_directory(origin).get(LOCK_NAME):
            assert texts(copy) == before, "nothing has changed before the lock file"
        run(copy, then)
        assert texts(copy) == then
        assert not find_leftovers(copy)
        assert is_whole(copy, then) or then != wanted, "empty folders may be left"
    assert len(seen) == 2, "the lock file of before, and the one of meanwhile"


@pytest.mark.slow
def test_the_next_run_may_be_killed_as_well(tmp_path: Path) -> None:
    """Each pair of steps: one run is killed, then one that wants something else."""
    old = {"a.py": OLD["a.py"], "gone/c.py": OLD["gone/c.py"]}
    new = {"a.py": NEW["a.py"], "models/d.py": NEW["models/d.py"]}
    other = {"a.py": OTHER["a.py"], "new/e.py": OTHER["new/e.py"]}
    folder = start(tmp_path / "client", old)
    for steps in range(steps_of_a_run(folder, new)):
        first = copied(folder, "first")
        killed(first, new, Disk(last=steps))
        for further in range(steps_of_a_run(first, other)):
            second = copied(first, "second")
            killed(second, other, Disk(last=further))
            run(second, new)
            assert texts(second) == new
            assert not find_leftovers(second)


@pytest.mark.parametrize("path", ["a.py", "models/b.py", "models/d.py", "gone/c.py"])
def test_what_somebody_wrote_since_the_kill_is_kept(folder: Path, path: str) -> None:
    for steps in range(steps_of_a_run(folder, NEW)):
        copy = copied(folder, "killed")
        killed(copy, NEW, Disk(last=steps))
        (copy / path).parent.mkdir(exist_ok=True)
        (copy / path).write_text(module("MINE = 1\n"))
        with pytest.raises(DiagnosticError, match="was edited"):
            run(copy, NEW)
        assert texts(copy)[path] == module("MINE = 1\n")


def test_a_lock_file_tells_that_a_run_was_killed(folder: Path) -> None:
    steps = steps_of_a_run(folder, NEW)
    killed(folder, NEW, Disk(last=steps - 1))
    lock = read_lock((folder / LOCK_NAME).read_text(), LOCK_NAME)
    assert {row.path for row in lock.writing} == {*OLD, *NEW} - {"py.typed"}
    assert {row.path for row in lock.files} == OLD.keys()
    assert lock.is_intact
    run(folder, NEW)
    assert not read_lock((folder / LOCK_NAME).read_text(), LOCK_NAME).writing


@pytest.mark.parametrize(
    ("before", "wanted"), [(NOTHING, NEW), (OLD, NEW)], ids=["first", "update"]
)
def test_a_disk_that_fills_changes_nothing(
    tmp_path: Path, before: dict[str, str], wanted: dict[str, str]
) -> None:
    """At whichever byte it is full."""
    folder = start(tmp_path / "deep" / "client", before)
    kept = everything(tmp_path)
    copy = copied(folder, "counted")
    with Disk().in_place() as disk:
        run(copy, wanted)
    shutil.rmtree(copy)
    if not before:
        folder.parent.rmdir()
        kept = {}
    for room in range(0, disk.written, 23):
        with (
            Disk(room=room).in_place(),
            pytest.raises(
                DiagnosticError, match=r"No space left.*; nothing was written"
            ),
        ):
            run(folder, wanted)
        assert everything(tmp_path) == kept
    run(folder, wanted)
    assert texts(folder) == wanted


@pytest.mark.parametrize("kind", ["replace", "unlink"])
def test_a_disk_that_refuses_half_way_says_what_is_left(
    folder: Path, kind: str
) -> None:
    """A first step that fails has changed nothing; a later one is told of."""
    seen = set()
    for times in range(5 if kind == "replace" else 1):
        copy = copied(folder, "broken")
        with (
            Disk(broken=(kind, times)).in_place(),
            pytest.raises(DiagnosticError) as caught,
        ):
            run(copy, NEW)
        (error,) = caught.value.diagnostics
        seen.add(error.code)
        if error.code == "output":
            assert error.message.endswith("; nothing was written")
            assert everything(copy) == everything(folder)
        else:
            assert error.code == "half-written"
            assert "broken/flexprice.lock.json: " in error.message
            assert "nothing was written" not in error.message
            assert "Input/output error" in error.message
            assert not find_leftovers(copy)
        run(copy, NEW)
        assert is_whole(copy, NEW)
    assert seen == (
        {"output", "half-written"} if kind == "replace" else {"half-written"}
    )


@pytest.mark.parametrize("path", [*OLD, LOCK_NAME])
def test_an_edit_that_arrives_during_a_run_is_seen(folder: Path, path: str) -> None:
    result = result_of(folder, {**NEW, "py.typed": "x"})
    (folder / path).write_text("MINE = 1\n")
    kept = everything(folder)
    with pytest.raises(DiagnosticError, match="; nothing was written") as caught:
        write_results([result], open_console(error=True))
    assert [each.code for each in caught.value.diagnostics] == ["edited"] or (
        path == "py.typed"
    )
    assert everything(folder) == kept


def test_an_edit_that_arrives_between_two_steps_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def edits(source: Path, target: Path) -> None:
        replace(source, target)
        (folder / "models" / "b.py").write_text("MINE = 1\n")

    monkeypatch.setattr(os, "replace", edits)
    with pytest.raises(DiagnosticError, match="stopped half-way") as caught:
        run(folder, NEW)
    assert [each.code for each in caught.value.diagnostics] == ["half-written"]
    assert texts(folder)["models/b.py"] == "MINE = 1\n"


def test_one_folder_that_cannot_be_written_keeps_the_others_as_they_are(
    folder: Path,
) -> None:
    (folder.parent / "file").write_text("mine")
    kept = everything(folder.parent)
    results = [
        result_of(folder, NEW),
        result_of(folder.parent / "file" / "client", NEW),
    ]
    with pytest.raises(DiagnosticError, match=r"cannot write .*; nothing was written"):
        write_results(results, open_console(error=True))
    assert everything(folder.parent) == kept


def test_several_folders_are_written_in_one_run(folder: Path) -> None:
    """Where it stops between two of them, it is told which files are left."""
    second = copied(folder, "second")
    third = folder.parent / "third"
    replaced = 5  # the first folder's three files, and its lock file twice
    for times in (0, 1, replaced, replaced + 1):
        results = [result_of(each, NEW) for each in (folder, second, third)]
        disk = Disk(broken=("replace", times))
        with disk.in_place(), pytest.raises(DiagnosticError) as caught:
            write_results(results, open_console(error=True))
        (error,) = caught.value.diagnostics
        assert error.code == ("half-written" if times else "output")
        assert ("client/a.py" in error.message) == (times == 1)
        assert ("third/a.py" in error.message) == (times > 0)
        for each in (folder, second, third):
            assert not find_leftovers(each)
            run(each, NEW)
            assert is_whole(each, NEW)
        for each in (folder, second):
            run(each, OLD)
        shutil.rmtree(third)


@pytest.mark.slow
def test_several_folders_may_be_left_half_written(folder: Path) -> None:
    origins = [folder, copied(folder, "second"), folder.parent / "third"]
    steps, ended = 0, False
    while not ended:
        copies = [copied(each, f"{each.name}-killed") for each in origins]
        results = [result_of(each, NEW) for each in copies]
        with Disk(last=steps).in_place() as disk, suppress(KilledError):
            write_results(results, open_console(error=True))
        ended = disk.done <= steps
        for each in copies:
            run(each, NEW)
            assert is_whole(each, NEW)
        steps += 1
    assert steps > len(NEW) * len(origins)


@pytest.mark.parametrize(
    "path",
    [
        "../out.py",
        "/etc/out.py",
        "a/../../out.py",
        "a\\..\\out.py",
        "C:out.py",
        "a.py:stream",
        "a/. ./out.py",
        "a/../. /out.py",
        ".git/hooks/post-checkout",
        "a/.GIT/config",
        "",
        "\0",
    ],
)
def test_a_path_that_leaves_the_folder_is_rejected(folder: Path, path: str) -> None:
    before = everything(folder.parent)
    update = FolderUpdate(folder, (FileChange(path, None, "X = 1\n"),))
    with pytest.raises(DiagnosticError, match="outside"):
        stage_updates([update])
    assert everything(folder.parent) == before


def test_names_that_differ_only_in_case_are_rejected(folder: Path) -> None:
    with pytest.raises(DiagnosticError, match="only in case"):
        run(folder, {**OLD, "models/x.py": "X", "Models/X.py": "Y"})
    assert texts(folder) == OLD


def test_a_file_gets_another_case(folder: Path) -> None:
    wanted = {**OLD, "A.py": OLD["a.py"]}
    del wanted["a.py"]
    run(folder, wanted)
    assert texts(folder) == wanted


@pytest.mark.parametrize("path", ["a.py/x.py", "models", "gone"])
def test_what_is_in_the_way_is_said_before_anything_is_written(
    folder: Path, path: str
) -> None:
    kept = everything(folder)
    with pytest.raises(DiagnosticError, match="is in the way"):
        run(folder, {**OLD, "0.py": module("X = 1\n"), path: module("X = 1\n")})
    assert everything(folder) == kept


def test_a_file_in_the_place_of_the_folder_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "client").write_text("mine")
    with pytest.raises(DiagnosticError, match="expected a directory, got the file"):
        read_directory(tmp_path / "client")


def test_only_what_a_killed_run_left_is_removed(folder: Path) -> None:
    """What merely looks similar stays, and so does what a link of that name leads to."""
    ours = folder / "models" / temporary_name()
    ours.write_text("half of a te")
    similar = folder / f"{temporary_name()}.txt"
    similar.write_text("mine")
    precious = folder.parent / "precious"
    precious.write_text("mine")
    link = folder / temporary_name()
    link.symlink_to(precious)
    run(folder, NEW)
    assert not ours.exists()
    assert similar.read_text() == precious.read_text() == "mine"
    assert link.is_symlink()


def test_a_new_text_is_never_written_to_what_has_its_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever guesses the fresh name has put a link there."""
    precious = folder.parent / "precious"
    precious.write_text("mine")
    name = temporary_name()
    monkeypatch.setattr("flexprice_codegen.vendor.disk.temporary_name", lambda: name)
    (folder / name).symlink_to(precious)
    with pytest.raises(DiagnosticError, match="cannot write"):
        run(folder, NEW)
    assert precious.read_text() == "mine"
