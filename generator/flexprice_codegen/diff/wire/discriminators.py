"""Discriminators: what selects the option of a choice, compared.

In: the discriminators of both versions. Out: edits.

Source: OpenAPI 3.0.3 §4.7.25 (Discriminator Object).
"""

from __future__ import annotations

from flexprice_codegen.api.types import Discriminator
from flexprice_codegen.diff.rules.rule_key import Change
from flexprice_codegen.diff.wire.diff_state import DiffState
from flexprice_codegen.diff.wire.edits import (
    EditLocation,
    SchemaContext,
    classify_presence,
    format_json,
)


def compare_discriminators(
    state: DiffState,
    old: Discriminator | None,
    new: Discriminator | None,
    location: EditLocation,
    context: SchemaContext,
    *,
    changed_keys: frozenset[str] = frozenset(),
) -> None:
    """Compare two discriminators, of which one may not be there.

    Args:
        state: The comparison.
        old: The older one.
        new: The newer one.
        location: What has them.
        context: The message that contains it.
        changed_keys: The keys of options that came or went, which their values follow.
    """
    if old is None and new is None:
        return
    location = location.locate_keyword("discriminator")
    if old is not None and new is not None:
        _compare_property_names(state, old, new, location, context)
        _compare_mappings(state, old, new, location, context, changed_keys)
    elif old is not new:
        change: Change = "removed" if new is None else "added"
        state.add_schema_edit(context, "discriminator", change, location)


def _compare_property_names(
    state: DiffState,
    old: Discriminator,
    new: Discriminator,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    if old.property != new.property:
        state.add_schema_edit(
            context,
            "discriminator-property-name",
            "changed",
            location,
            values=(format_json(old.property), format_json(new.property)),
        )


def _compare_mappings(
    state: DiffState,
    old: Discriminator,
    new: Discriminator,
    location: EditLocation,
    context: SchemaContext,
    changed_keys: frozenset[str],
) -> None:
    before = _list_explicit_mappings(old)
    after = _list_explicit_mappings(new)
    for value in dict.fromkeys((*before, *after)):
        first = before.get(value, "")
        second = after.get(value, "")
        is_renamed = first and second and state.matching.is_same_schema(first, second)
        if (
            first == second
            or is_renamed
            or not changed_keys.isdisjoint((first, second))
        ):
            continue
        state.add_schema_edit(
            context,
            "discriminator-mapping",
            classify_presence(was_there=bool(first), is_there=bool(second)),
            location,
            detail=value,
            values=(_format_mapping(value, first), _format_mapping(value, second)),
        )


def _format_mapping(value: str, key: str) -> str:
    """Return a value with the schema that it selects; nothing where it selects none."""
    return f"{value} ({key.rpartition('/')[2]})" if key else ""


def _list_explicit_mappings(tag: Discriminator) -> dict[str, str]:
    """Return what the mapping adds to the names of the schemas themselves.

    A schema is meant by its own name, whether the mapping says so or not.
    """
    found = {
        value: key for value, key in tag.mapping if value != key.rsplit("/", 1)[-1]
    }
    return found | ({"defaultMapping": tag.default} if tag.default else {})
