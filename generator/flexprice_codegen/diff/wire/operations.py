"""Operations and events: which came, which went, and what differs in those that stayed.

In: both `Api`s. Out: edits, and tasks for the types of their parts.

Source: OpenAPI 3.0.3 §4.7.8 to §4.7.10; OpenAPI 3.1.0 §4.8.1 (`webhooks`).
"""

from __future__ import annotations

from flexprice_codegen.api.model import ApiOperation, WebhookEvent
from flexprice_codegen.api.path_templates import normalize_path
from flexprice_codegen.api.types import Array, Type
from flexprice_codegen.diff.rules.rule_key import Change, RuleKey
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.diff.wire import (
    callbacks,
    deprecations,
    messages,
    parameters,
    security,
    servers,
)
from flexprice_codegen.diff.wire.deprecation_policy import is_stability_level
from flexprice_codegen.diff.wire.diff_state import DiffState
from flexprice_codegen.diff.wire.edits import (
    Edit,
    EditLocation,
    SchemaContext,
    create_context,
)

_ADDED = RuleKey("none", "operation", "itself", "added")
_EVENT_ADDED = RuleKey("none", "webhook", "itself", "added")
_EVENT_REMOVED = RuleKey("none", "webhook", "itself", "removed")
_ANNOUNCED = "It was deprecated before it was removed, and its sunset is over."


def compare_operations(state: DiffState) -> None:
    """Compare all operations."""
    after = {operation.key: operation for operation in state.new.operations}
    matched = state.matching.operations
    paths = {normalize_path(operation.path) for operation in state.new.operations}
    for operation in state.old.operations:
        if operation.key in matched:
            _compare_operation(state, operation, after[matched[operation.key]])
        elif state.policy.is_compared(operation.about.stability):
            is_path = normalize_path(operation.path) not in paths
            _add_operation_removed(state, operation, is_path=is_path)

    known = set(matched.values())
    for key, operation in after.items():
        if key not in known and state.policy.is_compared(operation.about.stability):
            location = EditLocation(key, key, None, operation.about.origin)
            node = state.add_root("operation", key)
            state.add_rule_edit(create_context(node), _ADDED, location)


def _add_operation_removed(
    state: DiffState, old: ApiOperation, *, is_path: bool
) -> None:
    """Record that an operation is gone, `is_path` with its whole path."""
    node = state.add_root("operation", old.key)
    context = create_context(node)
    location = EditLocation(old.key, old.key, old.about.origin, None)
    stability = old.about.stability
    if not is_stability_level(stability):
        state.add_rule_edit(
            context, deprecations.INVALID_STABILITY, location, values=("", stability)
        )
        return
    key = deprecations.get_removal_key(
        state.policy, old.about, "path" if is_path else "operation"
    )
    # The day matters where it was not kept.
    is_announced = key.change == "removed-with-deprecation"
    sunset = "" if is_announced else old.about.sunset
    state.add_rule_edit(context, key, location, values=("", sunset))


def _compare_operation(state: DiffState, old: ApiOperation, new: ApiOperation) -> None:
    node = state.add_root("operation", new.key)
    location = EditLocation(new.key, new.key, old.about.origin, new.about.origin)
    deprecations.compare_operation_lifecycle(state, old, new, location, node)
    if not _is_compared(state, old, new):
        return
    parameters.compare_parameters(state, old, new, node)
    messages.compare_request(state, old, new, node)
    messages.compare_responses(state, old, new, node)
    callbacks.compare_callbacks(state, old, new, node)
    security.compare_operation_security(state, old, new, node)
    servers.compare_operation_servers(state, old, new, location, node)


def _is_compared(state: DiffState, old: ApiOperation, new: ApiOperation) -> bool:
    """Return whether callers may rely on an operation in both versions."""
    is_compared = state.policy.is_compared
    return (
        is_compared(old.about.stability)
        and is_compared(new.about.stability)
        and is_stability_level(new.about.stability)
    )


def compare_events(state: DiffState) -> None:
    """Compare all events: what they carry travels to the caller."""
    before = {event.name: event for event in state.old.events}
    after = {event.name: event for event in state.new.events}
    for name in dict.fromkeys((*before, *after)):
        first = before.get(name)
        second = after.get(name)
        node = state.add_root("event", name)
        location = EditLocation(
            f"event {name}",
            name,
            None if first is None else first.about.origin,
            None if second is None else second.about.origin,
        )
        if first is not None and second is not None:
            _compare_event(state, first, second, location, node)
        elif first is not None:
            _add_event_removed(state, first, location, node)
        else:
            state.add_rule_edit(create_context(node), _EVENT_ADDED, location)


def _add_event_removed(
    state: DiffState, old: WebhookEvent, location: EditLocation, node: int
) -> None:
    # An event is announced as an operation is, but has one rule for all cases.
    removal = deprecations.get_removal_key(state.policy, old.about, "operation")
    is_announced = removal.change == "removed-with-deprecation"
    state.add_edit(
        Edit(
            node=node,
            key=_EVENT_REMOVED,
            location=location,
            subject=f"`{location.name}`",
            level=Severity.INFO if is_announced else None,
            why=_ANNOUNCED if is_announced else "",
        )
    )


def _compare_event(
    state: DiffState,
    old: WebhookEvent,
    new: WebhookEvent,
    location: EditLocation,
    node: int,
) -> None:
    if old.about.deprecated != new.about.deprecated:
        change: Change = "deprecated" if new.about.deprecated else "reactivated"
        key = RuleKey("none", "webhook", "itself", change)
        state.add_rule_edit(create_context(node), key, location)

    subject = f"the payload of the event `{new.name}`"
    context = SchemaContext(node, "response", "body", subject)
    payload = EditLocation(
        f"{location.path} payload", f"{new.name} payload", location.old, location.new
    )
    state.enqueue_types(
        _get_delivered_type(old), _get_delivered_type(new), payload, context
    )


def _get_delivered_type(event: WebhookEvent) -> Type:
    return Array(item=event.payload) if event.is_list else event.payload
