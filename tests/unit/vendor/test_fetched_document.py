"""A fetched document with its lock file: written, read back, and edited."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.hashes import hash_content
from flexprice_codegen.vendor.directory import temporary_name
from flexprice_codegen.vendor.fetched_document import (
    FetchRecord,
    get_lock_path,
    is_edited,
    read_fetched_document,
    write_fetched_document,
)

DATA = b"openapi: 3.1.0\n"
LOCK = FetchRecord(
    source="https://shop.example/openapi.yaml",
    digest=hash_content(DATA),
    fetched="2026-01-01T00:00:00Z",
    etag='"a"',
    modified="Thu, 01 Jan 2026 00:00:00 GMT",
)


def test_a_document_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "specs" / "openapi.yaml"
    path.parent.mkdir()
    leftover = path.with_name(temporary_name())
    leftover.touch()
    write_fetched_document(path, DATA, LOCK)
    assert read_fetched_document(path) == (DATA, LOCK)
    assert sorted(each.name for each in path.parent.iterdir()) == [
        "openapi.yaml",
        "openapi.yaml.lock.json",
    ]

    write_fetched_document(path, b"", LOCK)
    assert read_fetched_document(path) == (b"", LOCK)


def test_either_file_can_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    assert read_fetched_document(path) == (None, None)
    path.write_bytes(DATA)
    assert read_fetched_document(path) == (DATA, None)
    path.unlink()
    get_lock_path(path).write_text(LOCK.to_json())
    assert read_fetched_document(path) == (None, LOCK)


def test_a_document_is_edited_if_it_is_not_the_one_that_was_fetched() -> None:
    assert not is_edited(DATA, LOCK)
    assert not is_edited(DATA.replace(b"\n", b"\r\n"), LOCK)
    assert is_edited(b"openapi: 3.0.0\n", LOCK)
    assert is_edited(DATA, None)
    assert not is_edited(None, LOCK)
    assert not is_edited(None, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "lock"),
        ("[]", "lock"),
        ("{}", "lock"),
        (LOCK.to_json().replace('"etag"', '"other"'), "lock"),
        (LOCK.to_json().replace('"\\"a\\""', "1"), "lock"),
        (LOCK.to_json().replace('"format": 1', '"format": 2'), "lock-format"),
        (json.dumps(json.loads(LOCK.to_json()) | {"format": "1"}), "lock-format"),
    ],
)
def test_what_is_no_lock_of_a_document_is_rejected(
    tmp_path: Path, text: str, code: str
) -> None:
    path = tmp_path / "openapi.yaml"
    get_lock_path(path).write_text(text)
    with pytest.raises(DiagnosticError) as raised:
        read_fetched_document(path)
    assert [each.code for each in raised.value.diagnostics] == [code]


def test_a_directory_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.mkdir()
    with pytest.raises(DiagnosticError) as raised:
        read_fetched_document(path)
    (found,) = raised.value.diagnostics
    assert found.code == "file-unreadable"
