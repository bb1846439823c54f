"""The runtime that several clients share, in a folder and with a lock of its own.

In: the folder, what the clients of this run import from it, and the clients that are not
worked on, as they stand on the disk. Out: a `Result` like that of a client.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from flexprice_codegen.config import Client
from flexprice_codegen.emit.files import File
from flexprice_codegen.emit.runtime_files import read_runtime_imports, runtime_files
from flexprice_codegen.pipeline.generate import Result
from flexprice_codegen.pipeline.locking import lock_of
from flexprice_codegen.vendor.folder import read_folder
from flexprice_codegen.vendor.inputs import tools_digest
from flexprice_codegen.vendor.lock import Lock, MadeFrom
from flexprice_codegen.vendor.plan import locked_file, plan
from flexprice_codegen.version import VERSION

_ATTRIBUTES = File(".gitattributes", "* text eol=lf linguist-generated\n")


def shared_runtimes(
    results: Iterable[Result], others: Iterable[Client], base: Path
) -> tuple[Result, ...]:
    """Make each runtime that clients of this run share, with all modules they need."""
    needed: dict[str, list[tuple[Client, frozenset[str]]]] = {}
    for each in results:
        if each.client.runtime:
            modules = frozenset[str]().union(*(file.runtime for file in each.files))
            place = each.client.runtime_folder()
            needed.setdefault(place, []).append((each.client, modules))
    for client in others:
        if client.runtime and client.runtime_folder() in needed:
            modules = _read_modules(client, read_folder(base / client.output))
            needed[client.runtime_folder()].append((client, modules))
    return tuple(_runtime(place, users, base) for place, users in needed.items())


def _read_modules(client: Client, disk: Mapping[str, bytes]) -> frozenset[str]:
    """Return the modules of the runtime that a client imports, as it is on the disk."""
    return frozenset[str]().union(
        *(
            read_runtime_imports(data.decode("utf-8", "replace"), client.runtime)
            for path, data in disk.items()
            if path.endswith(".py")
        )
    )


def _runtime(
    place: str, users: Sequence[tuple[Client, frozenset[str]]], base: Path
) -> Result:
    """Make one; its sources are the clients that share it."""
    roots = frozenset[str]().union(*(modules for _, modules in users))
    made = tuple(sorted((_ATTRIBUTES, *runtime_files(roots, ""))))
    folder = base / place
    disk = read_folder(folder)
    before = lock_of(disk, folder)
    lock = Lock(
        generator=VERSION,
        sources=tuple(sorted(client.output for client, _ in users)),
        overlays=(),
        source_id="",
        files=tuple(map(locked_file, made)),
        names=(),
        made_from=MadeFrom(tools=tools_digest()),
    )
    return Result(
        client=Client(name=place, spec=(), output=place, package=Path(place).name),
        folder=folder,
        surface=None,
        files=made,
        before=before,
        after=lock,
        lock=lock.text(),
        plan=plan(made, disk, before),
        disk=disk,
        diagnostics=(),
    )
