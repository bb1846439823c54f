"""Discriminators: what tells the options of a choice apart, compared.

In: the tags of both versions. Out: edits.

Source: OpenAPI 3.0.3 §4.7.25 (Discriminator Object).
"""

from __future__ import annotations

from generator.api.types import Tag
from generator.diff.wire.diff_state import Comparison
from generator.diff.wire.edits import Context, Where, shown


def compare(
    comparison: Comparison,
    old: Tag | None,
    new: Tag | None,
    where: Where,
    context: Context,
) -> None:
    """Compare two discriminators, of which one may not be there."""
    there = where.keyword("discriminator")
    if old is None or new is None:
        if old is not new:
            concept = "added" if new else "removed"
            comparison.edit(context, f"discriminator-{concept}", there)
        return
    if old.property != new.property:
        comparison.edit(
            context,
            "discriminator-property-name-changed",
            there,
            before=shown(old.property),
            after=shown(new.property),
        )
    before, after = _explicit(old), _explicit(new)
    for value in dict.fromkeys((*before, *after)):
        first, second = before.get(value), after.get(value)
        if first == second or (
            first and second and comparison.matching.renamed(first, second)
        ):
            continue
        concept = "changed" if first and second else "added" if second else "deleted"
        comparison.edit(
            context,
            f"discriminator-mapping-{concept}",
            there,
            detail=value,
            before=first or "",
            after=second or "",
        )


def _explicit(tag: Tag) -> dict[str, str]:
    """Give what the mapping adds to the names of the schemas themselves."""
    return {value: key for value, key in tag.mapping if value != key.rsplit("/", 1)[-1]}
