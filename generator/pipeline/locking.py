"""The lock of a run: what it knew of the one before, and what it leaves to the next.

In: a folder; then a client, its files and names. Out: locks.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path, PurePath

from generator.config import Client
from generator.emit.files import File
from generator.spec.document import Document
from generator.surface.client import ClientNames
from generator.surface.memory import Previous
from generator.surface.model import Surface
from generator.vendor.client_rows import client_rows
from generator.vendor.folder import LOCK_NAME
from generator.vendor.inputs import read_inputs, settings_digest, tools_digest
from generator.vendor.lock import Lock, MadeFrom, read_lock
from generator.vendor.plan import locked_file
from generator.version import VERSION


def lock_of(disk: dict[str, bytes], folder: Path) -> Lock | None:
    """Read the lock of a folder, None where there is none.

    Raises:
        SpecError: What stands there is no lock of ours.
    """
    data = disk.get(LOCK_NAME)
    if data is None:
        return None
    name = (folder / LOCK_NAME).as_posix()
    return read_lock(data.decode("utf-8", "replace"), name)


def believable(lock: Lock | None) -> Lock | None:
    """Give a lock whose digests count: as a run of the same tools wrote it."""
    tools = tools_digest()
    if lock is None or not lock.sealed or not tools or lock.made_from.tools != tools:
        return None
    return lock


def remembered(
    lock: Lock | None, disk: Mapping[str, bytes], *, prune: bool = False
) -> Previous:
    """Give the names that a lock holds, without its old ones where they are pruned.

    A lock of an earlier version does not name the client; the files of its folder do.
    """
    if lock is None:
        return Previous()
    names = (*lock.names, *client_rows(lock, disk))
    old_names = () if prune else lock.old_names
    return Previous(names, old_names, lock.shape_format)


def chosen_names(client: Client) -> ClientNames:
    """Return what the configuration says the client is called."""
    return ClientNames(class_name=client.class_name, env_prefix=client.env_prefix)


def referred_inputs(document: Document, base: Path) -> tuple[tuple[str, str], ...]:
    """Give the files that the references of a document have led to, with their ids."""
    return read_inputs((_seen_from(base, each) for each in document.referred()), base)


def _seen_from(base: Path, name: str) -> str:
    try:
        return PurePath(os.path.relpath(name, base)).as_posix()
    except ValueError:  # another drive
        return PurePath(Path(name).absolute()).as_posix()


def new_lock(
    client: Client,
    document: Document,
    files: tuple[File, ...],
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
        files=tuple(locked_file(each, known.get(each.path)) for each in files),
        names=surface.names,
        old_names=surface.old_names,
        made_from=MadeFrom(
            settings=settings_digest(client),
            tools=tools_digest(),
            files=tuple(sorted(set(inputs))),
        ),
    )
