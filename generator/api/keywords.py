"""Reading the keywords of one schema object.

In: a schema node. Out: its keywords as plain values, the same for the spellings of
OpenAPI 3.0 (`nullable`, boolean `exclusiveMinimum`) and 3.1 (type arrays, `const`).

Source: OpenAPI 3.0.3 §4.7.24; JSON Schema 2020-12 validation §6; OpenAPI 3.1 §4.8.24.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from generator.api.types import About, Default, Kept
from generator.diagnostics import fault
from generator.spec.nodes import Json, Node

_KEPT = (
    "not",
    "if",
    "then",
    "else",
    "contains",
    "minContains",
    "maxContains",
    "patternProperties",
    "propertyNames",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedItems",
    "unevaluatedProperties",
    "prefixItems",
    "contentMediaType",
    "contentEncoding",
    "contentSchema",
    "$dynamicRef",
)
_KEPT_NAMES = frozenset(_KEPT)
_STRUCTURE = frozenset(
    {
        "$ref", "type", "enum", "const", "properties", "additionalProperties", "items",
        "allOf", "oneOf", "anyOf", "format", "pattern", "required", *_KEPT,
        "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum",
        "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems",
        "minProperties", "maxProperties",
    }
)  # fmt: skip
_HINTS_BY_TYPE = {
    "object": (
        "properties",
        "additionalProperties",
        "patternProperties",
        "minProperties",
    ),
    "array": ("items", "prefixItems", "minItems", "maxItems", "uniqueItems"),
    "string": ("pattern", "minLength", "maxLength"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "multipleOf"),
}
JSON_TYPES = frozenset(
    {"string", "number", "integer", "boolean", "array", "object", "null"}
)


def is_annotation_only(node: Node) -> bool:
    """Tell whether a schema says nothing about the value: a description, an example."""
    return isinstance(node.value, Mapping) and not (_STRUCTURE & node.value.keys())


def is_constraint_only(node: Node) -> bool:
    """Tell whether a schema only narrows another one, as `{required: [a]}` does."""
    shape = {
        "$ref",
        "type",
        "enum",
        "const",
        "properties",
        "items",
        "allOf",
        "oneOf",
        "anyOf",
    }
    return isinstance(node.value, Mapping) and not (shape & node.value.keys())


def declared_types(node: Node) -> tuple[str, ...]:
    """Give the JSON types a schema names, without null; inferred where it names none."""
    declared = node.get("type")
    if declared is None or declared.value is None:
        return _inferred(node)
    if isinstance(declared.value, str):
        names: tuple[str, ...] = (declared.value,)
    else:
        names = tuple(each.text() for each in declared.elements())
    for name in names:
        if name not in JSON_TYPES:
            raise fault(
                "schema-type",
                f"there is no type {name!r}",
                at=declared.origin,
                hint=f"write one of {', '.join(sorted(JSON_TYPES))}",
            )
    return tuple(dict.fromkeys([name for name in names if name != "null"]))


def _inferred(node: Node) -> tuple[str, ...]:
    for name, keywords in _HINTS_BY_TYPE.items():
        if any(node.has(keyword) for keyword in keywords):
            return (name,)
    return ()


def admits_null(node: Node) -> bool:
    """Tell whether null is a value of the schema by its own keywords."""
    if node.value is None or not node.is_object:
        return False
    declared, listed = node.get("type"), node.get("enum")
    flag = node.get("nullable")
    return (
        (flag is not None and flag.value is True)
        or (
            declared is not None
            and (declared.value == "null" or _holds(declared.value, "null"))
        )
        or (listed is not None and _holds(listed.value, None))
    )


def _holds(value: Json, wanted: object) -> bool:
    return isinstance(value, list | tuple) and any(
        each == wanted and type(each) is type(wanted) for each in value
    )


def number_of(node: Node, keyword: str) -> float | None:
    """Give a numeric keyword; None where it is absent."""
    found = node.get(keyword)
    if found is None or found.value is None:
        return None
    if isinstance(found.value, bool) or not isinstance(found.value, int | float):
        raise found.wrong("a number")
    return found.value


def count_of(node: Node, keyword: str) -> int | None:
    """Give a keyword that counts (characters, elements, members)."""
    value = number_of(node, keyword)
    return None if value is None else int(value)


def bound_of(node: Node, side: str) -> tuple[float | None, float | None]:
    """Give the inclusive and the exclusive bound of a side (`minimum`, `maximum`)."""
    keyword = f"exclusive{side.capitalize()}"
    exclusive = node.get(keyword)
    if exclusive is not None and isinstance(exclusive.value, bool):
        bound = number_of(node, side)
        return (None, bound) if exclusive.value else (bound, None)
    return number_of(node, side), number_of(node, keyword)


def kept_of(node: Node, *further: str) -> Kept:
    """Give the keywords that are kept as they are, as canonical JSON."""
    value = node.mapping()
    if not further and _KEPT_NAMES.isdisjoint(value):
        return ()
    return tuple(
        (keyword, json.dumps(value[keyword], sort_keys=True))
        for keyword in (*_KEPT, *further)
        if keyword in value
    )


def default_of(node: Node) -> Default | None:
    """Give the default of a schema or parameter."""
    found = node.get("default")
    return None if found is None else Default(value=found.value)


def hints_of(node: Node) -> tuple[tuple[str, object], ...]:
    """Give the members of `x-codegen`, sorted by name."""
    found = node.get("x-codegen")
    return () if found is None else tuple(sorted(found.mapping().items()))


def about(node: Node) -> About:
    """Give what the document says about a node beside its contract."""
    if not node.is_object:
        return About(origin=node.origin)
    wanted = node.get("x-codegen")
    name = "" if wanted is None else wanted.text_of("name")
    return About(
        origin=node.origin,
        title=_text(node, "title"),
        text=_text(node, "description"),
        deprecated=node.has("deprecated") and node.mapping()["deprecated"] is True,
        name=name or _text(node, "x-speakeasy-name-override"),
    )


def _text(node: Node, keyword: str) -> str:
    value = node.mapping().get(keyword)
    return value if isinstance(value, str) else ""


def required_names(node: Node) -> frozenset[str]:
    """Give the names under `required`; a boolean there (a draft-3 habit) is none."""
    found = node.get("required")
    if found is None or isinstance(found.value, bool):
        return frozenset()
    return frozenset(each.text() for each in found.elements())
