"""The checksum of a lock file, and when two lock files are equal."""

from __future__ import annotations

from pathlib import Path

import pytest

from flexprice_codegen.hashes import SHORT, hash_text
from flexprice_codegen.vendor.inputs import hash_input_files
from flexprice_codegen.vendor.lock_text import (
    add_checksum,
    has_valid_checksum,
    is_same_lock,
)

LOCK = add_checksum('{\n  "tools": "a",\n  "names": ["Ä"]')


def test_a_lock_file_ends_with_the_hash_of_what_is_before_it() -> None:
    digest = hash_text('{\n  "tools": "a",\n  "names": ["Ä"]', SHORT)
    assert len(digest) == 16
    assert LOCK.endswith(f'],\n  "seal": "{digest}"\n}}\n')
    assert has_valid_checksum(LOCK)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        LOCK.replace("Ä", "A"),
        LOCK.replace('"seal": "', '"seal": "0'),
        f"{LOCK}\n",
        LOCK.removesuffix("\n"),
    ],
)
def test_an_edited_lock_file_has_no_valid_checksum(text: str) -> None:
    assert not has_valid_checksum(text)
    assert not is_same_lock(text, text)


def test_lock_files_of_other_tools_and_line_ends_are_equal() -> None:
    other = add_checksum('{\n  "tools": "b",\n  "names": ["Ä"]')
    assert other != LOCK
    assert is_same_lock(other, LOCK)
    assert is_same_lock(other.replace("\n", "\r\n"), LOCK)
    assert not is_same_lock(add_checksum('{\n  "tools": "a",\n  "names": []'), LOCK)


def test_half_of_a_surrogate_pair_has_a_hash() -> None:
    assert hash_text("\ud800") != hash_text("")


def test_input_files_have_the_ids_of_git(tmp_path: Path) -> None:
    """`git hash-object` gives this ID for the bytes `hello` and a line end."""
    (tmp_path / "b.yaml").write_bytes(b"hello\n")
    (tmp_path / "c.yaml").mkdir()
    paths = ["b.yaml", "c.yaml", "a.yaml", "b.yaml", "d\0.yaml"]
    assert hash_input_files(paths, tmp_path) == (
        ("a.yaml", ""),
        ("b.yaml", "ce013625030ba8dba906f756967f9e9ca394464a"),
        ("c.yaml", ""),
        ("d\0.yaml", ""),
    )
