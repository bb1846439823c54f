"""Notes that other tools generate the client of a lock file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flexprice_codegen.vendor import equal_results
from flexprice_codegen.vendor.equal_results import has_equal_result, note_equal_result


@pytest.fixture(autouse=True)
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the directory of the notes, which does not exist yet."""
    folder = tmp_path / "cache" / "notes"
    monkeypatch.setattr(
        equal_results, "cache_from_source", lambda _: str(folder / "module.pyc")
    )
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return folder


def test_a_note_is_of_one_lock_file_and_one_set_of_tools(notes: Path) -> None:
    assert not has_equal_result("{}", "a")
    note_equal_result("{}\n", "a")
    note_equal_result("{}\n", "a")
    assert has_equal_result("{}\n", "a")
    assert has_equal_result("{}\r\n", "a")
    assert not has_equal_result("{}\n", "b")
    assert not has_equal_result("[]\n", "a")
    assert [each.stat().st_size for each in notes.iterdir()] == [0]


def forbid_writing(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Python write no compiled modules."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)


def put_a_file_in_the_way(notes: Path, _: pytest.MonkeyPatch) -> None:
    """Make the directory impossible, as one that must not be changed is."""
    notes.parent.write_text("")


@pytest.mark.parametrize("prevent", [forbid_writing, put_a_file_in_the_way])
def test_where_nothing_can_be_written_nothing_is_noted(
    prevent: Callable[[Path, pytest.MonkeyPatch], None],
    notes: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    prevent(notes, monkeypatch)
    note_equal_result("{}", "a")
    assert not has_equal_result("{}", "a")


def test_unknown_tools_have_no_note() -> None:
    note_equal_result("{}", "")
    assert not has_equal_result("{}", "")
