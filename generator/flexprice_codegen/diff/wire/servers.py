"""Servers, compared.

In: the servers of a document or of an operation in both versions. Out: edits.

Source: OpenAPI 3.0.3 §4.7.5 (Server Object), §4.7.6 (Server Variable).
"""

from __future__ import annotations

from collections.abc import Sequence

from flexprice_codegen.api.model import ApiOperation, Server
from flexprice_codegen.api.servers import fill_server_url
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.wire.diff_state import DiffState
from flexprice_codegen.diff.wire.edits import EditLocation, create_context

_ADDED = RuleKey("none", "server", "itself", "added")
_REMOVED = RuleKey("none", "server", "itself", "removed")
_OWN_ADDED = RuleKey("none", "operation", "server", "added")
_OWN_REMOVED = RuleKey("none", "operation", "server", "removed")
_VARIABLE_ADDED = RuleKey("none", "server-variable", "itself", "added")
_VARIABLE_REMOVED = RuleKey("none", "server-variable", "itself", "removed")
_DEFAULT_MISSING = RuleKey("none", "server-variable", "default", "missing")
_DEFAULT_CHANGED = RuleKey("none", "server-variable", "default", "changed")
_VALUE_ADDED = RuleKey("none", "server-variable", "value", "added")
_VALUE_REMOVED = RuleKey("none", "server-variable", "value", "removed")


def compare_operation_servers(
    state: DiffState,
    old: ApiOperation,
    new: ApiOperation,
    location: EditLocation,
    node: int,
) -> None:
    """Compare where an operation is called; without a list of its own, it is the document's."""
    if not old.servers and not new.servers:
        state.add_shared_edge(node, "servers")
        return
    before = old.servers or state.old.servers
    after = new.servers or state.new.servers
    compare_servers(state, before, after, location, node, owner=new.key)


def compare_servers(
    state: DiffState,
    old: Sequence[Server],
    new: Sequence[Server],
    location: EditLocation,
    node: int,
    *,
    owner: str = "",
) -> None:
    """Compare two lists of servers; their order means nothing.

    Servers are the same if their URLs are, or their URLs with the defaults of variables.

    Args:
        state: The comparison.
        old: The servers as they were.
        new: The servers as they are.
        location: What has the list: the document, or an operation.
        node: The node of that.
        owner: The operation that has the list; empty for the document.
    """
    added = _OWN_ADDED if owner else _ADDED
    removed = _OWN_REMOVED if owner else _REMOVED
    before = _index_servers(old)
    after = _index_servers(new)
    if {*before} | {*after} == {""}:
        # OpenAPI 3.0.3 §4.7.1: a document without servers has the server `/`.
        return
    _pair_by_defaults(before, after)
    for url in dict.fromkeys((*before, *after)):
        first = before.get(url)
        second = after.get(url)
        # The URL `/`, which is the default, has nothing else to be called by.
        name = url or "/"
        if first is not None and second is not None:
            _compare_variables(state, first, second, location, node)
            _compare_values(state, first, second, location, node)
        elif first is not None:
            _add_server_edit(state, node, removed, location, name, (url, ""))
        else:
            _add_server_edit(state, node, added, location, name, ("", url))


def _index_servers(servers: Sequence[Server]) -> dict[str, Server]:
    """Return servers by URL."""
    # Paths are appended to the URL: a slash at its end makes no difference.
    return {server.url.rstrip("/"): server for server in servers}


def _pair_by_defaults(before: dict[str, Server], after: dict[str, Server]) -> None:
    """Assign a newer server the key of the older one that has the same default URL.

    So a URL that gets a variable, or loses one, is still the same server.
    """
    lost = {
        fill_server_url(server).rstrip("/"): url
        for url, server in before.items()
        if url not in after
    }
    for url in [each for each in after if each not in before]:
        partner = lost.pop(fill_server_url(after[url]).rstrip("/"), None)
        if partner is not None:
            after[partner] = after.pop(url)


def _compare_variables(
    state: DiffState, old: Server, new: Server, location: EditLocation, node: int
) -> None:
    """Compare the variables of a server, and their defaults."""
    before = _get_used_variables(old)
    after = _get_used_variables(new)
    for name in dict.fromkeys((*before, *after)):
        first = before.get(name)
        second = after.get(name)
        if first == second:
            continue
        _add_server_edit(
            state,
            node,
            _choose_variable_rule(first, second),
            location,
            f"{new.url if name in after else old.url} {name}",
            (first or "", second or ""),
        )


def _get_used_variables(server: Server) -> dict[str, str]:
    """Return the defaults of the variables that the URL of a server has."""
    return {
        name: default
        for name, default in server.variables
        if f"{{{name}}}" in server.url
    }


def _choose_variable_rule(old: str | None, new: str | None) -> RuleKey:
    """Return the rule for a variable with these defaults; None if there is none of it."""
    if new is None:
        return _VARIABLE_REMOVED
    if not new:
        return _DEFAULT_MISSING
    return _VARIABLE_ADDED if old is None else _DEFAULT_CHANGED


def _compare_values(
    state: DiffState, old: Server, new: Server, location: EditLocation, node: int
) -> None:
    """Compare the values that the variables of a server may have."""
    before = dict(old.values)
    after = dict(new.values)
    for name in dict.fromkeys((*before, *after)):
        first = before.get(name, ())
        second = after.get(name, ())
        # A variable without a list may have any value: that there is one now, or no
        # longer, is no single value that came or went.
        if not first or not second:
            continue
        for value in dict.fromkeys((*first, *second)):
            detail = f"{new.url} {name} {value}"
            if value not in second:
                _add_server_edit(
                    state, node, _VALUE_REMOVED, location, detail, (value, "")
                )
            elif value not in first:
                _add_server_edit(
                    state, node, _VALUE_ADDED, location, detail, ("", value)
                )


def _add_server_edit(
    state: DiffState,
    node: int,
    key: RuleKey,
    location: EditLocation,
    detail: str,
    values: tuple[str, str],
) -> None:
    # That an operation moved is said of it; that the document did, of the address.
    subject = location.name if key.location == "operation" else detail
    state.add_rule_edit(
        create_context(node, f"`{subject}`"),
        key,
        location.locate_keyword("servers"),
        detail=detail,
        values=values,
    )
