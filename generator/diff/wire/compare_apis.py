"""What a new version does to the HTTP contract.

In: two `Api`s and a policy. Out: findings, sorted; one for each edit, with all the
operations and events that it reaches.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from generator.api.matching import Matching, match
from generator.api.model import Api
from generator.diagnostics import Origin
from generator.diff.finding import Finding, Reach, Side
from generator.diff.rules.wire_rules import ALIASES, BY_ID, IDLE, SAYS
from generator.diff.wire import operations, security, servers, types
from generator.diff.wire.affected_operations import below, reach, reaches
from generator.diff.wire.deprecation_policy import Policy
from generator.diff.wire.diff_state import Comparison
from generator.diff.wire.edits import Edit, Where

_ROOT = Origin("", "")
_WIRE = frozenset({Side.WIRE})


def wire_findings(
    old: Api,
    new: Api,
    *,
    today: dt.date,
    policy: Policy | None = None,
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
    comparison = Comparison(
        old, new, matching or match(old, new), policy or Policy(today=today)
    )
    _document(comparison)
    operations.compare(comparison)
    operations.events(comparison)
    types.run(comparison)
    _settle(comparison)
    return _findings(comparison)


def _document(comparison: Comparison) -> None:
    where = Where("servers", "servers", _ROOT, _ROOT)
    node = comparison.shared("servers")
    servers.compare(
        comparison, comparison.old.servers, comparison.new.servers, where, node
    )
    security.of_document(comparison)
    security.schemes(comparison)


def _settle(comparison: Comparison) -> None:
    """Tell the edits below which something has changed, and not what has."""
    touched = {edit.node for edit in comparison.edits}
    for node, edit in comparison.suspects:
        if not touched.isdisjoint(below(node, comparison.edges)):
            comparison.found(edit)
    comparison.edits = [e for e in comparison.edits if e.node not in comparison.hidden]


def _findings(comparison: Comparison) -> tuple[Finding, ...]:
    bits = reaches(comparison.edges, comparison.roots)
    first: dict[tuple[str, str, str], Edit] = {}
    joined: dict[tuple[str, str, str], int] = {}
    places: dict[tuple[object, ...], str] = {}
    for edit in comparison.edits:
        rule = _rule(edit)
        # What several schemas take over from one (`allOf`) is one edit.
        spot = (rule, edit.where.old, edit.where.new, edit.detail)
        key = (rule, places.setdefault(spot, edit.where.path), edit.detail)
        first.setdefault(key, edit)
        joined[key] = joined.get(key, 0) | bits[edit.node]
    known: dict[int, Reach] = {}  # in a circle of schemas all edits reach the same
    for each in joined.values():
        if each not in known:
            known[each] = reach(each, comparison.roots)
    return sorted_findings(
        _finding(edit, key[0], known[joined[key]]) for key, edit in first.items()
    )


def sorted_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Order findings: what costs most first, then by place and rule."""
    return tuple(
        sorted(
            findings,
            key=lambda each: (-each.level.rank, each.path, each.rule, each.detail),
        )
    )


def _rule(edit: Edit) -> str:
    """Give the id of the rule of an edit; some have another one where nothing travels."""
    rule = ALIASES.get(edit.rule, edit.rule)
    if edit.level is None:
        return rule
    for way, (prefix, _, concepts) in IDLE.items():
        start = f"{way}-property-"
        if rule.startswith(start) and rule.removeprefix(start) in concepts:
            return f"{prefix}-{rule.removeprefix(start)}"
    return rule


def _finding(edit: Edit, rule: str, touched: Reach) -> Finding:
    known = BY_ID[rule]
    says = SAYS.get(rule) or SAYS[ALIASES.get(edit.rule, edit.rule)]
    return Finding(
        rule=rule,
        level=known.level if edit.level is None else edit.level,
        sides=_WIRE,
        path=edit.where.path,
        detail=edit.detail,
        message=_message(says, edit),
        why=known.why,
        fix=known.fix,
        before=edit.before,
        after=edit.after,
        reach=touched,
        old=edit.where.old,
        new=edit.where.new,
    )


def _message(says: str, edit: Edit) -> str:
    text = says.format(it=edit.it)
    value = edit.before or edit.after
    if edit.before and edit.after:
        text += f", from {edit.before} to {edit.after}"
    elif value and f"`{value}`" not in text:
        text += f": {value}"
    return f"{text[0].upper()}{text[1:]}"
