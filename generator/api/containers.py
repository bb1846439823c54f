"""Arrays and free maps, with their constraints.

In: a schema node of such a type, the type of what it holds, and what it applies beside. Out: `ListOf` or `MapOf`.

Source: JSON Schema 2020-12 validation §6.4, §6.5.
"""

from __future__ import annotations

from generator.api.keywords import count_of, is_closed, kept_of
from generator.api.types import Anything, Applied, ListOf, MapOf, Type
from generator.spec.nodes import Node


def list_of(node: Node, item: Type, more: Applied) -> ListOf:
    """Read an array schema."""
    return ListOf(
        item=item,
        min_items=count_of(node, "minItems"),
        max_items=count_of(node, "maxItems"),
        unique=node.flag_of("uniqueItems"),
        kept=kept_of(node),
        applied=more,
    )


def map_of(node: Node, value: Type | None, more: Applied) -> MapOf:
    """Read an object schema that names no properties."""
    return MapOf(
        value=value or Anything(),
        closed=is_closed(node),
        min_properties=count_of(node, "minProperties"),
        max_properties=count_of(node, "maxProperties"),
        kept=kept_of(node, "required"),
        applied=more,
    )
