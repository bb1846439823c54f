"""Servers, compared.

In: the servers of a document or of an operation in both versions. Out: edits.

Source: OpenAPI 3.0.3 §4.7.5 (Server Object), §4.7.6 (Server Variable).
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.api.model import Server
from generator.diff.rules.rule_key import RuleKey
from generator.diff.wire.diff_state import DiffState
from generator.diff.wire.edits import EditLocation, create_context

_ADDED = RuleKey("none", "server", "itself", "added")
_REMOVED = RuleKey("none", "server", "itself", "removed")
_DEFAULT_CHANGED = RuleKey("none", "server-variable", "default", "changed")
_VALUE_ADDED = RuleKey("none", "server-variable", "value", "added")
_VALUE_REMOVED = RuleKey("none", "server-variable", "value", "removed")


def compare_servers(
    comparison: DiffState,
    old: Sequence[Server],
    new: Sequence[Server],
    where: EditLocation,
    node: int,
) -> None:
    """Compare two lists of servers; their order means nothing."""
    before = {each.url.rstrip("/"): each for each in old}
    after = {each.url.rstrip("/"): each for each in new}
    for url in dict.fromkeys((*before, *after)):
        first, second = before.get(url), after.get(url)
        if first is None or second is None:
            _add_server_edit(
                comparison,
                node,
                _ADDED if first is None else _REMOVED,
                where,
                url or "/",
                ("" if first is None else url, "" if second is None else url),
            )
        else:
            _compare_variables(comparison, first, second, where, node)


def _compare_variables(
    comparison: DiffState, old: Server, new: Server, where: EditLocation, node: int
) -> None:
    before, after = dict(old.variables), dict(new.variables)
    for name in dict.fromkeys((*before, *after)):
        first, second = before.get(name), after.get(name)
        if first != second:
            detail = f"{new.url} {name}"
            values = (first or "", second or "")
            _add_server_edit(
                comparison,
                node,
                _DEFAULT_CHANGED,
                where,
                detail,
                values,
            )
    listed, now = dict(old.values), dict(new.values)
    for name in dict.fromkeys((*listed, *now)):
        was, will = listed.get(name, ()), now.get(name, ())
        for value in dict.fromkeys((*was, *will)):
            if (value in was) != (value in will) and was and will:
                _add_server_edit(
                    comparison,
                    node,
                    _VALUE_REMOVED if value in was else _VALUE_ADDED,
                    where,
                    f"{new.url} {name} {value}",
                    (value if value in was else "", value if value in will else ""),
                )


def _add_server_edit(
    comparison: DiffState,
    node: int,
    key: RuleKey,
    where: EditLocation,
    detail: str,
    values: tuple[str, str],
) -> None:
    comparison.add_rule_edit(
        create_context(node, f"`{detail}`"),
        key,
        where.locate_keyword("servers"),
        detail=detail,
        values=values,
    )
