"""Whether a run has nothing to do, found without generating anything.

In: a client and the directory that its paths start from. Out: its summary, or None if a
full run is needed. No input may have changed (configuration, documents, overlays, the
generator, its templates and libraries), and no output: every file has its hash, none is
missing, and none is stray. Other tools count as those of the lock file if they have
generated the same client before.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from flexprice_codegen.config import Client
from flexprice_codegen.diagnostics import Diagnostic, DiagnosticError
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.hashes import hash_content
from flexprice_codegen.vendor.directory import (
    is_generated,
    read_file,
    read_whole_folder,
)
from flexprice_codegen.vendor.equal_results import has_equal_result
from flexprice_codegen.vendor.inputs import (
    hash_client_config,
    hash_input_files,
    hash_tools,
)
from flexprice_codegen.vendor.journal import has_journal
from flexprice_codegen.vendor.lock_location import find_lock_path
from flexprice_codegen.vendor.lock_text import LockEntries, parse_intact_lock
from flexprice_codegen.vendor.stored_warnings import (
    read_warning_row,
    show_stored_warnings,
)


@frozen_value
class UpToDateClient:
    """A client that needs no run: the number of its files, its warnings and aliases."""

    file_count: int
    warnings: tuple[Diagnostic, ...]
    deprecated_aliases: tuple[tuple[str, str], ...]
    """Pairs of a deprecated name and the current one."""


def get_up_to_date_client(
    client: Client, base: Path, all_: Iterable[Client]
) -> UpToDateClient | None:
    """Return the summary of a client that is up to date; None if a full run is needed.

    Args:
        client: The client.
        base: The directory that its paths start from.
        all_: The clients of the configuration file, some of which can share its
            runtime.
    """
    folder = base / client.output
    try:
        lock = _read_current_lock(folder)
        if lock is None or not _has_same_inputs(lock, client, base):
            return None
        old = tuple((old, new) for *_, old, new in lock["old_names"])
        stands = _has_same_files(folder, lock) and (
            not client.runtime
            or _is_runtime_up_to_date(client.get_runtime_directory(), base, all_)
        )
        if not stands:
            return None
        warnings = _read_warnings(lock, client, base)
        return UpToDateClient(len(lock["files"]), warnings, old)
    # Whatever is wrong with the files, the full run reports it.
    except (DiagnosticError, OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _read_current_lock(folder: Path) -> LockEntries | None:
    """Read the lock file; None if it was edited, interrupted, or of other tools."""
    if has_journal(folder):
        return None

    path = find_lock_path(folder)
    if path is None:
        return None
    text = (read_file(path) or b"").replace(b"\r\n", b"\n").decode()
    # `read_lock` would validate every row, which is slow and needs slow imports.
    lock = parse_intact_lock(text)
    return lock if lock is not None and _has_same_tools(lock, text) else None


def _has_same_tools(lock: LockEntries, text: str) -> bool:
    """Return whether the tools of this run are those of a lock file, or equal to them."""
    tools = hash_tools()
    return lock["tools"] == tools != "" or has_equal_result(text, tools)


def _read_warnings(
    lock: LockEntries, client: Client, base: Path
) -> tuple[Diagnostic, ...]:
    """Return the warnings of the run that wrote the lock file."""
    found = (read_warning_row(*row) for row in lock.get("warnings", ()))
    return show_stored_warnings(found, (*client.spec, *client.overlay), base)


def _has_same_inputs(lock: LockEntries, client: Client, base: Path) -> bool:
    """Return whether configuration and input files are those of the lock file."""
    inputs = [(path, id_) for path, id_ in lock["inputs"]]
    given = {*client.spec, *client.overlay}
    return (
        given <= {path for path, _ in inputs}
        and lock["settings"] == hash_client_config(client)
        and list(hash_input_files((path for path, _ in inputs), base)) == inputs
        and all(id_ for _, id_ in inputs)
    )


def _is_runtime_up_to_date(place: str, base: Path, all_: Iterable[Client]) -> bool:
    """Return whether a shared runtime is what a run for the same clients wrote."""
    users = (e.output for e in all_ if e.runtime and e.get_runtime_directory() == place)
    lock = _read_current_lock(base / place)
    return (
        lock is not None
        and lock["sources"] == sorted(users)
        and _has_same_files(base / place, lock)
    )


def _has_same_files(folder: Path, lock: LockEntries) -> bool:
    """Return whether a directory has the files of the lock file, and no stray ones."""
    rows = {path: digest for path, digest, *_ in lock["files"]}
    found = 0
    files, leftovers = read_whole_folder(folder)
    if leftovers:
        return False

    for path, data in files.items():
        if path in rows:
            found += 1
            if hash_content(data) != rows[path]:
                return False
        elif is_generated(data):
            return False
    return found == len(rows)
