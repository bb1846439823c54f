"""Reading the bytes of a document."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.diagnostics import Place, SpecError
from generator.spec.sources import Source, git_blob_id, read_source
from generator.spec.text import decode


def test_a_source_is_named_as_its_user_wrote_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("api.yaml").write_bytes(b"openapi: 3.0.3\n")
    assert read_source("./api.yaml") == Source("./api.yaml", b"openapi: 3.0.3\n")


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("missing.yaml", "file-not-found"),
        ("file.yaml/inside.yaml", "file-not-found"),
        ("nul\0.yaml", "file-not-found"),
        ("folder", "file-unreadable"),
        ("file.yaml", "file-too-large"),
    ],
)
def test_what_cannot_be_read_is_a_fault_that_names_it(
    where: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("file.yaml").write_bytes(b"0123456789")
    with pytest.raises(SpecError) as caught:
        read_source(where, limit=9)
    (fault,) = caught.value.diagnostics
    assert fault.code == code
    assert fault.at == Place(where, 1, 1)
    assert fault.hint


def test_a_file_of_just_the_limit_is_read(tmp_path: Path) -> None:
    file = tmp_path / "api.yaml"
    file.write_bytes(b"0123456789")
    assert read_source(str(file), limit=10).data == b"0123456789"


@pytest.mark.parametrize("data", [b"", b"openapi: 3.0.3\n", bytes(range(256))])
def test_the_blob_id_is_the_one_that_git_computes(data: bytes) -> None:
    git = subprocess.run(
        ["git", "hash-object", "--stdin"],  # noqa: S607 - git is found on the path
        input=data,
        capture_output=True,
        check=True,
    )
    assert git_blob_id(data) == git.stdout.decode().strip()


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    text = decode(Source("api.yaml", b"\xef\xbb\xbfopenapi: 3.0.3"))
    assert text.body == "openapi: 3.0.3"


def test_columns_count_characters_not_bytes() -> None:
    with pytest.raises(SpecError) as caught:
        decode(Source("api.yaml", b"a: 1\n\xc3\xa9\xe2\x82\xac\xff"))
    assert caught.value.diagnostics[0].at == Place("api.yaml", 2, 3)
