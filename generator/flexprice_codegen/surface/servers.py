"""The servers of a client, and the variables of their URLs.

In: the `servers` of a document. Out: base URLs with names, and keyword arguments of the
client for their variables.

Source: OpenAPI 3.1.1 §4.8.5 (Server Object), §4.8.6 (Server Variable).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flexprice_codegen.api.model import Server
from flexprice_codegen.api.servers import fill_server_url
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.client import MOST_WORDS
from flexprice_codegen.surface.model import (
    ClientCredential,
    NamedServer,
    ServerVariable,
)
from flexprice_codegen.surface.naming import NameRequest, NameScope, assign_names
from flexprice_codegen.surface.reserved import CREDENTIAL_NAMES
from flexprice_codegen.words import build_identifier, split_words

VARIABLE_KIND = "variable"
"""The kind of server variables in the lock file."""
_SCHEMES = ("http://", "https://")


@frozen_value(kw_only=True)
class ClientServers:
    """The servers of a client.

    `path` is that of a server without a host, where no server has one.
    """

    named: tuple[NamedServer, ...]
    path: str = ""


def name_servers(
    servers: tuple[Server, ...], previous: Mapping[str, str], sink: DiagnosticSink
) -> ClientServers:
    """Name servers after their descriptions; the first one is the default.

    Args:
        servers: The servers of the document.
        previous: The names of an earlier run, by URL with its variables replaced.
        sink: Receives a note for each server without a host, and if none has one.

    Returns:
        The servers with absolute URLs.
    """
    names = assign_names(
        [
            NameRequest(
                key=each.url,
                short=(
                    build_identifier(each.about.description, "server")
                    if 0 < len(split_words(each.about.description)) <= MOST_WORDS
                    else ""
                ),
                whole=f"server_{number}",
            )
            for number, each in enumerate(servers, 1)
        ],
        NameScope(title="server", reserved=frozenset()),
        {
            each.url: previous[url]
            for each in servers
            if (url := fill_server_url(each)) in previous
        },
        DiagnosticSink(),
    )
    absolute = [each for each in servers if _is_absolute(each)]
    if not servers or not _is_absolute(servers[0]):
        sink.add_note(
            "no-absolute-server",
            "the document has no absolute server URL; callers must pass `base_url`",
            hint="set `servers` in an overlay",
        )
    path = "" if absolute or not servers else fill_server_url(servers[0]).rstrip("/")
    _note_relative_servers(servers, path, sink)
    return ClientServers(
        # A relative URL is relative to the document, whose address a client does not
        # know (OpenAPI 3.1.1, "Relative References in API URLs").
        named=tuple(_build_server(each, names[each.url]) for each in absolute),
        path=path if path.startswith("/") else "",
    )


def _note_relative_servers(
    servers: Iterable[Server], path: str, sink: DiagnosticSink
) -> None:
    """Add a note about each server without a host: its path is kept, or it is skipped."""
    for each in servers:
        url = fill_server_url(each)
        if _is_absolute(each) or not url.strip("/"):
            continue
        if path.startswith("/") and url.rstrip("/") == path:
            message = (
                f"server `{url}` has no host: a base_url without a path gets its path"
            )
        else:
            message = f"skipped server `{url}`: it has no host"
        sink.add_note(
            "relative-server",
            message,
            at=each.about.origin,
            hint="let an overlay set `servers`, or pass base_url=… with the whole path",
        )


def _is_absolute(server: Server) -> bool:
    return fill_server_url(server).startswith(_SCHEMES)


def _build_server(server: Server, name: str) -> NamedServer:
    used = [
        (each, value) for each, value in server.variables if f"{{{each}}}" in server.url
    ]
    return NamedServer(
        name=name,
        url=fill_server_url(server),
        template=server.url if used else "",
        variables=tuple(used),
        values=tuple((each, values) for each, values in server.values if values),
    )


def build_server_variables(
    servers: Sequence[NamedServer],
    credentials: Iterable[ClientCredential],
    previous: Mapping[str, str],
    sink: DiagnosticSink,
) -> tuple[ServerVariable, ...]:
    """Build a keyword argument of the client for each variable of its servers.

    Args:
        servers: The servers.
        credentials: The credentials, whose keywords come first.
        previous: The names of an earlier run, by variable.
        sink: Receives a note for each name that is not the preferred one.
    """
    wires = dict.fromkeys(name for each in servers for name, _ in each.variables)
    taken = CREDENTIAL_NAMES | {each.keyword for each in credentials}
    names = assign_names(
        [_build_name_request(each) for each in wires],
        NameScope(title="server variable", reserved=taken),
        previous,
        sink,
    )
    return tuple(_build_variable(each, names[each], servers) for each in wires)


def _build_name_request(wire: str) -> NameRequest:
    name = build_identifier(wire, "variable")
    return NameRequest(key=wire, exact=name, whole=f"server_{name}")


def _build_variable(
    wire: str, keyword: str, servers: Iterable[NamedServer]
) -> ServerVariable:
    """Build a variable; its default and its values are those that all servers share."""
    owners = [each for each in servers if wire in dict(each.variables)]
    defaults = {dict(each.variables)[wire] for each in owners}
    listed = [dict(each.values).get(wire, ()) for each in owners]
    values = dict.fromkeys(value for each in listed for value in each)
    default = defaults.pop() if len(defaults) == 1 else None
    # A default outside of its own list is no value that a type could allow.
    is_closed = all(listed) and (default is None or default in values)
    return ServerVariable(
        wire=wire,
        keyword=keyword,
        default=default,
        values=tuple(values) if is_closed else (),
    )
