"""Operations and events: which came, which went, and what differs in those that stayed.

In: both `Api`s. Out: edits, and tasks for the types of their parts.

Source: OpenAPI 3.0.3 §4.7.8 to §4.7.10; OpenAPI 3.1.0 §4.8.1 (`webhooks`).
"""

from __future__ import annotations

from generator.api.matching import template
from generator.api.model import Event, Operation
from generator.diff.finding import Severity
from generator.diff.rules.message_parts import Spot
from generator.diff.wire import (
    callbacks,
    deprecations,
    messages,
    parameters,
    security,
    servers,
)
from generator.diff.wire.deprecation_policy import is_level
from generator.diff.wire.diff_state import Comparison
from generator.diff.wire.edits import Context, Edit, Where, about


def compare(comparison: Comparison) -> None:
    """Compare all operations."""
    after = {each.key: each for each in comparison.new.operations}
    matched = comparison.matching.operations
    paths = {template(each.path) for each in comparison.new.operations}
    for each in comparison.old.operations:
        if each.key in matched:
            _both(comparison, each, after[matched[each.key]])
        elif comparison.policy.compares(each.about.stability):
            _removed(comparison, each, is_path=template(each.path) not in paths)
    known = set(matched.values())
    for key, each in after.items():
        if key not in known and comparison.policy.compares(each.about.stability):
            where = Where(key, key, None, each.about.origin)
            node = comparison.root("operation", key)
            comparison.note(about(node), "endpoint-added", where)


def _removed(comparison: Comparison, old: Operation, *, is_path: bool) -> None:
    node = comparison.root("operation", old.key)
    where = Where(old.key, old.key, old.about.origin, None)
    stability = old.about.stability
    if not is_level(stability):
        comparison.note(
            about(node), "api-invalid-stability-level", where, values=("", stability)
        )
        return
    what = "api-path" if is_path else "api"
    rule = deprecations.removal(comparison.policy, old.about, what)
    sunset = "" if rule.endswith("with-deprecation") else old.about.sunset
    comparison.note(about(node), rule, where, values=("", sunset))


def _both(comparison: Comparison, old: Operation, new: Operation) -> None:
    node = comparison.root("operation", new.key)
    where = Where(new.key, new.key, old.about.origin, new.about.origin)
    deprecations.operation(comparison, old, new, where, node)
    policy = comparison.policy
    if not policy.compares(old.about.stability) or not policy.compares(
        new.about.stability
    ):
        return
    if not is_level(new.about.stability):
        return
    parameters.compare(comparison, old, new, node)
    messages.request(comparison, old, new, node)
    messages.responses(comparison, old, new, node)
    callbacks.compare(comparison, old, new, node)
    security.of_operation(comparison, old, new, node)
    servers.compare(comparison, old.servers, new.servers, where, node)
    if not new.servers:
        comparison.reads(node, "servers")


def events(comparison: Comparison) -> None:
    """Compare all events: what they carry travels to the caller."""
    before = {each.name: each for each in comparison.old.events}
    after = {each.name: each for each in comparison.new.events}
    for name in dict.fromkeys((*before, *after)):
        first, second = before.get(name), after.get(name)
        node = comparison.root("event", name)
        where = Where(
            f"event {name}",
            name,
            None if first is None else first.about.origin,
            None if second is None else second.about.origin,
        )
        if first is None:
            comparison.note(about(node), "webhook-added", where)
        elif second is None:
            rule = deprecations.removal(comparison.policy, first.about, "webhook")
            comparison.found(
                Edit(
                    node=node,
                    rule="webhook-removed",
                    where=where,
                    it=f"`{where.name}`",
                    level=Severity.INFO if rule.endswith("with-deprecation") else None,
                )
            )
        else:
            _event(comparison, first, second, where, node)


def _event(
    comparison: Comparison, old: Event, new: Event, where: Where, node: int
) -> None:
    if old.about.deprecated != new.about.deprecated:
        word = "deprecated" if new.about.deprecated else "reactivated"
        comparison.note(about(node), f"webhook-{word}", where)
    context = Context(
        node, "response", Spot.BODY, f"the payload of the event `{new.name}`"
    )
    there = Where(f"{where.path} payload", f"{new.name} payload", where.old, where.new)
    comparison.later(old.payload, new.payload, there, context)
