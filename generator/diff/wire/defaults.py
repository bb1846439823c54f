"""Defaults of schemas and parameters, compared.

In: what both versions say about one of them. Out: edits.
"""

from __future__ import annotations

from generator.api.types import Default
from generator.diff.wire.diff_state import DiffState
from generator.diff.wire.edits import EditLocation, SchemaContext, format_json


def compare_defaults(
    comparison: DiffState,
    old: Default | None,
    new: Default | None,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare two defaults; one that is not there differs from one of null."""
    if old == new:
        return
    concept = "changed" if old and new else "added" if new else "removed"
    comparison.add_schema_edit(
        context,
        f"default-value-{concept}",
        where.locate_keyword("default"),
        before="" if old is None else (format_json(old.value) or "null"),
        after="" if new is None else (format_json(new.value) or "null"),
    )
