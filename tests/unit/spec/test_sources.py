"""Reading the bytes of a document from a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from flexprice_codegen.diagnostics import DiagnosticError, FileLocation
from flexprice_codegen.spec.sources import (
    Source,
    read_source,
)


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
    with pytest.raises(DiagnosticError) as caught:
        read_source(where, limit=9)
    (fault,) = caught.value.diagnostics
    assert fault.code == code
    assert fault.location == FileLocation(where, 0, 0), "it has no line"
    assert fault.help


def test_a_file_of_just_the_limit_is_read(tmp_path: Path) -> None:
    file = tmp_path / "api.yaml"
    file.write_bytes(b"0123456789")
    assert read_source(str(file), limit=10).data == b"0123456789"


def test_an_address_is_no_file_and_pull_is_named() -> None:
    with pytest.raises(
        DiagnosticError, match="got the URL https://api.example/openapi.json"
    ) as caught:
        read_source("https://api.example/openapi.json")
    assert "flexprice-codegen pull" in caught.value.diagnostics[0].help
