"""One spelling for schemas of all versions of OpenAPI.

In: a schema node. Out: the same schema in the words of JSON Schema 2020-12: `nullable`
of 3.0 is a type, an exclusive limit is a number, a list of `items` is `prefixItems`,
and a keyword without a value is omitted.

Source: OpenAPI 3.0.3 §4.7.24; JSON Schema 2020-12 core §A (changes of `items`).
"""

from __future__ import annotations

from flexprice_codegen.api.json_values import is_same_json
from flexprice_codegen.api.keywords import EXCLUSIVE_LIMITS, get_limits, is_boolean
from flexprice_codegen.api.merged_nodes import build_object_node
from flexprice_codegen.spec.nodes import Node

# Keywords whose value can be null, or says nothing about values.
_WITH_NULL = frozenset({"const", "default", "example"})


def normalize_spelling(node: Node) -> Node:
    """Return a schema in the spelling of JSON Schema 2020-12.

    Raises:
        DiagnosticError: `wrong-type`: a limit is not a number.
    """
    members = {
        name: each
        for name, each in node.iter_items()
        if each.value is not None or name in _WITH_NULL
    }

    _normalize_nullable(members)
    _normalize_constant(members)
    _normalize_items(members)
    for side in ("minimum", "maximum"):
        _normalize_limit(node, members, side)

    # `required: true` is a property of draft 3, and says nothing about this value.
    required = members.get("required")
    if required is not None and not isinstance(required.value, list):
        del members["required"]

    return build_object_node(members, node.origin)


def _normalize_nullable(members: dict[str, Node]) -> None:
    nullable = members.pop("nullable", None)
    declared = members.get("type")
    if nullable is None or nullable.value is not True or declared is None:
        # Without a type, a schema accepts null anyway (OpenAPI 3.0.3 §4.7.24).
        return
    names = declared.value if isinstance(declared.value, list) else [declared.value]
    if "null" not in names:
        members["type"] = declared.derive([*names, "null"])


def _normalize_constant(members: dict[str, Node]) -> None:
    """Remove a list of values that has the constant: it says nothing more."""
    constant = members.get("const")
    listed = members.get("enum")
    if constant is None or listed is None or not isinstance(listed.value, list):
        return
    if any(is_same_json(each, constant.value) for each in listed.value):
        del members["enum"]


def _normalize_items(members: dict[str, Node]) -> None:
    items = members.get("items")
    if items is None or not isinstance(items.value, list):
        return
    del members["items"]
    if items.value:
        members["prefixItems"] = items
        rest = members.pop("additionalItems", None)
        if rest is not None:
            members["items"] = rest


def _normalize_limit(node: Node, members: dict[str, Node], side: str) -> None:
    keyword = EXCLUSIVE_LIMITS[side]
    flag = members.get(keyword)
    if flag is None or not is_boolean(flag):
        return
    _, exclusive = get_limits(node, side)
    del members[keyword]
    if exclusive is not None:
        members[keyword] = members.pop(side)
