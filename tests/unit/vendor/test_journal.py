"""The journal that an earlier version may have left: checked, never read."""

from __future__ import annotations

from pathlib import Path

import pytest

from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.vendor.directory import JOURNAL_NAME
from flexprice_codegen.vendor.journal import (
    check_journal,
    has_journal,
    remove_journal,
)


def test_a_directory_without_one_is_fine(tmp_path: Path) -> None:
    check_journal(tmp_path)
    assert not has_journal(tmp_path)
    assert not remove_journal(tmp_path)


def test_one_with_our_files_is_removed(tmp_path: Path) -> None:
    journal = tmp_path / JOURNAL_NAME
    journal.mkdir()
    (journal / "record.json").write_text("{}")
    check_journal(tmp_path)
    assert remove_journal(tmp_path)
    assert not has_journal(tmp_path)


@pytest.mark.parametrize("strange", ["notes.txt", "staged/inner"])
def test_one_with_other_files_is_rejected_and_left(
    tmp_path: Path, strange: str
) -> None:
    path = tmp_path / JOURNAL_NAME / strange
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    with pytest.raises(DiagnosticError, match="is not a file of ours"):
        check_journal(tmp_path)
    assert not remove_journal(tmp_path)
    assert path.read_text() == "mine"


def test_a_file_or_a_link_in_its_place_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / JOURNAL_NAME).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DiagnosticError, match="it is not a directory"):
        check_journal(tmp_path)
    assert has_journal(tmp_path)
