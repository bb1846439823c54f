"""Annotations: commands to GitHub that no text can forge."""

from __future__ import annotations

from pathlib import Path

import pytest

from flexprice_codegen.diagnostics import FileLocation
from flexprice_codegen.report.github_annotations import (
    Annotation,
    get_repository_path,
    get_repository_root,
)


def test_a_text_of_a_document_cannot_become_a_command() -> None:
    hostile = "100%\r\n::error file=x,line=1::\x1b[2Jno\u202e"
    file = "a,b:c\n%/api.yaml"
    annotation = Annotation("notice", "a: b, c\n", hostile, FileLocation(file, 3, 7))
    assert annotation.format_command(Path("/elsewhere")) == (
        "::notice file=a%2Cb%3Ac%0A%25/api.yaml,line=3,col=7,title=a%3A b%2C c%0A::"
        "100%25%0A::error file=x,line=1::[2Jno"
    )


def test_a_document_of_a_revision_has_no_line_in_the_files(tmp_path: Path) -> None:
    annotation = Annotation("error", "t", "m", FileLocation("git:main:api.yaml", 3, 7))
    assert annotation.format_command(tmp_path) == "::error title=t::m"


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("api.yaml", "svc/api.yaml"),
        ("../top.yaml", "top.yaml"),
        ("git:HEAD:svc/api.yaml", "svc/api.yaml"),
        ("git:HEAD:./api.yaml", "svc/api.yaml"),
        ("git:main:../top.yaml", "top.yaml"),
        ("git:" + "0" * 40, "git:" + "0" * 40),
        ("https://a.example/api.yaml", "https://a.example/api.yaml"),
    ],
)
def test_paths_start_at_the_top_of_the_repository(
    file: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    (tmp_path / ".git").mkdir()
    (tmp_path / "svc").mkdir()
    monkeypatch.chdir(tmp_path / "svc")
    root = get_repository_root()
    assert root == tmp_path
    assert get_repository_path(file, root) == expected
