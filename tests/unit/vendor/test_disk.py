"""Writing a folder: all together or not at all."""

from __future__ import annotations

import contextlib
import json
import shutil
from pathlib import Path

import pytest

from generator.diagnostics import SpecError
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


class Killed(BaseException):
    """Stands for the end of the process."""


def killed_after(steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """End the process at the given step that changes the disk."""
    left = iter(range(steps))

    def counted(real: object) -> object:
        def step(*arguments: object, **keywords: object) -> object:
            if next(left, None) is None:
                raise Killed
            assert callable(real)
            return real(*arguments, **keywords)

        return step

    for owner, name in ((Path, "replace"), (Path, "write_text"), (Path, "unlink")):
        monkeypatch.setattr(owner, name, counted(getattr(owner, name)))
    monkeypatch.setattr(shutil, "rmtree", counted(shutil.rmtree))


@pytest.mark.parametrize("steps", range(16))
def test_a_run_that_is_killed_leaves_the_old_client_or_the_next_run_ends_it(
    folder: Path, steps: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        killed_after(steps, patch)
        with contextlib.suppress(Killed):
            apply(folder, NEW, DELETE, "new lock\n")
    recover(folder)
    assert texts(folder) in (
        {**OLD, LOCK_NAME: "old lock\n"},
        {**NEW, LOCK_NAME: "new lock\n"},
    )
    assert not (folder / JOURNAL).exists()


def test_enough_steps_were_tried(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        killed_after(15, patch)
        apply(folder, NEW, DELETE, "new lock\n")
    assert texts(folder)["a.py"] == "A = 2\n"


@pytest.mark.parametrize(
    "path", ["../out.py", "/etc/out.py", "a/../../out.py", "a\\..\\out.py"]
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
        killed_after(1, patch)
        with pytest.raises(Killed):
            apply(folder, NEW, DELETE, "new lock\n")
    record = json.loads((folder / JOURNAL / "record.json").read_text())
    assert record["write"].keys() == {*NEW, LOCK_NAME}
    assert record["delete"] == [*DELETE]


def interrupted(folder: Path) -> Path:
    """Stop a run when its record is complete and nothing has been changed."""
    with pytest.MonkeyPatch.context() as patch:
        killed_after(1, patch)
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
