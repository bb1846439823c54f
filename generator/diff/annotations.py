"""Defaults, deprecation and stability of schemas and parameters.

In: what both versions say about one of them. Out: edits.
"""

from __future__ import annotations

from generator.api.types import About, Default
from generator.diff.comparison import Comparison
from generator.diff.edits import Context, Where, shown
from generator.diff.policy import day_of, rank
from generator.diff.spots import Spot


def default(
    comparison: Comparison,
    old: Default | None,
    new: Default | None,
    where: Where,
    context: Context,
) -> None:
    """Compare two defaults; one that is not there differs from one of null."""
    if old == new and type(old and old.value) is type(new and new.value):
        return
    concept = "changed" if old and new else "added" if new else "removed"
    comparison.edit(
        context,
        f"default-value-{concept}",
        where.keyword("default"),
        before="" if old is None else (shown(old.value) or "null"),
        after="" if new is None else (shown(new.value) or "null"),
    )


def lifecycle(
    comparison: Comparison, old: About, new: About, where: Where, context: Context
) -> None:
    """Compare the deprecation and the stability of a property."""
    if context.spot is not Spot.PROPERTY:
        return
    _stability(comparison, old, new, where, context)
    if old.deprecated == new.deprecated:
        return
    if old.deprecated:
        comparison.edit(context, "reactivated", where.keyword("deprecated"))
        return
    _deprecated(comparison, new, where, context)


def _deprecated(
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


def _stability(
    comparison: Comparison, old: About, new: About, where: Where, context: Context
) -> None:
    before, after = rank(old.stability), rank(new.stability)
    if before != after:
        concept = "increased" if after > before else "decreased"
        comparison.edit(
            context,
            f"stability-{concept}",
            where.keyword("x-stability-level"),
            before=old.stability,
            after=new.stability,
        )
