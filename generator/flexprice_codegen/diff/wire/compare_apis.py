"""What a new version does to the HTTP contract.

In: two `Api`s and a policy. Out: findings, sorted; one for each edit, with all the
operations and events that it reaches.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from flexprice_codegen.api.matching import ApiMatches, match_apis
from flexprice_codegen.api.model import Api
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.finding import AffectedParts, Finding, sort_findings
from flexprice_codegen.diff.rules.rule import Rule
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.sentences import format_sentence
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.diff.rules.variance import (
    IN_CHOICE,
    NOTHING_TO_DO,
    Effect,
    suggest_fix,
)
from flexprice_codegen.diff.rules.wire_rules import (
    NEVER_SENT,
    get_wire_rule,
    is_widening,
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
from flexprice_codegen.diff.wire.moved_prefix import align_prefix
from flexprice_codegen.diff.wire.renamed_schemes import align_scheme_names

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
        today: The day that sunset dates are compared with.
        policy: What the team has agreed on; its day counts before `today`.
        matching: What in one is what in the other; found here where it is not given.
    """
    aligned = align_prefix(old, new)
    if aligned is not new:
        # Its operations have other keys: what was matched before does not count.
        new = aligned
        matching = None
    state = DiffState(
        old,
        align_scheme_names(old, new),
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
    """Add the edits below which something has changed; drop what is not reported by itself."""
    silent = state.unreported | _list_unread_nodes(state)
    found = state.edits
    state.edits = [_grade_in_choice(edit) for edit in found if edit.node not in silent]
    if not state.conditional_edits:
        return

    reported = _ReportedEdits(
        state.edits, compute_affected_bits(state.edges, state.roots)
    )
    below: dict[int, list[Edit]] = defaultdict(list)
    for edit in found:
        below[edit.node].append(edit)
    for node, edit in state.conditional_edits:
        causes = [
            cause
            for each in find_reachable_nodes(node, state.edges)
            for cause in below[each]
        ]
        if not causes or edit.node in silent:
            continue
        if not all(reported.covers(cause, edit) for cause in causes):
            state.add_edit(_grade_in_choice(edit))


class _ReportedEdits:
    """The edits that are reported by themselves, to find those that say it all."""

    def __init__(self, edits: Iterable[Edit], bits: Sequence[int]) -> None:
        """Create an index.

        Args:
            edits: The edits.
            bits: Per node: the operations and events that it affects.
        """
        self._bits = bits
        self._by_place: dict[tuple[object, ...], list[Edit]] = defaultdict(list)
        for edit in edits:
            self._by_place[_get_place(edit)].append(edit)

    def covers(self, cause: Edit, condition: Edit) -> bool:
        """Return whether a condition changed by nothing but what is reported anyway.

        A schema can be in `if` and in `then`: its edit is one, if it is reported for all
        that the condition affects, and with the same or a higher level.

        Args:
            cause: An edit below the condition.
            condition: The edit of the condition.
        """
        least = _get_rank(condition)
        affected = 0
        for edit in self._by_place[_get_place(cause)]:
            if _get_rank(edit) >= least:
                affected |= self._bits[edit.node]
        return not self._bits[condition.node] & ~affected


def _get_place(edit: Edit) -> tuple[object, ...]:
    """Return what an edit is known by, wherever its schema is read."""
    location = edit.location
    return edit.key, location.old, location.new, edit.detail


def _grade_in_choice(edit: Edit) -> Edit:
    """Return an edit with the level that it has in an option of a `oneOf`.

    Source: JSON Schema 2020-12 core §10.2.1.3: exactly one option must fit.
    """
    if not edit.in_choice or edit.level is not None or edit.key.direction != "request":
        return edit
    if not is_widening(edit.key):
        return edit
    return replace(edit, level=Severity.WARNING, why=IN_CHOICE)


def _list_unread_nodes(state: DiffState) -> set[int]:
    """Return the nodes of what the document says of operations that all say it themselves.

    What those demand is compared operation by operation.
    """
    if not state.matching.operations:
        return set()
    security = state.get_shared_node("security")
    is_read = any(security in targets for targets in state.edges)
    return set() if is_read else {security}


@dataclass(slots=True)
class _EditGroup:
    """Edits that are reported as one: the first of them, and the bits of all."""

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
    """Return the edits that are reported, each once for all operations that it affects."""
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
        if _get_rank(edit) > _get_rank(group.edit):
            group.edit = edit
        group.bits |= bits[edit.node]
    return _merge_media(groups.values())


def _merge_media(groups: Iterable[_EditGroup]) -> list[_EditGroup]:
    """Return groups; one for a type that changed in several media, that of the highest level.

    A schema may be sent as JSON and as text, where its new type looks like the old one.
    """
    merged: dict[tuple[object, ...], _EditGroup] = {}
    for number, group in enumerate(groups):
        edit = group.edit
        subject: tuple[object, ...] = (number,)
        if group.key.concept == "type":
            general = group.key._replace(change="changed")
            subject = (general, edit.location.path, edit.before, edit.after)
        known = merged.setdefault(subject, group)
        if known is group:
            continue
        group.bits |= known.bits
        known.bits = group.bits
        if _get_rank(edit) > _get_rank(known.edit):
            merged[subject] = group
    return list(merged.values())


def _get_rank(edit: Edit) -> int:
    """Return the rank of an edit's level: one schema may be sent here, and never there."""
    level = edit.level or get_wire_rule(_get_rule_key(edit)).level
    return level.rank


def _get_rule_key(edit: Edit) -> RuleKey:
    """Return the key of the rule of an edit; some have another where nothing travels."""
    if edit.level is not Severity.INFO:
        return edit.key
    return NEVER_SENT.get(edit.key, edit.key)


def _create_finding(edit: Edit, key: RuleKey, affected: AffectedParts) -> Finding:
    rule = get_wire_rule(key)
    level = rule.level if edit.level is None else edit.level
    return Finding(
        key=key,
        level=level,
        sides=_WIRE,
        path=edit.location.path,
        subject=edit.subject,
        detail=edit.detail,
        message=_format_message(rule.template, edit),
        why=edit.why or rule.why,
        fix=_choose_fix(rule, edit),
        before=edit.before,
        after=edit.after,
        affected=affected,
        old=edit.location.old,
        new=edit.location.new,
    )


def _choose_fix(rule: Rule, edit: Edit) -> str:
    """Return what to do: the words of a rule are those of its own level."""
    # An edit is only made harmless for a reason, such as that its property is not sent.
    if edit.level is Severity.INFO:
        return NOTHING_TO_DO
    if edit.level is None or edit.level is rule.level:
        return rule.fix
    return suggest_fix(Effect.CHANGES, rule.key.direction)


def _format_message(template: str, edit: Edit) -> str:
    owner = f"`{edit.location.name}`"
    text = format_sentence(template, edit.subject, owner=owner)
    value = edit.before or edit.after
    if edit.before and edit.after:
        text += f": {edit.before} → {edit.after}"
    elif value and f"`{value}`" not in text:
        text += f": {value}"
    return text
