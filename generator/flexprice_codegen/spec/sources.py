"""The origin of a document.

In: the location of a document as the user wrote it. Out: `Source`, its name and bytes.
`read_source` accepts `git:REV:path`, `git:ID` of a blob, and the path of a file, which
every other text is. Nothing is fetched here: `pull` does that, and writes a file.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from flexprice_codegen.diagnostics import DiagnosticError, FileLocation, build_error
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.hashes import compute_git_blob_id
from flexprice_codegen.spec.limits import DEFAULT_LIMITS

_GIT = "git:"
# The user info of a URL (RFC 3986 §3.2.1).
_CREDENTIALS = re.compile(r"//[^/@\s]*@")
STANDARD_INPUT = "-"
"""The name of standard input on the command line."""


@frozen_value
class Source:
    """The bytes of one document and its name in messages."""

    name: str
    data: bytes


def read_source(
    where: str, limit: int = DEFAULT_LIMITS.size, folder: Path = Path()
) -> Source:
    """Read the document that `where` names.

    The name of the source is `where`, with forward slashes.

    Args:
        where: `git:REV:path`, `git:ID`, `-` for standard input, or a path relative to
            the current directory.
        limit: The maximum size in bytes.
        folder: The directory in which git resolves `git:` revisions.

    Raises:
        DiagnosticError: `address` for a URL; `file-not-found`, `file-unreadable` or
            `file-too-large`; for git also `usage`, `unknown-revision`, `blob-gone`,
            `git-missing` or `git-failed`.
    """
    if is_url(where):
        raise build_address_error(where)

    if where == STANDARD_INPUT:
        return _read_standard_input(limit)
    if not is_git_revision(where):
        return _read_file(where, limit)

    # Late: most documents are files.
    from flexprice_codegen.spec.git_repository import is_blob_id, read_revision

    name = where.removeprefix(_GIT)
    if is_blob_id(name):
        return read_blob(name, limit, folder)
    return Source(where, read_revision(where, limit, folder))


def read_blob(
    blob_id: str, limit: int = DEFAULT_LIMITS.size, folder: Path = Path()
) -> Source:
    """Read a document by its git blob ID, from the repository that holds `folder`.

    Args:
        blob_id: The complete ID of the blob.
        limit: The maximum size in bytes.
        folder: A directory in the repository.

    Raises:
        DiagnosticError: `blob-gone` if the repository does not have it; `usage`,
            `file-too-large`, `git-missing` or `git-failed`.
    """
    # Late: most documents are files.
    from flexprice_codegen.spec import git_repository

    data = git_repository.read_blob(blob_id, limit, folder)
    return Source(f"{_GIT}{blob_id}", data)


def is_url(where: str) -> bool:
    """Return whether a text is a URL."""
    return "://" in where and not is_git_revision(where)


def redact_url(address: str) -> str:
    """Return a URL without its user info, query and fragment, which may be secret."""
    bare = re.split(r"[?#]", address, maxsplit=1)[0]
    return _CREDENTIALS.sub("//", bare)


def is_git_revision(where: str) -> bool:
    """Return whether a text names a file in a git repository."""
    return where.startswith(_GIT)


def get_base_path(where: str) -> Path:
    """Return a path to which the paths of other files can be joined."""
    if not is_git_revision(where):
        return Path(where)
    revision, _, path = where.removeprefix(_GIT).partition(":")
    return Path(f"{_GIT}{revision}:") / path


def resolve_sibling(where: str, path: str) -> str:
    """Return the name of the file at `path`, relative to the document `where`."""
    if is_git_revision(where):
        revision, _, inside = where.removeprefix(_GIT).partition(":")
        folder = inside.rpartition("/")[0]
        return f"{_GIT}{revision}:{folder}{'/' if folder else ''}{path}"
    return (PurePosixPath(Path(where).parent.as_posix()) / path).as_posix()


def compute_source_id(contents: Iterable[bytes]) -> str:
    """Return the ID of the documents of an API: a git blob ID if there is only one."""
    # Sorted, so that the order of the files does not change the ID.
    ids = sorted(map(compute_git_blob_id, contents))
    return ids[0] if len(ids) == 1 else compute_git_blob_id("".join(ids).encode())


def _read_standard_input(limit: int) -> Source:
    data = sys.stdin.buffer.read(limit + 1)
    return _check_size(STANDARD_INPUT, data, limit)


def _read_file(where: str, limit: int) -> Source:
    name = where.replace(os.sep, "/")
    try:
        # A pipe can have no writer, and a device no end.
        if Path(where).exists() and not Path(where).is_file():
            raise _build_kind_error(name, is_directory=Path(where).is_dir())
        with Path(where).open("rb") as file:
            # One byte more than the limit, to notice a file that exceeds it.
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise _build_read_error(name, error) from None
    return _check_size(name, data, limit)


def _check_size(name: str, data: bytes, limit: int) -> Source:
    """Return a source, or raise an error if it is larger than the limit."""
    if len(data) > limit:
        raise build_error(
            "file-too-large",
            f"the file exceeds {limit:,} bytes",
            at=FileLocation(name, 0, 0),
            hint="use a smaller document, or increase --max-size",
        )
    return Source(name, data)


def build_address_error(where: str) -> DiagnosticError:
    """Return the error for a URL in a place of a file."""
    return build_error(
        "address",
        f"expected the path of a file, got the URL {where:.200}",
        hint="say `from` where it comes from in a [[spec]] of the configuration, "
        "and run `flexprice-codegen pull`",
    )


def _build_kind_error(name: str, *, is_directory: bool) -> DiagnosticError:
    """Return the error for a directory, a pipe or a device in the place of a file."""
    if is_directory:
        message = "expected a file, got a directory"
        hint = "use the path of a document in the directory"
    else:
        message = "expected a file, got a pipe or a device"
        hint = "pass a file, or - for standard input"

    at = FileLocation(name, 0, 0)
    return build_error("file-unreadable", message, at=at, hint=hint)


def _build_read_error(name: str, error: OSError | ValueError) -> DiagnosticError:
    """Build the error for a file that cannot be read."""
    at = FileLocation(name, 0, 0)
    match error:
        case FileNotFoundError() | NotADirectoryError() | ValueError():
            hint = "check the path; it starts from the current directory"
            return build_error("file-not-found", "file not found", at=at, hint=hint)
        case _:
            reason = (error.strerror or "unknown reason").lower()
            message = f"cannot read the file: {reason}"
            hint = "check the permissions of the file"
            return build_error("file-unreadable", message, at=at, hint=hint)
