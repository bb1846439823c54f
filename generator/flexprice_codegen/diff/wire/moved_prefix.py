"""A prefix that moved between the servers and the paths: the addresses are the same.

In: two `Api`s. Out: the newer one as if the prefix stood where it stood before.

Source: OpenAPI 3.0.3 §4.7.5, §4.7.8: a path is appended to the URL of a server.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flexprice_codegen.api.model import Api, ApiOperation, Server
from flexprice_codegen.api.path_templates import normalize_path
from flexprice_codegen.api.types import NodeMetadata
from flexprice_codegen.diagnostics import Origin

_DEFAULT = Server(url="", about=NodeMetadata(origin=Origin("", "/servers")))
"""The server of a document that names none: `/`, where the document itself is."""


def align_prefix(old: Api, new: Api) -> Api:
    """Return the newer version with its servers and paths cut as the older one's are."""
    before = _list_urls(old.servers)
    after = _list_urls(new.servers)
    if before == after or any(operation.servers for operation in new.operations):
        return new

    prefix = _find_prefix(before, after)
    moved = tuple(_remove_prefix(each, prefix) for each in new.operations)
    if prefix and _is_moved(old, new, moved):
        # It stands before the paths now, and stood behind the servers.
        servers = tuple(
            replace(each, url=f"{each.url.rstrip('/')}{prefix}")
            for each in new.servers or (_DEFAULT,)
        )
        return replace(new, operations=moved, servers=servers)

    prefix = _find_prefix(after, before)
    moved = tuple(_move(each, 0, prefix) for each in new.operations)
    if prefix and _is_moved(old, new, moved):
        servers = tuple(
            replace(each, url=each.url.rstrip("/").removesuffix(prefix))
            for each in new.servers
        )
        return replace(new, operations=moved, servers=servers)
    return new


def _is_moved(old: Api, new: Api, moved: Iterable[ApiOperation]) -> bool:
    """Return whether the operations that both versions have are those that were moved."""
    known = {(each.method, normalize_path(each.path)) for each in old.operations}
    unmoved = {(each.method, normalize_path(each.path)) for each in new.operations}
    found = {(each.method, normalize_path(each.path)) for each in moved}
    return not known.isdisjoint(found) and known.isdisjoint(unmoved)


def _remove_prefix(operation: ApiOperation, prefix: str) -> ApiOperation:
    """Return an operation without a prefix; one that lies elsewhere is left as it is."""
    if not operation.path.startswith(f"{prefix}/"):
        return operation
    return _move(operation, len(prefix), "")


def _list_urls(servers: Iterable[Server]) -> frozenset[str]:
    return frozenset(server.url.rstrip("/") for server in servers) or frozenset({""})


def _find_prefix(long: frozenset[str], short: frozenset[str]) -> str:
    """Return what all URLs of one version have behind those of the other, if anything."""
    for one in sorted(short):
        for other in sorted(long):
            prefix = other.removeprefix(one)
            is_path = other.startswith(one) and prefix.startswith("/")
            if is_path and {f"{url}{prefix}" for url in short} == long:
                return prefix
    return ""


def _move(operation: ApiOperation, cut: int, prefix: str) -> ApiOperation:
    return replace(
        operation,
        path=f"{prefix}{operation.path[cut:]}",
        route=f"{prefix}{operation.route[cut:]}",
    )
