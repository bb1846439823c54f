"""Deprecation, sunset and removal of operations, parameters and properties.

In: what both versions say about one of them, and the policy of the team. Out: rule ids
and edits. Removal is fine after a deprecation, and after the day of its sunset where it
has one.

Source: RFC 8594 (the Sunset header); OpenAPI 3.0.3 §4.7.10 (`deprecated`).
"""

from __future__ import annotations

from generator.api.model import Operation, Parameter
from generator.api.types import About
from generator.diff.rules.message_parts import Spot
from generator.diff.wire.deprecation_policy import Policy, day_of, is_level, rank
from generator.diff.wire.diff_state import Comparison
from generator.diff.wire.edits import Context, Where, about

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


def removal(policy: Policy, about: About, what: str) -> str:
    """Give the rule for the removal of something: `what` begins its id."""
    is_parameter = what == "request-parameter"
    if not about.deprecated:
        return (
            f"{what}-removed" if is_parameter else f"{what}-removed-without-deprecation"
        )
    if not about.sunset:
        return f"{what}-removed-with-deprecation"
    day = day_of(about.sunset)
    if day is None:
        return f"{what}-sunset-parse" if is_parameter else "api-path-sunset-parse"
    if policy.today < day:
        return f"{what}-removed-before-sunset"
    return f"{what}-removed-with-deprecation"


def operation(
    comparison: Comparison, old: Operation, new: Operation, where: Where, node: int
) -> None:
    """Compare the lifecycle of an operation."""
    context = about(node)
    stability = new.about.stability
    if not is_level(stability):
        if stability != old.about.stability:
            comparison.note(
                context, "api-invalid-stability-level", where, values=("", stability)
            )
        return
    before, after = rank(old.about.stability), rank(stability)
    if before != after:
        word = "increased" if after > before else "decreased"
        comparison.note(
            context,
            f"api-stability-{word}",
            where,
            values=(old.about.stability, stability),
        )
    days = comparison.policy.days(stability)
    for rule in _rules(comparison.policy, old.about, new.about, days):
        comparison.note(context, _OPERATION[rule], where, values=("", new.about.sunset))


def parameter(
    comparison: Comparison,
    old: Parameter,
    new: Parameter,
    where: Where,
    context: Context,
) -> None:
    """Compare the lifecycle of a parameter."""
    days = comparison.policy.days(context.stability)
    for rule in _rules(comparison.policy, old.about, new.about, days):
        comparison.note(context, _PARAMETER[rule], where, values=("", new.about.sunset))


def _rules(policy: Policy, old: About, new: About, days: int) -> tuple[str, ...]:
    if old.deprecated and not new.deprecated:
        return ("reactivated",)
    if new.deprecated and not old.deprecated:
        return (_deprecated(policy, new, days),)
    if new.deprecated and old.sunset != new.sunset:
        return _changed(policy, old, new, days)
    return ()


def _deprecated(policy: Policy, new: About, days: int) -> str:
    if not new.sunset:
        return "missing" if days else "deprecated"
    day = day_of(new.sunset)
    if day is None:
        return "parse"
    return "small" if (day - policy.today).days < days else "with-sunset"


def _changed(policy: Policy, old: About, new: About, days: int) -> tuple[str, ...]:
    if not old.sunset:
        return ()
    if not new.sunset:
        return ("deleted",)
    before, after = day_of(old.sunset), day_of(new.sunset)
    if before is None or after is None:
        return ("changed-parse",)
    is_too_small = after < before and (after - policy.today).days < days
    return ("changed-small",) if is_too_small else ()


def of_property(
    comparison: Comparison, old: About, new: About, where: Where, context: Context
) -> None:
    """Compare the deprecation and the stability of a property."""
    if context.spot is not Spot.PROPERTY:
        return
    _property_stability(comparison, old, new, where, context)
    if old.deprecated == new.deprecated:
        return
    if old.deprecated:
        comparison.edit(context, "reactivated", where.keyword("deprecated"))
        return
    _property_deprecated(comparison, new, where, context)


def _property_deprecated(
    comparison: Comparison, new: About, where: Where, context: Context
) -> None:
    days = comparison.policy.days(new.stability)
    there = where.keyword("x-sunset" if new.sunset else "deprecated")
    if not new.sunset:
        concept = "deprecated-sunset-missing" if days else "deprecated"
        comparison.edit(context, concept, there)
        return
    day = day_of(new.sunset)
    if day is None:
        concept = "deprecated-sunset-invalid"
    elif (day - comparison.policy.today).days < days:
        concept = "sunset-date-too-small"
    else:
        concept = "deprecated-with-sunset"
    comparison.edit(context, concept, there, after=new.sunset)


def _property_stability(
    comparison: Comparison, old: About, new: About, where: Where, context: Context
) -> None:
    before, after = rank(old.stability), rank(new.stability)
    if before != after and comparison.policy.compares(old.stability):
        concept = "increased" if after > before else "decreased"
        comparison.edit(
            context,
            f"stability-{concept}",
            where.keyword("x-stability-level"),
            before=old.stability,
            after=new.stability,
        )
