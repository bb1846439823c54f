"""The lock of a run: what it knew of the one before, and what it leaves to the next.

In: a folder; then a client, its files and names. Out: locks.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path, PurePath

from flexprice_codegen.config import Client
from flexprice_codegen.emit.files import GeneratedFile
from flexprice_codegen.spec.document import Document
from flexprice_codegen.surface.model import Surface
from flexprice_codegen.surface.previous_names import PreviousNames
from flexprice_codegen.vendor.client_rows import client_rows
from flexprice_codegen.vendor.directory import LOCK_NAME
from flexprice_codegen.vendor.inputs import (
    hash_client_config,
    hash_input_files,
    hash_tools,
)
from flexprice_codegen.vendor.lock import Lock, LockInputs, read_lock
from flexprice_codegen.vendor.plan import build_locked_file
from flexprice_codegen.version import VERSION


def find_lock(disk: dict[str, bytes], folder: Path) -> Lock | None:
    """Read the lock of a folder, None where there is none.

    Raises:
        DiagnosticError: What stands there is no lock of ours.
    """
    data = disk.get(LOCK_NAME)
    if data is None:
        return None
    name = (folder / LOCK_NAME).as_posix()
    return read_lock(data.decode("utf-8", "replace"), name)


def get_trusted_lock(lock: Lock | None) -> Lock | None:
    """Give a lock whose digests count: as a run of the same tools wrote it."""
    tools = hash_tools()
    if (
        lock is None
        or not lock.is_intact
        or not tools
        or lock.inputs.tools_hash != tools
    ):
        return None
    return lock


def get_previous_names(
    lock: Lock | None, disk: Mapping[str, bytes], *, prune: bool = False
) -> PreviousNames:
    """Give the names that a lock holds, without its old ones where they are pruned.

    A lock of an earlier version does not name the client; the files of its folder do.
    """
    if lock is None:
        return PreviousNames()
    names = (*lock.names, *client_rows(lock, disk))
    old_names = () if prune else lock.deprecated_aliases
    return PreviousNames(names, old_names, lock.shape_format)


def hash_referenced_files(
    document: Document, base: Path
) -> tuple[tuple[str, str], ...]:
    """Give the files that the references of a document have led to, with their ids."""
    return hash_input_files(
        (_get_relative_path(base, each) for each in document.list_referenced_files()),
        base,
    )


def _get_relative_path(base: Path, name: str) -> str:
    try:
        return PurePath(os.path.relpath(name, base)).as_posix()
    except ValueError:  # another drive
        return PurePath(Path(name).absolute()).as_posix()


def build_lock(
    client: Client,
    document: Document,
    files: tuple[GeneratedFile, ...],
    surface: Surface,
    *,
    inputs: tuple[tuple[str, str], ...],
    before: Lock | None,
) -> Lock:
    """Make the lock of a run; `before` is that of the last one, if it is believed."""
    known = {each.path: each for each in before.files} if before is not None else {}
    return Lock(
        generator=VERSION,
        sources=client.spec,
        overlays=client.overlay,
        source_id=document.source_id,
        files=tuple(build_locked_file(each, known.get(each.path)) for each in files),
        names=surface.names,
        deprecated_aliases=surface.deprecated_aliases,
        inputs=LockInputs(
            config_hash=hash_client_config(client),
            tools_hash=hash_tools(),
            file_ids=tuple(sorted(set(inputs))),
        ),
    )
