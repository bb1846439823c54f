"""The text of a lock file: an entry a line, and a checksum that an edit breaks."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.vendor.lock_text import (
    LockEntries,
    format_lock_text,
    has_valid_checksum,
    is_same_lock,
    parse_intact_lock,
)

ENTRIES: LockEntries = {
    "format": 1,
    "shapes": 2,
    "generator": "1",
    "sources": ["a.yaml"],
    "overlays": [],
    "source_id": "0",
    "settings": "s",
    "tools": "t",
    "inputs": [],
    "files": [["a.py", "1"], ["é.py", "2"]],
    "names": [],
    "old_names": [],
}
TEXT = format_lock_text(ENTRIES)


def test_a_row_has_a_line_of_its_own_in_ascii() -> None:
    assert '    ["a.py", "1"],\n    ["\\u00e9.py", "2"]\n  ],' in TEXT
    assert TEXT.isascii()
    assert json.loads(TEXT)["files"] == ENTRIES["files"]


def test_what_a_run_wrote_is_read_back() -> None:
    found = parse_intact_lock(TEXT)
    assert found is not None
    assert {key: found[key] for key in ENTRIES} == ENTRIES  # type: ignore[literal-required]


@given(st.integers(0, len(TEXT) - 1), st.characters(codec="ascii"))
def test_an_edit_of_any_character_is_noticed(place: int, character: str) -> None:
    edited = TEXT[:place] + character + TEXT[place + 1 :]
    assert (edited == TEXT) is has_valid_checksum(edited)
    if edited != TEXT:
        assert parse_intact_lock(edited) is None


def test_a_lock_of_a_killed_run_is_not_intact() -> None:
    killed: LockEntries = {**ENTRIES, "writing": [["a.py", "3"]]}
    assert parse_intact_lock(format_lock_text(killed)) is None
    assert parse_intact_lock("") is None


@pytest.mark.parametrize(
    ("change", "is_same"), [({"tools": "other"}, True), ({"settings": "other"}, False)]
)
def test_other_tools_alone_make_no_other_lock(
    change: dict[str, str], *, is_same: bool
) -> None:
    other = format_lock_text({**ENTRIES, **change})  # type: ignore[typeddict-item]
    assert is_same_lock(TEXT, other) is is_same
    assert is_same_lock(TEXT.replace("\n", "\r\n"), other) is is_same
