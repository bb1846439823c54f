"""Defaults of schemas and parameters, compared.

In: what both versions say about one of them. Out: edits.
"""

from __future__ import annotations

from generator.api.types import Default
from generator.diff.wire.diff_state import Comparison
from generator.diff.wire.edits import Context, Where, shown


def compare(
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
