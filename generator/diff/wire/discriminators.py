"""Discriminators: what tells the options of a choice apart, compared.

In: the tags of both versions. Out: edits.

Source: OpenAPI 3.0.3 §4.7.25 (Discriminator Object).
"""

from __future__ import annotations

from generator.api.types import Tag
from generator.diff.rules.rule_key import Change
from generator.diff.wire.diff_state import DiffState
from generator.diff.wire.edits import (
    EditLocation,
    SchemaContext,
    classify_presence,
    format_json,
)


def compare_discriminators(
    comparison: DiffState,
    old: Tag | None,
    new: Tag | None,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare two discriminators, of which one may not be there."""
    there = where.locate_keyword("discriminator")
    if old is None or new is None:
        if old is not new:
            change: Change = "added" if new else "removed"
            comparison.add_schema_edit(context, "discriminator", change, there)
        return
    if old.property != new.property:
        comparison.add_schema_edit(
            context,
            "discriminator-property-name",
            "changed",
            there,
            values=(format_json(old.property), format_json(new.property)),
        )
    before, after = _list_explicit_mappings(old), _list_explicit_mappings(new)
    for value in dict.fromkeys((*before, *after)):
        first, second = before.get(value), after.get(value)
        if first == second or (
            first and second and comparison.matching.renamed(first, second)
        ):
            continue
        comparison.add_schema_edit(
            context,
            "discriminator-mapping",
            classify_presence(was_there=bool(first), is_there=bool(second)),
            there,
            detail=value,
            values=(first or "", second or ""),
        )


def _list_explicit_mappings(tag: Tag) -> dict[str, str]:
    """Give what the mapping adds to the names of the schemas themselves."""
    return {value: key for value, key in tag.mapping if value != key.rsplit("/", 1)[-1]}
