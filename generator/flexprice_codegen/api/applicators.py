"""Applicators: keywords that apply a schema to a part of a value, or under a condition.

In: a schema node. Out: the types below `if`, `then`, `contains`, `patternProperties`
and similar keywords. Clients do not need them; they are read so that versions can be
compared. An invalid schema is ignored here: its keyword is kept as it is written.

Source: JSON Schema 2020-12 core §10.2, §10.3, §11.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.types import Applicators, Type
from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.spec.nodes import Node

# Keywords whose value is one schema (JSON Schema 2020-12, Core §10 and §11).
_ONE = (
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
)
# Keywords whose value maps names to schemas.
_MANY = ("patternProperties", "dependentSchemas")
_NAMES = frozenset({*_ONE, *_MANY, "prefixItems"})


_MIXED = frozenset({"prefixItems", "patternProperties", "unevaluatedProperties"})
"""Keywords that clients combine with `items` or `additionalProperties`."""


class TypeReader(Protocol):
    """An object that reads the type of a schema."""

    def read_type(self, node: Node, key: str) -> Type:
        """Return the type of a schema; a definition hoisted from it gets `key`."""
        ...


def read_applicators(reader: TypeReader, node: Node, key: str) -> Applicators:
    """Return the types that a schema applies to parts of its values.

    Args:
        reader: Reads the types.
        node: A schema of any form.
        key: The key of the schema; each part gets a key below it.

    Returns:
        Pairs of a path below the schema, such as `then` or `prefixItems/0`, and a type.
    """
    if not isinstance(node.value, Mapping) or _NAMES.isdisjoint(node.value):
        return ()

    made = []

    for place, each in _iter_schemas(node):
        try:
            made.append((place, reader.read_type(each, f"{key}{SEPARATOR}{place}")))
        except DiagnosticError:
            # The keyword itself is kept, and the reader of clients reports the error if
            # it matters.
            continue

    return tuple(made)


def _iter_own_keywords(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield the keywords that clients combine with others, each on its own."""
    for keyword in ("items", "additionalProperties"):
        found = node.get(keyword)
        # That no further property is allowed is a fact of the object itself.
        is_end = keyword == "items" and found is not None and found.value is False
        if found is not None and (found.is_object or is_end):
            yield keyword, found


def _iter_schemas(node: Node) -> Iterator[tuple[str, Node]]:
    for keyword in _ONE:
        found = node.get(keyword)
        if found is not None and (found.is_object or isinstance(found.value, bool)):
            yield keyword, found

    for keyword in _MANY:
        found = node.get(keyword)
        for name, each in (
            () if found is None or not found.is_object else found.iter_items()
        ):
            yield f"{keyword}/{name}", each

    if not _MIXED.isdisjoint(node.read_mapping()):
        yield from _iter_own_keywords(node)

    listed = node.get("prefixItems")
    if listed is not None and isinstance(listed.value, list):
        for number, each in enumerate(listed.iter_elements()):
            yield f"prefixItems/{number}", each
