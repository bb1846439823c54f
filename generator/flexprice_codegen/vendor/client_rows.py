"""The rows of a lock that name the client, where an earlier version left them out.

In: a lock, and the files of its folder. Out: rows for the class of the client and for
what its environment variables begin with, so that a client keeps what its code is called
by when the title of its document changes.

The lock says nothing of these, but it holds digests of the module that defines them. What
has these digests is what a run wrote, whatever the title was.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from flexprice_codegen.surface.client import CLASS_KEY, CLIENT_KIND, ENV_PREFIX_KEY
from flexprice_codegen.surface.model import AssignedName
from flexprice_codegen.vendor.lock import Lock
from flexprice_codegen.vendor.plan import hash_content, hash_without_layout

_MODULE = "_client.py"


def client_rows(lock: Lock, disk: Mapping[str, bytes]) -> tuple[AssignedName, ...]:
    """Return the rows that a lock lacks; none if its module was edited or deleted."""
    if any(each.kind == CLIENT_KIND for each in lock.names):
        return ()
    data = disk.get(_MODULE)
    if data is None or not _is_as_written(data, lock):
        return ()
    try:
        tree = ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    return tuple(_rows(tree))


def _is_as_written(data: bytes, lock: Lock) -> bool:
    """Return whether nobody but a formatter changed the module since a run wrote it."""
    rows = [each for each in lock.files if each.path == _MODULE]
    return any(
        hash_content(data) == each.content_hash
        or hash_without_layout(_MODULE, data) == each.code_hash
        for each in rows
    )


def _rows(tree: ast.Module) -> Iterator[AssignedName]:
    """Read `class Name(SyncClient)` and `ClientConfig(…, prefix="NAME")`."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name, bases=[ast.Name(id="SyncClient")]):
                yield AssignedName(kind=CLIENT_KIND, key=CLASS_KEY, name=name)
            case ast.keyword(arg="prefix", value=ast.Constant(value=str(prefix))):
                yield AssignedName(kind=CLIENT_KIND, key=ENV_PREFIX_KEY, name=prefix)
