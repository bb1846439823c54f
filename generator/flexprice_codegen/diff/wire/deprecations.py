"""Deprecation, sunset and removal of operations, parameters and properties.

In: what both versions say about one of them, and the policy of the team. Out: rule ids
and edits. Removal is fine after a deprecation, and after the day of its sunset where it
has one.

Source: RFC 8594 (the Sunset header); OpenAPI 3.0.3 §4.7.10 (`deprecated`).
"""

from __future__ import annotations

from flexprice_codegen.api.model import Operation, Parameter
from flexprice_codegen.api.types import About
from flexprice_codegen.diff.rules.message_parts import MessagePart
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

_OPERATION = {
    "deprecated": "endpoint-deprecated",
    "with-sunset": "endpoint-deprecated-with-sunset",
    "missing": "api-deprecated-sunset-missing",
    "parse": "api-deprecated-sunset-parse",
    "small": "api-sunset-date-too-small",
    "reactivated": "endpoint-reactivated",
    "deleted": "sunset-deleted",
    "changed-small": "api-sunset-date-changed-too-small",
    "changed-parse": "api-path-sunset-parse",
}
_PARAMETER = {
    "deprecated": "request-parameter-deprecated",
    "with-sunset": "request-parameter-deprecated",
    "missing": "request-parameter-deprecated-sunset-missing",
    "parse": "request-parameter-sunset-parse",
    "small": "request-parameter-sunset-date-too-small",
    "reactivated": "request-parameter-reactivated",
    "deleted": "request-parameter-sunset-deleted",
    "changed-small": "request-parameter-sunset-date-changed-too-small",
    "changed-parse": "request-parameter-sunset-parse",
}


def get_removal_rule(policy: DeprecationPolicy, about: About, what: str) -> str:
    """Give the rule for the removal of something: `what` begins its id."""
    is_parameter = what == "request-parameter"
    if not about.deprecated:
        return (
            f"{what}-removed" if is_parameter else f"{what}-removed-without-deprecation"
        )
    if not about.sunset:
        return f"{what}-removed-with-deprecation"
    day = parse_sunset(about.sunset)
    if day is None:
        return f"{what}-sunset-parse" if is_parameter else "api-path-sunset-parse"
    if policy.today < day:
        return f"{what}-removed-before-sunset"
    return f"{what}-removed-with-deprecation"


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
                context, "api-invalid-stability-level", where, values=("", stability)
            )
        return
    before, after = rank_stability(old.about.stability), rank_stability(stability)
    if before != after:
        word = "increased" if after > before else "decreased"
        comparison.add_rule_edit(
            context,
            f"api-stability-{word}",
            where,
            values=(old.about.stability, stability),
        )
    days = comparison.policy.get_days(stability)
    for rule in _classify_deprecation(comparison.policy, old.about, new.about, days):
        comparison.add_rule_edit(
            context, _OPERATION[rule], where, values=("", new.about.sunset)
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
    for rule in _classify_deprecation(comparison.policy, old.about, new.about, days):
        comparison.add_rule_edit(
            context, _PARAMETER[rule], where, values=("", new.about.sunset)
        )


def _classify_deprecation(
    policy: DeprecationPolicy, old: About, new: About, days: int
) -> tuple[str, ...]:
    if old.deprecated and not new.deprecated:
        return ("reactivated",)
    if new.deprecated and not old.deprecated:
        return (_classify_new_deprecation(policy, new, days),)
    if new.deprecated and old.sunset != new.sunset:
        return _classify_sunset_change(policy, old, new, days)
    return ()


def _classify_new_deprecation(policy: DeprecationPolicy, new: About, days: int) -> str:
    if not new.sunset:
        return "missing" if days else "deprecated"
    day = parse_sunset(new.sunset)
    if day is None:
        return "parse"
    return "small" if (day - policy.today).days < days else "with-sunset"


def _classify_sunset_change(
    policy: DeprecationPolicy, old: About, new: About, days: int
) -> tuple[str, ...]:
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
    if context.part is not MessagePart.PROPERTY:
        return
    _compare_property_stability(comparison, old, new, where, context)
    if old.deprecated == new.deprecated:
        return
    if old.deprecated:
        comparison.add_schema_edit(
            context, "reactivated", where.locate_keyword("deprecated")
        )
        return
    _add_deprecation_edit(comparison, new, where, context)


def _add_deprecation_edit(
    comparison: DiffState, new: About, where: EditLocation, context: SchemaContext
) -> None:
    days = comparison.policy.get_days(new.stability)
    there = where.locate_keyword("x-sunset" if new.sunset else "deprecated")
    if not new.sunset:
        concept = "deprecated-sunset-missing" if days else "deprecated"
        comparison.add_schema_edit(context, concept, there)
        return
    day = parse_sunset(new.sunset)
    if day is None:
        concept = "deprecated-sunset-invalid"
    elif (day - comparison.policy.today).days < days:
        concept = "sunset-date-too-small"
    else:
        concept = "deprecated-with-sunset"
    comparison.add_schema_edit(context, concept, there, after=new.sunset)


def _compare_property_stability(
    comparison: DiffState,
    old: About,
    new: About,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    before, after = rank_stability(old.stability), rank_stability(new.stability)
    if before != after and comparison.policy.is_compared(old.stability):
        concept = "increased" if after > before else "decreased"
        comparison.add_schema_edit(
            context,
            f"stability-{concept}",
            where.locate_keyword("x-stability-level"),
            before=old.stability,
            after=new.stability,
        )
