"""Deprecation, sunset and removal of operations, parameters and properties.

In: what both versions say about one of them, and the policy of the team. Out: keys of
rules, and edits. Removal is fine after a deprecation, and after the day of its sunset
where it has one.

Source: RFC 8594 (the Sunset header); OpenAPI 3.0.3 §4.7.10 (`deprecated`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from flexprice_codegen.api.model import ApiOperation, Parameter
from flexprice_codegen.api.types import NodeMetadata
from flexprice_codegen.diff.rules.rule_key import (
    Change,
    Concept,
    Location,
    RuleDirection,
    RuleKey,
)
from flexprice_codegen.diff.wire.deprecation_policy import (
    DeprecationPolicy,
    is_stability_level,
    parse_sunset,
    rank_stability,
)
from flexprice_codegen.diff.wire.diff_state import DiffState
from flexprice_codegen.diff.wire.edits import (
    EditLocation,
    SchemaContext,
    create_context,
)

INVALID_STABILITY = RuleKey("none", "operation", "stability", "invalid")
_Event: TypeAlias = tuple[Concept, Change]
"""What happened in the life of something: the end of the key of its rule."""

_OF_PARAMETERS: Mapping[_Event, _Event] = {
    ("itself", "deprecated-with-sunset"): ("itself", "deprecated"),
    ("deprecated-sunset", "invalid"): ("sunset", "invalid"),
}
"""Events for which parameters have another rule than operations and properties."""


def get_removal_key(
    policy: DeprecationPolicy,
    metadata: NodeMetadata,
    location: Literal["operation", "path", "parameter"],
) -> RuleKey:
    """Return the key of the rule for the removal of something.

    Args:
        policy: What the team has agreed on.
        metadata: What the older document says of what was removed.
        location: What it is.
    """
    direction: RuleDirection = "request" if location == "parameter" else "none"
    removed = RuleKey(direction, location, "itself", "removed")
    if not metadata.deprecated:
        return removed
    if not metadata.sunset:
        return removed._replace(change="removed-with-deprecation")
    day = parse_sunset(metadata.sunset)
    if day is None:
        # A whole path has no sunset of its own: it is that of its operations.
        owner: Location = "operation" if location == "path" else location
        return RuleKey(direction, owner, "sunset", "invalid")
    is_early = policy.today < day
    return removed._replace(
        change="removed-before-sunset" if is_early else "removed-with-deprecation"
    )


def compare_operation_lifecycle(
    state: DiffState,
    old: ApiOperation,
    new: ApiOperation,
    location: EditLocation,
    node: int,
) -> None:
    """Compare the lifecycle of an operation."""
    context = create_context(node)
    stability = new.about.stability
    if not is_stability_level(stability):
        # An old fault is told by the comparison that brought it.
        if stability != old.about.stability:
            state.add_rule_edit(
                context, INVALID_STABILITY, location, values=("", stability)
            )
        return

    before = rank_stability(old.about.stability)
    after = rank_stability(stability)
    if before != after:
        change: Change = "increased" if after > before else "decreased"
        state.add_rule_edit(
            context,
            RuleKey("none", "operation", "stability", change),
            location,
            values=(old.about.stability, stability),
        )
    days = state.policy.get_days(stability)
    for event in _list_events(state.policy, old.about, new.about, days):
        key = RuleKey("none", "operation", *event)
        state.add_rule_edit(context, key, location, values=("", new.about.sunset))


def compare_parameter_lifecycle(
    state: DiffState,
    old: Parameter,
    new: Parameter,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare the lifecycle of a parameter."""
    days = state.policy.get_days(context.stability)
    for event in _list_events(state.policy, old.about, new.about, days):
        key = RuleKey("request", "parameter", *_OF_PARAMETERS.get(event, event))
        state.add_rule_edit(context, key, location, values=("", new.about.sunset))


def _list_events(
    policy: DeprecationPolicy, old: NodeMetadata, new: NodeMetadata, days: int
) -> tuple[_Event, ...]:
    """Return what happened in the life of something; `days` is how long it must stay."""
    if old.deprecated and not new.deprecated:
        return (("itself", "reactivated"),)
    if new.deprecated and not old.deprecated:
        return (_classify_deprecation(policy, new, days),)
    if new.deprecated and old.sunset != new.sunset:
        return _list_sunset_events(policy, old, new, days)
    return ()


def _classify_deprecation(
    policy: DeprecationPolicy, new: NodeMetadata, days: int
) -> _Event:
    """Return how something is deprecated that was not."""
    if not new.sunset:
        return ("deprecated-sunset", "missing") if days else ("itself", "deprecated")
    day = parse_sunset(new.sunset)
    if day is None:
        return "deprecated-sunset", "invalid"
    if (day - policy.today).days < days:
        return "sunset-date", "too-small"
    return "itself", "deprecated-with-sunset"


def _list_sunset_events(
    policy: DeprecationPolicy, old: NodeMetadata, new: NodeMetadata, days: int
) -> tuple[_Event, ...]:
    """Return what happened to the sunset of something that stays deprecated."""
    # A day that is set later than the deprecation promises more, whatever day it is.
    if not old.sunset:
        return ()
    if not new.sunset:
        return (("sunset", "removed"),)
    before = parse_sunset(old.sunset)
    after = parse_sunset(new.sunset)
    if before is None or after is None:
        return (("sunset", "invalid"),)
    is_too_near = after < before and (after - policy.today).days < days
    return (("sunset-date", "changed-too-small"),) if is_too_near else ()


def compare_property_lifecycle(
    state: DiffState,
    old: NodeMetadata,
    new: NodeMetadata,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare the deprecation and the stability of a property.

    Only properties of bodies have rules for that: a value in a parameter is deprecated
    with the parameter.
    """
    if context.part != "property":
        return
    _compare_property_stability(state, old, new, location, context)
    if new.deprecated and not old.deprecated:
        event = _classify_deprecation(
            state.policy, new, state.policy.get_days(new.stability)
        )
        keyword = location.locate_keyword("x-sunset" if new.sunset else "deprecated")
        state.add_schema_edit(context, *event, keyword, values=("", new.sunset))
    elif old.deprecated and not new.deprecated:
        keyword = location.locate_keyword("deprecated")
        state.add_schema_edit(context, "itself", "reactivated", keyword)


def _compare_property_stability(
    state: DiffState,
    old: NodeMetadata,
    new: NodeMetadata,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    before = rank_stability(old.stability)
    after = rank_stability(new.stability)
    if before != after and state.policy.is_compared(old.stability):
        state.add_schema_edit(
            context,
            "stability",
            "increased" if after > before else "decreased",
            location.locate_keyword("x-stability-level"),
            values=(old.stability, new.stability),
        )
