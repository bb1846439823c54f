"""Contradictions: schemas that no value satisfies.

In: what an intersection found. Out: warnings with both locations, or whether a variant
can be omitted.
"""

from __future__ import annotations

from collections.abc import Iterable

from flexprice_codegen.api.choices import split_choices
from flexprice_codegen.api.composition import CompositionReader, merge_fragments
from flexprice_codegen.api.containers import SchemaReader
from flexprice_codegen.api.intersection import Intersection
from flexprice_codegen.api.intersection_draft import Contradiction
from flexprice_codegen.api.keywords import get_required_names
from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.spec.nodes import Node

_DEEPEST = 3
"""The number of levels of required properties that are searched."""


def report_contradictions(
    reader: SchemaReader, contradictions: Iterable[Contradiction]
) -> None:
    """Add a warning for each contradiction."""
    for each in contradictions:
        other = reader.document.locate(each.second)
        reader.sink.add_warning(
            "schema-contradiction",
            f"no value can match both `{each.keyword}` here and the schema at {other}",
            at=each.first,
            hint="correct one of the schemas",
        )


def find_contradiction(
    compositions: CompositionReader, made: Intersection, depth: int = 0
) -> Contradiction | None:
    """Return why no value satisfies a schema: a contradiction in it, or below.

    Only required properties count: another one can be missing.

    Args:
        compositions: Reads the composed schemas of properties.
        made: The schema.
        depth: The number of levels above it.
    """
    if made.contradictions:
        return made.contradictions[0]
    if depth == _DEEPEST:
        return None

    required = get_required_names(made.node)
    for name, schema in made.node.iter_items_of("properties"):
        if name in required and schema.has("allOf"):
            found = _find_in_property(compositions, schema, depth)
            if found is not None:
                return found
    return None


def _find_in_property(
    compositions: CompositionReader, schema: Node, depth: int
) -> Contradiction | None:
    try:
        plain, _ = split_choices(compositions.list_fragments(schema))
        made = merge_fragments(plain, schema)
    except DiagnosticError:
        # The reader of the property reports the error.
        return None
    return find_contradiction(compositions, made, depth + 1)
