"""Schemas that say nothing but the name of a scalar type, or a reference alone.

In: a node. Out: the name of its type, or the reference. All such schemas have one type,
which is read once: reading asks for some thirty keywords, of which they have none.
"""

from __future__ import annotations

from flexprice_codegen.spec.nodes import Node

# Objects and arrays have parts, which take the full reader.
_SCALARS = frozenset({"string", "integer", "number", "boolean"})
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


def get_plain_type(node: Node) -> str:
    """Return the scalar type that a schema names; empty if it says anything else."""
    value = node.value
    if not isinstance(value, dict):
        return ""
    name = value.get("type")
    # A list of types is no key of a set.
    if not isinstance(name, str) or name not in _SCALARS:
        return ""
    return name if value.keys() <= _KEYWORDS else ""


def get_plain_reference(node: Node) -> str:
    """Return the `$ref` of a schema that has no other keyword, else nothing."""
    value = node.value
    if not isinstance(value, dict) or len(value) != 1:
        return ""
    reference = value.get("$ref")
    return reference if isinstance(reference, str) else ""
