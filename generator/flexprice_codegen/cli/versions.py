"""The versions of a document that a command compares.

In: names from the command line: files, addresses, `git:REV:PATH`, lock files of
clients. Out: sources to read, and the content of a lock file.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from flexprice_codegen.config import find_config
from flexprice_codegen.diagnostics import DiagnosticError, build_error
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.sources import (
    Source,
    compute_source_id,
    is_git_revision,
    is_url,
    read_blob,
    read_source,
)
from flexprice_codegen.vendor.lock_location import LOCK_SUFFIX, find_lock_path

if TYPE_CHECKING:
    from flexprice_codegen.vendor.lock import Lock


@frozen_value(kw_only=True)
class VersionSource:
    """A version: its documents, and the lock file that it was found by, if any."""

    sources: tuple[str | Source, ...]
    lock: Lock | None = None
    overlays: tuple[str, ...] = ()


def find_version(where: str) -> VersionSource:
    """Return the version that the command line names.

    Args:
        where: A file, an address, `git:REV:PATH`, a lock file, or a client's directory.

    Raises:
        DiagnosticError: It cannot be found or fetched.
    """
    if is_url(where):
        # Late: httpx2 takes 0.1 s to import, and only addresses need it.
        from flexprice_codegen.pipeline.source_fetch import fetch_source

        return VersionSource(sources=(fetch_source(where),))

    if is_git_revision(where):
        return VersionSource(sources=(where,))

    path = Path(where)
    if path.is_dir():
        path = find_lock_path(path) or path
    if path.name.endswith(LOCK_SUFFIX):
        return find_locked_version(path)

    return VersionSource(sources=(where,))


def find_locked_version(path: Path) -> VersionSource:
    """Return the document that a client was generated from.

    It is found by its git blob ID, or else at its path, if its content is the same.

    Args:
        path: The lock file.

    Raises:
        DiagnosticError: Neither git nor the path has this content.
    """
    name = path.as_posix()
    lock = _read_lock_file(path)
    base = _get_base_directory(path)
    overlays = tuple(_resolve_locked_path(base, each) for each in lock.overlays)
    files = tuple(_resolve_locked_path(base, each) for each in lock.sources)

    try:
        # The ID of several documents is a hash of their IDs, which git does not know.
        if len(files) == 1:
            source = read_blob(lock.source_id, folder=path.parent)
            source = replace(source, name=_find_name(source, lock.source_id, files[0]))
            return VersionSource(sources=(source,), lock=lock, overlays=overlays)
        raise _build_several_error(name, len(files))
    except DiagnosticError:
        # Without git, the files are that version as long as they have its hash.
        if not _has_same_sources(files, lock.source_id):
            raise

    return VersionSource(sources=files, lock=lock, overlays=overlays)


def _find_name(source: Source, blob_id: str, file: str) -> str:
    """Return a name for a document that people can open, in place of its ID."""
    if is_git_revision(file):
        return source.name
    # Late: few documents are of git.
    from flexprice_codegen.spec.git_repository import find_revision

    try:
        found = find_revision(blob_id, Path(file))
    except DiagnosticError:
        found = None
    return source.name if found is None else f"git:{found}"


def read_optional_lock(folder: Path) -> Lock | None:
    """Read the lock file of a directory, or return `None` if there is none.

    Raises:
        DiagnosticError: It is invalid.
    """
    path = find_lock_path(folder)
    return None if path is None else _read_lock_file(path)


def read_lock_settings(path: Path) -> tuple[Lock, tuple[str, ...]]:
    """Return a lock file, and the overlays of its client.

    Raises:
        DiagnosticError: It is invalid.
    """
    lock = _read_lock_file(path)
    base = _get_base_directory(path)
    return lock, tuple(_resolve_locked_path(base, each) for each in lock.overlays)


def _read_lock_file(path: Path) -> Lock:
    # Late: most versions are documents, and a lock file has the names of a client.
    from flexprice_codegen.vendor.lock import read_lock

    data = read_source(str(path)).data
    return read_lock(data.decode("utf-8", "replace"), path.as_posix())


def _get_base_directory(path: Path) -> Path:
    """Return the directory of the configuration file, which locked paths start from."""
    found = find_config(path.parent.resolve())
    if found is None:
        return Path()
    here = Path.cwd()
    folder = found.parent
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _resolve_locked_path(base: Path, where: str) -> str:
    return where if is_git_revision(where) else str(base / where)


def _has_same_sources(files: tuple[str, ...], source_id: str) -> bool:
    try:
        found = compute_source_id(read_source(each).data for each in files)
    except DiagnosticError:
        # A source that cannot be read is reported by the comparison.
        return False
    return found == source_id


def _build_several_error(name: str, number: int) -> DiagnosticError:
    return build_error(
        "blob-gone",
        f"the client of {name} was generated from {number} documents, which changed "
        "since then",
        hint="pass the old version as git:REV:PATH",
    )
