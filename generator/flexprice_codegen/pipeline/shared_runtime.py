"""The runtime that several clients share, in a directory with its own lock file.

In: the results of the clients of this run, and the other clients that share a runtime
with them, as they are on the disk. Out: a `GenerateResult` like that of a client.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from flexprice_codegen.config import Client
from flexprice_codegen.emit.files import GeneratedFile
from flexprice_codegen.emit.runtime_files import (
    collect_runtime_files,
    read_runtime_imports,
)
from flexprice_codegen.pipeline.generate import GenerateResult
from flexprice_codegen.pipeline.lock_file import find_lock
from flexprice_codegen.vendor.directory import read_directory
from flexprice_codegen.vendor.inputs import hash_tools
from flexprice_codegen.vendor.lock import Lock, LockInputs
from flexprice_codegen.vendor.lock_location import RUNTIME_LOCK_NAME, find_lock_name
from flexprice_codegen.vendor.plan import build_locked_file, build_plan
from flexprice_codegen.version import VERSION

_ATTRIBUTES = GeneratedFile(".gitattributes", "* text eol=lf linguist-generated\n")


def build_shared_runtimes(
    results: Iterable[GenerateResult], others: Iterable[Client], base: Path
) -> tuple[GenerateResult, ...]:
    """Generate each runtime that clients of this run share, with all modules they need.

    Args:
        results: The results of this run.
        others: The clients of the configuration file that are not part of this run.
        base: The directory that their paths start from.

    Raises:
        DiagnosticError: A directory or lock file cannot be read.
    """
    needed: dict[str, list[tuple[Client, frozenset[str]]]] = {}
    for each in results:
        if each.client.runtime:
            modules = frozenset[str]().union(*(file.runtime for file in each.files))
            place = each.client.get_runtime_directory()
            needed.setdefault(place, []).append((each.client, modules))

    for client in others:
        if client.runtime and client.get_runtime_directory() in needed:
            # This run must keep the modules that only clients outside of it import.
            modules = _read_modules(client, read_directory(base / client.output))
            needed[client.get_runtime_directory()].append((client, modules))

    return tuple(_build_runtime(place, users, base) for place, users in needed.items())


def _read_modules(client: Client, disk: Mapping[str, bytes]) -> frozenset[str]:
    """Return the modules of the runtime that a client on the disk imports."""
    return frozenset[str]().union(
        *(
            read_runtime_imports(data.decode("utf-8", "replace"), client.runtime)
            for path, data in disk.items()
            if path.endswith(".py")
        )
    )


def _build_runtime(
    place: str, users: Sequence[tuple[Client, frozenset[str]]], base: Path
) -> GenerateResult:
    """Generate one runtime; its lock file lists its clients as sources."""
    roots = frozenset[str]().union(*(modules for _, modules in users))
    made = tuple(sorted((_ATTRIBUTES, *collect_runtime_files(roots, ""))))

    folder = base / place
    disk = read_directory(folder)
    before = find_lock(disk, folder)

    plan = build_plan(made, disk, before)
    # As for a client: an upgrade that changes no text changes nothing.
    is_new = before is None or plan.has_changes
    lock = Lock(
        generator=VERSION if before is None or is_new else before.generator,
        sources=tuple(sorted(client.output for client, _ in users)),
        overlays=(),
        source_id="",
        files=tuple(map(build_locked_file, made)),
        names=(),
        inputs=LockInputs(tools_hash=hash_tools()),
    )

    return GenerateResult(
        client=Client(name=place, spec=(), output=place, package=Path(place).name),
        directory=folder,
        surface=None,
        files=made,
        before=before,
        after=lock,
        lock_name=find_lock_name(disk) or RUNTIME_LOCK_NAME,
        lock_text=lock.to_json(),
        plan=plan,
        disk=disk,
        diagnostics=(),
    )
