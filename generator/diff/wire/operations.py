"""Operations and events: which came, which went, and what differs in those that stayed.

In: both `Api`s. Out: edits, and tasks for the types of their parts.

Source: OpenAPI 3.0.3 §4.7.8 to §4.7.10; OpenAPI 3.1.0 §4.8.1 (`webhooks`).
"""

from __future__ import annotations

from generator.api.matching import template
from generator.api.model import Event, Operation
from generator.diff.rules.rule_key import Change, RuleKey
from generator.diff.rules.severity import Severity
from generator.diff.wire import (
    callbacks,
    deprecations,
    messages,
    parameters,
    security,
    servers,
)
from generator.diff.wire.deprecation_policy import is_stability_level
from generator.diff.wire.diff_state import DiffState
from generator.diff.wire.edits import Edit, EditLocation, SchemaContext, create_context

_ADDED = RuleKey("none", "operation", "itself", "added")
_EVENT_ADDED = RuleKey("none", "webhook", "itself", "added")
_EVENT_REMOVED = RuleKey("none", "webhook", "itself", "removed")


def compare_operations(comparison: DiffState) -> None:
    """Compare all operations."""
    after = {each.key: each for each in comparison.new.operations}
    matched = comparison.matching.operations
    paths = {template(each.path) for each in comparison.new.operations}
    for each in comparison.old.operations:
        if each.key in matched:
            _compare_operation(comparison, each, after[matched[each.key]])
        elif comparison.policy.is_compared(each.about.stability):
            _add_operation_removed(
                comparison, each, is_path=template(each.path) not in paths
            )
    known = set(matched.values())
    for key, each in after.items():
        if key not in known and comparison.policy.is_compared(each.about.stability):
            where = EditLocation(key, key, None, each.about.origin)
            node = comparison.add_root("operation", key)
            comparison.add_rule_edit(create_context(node), _ADDED, where)


def _add_operation_removed(
    comparison: DiffState, old: Operation, *, is_path: bool
) -> None:
    node = comparison.add_root("operation", old.key)
    where = EditLocation(old.key, old.key, old.about.origin, None)
    stability = old.about.stability
    if not is_stability_level(stability):
        comparison.add_rule_edit(
            create_context(node),
            deprecations.INVALID_STABILITY,
            where,
            values=("", stability),
        )
        return
    key = deprecations.get_removal_key(
        comparison.policy, old.about, "path" if is_path else "operation"
    )
    is_announced = key.change == "removed-with-deprecation"
    sunset = "" if is_announced else old.about.sunset
    comparison.add_rule_edit(create_context(node), key, where, values=("", sunset))


def _compare_operation(comparison: DiffState, old: Operation, new: Operation) -> None:
    node = comparison.add_root("operation", new.key)
    where = EditLocation(new.key, new.key, old.about.origin, new.about.origin)
    deprecations.compare_operation_lifecycle(comparison, old, new, where, node)
    policy = comparison.policy
    if not policy.is_compared(old.about.stability) or not policy.is_compared(
        new.about.stability
    ):
        return
    if not is_stability_level(new.about.stability):
        return
    parameters.compare_parameters(comparison, old, new, node)
    messages.compare_request(comparison, old, new, node)
    messages.compare_responses(comparison, old, new, node)
    callbacks.compare_callbacks(comparison, old, new, node)
    security.compare_operation_security(comparison, old, new, node)
    servers.compare_servers(comparison, old.servers, new.servers, where, node)
    if not new.servers:
        comparison.add_shared_edge(node, "servers")


def compare_events(comparison: DiffState) -> None:
    """Compare all events: what they carry travels to the caller."""
    before = {each.name: each for each in comparison.old.events}
    after = {each.name: each for each in comparison.new.events}
    for name in dict.fromkeys((*before, *after)):
        first, second = before.get(name), after.get(name)
        node = comparison.add_root("event", name)
        where = EditLocation(
            f"event {name}",
            name,
            None if first is None else first.about.origin,
            None if second is None else second.about.origin,
        )
        if first is None:
            comparison.add_rule_edit(create_context(node), _EVENT_ADDED, where)
        elif second is None:
            # an event is announced as an operation is, and has one rule for all cases
            removal = deprecations.get_removal_key(
                comparison.policy, first.about, "operation"
            )
            is_announced = removal.change == "removed-with-deprecation"
            comparison.add_edit(
                Edit(
                    node=node,
                    key=_EVENT_REMOVED,
                    location=where,
                    subject=f"`{where.name}`",
                    level=Severity.INFO if is_announced else None,
                )
            )
        else:
            _compare_event(comparison, first, second, where, node)


def _compare_event(
    comparison: DiffState, old: Event, new: Event, where: EditLocation, node: int
) -> None:
    if old.about.deprecated != new.about.deprecated:
        change: Change = "deprecated" if new.about.deprecated else "reactivated"
        key = RuleKey("none", "webhook", "itself", change)
        comparison.add_rule_edit(create_context(node), key, where)
    context = SchemaContext(
        node, "response", "body", f"the payload of the event `{new.name}`"
    )
    there = EditLocation(
        f"{where.path} payload", f"{new.name} payload", where.old, where.new
    )
    comparison.enqueue_types(old.payload, new.payload, there, context)
