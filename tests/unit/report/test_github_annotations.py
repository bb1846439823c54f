"""Annotations: commands to GitHub that no text can forge."""

from __future__ import annotations

from pathlib import Path

from flexprice_codegen.diagnostics import FileLocation
from flexprice_codegen.report.github_annotations import Annotation


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
