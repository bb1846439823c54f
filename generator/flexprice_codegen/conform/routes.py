"""The operation that a request belongs to.

In: an `Api`, base URLs, and requests. Out: the operation of each, or None. Segments are
compared one by one, and a literal one comes before a template: `/customers/wallets` is
not `/customers/{id}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote, urlsplit

from flexprice_codegen.api.model import Api, ApiOperation
from flexprice_codegen.api.path_templates import PLACEHOLDER
from flexprice_codegen.frozen_values import frozen_value

# A segment that a report must not show: it can hold an ID or a name.
_PRIVATE = re.compile(r"[0-9@%:]|.{25}")


@frozen_value
class Route:
    """An operation, and the expression that its path matches below a base."""

    operation: ApiOperation
    pattern: re.Pattern[str]


class RouteIndex:
    """All operations of an API by the paths of their requests."""

    def __init__(self, api: Api, servers: Iterable[str] = ()) -> None:
        self._bases = _list_bases(api, servers)
        self._routes = tuple(_iter_routes(api.operations))

    def find_operation(self, method: str, path: str) -> ApiOperation | None:
        """Return the operation of a request, or None if there is none."""
        for base in self._bases:
            if not path.startswith(base):
                continue
            rest = _quote(path[len(base) :] or "/")
            for route in self._routes:
                is_same = route.operation.method == method
                if is_same and route.pattern.fullmatch(rest):
                    return route.operation

        return None

    def mask_path(self, path: str) -> str:
        """Return a path below its base, without segments that can be private."""
        base = next((each for each in self._bases if path.startswith(each)), "")
        segments = unquote(path[len(base) :]).split("/")
        return "/".join(
            "{…}" if _PRIVATE.search(segment) else segment for segment in segments
        )


def _list_bases(api: Api, servers: Iterable[str]) -> list[str]:
    """Return the paths that routes begin with, the longest first; the last is empty."""
    servers_of_operations = (each.servers for each in api.operations)
    declared = [
        server.url
        for listed in (api.servers, *servers_of_operations)
        for server in listed
    ]
    paths = {urlsplit(_fill_in(url)).path.rstrip("/") for url in [*servers, *declared]}
    return sorted(paths | {""}, key=lambda path: (-len(path), path))


def _fill_in(url: str) -> str:
    return PLACEHOLDER.sub("x", url)


def _iter_routes(operations: Iterable[ApiOperation]) -> Iterator[Route]:
    for operation in sorted(operations, key=_rank_route):
        parts = PLACEHOLDER.split(operation.route)
        # `split` returns literals and names in turn.
        literals = (re.escape(_quote(part)) for part in parts[::2])
        yield Route(operation, re.compile("[^/]+?".join(literals) + "/?"))


def _quote(path: str) -> str:
    """Return a path with percent-encoding, which paths of documents lack."""
    return quote(path, safe="%/:@!$&'()*+,;=~")


def _rank_route(operation: ApiOperation) -> list[tuple[bool, str]]:
    segments = operation.route.split("/")
    return [(PLACEHOLDER.search(each) is not None, each) for each in segments]
