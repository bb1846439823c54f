"""Writing a folder: all together or not at all."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.diagnostics import SpecError
from generator.runtime.shapes import Value
from generator.vendor.disk import apply, recover
from generator.vendor.folder import JOURNAL, LOCK_NAME, read_folder

OLD = {"a.py": "A = 1\n", "models/b.py": "B = 1\n", "gone/c.py": "C = 1\n"}
NEW = {"a.py": "A = 2\n", "models/b.py": "B = 2\n", "models/d.py": "D = 2\n"}
DELETE = ("gone/c.py",)


def texts(folder: Path) -> dict[str, str]:
    return {path: data.decode() for path, data in read_folder(folder).items()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "client"
    apply(made, OLD, (), "old lock\n")
    return made


def test_a_folder_is_written_read_and_written_again(folder: Path) -> None:
    assert texts(folder) == {**OLD, LOCK_NAME: "old lock\n"}
    apply(folder, NEW, DELETE, "new lock\n")
    assert texts(folder) == {**NEW, LOCK_NAME: "new lock\n"}
    assert not (folder / JOURNAL).exists()
    assert not (folder / "gone").exists(), "a folder that became empty goes"


def test_the_users_files_stay(folder: Path) -> None:
    (folder / "gone" / "mine.py").write_text("MINE = 1\n")
    apply(folder, NEW, DELETE, "new lock\n")
    assert texts(folder)["gone/mine.py"] == "MINE = 1\n"


RECORDED = 4
"""Steps until the record is complete: a folder, a draft, its way to the disk, its name."""


_OPEN = io.open


class Killed(BaseException):
    """Stands for the end of the process."""


STEPS = (
    *((os, name) for name in ("mkdir", "replace", "unlink", "rmdir", "fsync", "sync")),
    (io, "open"),
)
"""All that changes the disk, below `pathlib` and `shutil`."""


@dataclass
class Steps:
    """Counts the steps that change the disk, and ends the process at one of them."""

    last: int
    torn: bool = False
    done: int = 0

    def counted(self, real: Value) -> Value:
        """Wrap a function that changes the disk."""

        def step(*arguments: Value, **keywords: Value) -> Value:
            if real is _OPEN and "r" in _mode(*arguments, **keywords):
                return real(*arguments, **keywords)
            self.done += 1
            if self.done > self.last:
                if real is _OPEN and self.torn:  # half of a text, then the end
                    half: Value = b"{" if "b" in _mode(*arguments) else "{"
                    with real(*arguments, **keywords) as file:
                        file.write(half)
                raise Killed
            return real(*arguments, **keywords)

        return step


def _mode(_: object, mode: str = "r", *__: object, **___: object) -> str:
    return mode


def killed_after(steps: int, patch: pytest.MonkeyPatch, *, torn: bool = False) -> Steps:
    """End the process at the given step that changes the disk."""
    counter = Steps(steps, torn)
    for owner, name in STEPS:
        patch.setattr(owner, name, counter.counted(getattr(owner, name)))
    return counter


def steps_of_a_run(folder: Path) -> int:
    """Count the steps of a whole run."""
    copy = folder.parent / "copy"
    shutil.copytree(folder, copy)
    with pytest.MonkeyPatch.context() as patch:
        counter = killed_after(1000, patch)
        apply(copy, NEW, DELETE, "new lock\n")
    return counter.done


@pytest.mark.parametrize("torn", [False, True])
def test_a_run_that_is_killed_leaves_the_old_client_or_the_next_run_ends_it(
    folder: Path, *, torn: bool
) -> None:
    before = {**OLD, LOCK_NAME: "old lock\n"}
    after = {**NEW, LOCK_NAME: "new lock\n"}
    ends = []
    total = steps_of_a_run(folder)
    for steps in range(total):
        copy = folder.parent / f"killed_{steps}"
        shutil.copytree(folder, copy)
        with pytest.MonkeyPatch.context() as patch:
            killed_after(steps, patch, torn=torn)
            with pytest.raises(Killed):
                apply(copy, NEW, DELETE, "new lock\n")
        recover(copy)
        assert texts(copy) in (before, after)
        assert not (copy / JOURNAL).exists()
        ends.append(texts(copy) == after)
    assert ends == sorted(
        ends
    ), "there is one moment from which on it is the new client"
    assert {*ends} == {False, True}


def test_the_next_run_may_be_killed_as_well(folder: Path) -> None:
    for steps in range(steps_of_a_run(folder)):
        copy = folder.parent / f"killed_{steps}"
        shutil.copytree(folder, copy)
        with pytest.MonkeyPatch.context() as patch:
            killed_after(steps, patch)
            with pytest.raises(Killed):
                apply(copy, NEW, DELETE, "new lock\n")
        for further in range(1000):
            with pytest.MonkeyPatch.context() as patch, contextlib.suppress(Killed):
                counter = killed_after(further, patch)
                recover(copy)
            if counter.done <= further:
                break
        assert texts(copy)[LOCK_NAME] == (
            "new lock\n" if texts(copy)["a.py"] == NEW["a.py"] else "old lock\n"
        )


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
        "",
        "\0",
    ],
)
def test_a_path_that_leaves_the_folder_is_refused(folder: Path, path: str) -> None:
    before = texts(folder)
    with pytest.raises(SpecError, match="outside"):
        apply(folder, {path: "X = 1\n"}, (), "lock\n")
    assert texts(folder) == before


def test_a_symbolic_link_on_the_way_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (folder / "linked").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SpecError, match="outside"):
        apply(folder, {"linked/x.py": "X = 1\n"}, (), "lock\n")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_link_in_the_place_of_a_file_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "precious.py").write_text("MINE = 1\n")
    (folder / "a.py").unlink()
    (folder / "a.py").symlink_to(tmp_path / "precious.py")
    with pytest.raises(SpecError, match="outside"):
        apply(folder, NEW, DELETE, "new lock\n")
    assert (tmp_path / "precious.py").read_text() == "MINE = 1\n"


def test_names_that_differ_only_in_case_are_refused(folder: Path) -> None:
    with pytest.raises(SpecError, match="only in case"):
        apply(folder, {"models/x.py": "X", "Models/X.py": "Y"}, (), "lock\n")
    assert texts(folder) == {**OLD, LOCK_NAME: "old lock\n"}


@pytest.mark.parametrize("path", ["a.py/x.py", "models", "gone"])
def test_what_stands_in_the_way_is_said_before_anything_is_written(
    folder: Path, path: str
) -> None:
    with pytest.raises(SpecError, match="stands where"):
        apply(folder, {"0.py": "X = 1\n", path: "X = 1\n"}, (), "lock\n")
    assert texts(folder) == {**OLD, LOCK_NAME: "old lock\n"}
    assert not (folder / JOURNAL).exists()


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "client").write_text("mine")
    with pytest.raises(SpecError, match="not a folder"):
        read_folder(tmp_path / "client")


def test_a_disk_that_refuses_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(SpecError, match="cannot be written"):
        apply(tmp_path / "file" / "client", NEW, (), "new lock\n")


def test_the_record_in_the_journal_holds_everything(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        killed_after(RECORDED, patch)
        with pytest.raises(Killed):
            apply(folder, NEW, DELETE, "new lock\n")
    record = json.loads((folder / JOURNAL / "record.json").read_text())
    assert record["write"].keys() == {*NEW, LOCK_NAME}
    assert record["delete"] == [*DELETE]


def interrupted(folder: Path) -> Path:
    """Stop a run when its record is complete and nothing has been changed."""
    with pytest.MonkeyPatch.context() as patch:
        killed_after(RECORDED, patch)
        with pytest.raises(Killed):
            apply(folder, NEW, DELETE, "new lock\n")
    return folder / JOURNAL / "record.json"


@pytest.mark.parametrize("path", ["../keep.txt", "/etc/keep.txt"])
def test_a_record_that_leaves_the_folder_is_refused(folder: Path, path: str) -> None:
    record = interrupted(folder)
    forged = json.loads(record.read_text())
    forged["write"][path] = "forged"
    record.write_text(json.dumps(forged))
    with pytest.raises(SpecError, match="outside"):
        recover(folder)
    assert texts(folder) == {**OLD, LOCK_NAME: "old lock\n"}


def test_what_somebody_wrote_since_the_interruption_is_kept(folder: Path) -> None:
    interrupted(folder)
    (folder / "a.py").write_text("A = 'precious'\n")
    with pytest.raises(SpecError, match="was changed after a run was interrupted"):
        recover(folder)
    assert texts(folder)["a.py"] == "A = 'precious'\n"


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"write": 1}', "\x00"])
def test_a_damaged_record_is_explained(folder: Path, text: str) -> None:
    interrupted(folder).write_text(text)
    with pytest.raises(SpecError, match="is damaged") as caught:
        recover(folder)
    assert JOURNAL in caught.value.diagnostics[0].hint


def test_two_runs_at_once_do_not_write_at_once(folder: Path) -> None:
    interrupted(folder)
    with pytest.raises(SpecError, match="another run is writing"):
        apply(folder, NEW, DELETE, "new lock\n")
