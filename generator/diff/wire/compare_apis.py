"""What a new version does to the HTTP contract.

In: two `Api`s and a policy. Out: findings, sorted; one for each edit, with all the
operations and events that it reaches.
"""

from __future__ import annotations

import datetime as dt

from generator.api.matching import Matching, match
from generator.api.model import Api
from generator.diagnostics import Origin
from generator.diff.finding import AffectedParts, Finding, sort_findings
from generator.diff.rules.rule_key import RuleKey
from generator.diff.rules.severity import Side
from generator.diff.rules.wire_rules import NEVER_SENT, WIRE_RULES_BY_KEY
from generator.diff.wire import operations, security, servers, types
from generator.diff.wire.affected_operations import (
    compute_affected_bits,
    decode_affected,
    find_reachable_nodes,
)
from generator.diff.wire.deprecation_policy import DeprecationPolicy
from generator.diff.wire.diff_state import DiffState
from generator.diff.wire.edits import Edit, EditLocation

_ROOT = Origin("", "")
_WIRE = frozenset({Side.WIRE})


def compare_apis(
    old: Api,
    new: Api,
    *,
    today: dt.date,
    policy: DeprecationPolicy | None = None,
    matching: Matching | None = None,
) -> tuple[Finding, ...]:
    """Find what the new version changes on the wire.

    Args:
        old: The API that callers use today.
        new: The API that they will use.
        today: The day by which sunsets are judged.
        policy: What the team has agreed on; its day counts before `today`.
        matching: What in one is what in the other; found here where it is not given.
    """
    comparison = DiffState(
        old, new, matching or match(old, new), policy or DeprecationPolicy(today=today)
    )
    _compare_document(comparison)
    operations.compare_operations(comparison)
    operations.compare_events(comparison)
    types.compare_enqueued(comparison)
    _add_conditional_edits(comparison)
    return _create_findings(comparison)


def _compare_document(comparison: DiffState) -> None:
    where = EditLocation("servers", "servers", _ROOT, _ROOT)
    node = comparison.get_shared_node("servers")
    servers.compare_servers(
        comparison, comparison.old.servers, comparison.new.servers, where, node
    )
    security.compare_document_security(comparison)
    security.compare_schemes(comparison)


def _add_conditional_edits(comparison: DiffState) -> None:
    """Tell the edits below which something has changed, and not what has."""
    touched = {edit.node for edit in comparison.edits}
    for node, edit in comparison.conditional_edits:
        if not touched.isdisjoint(find_reachable_nodes(node, comparison.edges)):
            comparison.add_edit(edit)
    comparison.edits = [
        e for e in comparison.edits if e.node not in comparison.unreported
    ]


def _create_findings(comparison: DiffState) -> tuple[Finding, ...]:
    bits = compute_affected_bits(comparison.edges, comparison.roots)
    first: dict[tuple[RuleKey, str, str], Edit] = {}
    joined: dict[tuple[RuleKey, str, str], int] = {}
    paths: dict[tuple[object, ...], str] = {}
    for edit in comparison.edits:
        key = _get_rule_key(edit)
        # What several schemas take over from one (`allOf`) is one edit.
        nodes = (key, edit.location.old, edit.location.new, edit.detail)
        place = (key, paths.setdefault(nodes, edit.location.path), edit.detail)
        first.setdefault(place, edit)
        joined[place] = joined.get(place, 0) | bits[edit.node]
    known: dict[int, AffectedParts] = (
        {}
    )  # in a circle of schemas all edits reach the same
    for each in joined.values():
        if each not in known:
            known[each] = decode_affected(each, comparison.roots)
    return sort_findings(
        _create_finding(edit, place[0], known[joined[place]])
        for place, edit in first.items()
    )


def _get_rule_key(edit: Edit) -> RuleKey:
    """Return the key of the rule of an edit; some have another where nothing travels."""
    return edit.key if edit.level is None else NEVER_SENT.get(edit.key, edit.key)


def _create_finding(edit: Edit, key: RuleKey, touched: AffectedParts) -> Finding:
    known = WIRE_RULES_BY_KEY[key]
    return Finding(
        key=key,
        level=known.level if edit.level is None else edit.level,
        sides=_WIRE,
        path=edit.location.path,
        detail=edit.detail,
        message=_format_message(known.template, edit),
        why=known.why,
        fix=known.fix,
        before=edit.before,
        after=edit.after,
        affected=touched,
        old=edit.location.old,
        new=edit.location.new,
    )


def _format_message(says: str, edit: Edit) -> str:
    text = says.format(it=edit.subject)
    value = edit.before or edit.after
    if edit.before and edit.after:
        text += f", from {edit.before} to {edit.after}"
    elif value and f"`{value}`" not in text:
        text += f": {value}"
    return f"{text[0].upper()}{text[1:]}"
