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
        named = [*servers]
        urls = _list_server_urls(api)
        self._bases = _list_bases([*named, *urls])
        # What the user names holds for every host.
        self._bases_by_host = {
            host: _list_bases(
                [*named, *(url for url in urls if _get_host(url) == host)]
            )
            for host in {_get_host(url) for url in urls} - {""}
        }
        self._routes = tuple(_iter_routes(api.operations))

    def find_operation(
        self, method: str, path: str, host: str = ""
    ) -> ApiOperation | None:
        """Return the operation of a request, or None if there is none.

        Args:
            method: The method in capitals.
            path: The path, with its base.
            host: Scheme and host. One of a documented server has only the bases of that
                server; any other, such as a proxy, can have each base or none.
        """
        for base in self._iter_bases(path, host):
            rest = _quote(path[len(base) :] or "/")
            for route in self._routes:
                is_same = route.operation.method == method
                if is_same and route.pattern.fullmatch(rest):
                    return route.operation

        return None

    def _iter_bases(self, path: str, host: str) -> Iterator[str]:
        """Yield the bases that a path can have, the longest first; the last is empty."""
        known = self._bases_by_host.get(host)
        fitting = [each for each in known or self._bases if path.startswith(each)]
        yield from fitting
        if known is None or not fitting:
            yield ""

    def mask_path(self, path: str, host: str = "") -> str:
        """Return a path below its base, without segments that can be private."""
        base = next(self._iter_bases(path, host))
        segments = unquote(path[len(base) :]).split("/")
        return "/".join(
            "{…}" if _PRIVATE.search(segment) else segment for segment in segments
        )


def _list_server_urls(api: Api) -> list[str]:
    """Return the URLs of all servers, those of operations, too."""
    servers_of_operations = (each.servers for each in api.operations)
    return [
        _fill_in(server.url)
        for listed in (api.servers, *servers_of_operations)
        for server in listed
    ]


def _get_host(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}" if parts.netloc else ""


def _list_bases(urls: Iterable[str]) -> list[str]:
    """Return the paths of servers, the longest first."""
    paths = {urlsplit(url).path.rstrip("/") for url in urls}
    return sorted(paths, key=lambda path: (-len(path), path))


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
