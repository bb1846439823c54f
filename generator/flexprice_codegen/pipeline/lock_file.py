"""The lock file of a run: what it reads of the previous one, and what it writes.

In: a directory; then a client, its files and names. Out: locks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from flexprice_codegen.config import Client
from flexprice_codegen.diagnostics import build_error
from flexprice_codegen.emit.files import GeneratedFile
from flexprice_codegen.spec.document import Document
from flexprice_codegen.spec.sources import is_url, redact_url
from flexprice_codegen.surface.client import CLIENT_KIND
from flexprice_codegen.surface.model import Surface
from flexprice_codegen.surface.previous_names import PreviousNames
from flexprice_codegen.vendor.former_client_rows import client_rows
from flexprice_codegen.vendor.inputs import (
    hash_client_config,
    hash_input_files,
    hash_tools,
)
from flexprice_codegen.vendor.lock import (
    Lock,
    LockInputs,
    build_lock_error,
    read_lock,
)
from flexprice_codegen.vendor.lock_location import find_lock_name
from flexprice_codegen.vendor.plan import build_locked_file
from flexprice_codegen.vendor.stored_warnings import get_relative_path
from flexprice_codegen.version import VERSION


def find_lock(disk: dict[str, bytes], folder: Path) -> Lock | None:
    """Read the lock file of a directory; None if there is none.

    Args:
        disk: The bytes of all files of the directory, by path.
        folder: The directory, for messages.

    Raises:
        DiagnosticError: The file is not a lock file, has an unknown format, or was
            written by a newer version.
    """
    found = find_lock_name(disk)
    if found is None:
        return None
    name = (folder / found).as_posix()
    lock = read_lock(disk[found].decode("utf-8", "replace"), name)
    _check_generator(lock, name)
    return lock


def _check_generator(lock: Lock, name: str) -> None:
    """Raise an error if a newer version wrote a lock file.

    An older version could not keep what it does not know.
    """
    if lock.generator == VERSION:
        return
    # Late: most lock files are of this version.
    from flexprice_codegen.versions import is_newer

    try:
        newer = is_newer(lock.generator, VERSION)
    except ValueError as error:
        raise build_lock_error(name, f"`generator`: {error}") from error
    if newer:
        raise build_error(
            "older-generator",
            f"{name} was written by flexprice-codegen {lock.generator}, and this is the "
            f"older version {VERSION}",
            hint=f"install flexprice-codegen {lock.generator} or newer; "
            "set `required-version` in the configuration file to require it",
        )


def get_trusted_lock(lock: Lock | None) -> Lock | None:
    """Return a lock that is unedited and was written with the same tools, else None."""
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
    """Return the names of a lock file.

    A lock file of an earlier version does not name the client. Then its names are read
    from the generated files.

    Args:
        lock: The lock file, if there is one.
        disk: The bytes of all files of the directory, by path.
        prune: Whether to omit deprecated aliases.
    """
    if lock is None:
        return PreviousNames()
    found = recall_names(lock)
    return replace(
        found,
        names=(*found.names, *client_rows(lock, disk)),
        deprecated_aliases=() if prune else found.deprecated_aliases,
    )


def recall_names(lock: Lock) -> PreviousNames:
    """Return the names that a lock file holds."""
    kinds = {each.kind for each in lock.names}
    # Without enums, the rows of the client tell a former version from this one.
    evident = "member" if "enum" in kinds else CLIENT_KIND
    return PreviousNames(
        lock.names,
        lock.deprecated_aliases,
        lock.shape_format,
        has_members=not kinds or evident in kinds,
        source_id=lock.source_id,
        earlier=lock.earlier,
    )


def hash_referenced_files(
    document: Document, base: Path
) -> tuple[tuple[str, str], ...]:
    """Return the files that a document references, with their git blob IDs."""
    return hash_input_files(
        (get_relative_path(each, base) for each in document.list_referenced_files()),
        base,
    )


def build_lock(
    client: Client,
    document: Document,
    files: tuple[GeneratedFile, ...],
    surface: Surface,
    *,
    inputs: tuple[tuple[str, str], ...],
    before: Lock | None,
) -> Lock:
    """Build the lock of a run.

    Args:
        client: The client.
        document: Its document.
        files: Its generated files.
        surface: Its surface, for the names.
        inputs: Pairs of an input file and its git blob ID; empty if the next run must
            not skip.
        before: The previous lock, if it is trusted: the code hashes of unchanged files
            are reused.
    """
    known = {each.path: each for each in before.files} if before is not None else {}

    return Lock(
        generator=VERSION,
        sources=tuple(
            redact_url(each) if is_url(each) else each for each in client.spec
        ),
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
