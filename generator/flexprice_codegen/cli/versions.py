"""Where the two versions are that a command compares.

In: what the command line names: files, addresses, `git:REV:PATH`, locks of clients. Out:
places to read from, and what a lock knows beside.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flexprice_codegen.config import find
from flexprice_codegen.diagnostics import SpecError, fault
from flexprice_codegen.spec.sources import (
    Source,
    git_blob_id,
    is_address,
    is_revision,
    read_blob,
    read_source,
)
from flexprice_codegen.vendor.folder import LOCK_NAME
from flexprice_codegen.vendor.lock import Lock, read_lock


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A version: its documents, and the lock that remembers them, if that is given."""

    sources: tuple[str | Source, ...]
    lock: Lock | None = None
    overlays: tuple[str, ...] = ()


def version(where: str) -> Named:
    """Find a version.

    Raises:
        SpecError: It is gone, or cannot be fetched.
    """
    if is_address(where):
        # httpx2 takes 0.1 s to import, which only an address needs.
        from flexprice_codegen.pipeline.fetching import fetched

        return Named(sources=(fetched(where),))
    if is_revision(where):
        return Named(sources=(where,))
    path = Path(where)
    if path.is_dir() and (path / LOCK_NAME).is_file():
        path = path / LOCK_NAME
    if path.name.endswith(LOCK_NAME):
        return of_lock(path)
    return Named(sources=(where,))


def of_lock(path: Path) -> Named:
    """Find the document that a client was generated from, by its git blob.

    A document that git does not know is looked for where it stood.

    Raises:
        SpecError: It is in neither place any more.
    """
    name = path.as_posix()
    lock = _read(path)
    base = _base(path)
    overlays = tuple(_under(base, each) for each in lock.overlays)
    files = tuple(_under(base, each) for each in lock.sources)
    try:
        if len(files) == 1:
            source = read_blob(lock.source_id, folder=path.parent)
            return Named(sources=(source,), lock=lock, overlays=overlays)
        raise _several(name, len(files))
    except SpecError:
        if not _is_still_there(files, lock.source_id):
            raise
    return Named(sources=files, lock=lock, overlays=overlays)


def lock_at(path: Path) -> Lock | None:
    """Read a lock, if there is one."""
    return _read(path) if path.is_file() else None


def _read(path: Path) -> Lock:
    data = read_source(str(path)).data
    return read_lock(data.decode("utf-8", "replace"), path.as_posix())


def _base(path: Path) -> Path:
    """Give the folder that the paths of a lock start from: that of the configuration."""
    found = find(path.parent.resolve())
    if found is None:
        return Path()
    here = Path.cwd()
    folder = found.parent
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _under(base: Path, where: str) -> str:
    return where if is_revision(where) else str(base / where)


def _is_still_there(files: tuple[str, ...], source_id: str) -> bool:
    try:
        ids = sorted(git_blob_id(read_source(each).data) for each in files)
    except SpecError:
        return False
    whole = ids[0] if len(ids) == 1 else git_blob_id("".join(ids).encode())
    return whole == source_id


def _several(name: str, number: int) -> SpecError:
    return fault(
        "blob-gone",
        f"the client of {name} was generated from {number} documents that have changed "
        "since, and a lock keeps no id of each",
        hint="name the older version as git:REV:PATH",
    )
