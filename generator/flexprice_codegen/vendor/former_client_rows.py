"""Rows of a lock file that name the client, for lock files that lack them.

In: a lock, and the files of its directory. Out: rows for the client's class name and
for the prefix of its environment variables. With them, a client keeps both names when
the title of its document changes.

Lock files of earlier versions do not hold these rows, but they hold hashes of the
module that defines both names. A module with these hashes is what a run wrote, so its
names can be read from it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from flexprice_codegen.emit.client import PATH as CLIENT_PATH
from flexprice_codegen.surface.client import CLASS_KEY, CLIENT_KIND, ENV_PREFIX_KEY
from flexprice_codegen.surface.model import AssignedName
from flexprice_codegen.vendor.lock import Lock
from flexprice_codegen.vendor.plan import is_text_of


def client_rows(lock: Lock, disk: Mapping[str, bytes]) -> tuple[AssignedName, ...]:
    """Return the rows that a lock file lacks.

    Args:
        lock: The lock file of the client.
        disk: The bytes of all files of the directory, by path.

    Returns:
        The missing rows. Empty if the lock file has them, or if the module that defines
        the names was edited or deleted.
    """
    if any(each.kind == CLIENT_KIND for each in lock.names):
        return ()

    data = disk.get(CLIENT_PATH)
    if data is None or not _is_as_written(data, lock):
        return ()

    try:
        tree = ast.parse(data)
    # `ast.parse` raises RecursionError or MemoryError for deeply nested code.
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    return tuple(_iter_rows(tree))


def _is_as_written(data: bytes, lock: Lock) -> bool:
    """Return whether the module is unchanged since a run, except by a formatter."""
    return any(
        is_text_of(each, data) for each in lock.files if each.path == CLIENT_PATH
    )


def _iter_rows(tree: ast.Module) -> Iterator[AssignedName]:
    """Yield the names in `class Name(SyncClient)` and `ClientConfig(prefix="NAME")`."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name, bases=[ast.Name(id="SyncClient")]):
                yield AssignedName(kind=CLIENT_KIND, key=CLASS_KEY, name=name)
            case ast.keyword(arg="prefix", value=ast.Constant(value=str(prefix))):
                yield AssignedName(kind=CLIENT_KIND, key=ENV_PREFIX_KEY, name=prefix)
