"""Deprecation, sunset and removal of operations, parameters and properties.

In: what both versions say about one of them, and the policy of the team. Out: rule ids
and edits. Removal is fine after a deprecation, and after the day of its sunset where it
has one.

Source: RFC 8594 (the Sunset header); OpenAPI 3.0.3 §4.7.10 (`deprecated`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from generator.api.model import Operation, Parameter
from generator.api.types import About
from generator.diff.rules.rule_key import (
    Change,
    Concept,
    Location,
    RuleDirection,
    RuleKey,
)
from generator.diff.wire.deprecation_policy import (
    DeprecationPolicy,
    is_stability_level,
    parse_sunset,
    rank_stability,
)
from generator.diff.wire.diff_state import DiffState
from generator.diff.wire.edits import EditLocation, SchemaContext, create_context

INVALID_STABILITY = RuleKey("none", "operation", "stability", "invalid")
_Outcome: TypeAlias = Literal[
    "deprecated",
    "with-sunset",
    "missing",
    "parse",
    "small",
    "reactivated",
    "deleted",
    "changed-small",
    "changed-parse",
]
_OPERATION: Mapping[_Outcome, RuleKey] = {
    "deprecated": RuleKey("none", "operation", "itself", "deprecated"),
    "with-sunset": RuleKey("none", "operation", "itself", "deprecated-with-sunset"),
    "missing": RuleKey("none", "operation", "deprecated-sunset", "missing"),
    "parse": RuleKey("none", "operation", "deprecated-sunset", "invalid"),
    "small": RuleKey("none", "operation", "sunset-date", "too-small"),
    "reactivated": RuleKey("none", "operation", "itself", "reactivated"),
    "deleted": RuleKey("none", "operation", "sunset", "removed"),
    "changed-small": RuleKey("none", "operation", "sunset-date", "changed-too-small"),
    "changed-parse": RuleKey("none", "operation", "sunset", "invalid"),
}  # fmt: skip
_PARAMETER: Mapping[_Outcome, RuleKey] = {
    "deprecated": RuleKey("request", "parameter", "itself", "deprecated"),
    "with-sunset": RuleKey("request", "parameter", "itself", "deprecated"),
    "missing": RuleKey("request", "parameter", "deprecated-sunset", "missing"),
    "parse": RuleKey("request", "parameter", "sunset", "invalid"),
    "small": RuleKey("request", "parameter", "sunset-date", "too-small"),
    "reactivated": RuleKey("request", "parameter", "itself", "reactivated"),
    "deleted": RuleKey("request", "parameter", "sunset", "removed"),
    "changed-small": RuleKey("request", "parameter", "sunset-date", "changed-too-small"),
    "changed-parse": RuleKey("request", "parameter", "sunset", "invalid"),
}  # fmt: skip


def get_removal_key(
    policy: DeprecationPolicy,
    metadata: About,
    location: Literal["operation", "path", "parameter"],
) -> RuleKey:
    """Return the key of the rule for the removal of something."""
    direction: RuleDirection = "request" if location == "parameter" else "none"
    if not metadata.deprecated:
        return RuleKey(direction, location, "itself", "removed")
    if not metadata.sunset:
        return RuleKey(direction, location, "itself", "removed-with-deprecation")
    day = parse_sunset(metadata.sunset)
    if day is None:
        # of a whole path it is told as of its operations
        thing: Location = "parameter" if location == "parameter" else "operation"
        return RuleKey(direction, thing, "sunset", "invalid")
    if policy.today < day:
        return RuleKey(direction, location, "itself", "removed-before-sunset")
    return RuleKey(direction, location, "itself", "removed-with-deprecation")


def compare_operation_lifecycle(
    comparison: DiffState,
    old: Operation,
    new: Operation,
    where: EditLocation,
    node: int,
) -> None:
    """Compare the lifecycle of an operation."""
    context = create_context(node)
    stability = new.about.stability
    if not is_stability_level(stability):
        if stability != old.about.stability:
            comparison.add_rule_edit(
                context, INVALID_STABILITY, where, values=("", stability)
            )
        return
    before, after = rank_stability(old.about.stability), rank_stability(stability)
    if before != after:
        change: Change = "increased" if after > before else "decreased"
        comparison.add_rule_edit(
            context,
            RuleKey("none", "operation", "stability", change),
            where,
            values=(old.about.stability, stability),
        )
    days = comparison.policy.get_days(stability)
    for outcome in _classify_deprecation(comparison.policy, old.about, new.about, days):
        comparison.add_rule_edit(
            context, _OPERATION[outcome], where, values=("", new.about.sunset)
        )


def compare_parameter_lifecycle(
    comparison: DiffState,
    old: Parameter,
    new: Parameter,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare the lifecycle of a parameter."""
    days = comparison.policy.get_days(context.stability)
    for outcome in _classify_deprecation(comparison.policy, old.about, new.about, days):
        comparison.add_rule_edit(
            context, _PARAMETER[outcome], where, values=("", new.about.sunset)
        )


def _classify_deprecation(
    policy: DeprecationPolicy, old: About, new: About, days: int
) -> tuple[_Outcome, ...]:
    if old.deprecated and not new.deprecated:
        return ("reactivated",)
    if new.deprecated and not old.deprecated:
        return (_classify_new_deprecation(policy, new, days),)
    if new.deprecated and old.sunset != new.sunset:
        return _classify_sunset_change(policy, old, new, days)
    return ()


def _classify_new_deprecation(
    policy: DeprecationPolicy, new: About, days: int
) -> _Outcome:
    if not new.sunset:
        return "missing" if days else "deprecated"
    day = parse_sunset(new.sunset)
    if day is None:
        return "parse"
    return "small" if (day - policy.today).days < days else "with-sunset"


def _classify_sunset_change(
    policy: DeprecationPolicy, old: About, new: About, days: int
) -> tuple[_Outcome, ...]:
    if not old.sunset:
        return ()
    if not new.sunset:
        return ("deleted",)
    before, after = parse_sunset(old.sunset), parse_sunset(new.sunset)
    if before is None or after is None:
        return ("changed-parse",)
    is_too_small = after < before and (after - policy.today).days < days
    return ("changed-small",) if is_too_small else ()


def compare_property_lifecycle(
    comparison: DiffState,
    old: About,
    new: About,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare the deprecation and the stability of a property."""
    if context.part != "property":
        return
    _compare_property_stability(comparison, old, new, where, context)
    if old.deprecated == new.deprecated:
        return
    if old.deprecated:
        comparison.add_schema_edit(
            context, "itself", "reactivated", where.locate_keyword("deprecated")
        )
        return
    _add_deprecation_edit(comparison, new, where, context)


def _add_deprecation_edit(
    comparison: DiffState, new: About, where: EditLocation, context: SchemaContext
) -> None:
    days = comparison.policy.get_days(new.stability)
    there = where.locate_keyword("x-sunset" if new.sunset else "deprecated")
    if not new.sunset:
        if days:
            comparison.add_schema_edit(context, "deprecated-sunset", "missing", there)
        else:
            comparison.add_schema_edit(context, "itself", "deprecated", there)
        return
    day = parse_sunset(new.sunset)
    concept: Concept = "itself"
    change: Change = "deprecated-with-sunset"
    if day is None:
        concept = "deprecated-sunset"
        change = "invalid"
    elif (day - comparison.policy.today).days < days:
        concept = "sunset-date"
        change = "too-small"
    comparison.add_schema_edit(context, concept, change, there, values=("", new.sunset))


def _compare_property_stability(
    comparison: DiffState,
    old: About,
    new: About,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    before, after = rank_stability(old.stability), rank_stability(new.stability)
    if before != after and comparison.policy.is_compared(old.stability):
        change: Change = "increased" if after > before else "decreased"
        comparison.add_schema_edit(
            context,
            "stability",
            change,
            where.locate_keyword("x-stability-level"),
            values=(old.stability, new.stability),
        )
