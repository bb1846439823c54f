"""How a schema is written in XML: its name there, and what else changes the text.

In: a schema node. Out: its XML Object and those of its inline items, as canonical JSON,
without what says nothing: a default, a prefix, a name that no element has.

Source: OpenAPI 3.0.3 §4.7.26 (XML Object); XML Namespaces 1.0 §4.
"""

from __future__ import annotations

from flexprice_codegen.api.json_values import canonical_json
from flexprice_codegen.json_pointers import split_pointer
from flexprice_codegen.spec.nodes import Json, Node


def has_xml_form(value: dict[str, Json]) -> bool:
    """Return whether a schema, or its items, say anything of XML."""
    if "xml" in value:
        return True
    items = value.get("items")
    return isinstance(items, dict) and has_xml_form(items)


def read_xml_form(node: Node) -> str:
    """Return how a schema is written in XML as canonical JSON; empty as by default."""
    value = node.value
    if not isinstance(value, dict) or not has_xml_form(value):
        return ""
    match split_pointer(node.origin.pointer):
        case [*_, "properties", name]:
            form = _list_facts(value, name)
        case _:
            form = _list_facts(value, "")
    return canonical_json(form) if form else ""


def _list_facts(value: dict[str, Json], default: str) -> dict[str, Json]:
    """Return what a schema says of XML; `default` is its name without that."""
    declared = value.get("xml")
    said = declared if isinstance(declared, dict) else {}
    facts: dict[str, Json] = {
        name: each for name, each in said.items() if each not in (False, "", None)
    }
    is_hidden = "items" in value and "wrapped" not in facts
    # The name of a list is that of the element around it, which only `wrapped` writes.
    if is_hidden or facts.get("name") == default:
        facts.pop("name", None)
    # To a reader of XML, a prefix only stands for its namespace.
    if "namespace" in facts:
        facts.pop("prefix", None)

    items = value.get("items")
    inner = _list_facts(items, default) if isinstance(items, dict) else {}
    return {**facts, "items": inner} if inner else facts
