"""What a new version does to the HTTP contract.

In: two `Api`s and a policy. Out: findings, sorted; one for each edit, with all the
operations and events that it reaches.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from flexprice_codegen.api.matching import Matching, match
from flexprice_codegen.api.model import Api
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.finding import AffectedParts, Finding, Side
from flexprice_codegen.diff.rules.wire_rules import (
    NEVER_SENT,
    RULE_ID_ALIASES,
    RULE_SENTENCES,
    WIRE_RULES_BY_ID,
)
from flexprice_codegen.diff.wire import operations, security, servers, types
from flexprice_codegen.diff.wire.affected_operations import (
    compute_affected_bits,
    decode_affected,
    find_reachable_nodes,
)
from flexprice_codegen.diff.wire.deprecation_policy import DeprecationPolicy
from flexprice_codegen.diff.wire.diff_state import DiffState
from flexprice_codegen.diff.wire.edits import Edit, EditLocation

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
    first: dict[tuple[str, str, str], Edit] = {}
    joined: dict[tuple[str, str, str], int] = {}
    places: dict[tuple[object, ...], str] = {}
    for edit in comparison.edits:
        rule = _get_rule_id(edit)
        # What several schemas take over from one (`allOf`) is one edit.
        spot = (rule, edit.location.old, edit.location.new, edit.detail)
        key = (rule, places.setdefault(spot, edit.location.path), edit.detail)
        first.setdefault(key, edit)
        joined[key] = joined.get(key, 0) | bits[edit.node]
    known: dict[int, AffectedParts] = (
        {}
    )  # in a circle of schemas all edits reach the same
    for each in joined.values():
        if each not in known:
            known[each] = decode_affected(each, comparison.roots)
    return sort_wire_findings(
        _create_finding(edit, key[0], known[joined[key]]) for key, edit in first.items()
    )


def sort_wire_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Order findings: what costs most first, then by place and rule."""
    return tuple(
        sorted(
            findings,
            key=lambda each: (-each.level.rank, each.path, each.rule, each.detail),
        )
    )


def _get_rule_id(edit: Edit) -> str:
    """Give the id of the rule of an edit; some have another one where nothing travels."""
    rule = RULE_ID_ALIASES.get(edit.rule, edit.rule)
    if edit.level is None:
        return rule
    for way, (prefix, _, concepts) in NEVER_SENT.items():
        start = f"{way}-property-"
        if rule.startswith(start) and rule.removeprefix(start) in concepts:
            return f"{prefix}-{rule.removeprefix(start)}"
    return rule


def _create_finding(edit: Edit, rule: str, touched: AffectedParts) -> Finding:
    known = WIRE_RULES_BY_ID[rule]
    says = (
        RULE_SENTENCES.get(rule)
        or RULE_SENTENCES[RULE_ID_ALIASES.get(edit.rule, edit.rule)]
    )
    return Finding(
        rule=rule,
        level=known.level if edit.level is None else edit.level,
        sides=_WIRE,
        path=edit.location.path,
        detail=edit.detail,
        message=_format_message(says, edit),
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
