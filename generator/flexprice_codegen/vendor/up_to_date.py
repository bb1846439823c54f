"""Whether a run has nothing to do, told without making anything.

In: a client and the folder that its paths start from. Out: what there is to say of it,
or None where a run must look closer. Nothing that a run reads may
have moved (settings, documents, overlays, the generator, its templates and libraries),
and nothing that it wrote: not a byte of a file, none missing, none astray.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from flexprice_codegen.config import Client
from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.vendor.directory import (
    LOCK_NAME,
    is_generated,
    read_file,
    read_whole_folder,
)
from flexprice_codegen.vendor.inputs import (
    has_valid_checksum,
    hash_client_config,
    hash_input_files,
    hash_tools,
)
from flexprice_codegen.vendor.journal import has_journal


@dataclass(frozen=True, slots=True)
class UpToDateClient:
    """A client that needs no run: how many files it has, and its old names."""

    file_count: int
    deprecated_aliases: tuple[tuple[str, str], ...]
    """Pairs of an old name and what is to be written today."""


def get_up_to_date_client(
    client: Client, base: Path, all_: Iterable[Client]
) -> UpToDateClient | None:
    """Tell of a client that needs no run; None where a run must look closer.

    `all_` are the clients of the configuration, some of which may share its runtime.
    """
    folder = base / client.output
    try:
        lock = _read_intact_lock(folder)
        if lock is None or not _has_same_inputs(lock, client, base):
            return None
        old = tuple((old, new) for *_, old, new in lock["old_names"])
        stands = _has_same_files(folder, lock) and (
            not client.runtime
            or _is_runtime_up_to_date(client.get_runtime_directory(), base, all_)
        )
        return UpToDateClient(len(lock["files"]), old) if stands else None
    except (DiagnosticError, OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _read_intact_lock(folder: Path) -> Mapping[str, Any] | None:
    """Read the lock, if it is as a run wrote it and no run was interrupted."""
    if has_journal(folder):
        return None
    text = (read_file(folder / LOCK_NAME) or b"").replace(b"\r\n", b"\n").decode()
    found = json.loads(text) if has_valid_checksum(text) else None
    return found if isinstance(found, Mapping) and "writing" not in found else None


def _has_same_inputs(lock: Mapping[str, Any], client: Client, base: Path) -> bool:
    inputs = [(path, id_) for path, id_ in lock["inputs"]]
    given = {*client.spec, *client.overlay}
    return (
        given <= {path for path, _ in inputs}
        and lock["settings"] == hash_client_config(client)
        and list(hash_input_files((path for path, _ in inputs), base)) == inputs
        and all(id_ for _, id_ in inputs)
        and lock["tools"] == hash_tools() != ""
    )


def _is_runtime_up_to_date(place: str, base: Path, all_: Iterable[Client]) -> bool:
    """Tell whether a shared runtime stands as a run for the same clients left it."""
    users = (e.output for e in all_ if e.runtime and e.get_runtime_directory() == place)
    lock = _read_intact_lock(base / place)
    return (
        lock is not None
        and lock["sources"] == sorted(users)
        and lock["tools"] == hash_tools()
        and _has_same_files(base / place, lock)
    )


def _has_same_files(folder: Path, lock: Mapping[str, Any]) -> bool:
    rows = {path: digest for path, digest, *_ in lock["files"]}
    found = 0
    files, leftovers = read_whole_folder(folder)
    if leftovers:
        return False
    for path, data in files.items():
        if path in rows:
            found += 1
            if sha256(data.replace(b"\r\n", b"\n")).hexdigest() != rows[path]:
                return False
        elif is_generated(data):
            return False
    return found == len(rows)
