"""The versions of a file in git."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.git import commit_texts, git

from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.hashes import compute_git_blob_id
from flexprice_codegen.spec.git_history import list_file_versions


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository in which a file was changed, left, renamed and changed."""
    commit_texts(tmp_path, "specs/old name.yaml", ["one\n" * 9, "two\n" * 9])
    git(tmp_path, "commit", "--quiet", "--allow-empty", "-m", "nothing")
    git(tmp_path, "mv", "specs/old name.yaml", "specs/api.yaml")
    git(tmp_path, "commit", "--quiet", "-m", "renamed")
    (tmp_path / "specs" / "api.yaml").write_text("two\n" * 9 + "three\n")
    git(tmp_path, "commit", "--quiet", "-am", "::error::three")
    return tmp_path


def test_versions_have_their_commit_day_subject_and_content(repository: Path) -> None:
    versions = list_file_versions(repository / "specs" / "api.yaml")
    assert [each.subject for each in versions] == ["number 0", "number 1", "::error::three"]  # fmt: skip
    assert {each.day for each in versions} == {"2026-01-02"}
    assert versions[0].path == "specs/old name.yaml"
    assert versions[2].path == "specs/api.yaml"
    assert versions[0].blob == compute_git_blob_id(b"one\n" * 9)
    assert versions[2].commit == git(repository, "rev-parse", "HEAD")


@pytest.mark.parametrize(
    ("since", "subjects"),
    [
        ("HEAD", ["::error::three"]),
        ("HEAD~1", ["renamed", "::error::three"]),
        ("HEAD~2", ["number 1", "::error::three"]),
        ("HEAD~4", ["number 0", "number 1", "::error::three"]),
    ],
)
def test_the_version_of_a_revision_comes_first(
    repository: Path, since: str, subjects: list[str]
) -> None:
    versions = list_file_versions(repository / "specs" / "api.yaml", since)
    assert [each.subject for each in versions] == subjects


def test_a_file_that_was_deleted_has_its_versions(repository: Path) -> None:
    git(repository, "rm", "--quiet", "specs/api.yaml")
    git(repository, "commit", "--quiet", "-m", "deleted")
    assert len(list_file_versions(repository / "specs" / "api.yaml")) == 3


@pytest.mark.parametrize("since", ["nothing", "--output=x", "HEAD\nHEAD", ""])
def test_an_unknown_revision_is_named(repository: Path, since: str) -> None:
    with pytest.raises(DiagnosticError, match="no revision"):
        list_file_versions(repository / "specs" / "api.yaml", since)
    assert not (repository / "x").exists()


@pytest.mark.parametrize("name", ["none.yaml", "*.yaml", ":(glob)*.yaml", "--all"])
def test_a_file_that_git_does_not_have(repository: Path, name: str) -> None:
    with pytest.raises(DiagnosticError, match="no commit has a file"):
        list_file_versions(repository / "specs" / name)


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(DiagnosticError, match="git cannot read the document"):
        list_file_versions(tmp_path / "api.yaml")
