"""Servers, compared.

In: the servers of a document or of an operation in both versions. Out: edits.

Source: OpenAPI 3.0.3 §4.7.5 (Server Object), §4.7.6 (Server Variable).
"""

from __future__ import annotations

from collections.abc import Sequence

from flexprice_codegen.api.model import ApiOperation, Server
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.wire.diff_state import DiffState
from flexprice_codegen.diff.wire.edits import EditLocation, create_context

_ADDED = RuleKey("none", "server", "itself", "added")
_REMOVED = RuleKey("none", "server", "itself", "removed")
_OWN_ADDED = RuleKey("none", "operation", "server", "added")
_OWN_REMOVED = RuleKey("none", "operation", "server", "removed")
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
    # Paths are appended to the URL: a slash at its end makes no difference.
    before = {server.url.rstrip("/"): server for server in old}
    after = {server.url.rstrip("/"): server for server in new}
    for url in dict.fromkeys((*before, *after)):
        first = before.get(url)
        second = after.get(url)
        # The URL `/`, which is the default, has nothing else to be called by.
        name = url or "/"
        if first is not None and second is not None:
            _compare_defaults(state, first, second, location, node)
            _compare_values(state, first, second, location, node)
        elif first is not None:
            _add_server_edit(state, node, removed, location, name, (url, ""))
        else:
            _add_server_edit(state, node, added, location, name, ("", url))


def _compare_defaults(
    state: DiffState, old: Server, new: Server, location: EditLocation, node: int
) -> None:
    """Compare the defaults of the variables of a server."""
    before = dict(old.variables)
    after = dict(new.variables)
    for name in dict.fromkeys((*before, *after)):
        first = before.get(name)
        second = after.get(name)
        if first != second:
            _add_server_edit(
                state,
                node,
                _DEFAULT_CHANGED,
                location,
                f"{new.url} {name}",
                (first or "", second or ""),
            )


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
