"""What a new version does to the HTTP contract.

In: two `Api`s and a policy. Out: findings, sorted; one for each edit, with all the
operations and events that it reaches.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flexprice_codegen.api.matching import ApiMatches, match_apis
from flexprice_codegen.api.model import Api
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.finding import AffectedParts, Finding, sort_findings
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.sentences import format_sentence
from flexprice_codegen.diff.rules.severity import Side
from flexprice_codegen.diff.rules.wire_rules import NEVER_SENT, WIRE_RULES_BY_KEY
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
    matching: ApiMatches | None = None,
) -> tuple[Finding, ...]:
    """Return what the new version changes on the wire.

    Args:
        old: The API that callers use today.
        new: The API that they will use.
        today: The day by which sunsets are judged.
        policy: What the team has agreed on; its day counts before `today`.
        matching: What in one is what in the other; found here where it is not given.
    """
    state = DiffState(
        old,
        new,
        matching or match_apis(old, new),
        policy or DeprecationPolicy(today=today),
    )
    _compare_documents(state)
    operations.compare_operations(state)
    operations.compare_events(state)
    types.compare_enqueued(state)
    _add_conditional_edits(state)
    return _create_findings(state)


def _compare_documents(state: DiffState) -> None:
    """Compare what holds for all operations."""
    location = EditLocation("servers", "servers", _ROOT, _ROOT)
    node = state.get_shared_node("servers")
    servers.compare_servers(state, state.old.servers, state.new.servers, location, node)
    security.compare_document_security(state)
    security.compare_schemes(state)


def _add_conditional_edits(state: DiffState) -> None:
    """Add the edits below which something has changed, and drop what has."""
    changed = {edit.node for edit in state.edits}
    for node, edit in state.conditional_edits:
        if not changed.isdisjoint(find_reachable_nodes(node, state.edges)):
            state.add_edit(edit)
    state.edits = [edit for edit in state.edits if edit.node not in state.unreported]


@dataclass(slots=True)
class _EditGroup:
    """Edits that are told as one: the first of them, and the bits of all."""

    edit: Edit
    key: RuleKey
    bits: int = 0


def _create_findings(state: DiffState) -> tuple[Finding, ...]:
    groups = _group_edits(state)
    # In a circle of schemas all edits reach the same: it is written out once.
    affected = {
        bits: decode_affected(bits, state.roots)
        for bits in {group.bits for group in groups}
    }
    return sort_findings(
        _create_finding(group.edit, group.key, affected[group.bits]) for group in groups
    )


def _group_edits(state: DiffState) -> list[_EditGroup]:
    """Return the edits that are told, each once for all operations that it reaches."""
    bits = compute_affected_bits(state.edges, state.roots)
    groups: dict[tuple[RuleKey, str, str], _EditGroup] = {}
    paths: dict[tuple[object, ...], str] = {}
    for edit in state.edits:
        key = _get_rule_key(edit)
        # What several schemas take over from one (`allOf`) is one edit: it is known by
        # its nodes, and told at the first of its paths.
        nodes = (key, edit.location.old, edit.location.new, edit.detail)
        path = paths.setdefault(nodes, edit.location.path)
        group = groups.setdefault((key, path, edit.detail), _EditGroup(edit, key))
        group.bits |= bits[edit.node]
    return list(groups.values())


def _get_rule_key(edit: Edit) -> RuleKey:
    """Return the key of the rule of an edit; some have another where nothing travels."""
    return edit.key if edit.level is None else NEVER_SENT.get(edit.key, edit.key)


def _create_finding(edit: Edit, key: RuleKey, affected: AffectedParts) -> Finding:
    rule = WIRE_RULES_BY_KEY[key]
    return Finding(
        key=key,
        level=rule.level if edit.level is None else edit.level,
        sides=_WIRE,
        path=edit.location.path,
        subject=edit.subject,
        detail=edit.detail,
        message=_format_message(rule.template, edit),
        why=rule.why,
        fix=rule.fix,
        before=edit.before,
        after=edit.after,
        affected=affected,
        old=edit.location.old,
        new=edit.location.new,
    )


def _format_message(template: str, edit: Edit) -> str:
    text = format_sentence(template, edit.subject)
    value = edit.before or edit.after
    if edit.before and edit.after:
        text += f": {edit.before} → {edit.after}"
    elif value and f"`{value}`" not in text:
        text += f": {value}"
    return text
