"""A prefix that moved between the servers and the paths: the addresses are the same.

In: two `Api`s. Out: the newer one as if the prefix stood where it stood before.

Source: OpenAPI 3.0.3 §4.7.5, §4.7.8: a path is appended to the URL of a server.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flexprice_codegen.api.model import Api, ApiOperation, Server


def align_prefix(old: Api, new: Api) -> Api:
    """Return the newer version with its servers and paths cut as the older one's are."""
    before = _list_urls(old.servers)
    after = _list_urls(new.servers)
    if before == after or any(operation.servers for operation in new.operations):
        return new

    prefix = _find_prefix(before, after)
    if prefix and all(each.path.startswith(f"{prefix}/") for each in new.operations):
        # It stands before the paths now, and stood behind the servers.
        moved = (_move(each, len(prefix), "") for each in new.operations)
        servers = (
            replace(each, url=f"{each.url.rstrip('/')}{prefix}") for each in new.servers
        )
        return replace(new, operations=tuple(moved), servers=tuple(servers))

    prefix = _find_prefix(after, before)
    if prefix and all(each.path.startswith(f"{prefix}/") for each in old.operations):
        moved = (_move(each, 0, prefix) for each in new.operations)
        servers = (
            replace(each, url=each.url.rstrip("/").removesuffix(prefix))
            for each in new.servers
        )
        return replace(new, operations=tuple(moved), servers=tuple(servers))
    return new


def _list_urls(servers: Iterable[Server]) -> frozenset[str]:
    return frozenset(server.url.rstrip("/") for server in servers)


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
