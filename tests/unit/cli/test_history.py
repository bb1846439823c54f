"""`flexprice-codegen history`."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.git import commit_texts
from support.zoo import NEW_SPEC, OLD_SPEC, Run

TEXTS = [OLD_SPEC, "openapi: [", NEW_SPEC]


@pytest.fixture
def history(run: Run, tmp_path: Path) -> Run:
    """Return what runs a command beside a document with three versions."""
    commit_texts(tmp_path, "specs/api.yaml", TEXTS)
    return run


def test_the_text_names_all_versions(history: Run) -> None:
    code, out, err = history("history", "specs/api.yaml")
    assert (code, err) == (0, "")
    assert "number 0\n  first version: " in out
    assert "number 1\n  skipped: the document cannot be read\n" in out
    assert "number 2\n  2 breaking\n" in out
    assert "  error[method-renamed]: `client.keepers.list_keepers` was renamed" in out
    assert out.endswith("3 versions, 1 with breaking changes, 1 skipped\n")


def test_changes_on_the_disk_are_the_last_version(history: Run, tmp_path: Path) -> None:
    (tmp_path / "specs" / "api.yaml").write_text(OLD_SPEC, encoding="utf-8")
    code, out, _ = history("history", "specs/api.yaml", "--since", "HEAD")
    assert code == 0
    assert "(uncommitted changes)" in out
    assert out.endswith("2 versions, 1 with breaking changes\n")


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_each_format_goes_to_a_file(history: Run, tmp_path: Path, form: str) -> None:
    code, out, err = history(
        "history", "specs/api.yaml", "--format", form, "--output", "report"
    )
    assert (code, out, err) == (0, "", "")
    written = (tmp_path / "report").read_text(encoding="utf-8")
    assert "number 2" in written
    assert "client.keepers.all_keepers" in written


def test_one_side_and_another_level(history: Run) -> None:
    _, wire, _ = history("history", "specs/api.yaml", "--only", "wire")
    assert "method-renamed" not in wire
    _, none, _ = history("history", "specs/api.yaml", "--level", "*=none")
    assert "number 2\n  no changes\n" in none


def test_a_document_that_git_does_not_have(history: Run) -> None:
    code, out, err = history("history", "none.yaml")
    assert (code, out) == (2, "")
    assert "no commit has a file 'none.yaml'" in err
