"""How new texts reach the disk, and how a message names many files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.vendor.disk import (
    FileChange,
    FolderUpdate,
    commit_updates,
    stage_updates,
)


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that fills with each request to write to the disk itself."""
    calls: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda _: calls.append("file"))
    monkeypatch.setattr(os, "sync", lambda: calls.append("all"))
    return calls


def stage(folder: Path, number: int) -> None:
    steps = tuple(
        FileChange(f"{each:02}.py", None, "A = 1\n") for each in range(number)
    )
    commit_updates(stage_updates([FolderUpdate(folder, steps)]))


@pytest.mark.skipif(
    not hasattr(os, "sync"), reason="the system syncs single files only"
)
@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, []), (1, ["file"]), (16, ["file"] * 16), (17, ["all"]), (99, ["all"])],
)
def test_each_text_is_on_the_disk_before_anything_changes(
    tmp_path: Path, synced: list[str], number: int, expected: list[str]
) -> None:
    stage(tmp_path, number)
    assert synced == expected


def test_a_deletion_has_nothing_to_write(tmp_path: Path, synced: list[str]) -> None:
    (tmp_path / "a.py").write_bytes(b"A = 1\n")
    steps = (FileChange("a.py", b"A = 1\n", None),)
    commit_updates(stage_updates([FolderUpdate(tmp_path, steps)]))
    assert synced == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "named", "more"), [(2, 1, ""), (13, 12, ""), (14, 12, " and 1 more")]
)
def test_a_few_files_that_were_not_written_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, named: int, more: str
) -> None:
    """The first step is done when the second one fails."""
    paths = [f"{each:02}.py" for each in range(number)]
    steps = tuple(FileChange(path, None, "A = 1\n") for path in paths)
    staged = stage_updates([FolderUpdate(tmp_path, steps)])
    replace = Path.replace

    def replace_first(draft: Path, target: Path) -> Path:
        if target.name != paths[0]:
            raise OSError("the disk is gone")
        return replace(draft, target)

    monkeypatch.setattr(Path, "replace", replace_first)
    with pytest.raises(DiagnosticError) as raised:
        commit_updates(staged)

    (found,) = raised.value.diagnostics
    shown = ", ".join((tmp_path / path).as_posix() for path in paths[1 : named + 1])
    assert found.code == "half-written"
    assert found.message.startswith(f"stopped half-way, before {shown}{more}: ")
    assert [path.name for path in tmp_path.iterdir()] == paths[:1]
