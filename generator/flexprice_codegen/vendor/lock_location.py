"""Where the lock file of a client is: a file in its directory, called after the API.

In: the files of a directory, or its path. Out: the name or the path of its lock file.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from flexprice_codegen.vendor.directory import LOCK_NAME
from flexprice_codegen.vendor.paths import is_regular
from flexprice_codegen.words import to_snake_case

LOCK_SUFFIX = ".lock.json"
RUNTIME_LOCK_NAME = f"runtime{LOCK_SUFFIX}"
"""The lock file of a runtime that clients share."""
# Other tools have such names, too: `packages.lock.json` is a file of NuGet.
_MARK = b'"source_id": '
# Windows reserves them, whatever the suffix.
_DEVICES = frozenset({"aux", "con", "nul", "prn"})


def build_lock_name(class_name: str) -> str:
    """Return the name of the lock file of a new client.

    Args:
        class_name: The name of its class.
    """
    stem = to_snake_case(class_name).encode("ascii", "ignore").decode().strip("_")
    return f"{'client' if stem in _DEVICES else stem or 'client'}{LOCK_SUFFIX}"


def is_lock(name: str, data: bytes) -> bool:
    """Return whether a file anywhere in a repository is a lock file.

    Args:
        name: The name of the file, without a directory.
        data: Its bytes.
    """
    return name == LOCK_NAME or (name.endswith(LOCK_SUFFIX) and _MARK in data)


def find_lock_name(disk: Iterable[str]) -> str | None:
    """Return the lock file in the directory of a client; None if it has none.

    Its content does not matter, because an invalid lock file has to be reported.

    Args:
        disk: The paths of all files of the directory.
    """
    names = sorted(path for path in disk if "/" not in path)
    if LOCK_NAME in names:
        return LOCK_NAME
    return next((name for name in names if name.endswith(LOCK_SUFFIX)), None)


def find_lock_path(folder: Path) -> Path | None:
    """Return the path of the lock file of a directory; None if it has none."""
    found = folder.glob(f"*{LOCK_SUFFIX}")
    name = find_lock_name(path.name for path in found if is_regular(path))
    return None if name is None else folder / name
