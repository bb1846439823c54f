"""Schemas that say nothing but the name of a scalar type, or a reference alone.

In: a node. Out: the name of its type, or the reference. All such schemas have one type:
reading asks for some thirty keywords, of which they have none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flexprice_codegen.api.types import Boolean, Number, String, Type
from flexprice_codegen.spec.nodes import Node

# Of these only `type` takes part in the type of a schema.
_KEYWORDS = frozenset(
    {
        "type",
        "title",
        "description",
        "example",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
    }
)


# Objects and arrays have parts, which take the full reader.
PLAIN_TYPES: Final[Mapping[str, Type]] = {
    "string": String(),
    "integer": Number(integer=True),
    "number": Number(integer=False),
    "boolean": Boolean(),
}
"""The types of such schemas: two versions have the same ones, and compare no part of them."""


def get_plain_type(node: Node) -> str:
    """Return the scalar type that a schema names; empty if it says anything else."""
    value = node.value
    if not isinstance(value, dict):
        return ""
    name = value.get("type")
    # A list of types is no key of a set.
    if not isinstance(name, str) or name not in PLAIN_TYPES:
        return ""
    return name if value.keys() <= _KEYWORDS else ""


def get_plain_reference(node: Node) -> str:
    """Return the `$ref` of a schema that has no other keyword, else nothing."""
    value = node.value
    if not isinstance(value, dict) or len(value) != 1:
        return ""
    reference = value.get("$ref")
    return reference if isinstance(reference, str) else ""
