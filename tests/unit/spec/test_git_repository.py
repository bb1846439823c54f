"""Documents of other revisions, as git has them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from support.patience import PATIENCE

from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.hashes import compute_git_blob_id
from flexprice_codegen.spec.git_repository import find_revision
from flexprice_codegen.spec.sources import Source, read_blob, read_source


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, as somebody without settings."""
    done = subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments],  # noqa: S607
        cwd=folder,
        capture_output=True,
        check=True,
        text=True,
        timeout=PATIENCE,
    )
    return done.stdout.strip()


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository: two commits of specs/api.yaml, and a third text staged."""
    folder = tmp_path_factory.mktemp("repository")
    git(folder, "init", "--quiet", "--initial-branch=main")
    (folder / "specs" / "with space").mkdir(parents=True)
    (folder / "specs" / "with space" / "--odd.yaml").write_bytes(b"odd")
    file = folder / "specs" / "api.yaml"
    for text in (b"first", b"second"):
        file.write_bytes(text)
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "--message", text.decode())
    file.write_bytes(b"staged")
    git(folder, "add", ".")
    file.write_bytes(b"on the disk")
    return folder


@pytest.mark.parametrize(
    ("folder", "where", "data"),
    [
        (".", "git:HEAD:specs/api.yaml", b"second"),
        (".", "git:main~1:specs/api.yaml", b"first"),
        (".", "git::specs/api.yaml", b"staged"),
        ("specs", "git:main:specs/api.yaml", b"second"),
        ("specs", "git:main:./api.yaml", b"second"),
        ("specs/with space", "git:main:../api.yaml", b"second"),
        (".", "git:main:specs/with space/--odd.yaml", b"odd"),
        (".", f"git:{compute_git_blob_id(b'first')}", b"first"),
    ],
)
def test_a_document_of_another_revision_is_read(
    repository: Path, folder: str, where: str, data: bytes
) -> None:
    assert read_source(where, folder=repository / folder) == Source(where, data)


@pytest.mark.parametrize(
    ("where", "code", "said"),
    [
        ("git:main", "usage", "expected git:REV:PATH, got 'git:main'"),
        ("git:main:", "usage", "expected git:REV:PATH, got 'git:main:'"),
        ("git:main:specs/\n.yaml", "usage", "expected git:REV:PATH, got"),
        (
            "git:nowhere:specs/api.yaml",
            "unknown-revision",
            "unknown git revision 'nowhere'",
        ),
        ("git:--output=x:specs/api.yaml", "unknown-revision", "'--output=x'"),
        ("git:--batch-all-objects:a", "unknown-revision", "'--batch-all-objects'"),
        ("git:main:api.yaml", "file-not-found", "did you mean git:main:./api.yaml?"),
        ("git::gone.yaml", "file-not-found", "the index has no file 'gone.yaml'"),
        ("git:main:../../gone.yaml", "git-failed", "outside"),
        ("git:main:specs", "file-unreadable", "expected a file, got a directory"),
        ("git:main:specs/api.yaml", "file-too-large", "the file exceeds 5 bytes"),
        (f"git:{'0' * 40}", "blob-gone", "does not have this document"),
    ],
)
def test_what_git_cannot_give_is_a_fault_that_says_what_to_do(
    repository: Path, where: str, code: str, said: str
) -> None:
    with pytest.raises(DiagnosticError) as caught:
        read_source(where, limit=5, folder=repository / "specs")
    (fault,) = caught.value.diagnostics
    assert fault.code == code
    assert said in f"{fault.message} {fault.help}"
    assert fault.help


def test_outside_of_a_repository_git_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(DiagnosticError, match="not a git repository"):
        read_source("git:main:api.yaml", folder=tmp_path)


def test_without_git_its_absence_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DiagnosticError, match="git is not installed"):
        read_source("git:main:api.yaml")


def test_a_blob_is_read_by_its_id_and_no_text_passes_for_one(repository: Path) -> None:
    blob = compute_git_blob_id(b"first")
    assert read_blob(blob, folder=repository) == Source(f"git:{blob}", b"first")
    with pytest.raises(DiagnosticError, match="invalid git object ID 'HEAD'"):
        read_blob("HEAD", folder=repository)


def test_a_blob_has_the_name_of_the_newest_commit_with_it(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", ".")
    file = tmp_path / "specs" / "api.yaml"
    file.parent.mkdir()
    blobs = []
    for text in ("one", "two", "three"):
        file.write_text(text)
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-qm", text)
        blobs.append(git(tmp_path, "rev-parse", "HEAD:specs/api.yaml").strip())
    commits = git(tmp_path, "log", "--format=%h", "--reverse").split()

    assert find_revision(blobs[2], file) == "HEAD:specs/api.yaml"
    assert find_revision(blobs[1], file) == f"{commits[1]}:specs/api.yaml"
    assert find_revision(blobs[0], file) == f"{commits[0]}:specs/api.yaml"
    assert find_revision("0" * 40, file) is None
    assert find_revision(blobs[0], tmp_path / "specs" / "other.yaml") is None
