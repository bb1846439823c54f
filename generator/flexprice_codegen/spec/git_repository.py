"""Files in a git repository.

In: the name of an object, as `git rev-parse` takes it (gitrevisions(7)), and a
directory in the repository. Out: its bytes. Names go to git on its standard input, so
that no name can be an option; `cat-file` runs no filter, hook or program of the
repository.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from flexprice_codegen.diagnostics import DiagnosticError, FileLocation, build_error
from flexprice_codegen.frozen_values import frozen_value

# Seconds. A local lookup takes milliseconds; a partial clone may fetch the object
# first.
_PATIENCE = 60
# One line of `git cat-file --batch-check`; a missing object has another form. IDs have
# 40 digits (SHA-1) or 64 (SHA-256).
_OBJECT = re.compile(r"(?P<id>[0-9a-f]{40,64}) (?P<kind>[a-z]+) (?P<size>[0-9]+)")
# A line break in a name would be a second request to git.
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_COMMITS = 8
"""The commits to look at: one adds a blob at a path, others remove it and bring it back."""
# SHA-1, or SHA-256 in repositories with `extensions.objectFormat`.
_BLOB_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
# English messages, no password prompt, and no lock that another git process could wait
# for.
_ENVIRONMENT = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}


@frozen_value
class GitObject:
    """An object of the repository; `name` is its ID, and `size` is in bytes."""

    name: str
    kind: str
    size: int


def is_blob_id(text: str) -> bool:
    """Return whether a text is a complete git object ID (SHA-1 or SHA-256)."""
    return _BLOB_ID.fullmatch(text) is not None


def read_revision(where: str, limit: int, folder: Path) -> bytes:
    """Return the bytes of the file that `git:REV:path` names.

    The path is relative to the top of the repository, or with `./` and `../` to
    `folder`, as in git. An empty REV means the index: what is staged.

    Args:
        where: The revision and path, as `git:REV:path`.
        limit: The maximum size in bytes.
        folder: A directory in the repository.

    Raises:
        DiagnosticError: `usage`, `unknown-revision`, `file-not-found`,
            `file-unreadable`, `file-too-large`, `git-missing` or `git-failed`.
    """
    name = where.removeprefix("git:")
    revision, colon, path = name.partition(":")
    if not colon or not path or _CONTROL.search(name):
        raise build_error(
            "usage",
            f"expected git:REV:PATH, got {where!r:.200}",
            hint="use, for example, git:main:specs/api.yaml",
        )

    # The tree of the revision is requested as well, to know which of the two is
    # missing.
    found, tree = find_objects([name, f"{revision}^{{tree}}"], where, folder)
    if found is None:
        if revision and tree is None:
            raise _build_revision_error(where, revision)
        raise _build_path_error(where, revision, path, folder)
    return _read_object(found, where, limit, folder)


def read_blob(blob_id: str, limit: int, folder: Path) -> bytes:
    """Return the bytes of the git blob with the ID `blob_id`.

    Args:
        blob_id: All 40 or 64 hexadecimal digits.
        limit: The maximum size in bytes.
        folder: A directory in the repository.

    Raises:
        DiagnosticError: `blob-gone` where the repository does not have it; else as
            `read_revision`.
    """
    where = f"git:{blob_id}"
    if not is_blob_id(blob_id):
        raise build_error(
            "usage",
            f"invalid git object ID {blob_id!r:.200}",
            hint="use all 40 hexadecimal digits of the ID",
        )

    (found,) = find_objects([blob_id], where, folder)
    if found is None:
        raise build_error(
            "blob-gone",
            "git does not have this document",
            at=FileLocation(where, 1, 1),
            hint="commit the document; in a shallow clone, run `git fetch --unshallow`",
        )
    return _read_object(found, where, limit, folder)


def find_revision(blob_id: str, path: Path) -> str | None:
    """Return `REV:path` for a blob: the newest commit that has it at a path.

    Args:
        blob_id: The complete ID of the blob.
        path: The path of a file, which does not need to exist any longer.

    Returns:
        The name for `git:`, with `HEAD` or an abbreviated commit, and the path from the
        top of the repository. None if no commit has the blob at the path.

    Raises:
        DiagnosticError: `git-missing` or `git-failed`.
    """
    folder = path.parent
    where = f"git:{blob_id}"
    prefix = run_git(["rev-parse", "--show-prefix"], "", where, folder).decode().strip()
    name = f"{prefix}{path.name}"
    (head,) = find_objects([f"HEAD:{name}"], where, folder)
    if head is not None and head.name == blob_id:
        return f"HEAD:{name}"

    log = ["log", f"--max-count={_COMMITS}", "--format=%h", f"--find-object={blob_id}"]
    commits = run_git([*log, "--", path.name], "", where, folder).decode().split()
    names = [f"{commit}:{name}" for commit in commits]
    found = find_objects(names, where, folder) if names else []
    # A commit that removes the blob is in the log as well.
    pairs = zip(names, found, strict=True)
    return next(
        (e for e, object_ in pairs if object_ and object_.name == blob_id), None
    )


def list_files(folder: Path, patterns: Sequence[str]) -> tuple[str, ...] | None:
    """Return the files of a directory that git knows or does not ignore.

    Args:
        folder: The directory.
        patterns: Patterns of paths, as `git ls-files` takes them.

    Returns:
        Paths relative to the directory, sorted; None if it is in no repository, or git
        is not installed.
    """
    arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        said = run_git([*arguments, "--", *patterns], "", str(folder), folder)
    except DiagnosticError:
        # No repository, or git is not installed.
        return None
    names = {os.fsdecode(each) for each in said.split(b"\0") if each}
    return tuple(sorted(names))


def list_changed_files(folder: Path) -> frozenset[str] | None:
    """Return the files below a directory with changes that are not committed.

    Returns:
        Paths relative to the directory; None if it is in no repository.
    """
    arguments = ["status", "--porcelain", "-z", "--no-renames", "--", "."]
    try:
        said = run_git(arguments, "", str(folder), folder)
        prefix = run_git(["rev-parse", "--show-prefix"], "", str(folder), folder)
    except DiagnosticError:
        # The same: nothing is known about changes.
        return None
    # The paths of `status` start at the top of the repository, behind a status and a
    # space.
    start = len(prefix.rstrip(b"\n")) + len("XY ")
    return frozenset(os.fsdecode(each[start:]) for each in said.split(b"\0") if each)


def find_objects(names: list[str], where: str, folder: Path) -> list[GitObject | None]:
    """Return the objects with these names, in order; None for a missing object."""
    said = run_git(["cat-file", "--batch-check"], "\n".join(names), where, folder)
    lines = said.decode("utf-8", "replace").splitlines()

    matches = [_OBJECT.fullmatch(line) for line in lines]
    return [
        GitObject(each["id"], each["kind"], int(each["size"])) if each else None
        for each in matches
    ]


def _read_object(found: GitObject, where: str, limit: int, folder: Path) -> bytes:
    at = FileLocation(where, 1, 1)
    if found.kind != "blob":
        hint = "use the path of a document in the directory"
        raise build_error(
            "file-unreadable", "expected a file, got a directory", at=at, hint=hint
        )
    if found.size > limit:
        raise build_error(
            "file-too-large",
            f"the file exceeds {limit:,} bytes",
            at=at,
            hint="use a smaller document, or increase --max-size",
        )

    # The output is a header line as of `--batch-check`, the content, and a line break.
    said = run_git(["cat-file", "--batch"], found.name, where, folder)
    start = said.index(b"\n") + 1
    return said[start : start + found.size]


def run_git(arguments: list[str], line: str, where: str, folder: Path) -> bytes:
    """Run git and return its output.

    Args:
        arguments: The arguments of git.
        line: Its standard input.
        where: What messages call the document.
        folder: The directory in which it runs.

    Raises:
        DiagnosticError: `git-missing` or `git-failed`.
    """
    # Late: they import modules of compression and of threads, and most runs do not need
    # git.
    import shutil
    import subprocess

    at = FileLocation(where, 1, 1)
    program = shutil.which("git")
    if program is None:
        hint = "install git, or use the path of a file"
        raise build_error("git-missing", "git is not installed", at=at, hint=hint)

    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments; names go to its input
            [program, "-C", str(folder), *arguments],
            input=os.fsencode(f"{line}\n"),
            capture_output=True,
            env=os.environ | _ENVIRONMENT,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        message = f"git did not respond within {_PATIENCE} seconds"
        hint = "run `git fsck`, or use the path of a file"
        raise build_error("git-failed", message, at=at, hint=hint) from None

    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = lines[0].removeprefix("fatal: ") if lines else "unknown reason"
        raise build_error(
            "git-failed",
            f"git cannot read the document: {reason:.300}",
            at=at,
            hint="run the command in the repository that has the document",
        )
    return done.stdout


def _build_revision_error(where: str, revision: str) -> DiagnosticError:
    return build_error(
        "unknown-revision",
        f"unknown git revision {revision!r:.200}",
        at=FileLocation(where, 1, 1),
        hint="check the name, or fetch the revision; in CI, check out with `fetch-depth: 0`",
    )


def _build_path_error(
    where: str, revision: str, path: str, folder: Path
) -> DiagnosticError:
    place = f"revision {revision!r:.200} has" if revision else "the index has"
    hint = "use a path from the root of the repository"
    if not path.startswith(("./", "../")) and _is_relative_to_directory(
        revision, path, folder
    ):
        hint += f"; did you mean git:{revision}:./{path}?"

    message = f"{place} no file {path!r:.200}"
    return build_error(
        "file-not-found", message, at=FileLocation(where, 1, 1), hint=hint
    )


def _is_relative_to_directory(revision: str, path: str, folder: Path) -> bool:
    """Return whether the path exists relative to `folder`, for a hint in the error."""
    try:
        (found,) = find_objects([f"{revision}:./{path}"], "", folder)
    except DiagnosticError:
        # There is no such revision either.
        return False
    return found is not None
