"""Keywords that say more of a part of a value, if some condition holds.

In: a schema node. Out: the types below `if`, `then`, `contains`, `patternProperties` and
their like. Clients do not need them; they are read so that versions can be compared.
What cannot be read is passed over: the keyword itself is kept as it is written.

Source: JSON Schema 2020-12 core §10.2, §10.3, §11.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.types import Applicators, Type
from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.spec.nodes import Node

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
_MANY = ("patternProperties", "dependentSchemas")
_NAMES = frozenset({*_ONE, *_MANY, "prefixItems"})


_MIXED = frozenset({"prefixItems", "patternProperties", "unevaluatedProperties"})
"""Keywords that clients read as one with `items` or `additionalProperties`."""


class TypeReader(Protocol):
    """Gives the type of a schema."""

    def read_type(self, node: Node, key: str) -> Type:
        """Give the type of a schema; what must be hoisted gets `key`."""
        ...


def read_applicators(reader: TypeReader, node: Node, key: str) -> Applicators:
    """Read what a schema applies to parts of its values."""
    if not isinstance(node.value, Mapping) or _NAMES.isdisjoint(node.value):
        return ()
    made = []
    for place, each in _iter_schemas(node):
        try:
            made.append((place, reader.read_type(each, f"{key}{SEPARATOR}{place}")))
        except DiagnosticError:
            continue
    return tuple(made)


def _iter_own_keywords(node: Node) -> Iterator[tuple[str, Node]]:
    """Give the keywords that clients read as one with others, by themselves."""
    for keyword in ("items", "additionalProperties"):
        found = node.get(keyword)
        if found is not None and found.is_object:
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
