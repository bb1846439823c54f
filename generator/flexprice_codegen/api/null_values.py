"""Null among the values of a schema: what its own keywords say of it.

In: a schema node. Out: whether null is allowed, listed, or the only value.

Source: JSON Schema 2020-12 validation §6.1 (`type`, `enum`, `const`); OpenAPI 3.0.4
§4.7.24 (`nullable`).
"""

from __future__ import annotations

from flexprice_codegen.spec.nodes import Json, Node


def declares_null(node: Node) -> bool:
    """Return whether a schema accepts null by its own keywords."""
    value = node.value
    if not isinstance(value, dict):
        return False
    if value.get("nullable") is True:
        return True
    declared = value.get("type")
    # Nearly all types are strings, and few schemas list values.
    if isinstance(declared, str):
        if declared == "null":
            return True
    elif _lists_value(declared, "null"):
        return True
    return "enum" in value and _lists_value(value["enum"], None)


def accepts_null(node: Node) -> bool:
    """Return whether null is a value of a schema by its own keywords."""
    return declares_null(node) and lists_null(node)


def lists_null(node: Node) -> bool:
    """Return whether null is among the values that a schema lists, if it lists any."""
    value = node.value
    if not isinstance(value, dict):
        return True
    if "const" in value:
        return value["const"] is None
    listed = value.get("enum")
    return not isinstance(listed, list) or None in listed


def is_only_null(node: Node) -> bool:
    """Return whether null is the only value of a schema without another type."""
    value = node.value
    if not isinstance(value, dict):
        return False
    if "const" in value:
        return value["const"] is None
    listed = value.get("enum")
    if isinstance(listed, list):
        return bool(listed) and all(each is None for each in listed)
    return value.get("type") in ("null", ["null"])


def _lists_value(value: Json, wanted: str | None) -> bool:
    # A tuple of types: `list | tuple` would be built anew in each of many calls.
    return isinstance(value, (list, tuple)) and wanted in value
