"""Defaults of schemas and parameters, compared.

In: what both versions say about one of them. Out: edits.
"""

from __future__ import annotations

from generator.api.types import Default
from generator.diff.wire.diff_state import DiffState
from generator.diff.wire.edits import (
    EditLocation,
    SchemaContext,
    classify_presence,
    format_json,
)


def compare_defaults(
    state: DiffState,
    old: Default | None,
    new: Default | None,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    """Compare two defaults; one that is not there differs from one of null."""
    # `1` and `True` are equal in Python, and not in JSON.
    if old == new and type(old and old.value) is type(new and new.value):
        return
    state.add_schema_edit(
        context,
        "default-value",
        classify_presence(was_there=old is not None, is_there=new is not None),
        location.locate_keyword("default"),
        values=(_format_default(old), _format_default(new)),
    )


def _format_default(default: Default | None) -> str:
    return "" if default is None else format_json(default.value) or "null"
