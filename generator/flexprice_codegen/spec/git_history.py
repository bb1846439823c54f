"""The versions of a file in a git repository.

In: a path, and perhaps the revision to start from. Out: the commits that changed the
file, the oldest first, also those before it was renamed. Contents are not read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from flexprice_codegen.diagnostics import build_error
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.git_repository import find_objects, run_git

# One entry of `git log -z --format="%H %cs" --name-only`: a path follows a line break,
# so that no path looks like an entry.
_COMMIT = re.compile(r"(?P<id>[0-9a-f]{40,64}) (?P<day>\d{4}-\d\d-\d\d)")
# A line break would part an entry, and an escape sequence reach the terminal.
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# What git shows for large repositories, where 7 digits are no longer unique.
_SHORT = 12
_LOG = (
    "--literal-pathspecs",
    # It would run a program of the configuration for each commit.
    "-c",
    "log.showSignature=false",
    "log",
    "-z",
)


@frozen_value(kw_only=True)
class FileVersion:
    """A version of a file: its commit, the day and the subject of that, its content.

    `blob` is the ID of the content.
    """

    commit: str
    day: str
    subject: str
    path: str
    blob: str

    @property
    def short_commit(self) -> str:
        """The beginning of the ID of the commit."""
        return self.commit[:_SHORT]


@frozen_value
class _FileName:
    """A file as git is asked for it: a directory that exists, and a path from there."""

    folder: Path
    path: str

    def run_git(self, arguments: list[str], line: str = "") -> bytes:
        """Run git in the directory, and return its output."""
        return run_git(arguments, line, self.path, self.folder)


def _find_file_name(path: Path) -> _FileName:
    """Return the name of a file whose directory may have been deleted with it."""
    folder = next(parent for parent in path.absolute().parents if parent.is_dir())
    return _FileName(folder, path.absolute().relative_to(folder).as_posix())


@frozen_value
class _Change:
    """A commit that changed the file, and the path of the file in it."""

    commit: str
    day: str
    path: str


def list_file_versions(path: Path, since: str | None = None) -> tuple[FileVersion, ...]:
    """Return the versions of a file, the oldest first.

    A commit that leaves the content as it was makes no version, nor does one that
    deletes the file.

    Args:
        path: The file, which does not have to exist any longer.
        since: The revision whose version comes first; without it, the first commit.

    Raises:
        DiagnosticError: `unknown-revision`, `file-not-found` if no commit has the file,
            `git-missing` or `git-failed`.
    """
    file = _find_file_name(path)
    found = _list_changes(file)
    if since is not None:
        found = _select_since(found, since, file)
    found.reverse()
    names = [f"{each.commit}:{each.path}" for each in found]
    objects = find_objects(names, file.path, file.folder) if names else []
    subjects = _read_subjects([each.commit for each in found], file)

    versions: list[FileVersion] = []
    for change, content in zip(found, objects, strict=True):
        if content is None or (versions and versions[-1].blob == content.name):
            continue
        versions.append(
            FileVersion(
                commit=change.commit,
                day=change.day,
                subject=subjects[change.commit],
                path=change.path,
                blob=content.name,
            )
        )
    if not versions:
        raise build_error(
            "file-not-found",
            f"no commit has a file {path.as_posix()!r:.200}",
            hint="name a document that git tracks, relative to the current directory",
        )
    return tuple(versions)


def _list_changes(file: _FileName) -> list[_Change]:
    """Return the commits that changed the file, the newest first."""
    arguments = [
        *_LOG,
        "--follow",
        "--name-only",
        "--format=%H %cs",
        "HEAD",
        "--",
        file.path,
    ]
    return list(_iter_changes(_run_log(arguments, file)))


def _select_since(changes: list[_Change], since: str, file: _FileName) -> list[_Change]:
    """Return the changes after a revision, and the one that it has last."""
    commit = None
    if not _CONTROL.search(since):
        names = [f"{since}^{{commit}}"]
        (commit,) = find_objects(names, file.path, file.folder)
    if commit is None:
        raise build_error(
            "unknown-revision",
            f"git knows no revision {since!r:.200}",
            hint="check its name, or fetch it; in CI, check out with `fetch-depth: 0`",
        )

    arguments = ["rev-list", f"{commit.name}..HEAD"]
    newer = set(file.run_git(arguments).decode("ascii").split())
    after = [change for change in changes if change.commit in newer]
    return after + [change for change in changes if change.commit not in newer][:1]


def _iter_changes(entries: Iterable[str]) -> Iterator[_Change]:
    """Yield the changes of a log; a merge without a path is none."""
    commit: re.Match[str] | None = None
    for entry in entries:
        header = _COMMIT.fullmatch(entry)
        if header is not None:
            commit = header
        elif commit is not None and entry.startswith("\n"):
            name = entry.removeprefix("\n")
            # A line break in a name would be a second request to git.
            if not _CONTROL.search(name):
                yield _Change(commit["id"], commit["day"], name)


def _read_subjects(commits: list[str], file: _FileName) -> dict[str, str]:
    """Return the first line of the message of each commit."""
    if not commits:
        return {}
    arguments = [*_LOG, "--no-walk=unsorted", "--format=%s", "--stdin"]
    said = _run_log(arguments, file, "\n".join(commits))
    # git writes a commit once, however often it is named.
    return dict(zip(dict.fromkeys(commits), said, strict=False))


def _run_log(arguments: list[str], file: _FileName, line: str = "") -> list[str]:
    said = file.run_git(arguments, line)
    return said.decode("utf-8", "surrogateescape").removesuffix("\0").split("\0")
