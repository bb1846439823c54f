"""Reading the keywords of one schema object.

In: a schema node. Out: its keywords as plain values, the same for the spellings of
OpenAPI 3.0 (`nullable`, Boolean `exclusiveMinimum`) and 3.1 (type arrays, `const`).

Source: OpenAPI 3.0.3 §4.7.24; JSON Schema 2020-12 validation §6; OpenAPI 3.1 §4.8.24.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from flexprice_codegen.api.json_values import canonical_json
from flexprice_codegen.api.null_values import accepts_null
from flexprice_codegen.api.types import Default, KeptKeywords, NodeMetadata
from flexprice_codegen.spec.nodes import Json, Node

# Keywords that no client reads, kept for `diff` and for hashes.
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
    "x-extensible-enum",
)
# The digits are limited, because `int` and `float` of longer texts are slow or
# infinite.
_NUMBER = re.compile(r"-?[0-9]{1,300}(?:\.[0-9]{1,300})?")
# Annotations, which have no part in a contract.
_WORDS = frozenset(
    {"title", "description", "summary", "example", "examples", "$comment"}
)
# Below these keywords, keys are names of properties: `title` is no annotation there.
_BY_NAME = frozenset(
    {"properties", "patternProperties", "dependentSchemas", "dependentRequired"}
)
_FITS = {
    "minLength": ("string",),
    "maxLength": ("string",),
    "minimum": ("number", "integer"),
    "maximum": ("number", "integer"),
    "exclusiveMinimum": ("number", "integer"),
    "exclusiveMaximum": ("number", "integer"),
    "minItems": ("array",),
    "maxItems": ("array",),
    "minProperties": ("object",),
    "maxProperties": ("object",),
}
"""Constraints, each with the types to which it applies."""
EXCLUSIVE_LIMITS = {"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}
_KEPT_NAMES = frozenset(_KEPT)
_NEVER_KEPT = frozenset(
    {
        "$ref", "type", "properties", "items", "additionalProperties", "format",
        "default", "title", "description", "example", "examples", "deprecated",
        "nullable", "readOnly", "writeOnly",
    }
)  # fmt: skip
# Keywords that restrict a value; a schema without any is an annotation.
_STRUCTURE = frozenset(
    {
        "$ref", "type", "enum", "const", "properties", "additionalProperties", "items",
        "allOf", "oneOf", "anyOf", "format", "pattern", "required", *_KEPT,
        "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum",
        "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems",
        "minProperties", "maxProperties",
    }
)  # fmt: skip
# Keywords that imply a type, if the schema declares none. The first match counts.
_HINTS_BY_TYPE = {
    "object": frozenset(
        {
            "properties",
            "additionalProperties",
            "patternProperties",
            "minProperties",
        }
    ),
    "array": frozenset({"items", "prefixItems", "minItems", "maxItems", "uniqueItems"}),
    "string": frozenset({"pattern", "minLength", "maxLength"}),
    "number": frozenset({"minimum", "maximum", "exclusiveMinimum", "multipleOf"}),
}
# Documents often have a format and no type, which is what they mean.
_TYPE_OF_FORMAT = {
    **dict.fromkeys(("date-time", "date", "time", "uuid", "email", "uri"), "string"),
    **dict.fromkeys(("byte", "binary", "password", "hostname"), "string"),
    **dict.fromkeys(("int32", "int64"), "integer"),
    **dict.fromkeys(("float", "double"), "number"),
}
# Keywords that mean something where they are null.
_NULL_HAS_MEANING = frozenset({"type", "default", "const", "example", "examples"})
JSON_TYPES = frozenset(
    {"string", "number", "integer", "boolean", "array", "object", "null"}
)


# Keywords under which a schema has properties under a condition.
_CONDITIONAL = frozenset({"then", "else", "dependentSchemas", "allOf"})


def is_annotation(keyword: str) -> bool:
    """Return whether a keyword does not restrict a value."""
    return keyword not in _STRUCTURE


def find_null_keywords(value: Mapping[str, Json]) -> frozenset[str]:
    """Return the keywords of a schema that are null and mean nothing so."""
    # Few schemas have null at all, and this is the quickest way to see it.
    if None not in value.values():
        return frozenset()

    names = {name for name, found in value.items() if found is None}
    return frozenset(each for each in names - _NULL_HAS_MEANING if each[:2] != "x-")


def remove_null_keywords(node: Node) -> Node:
    """Return a schema without keywords that are null: some serializers write them all."""
    names = find_null_keywords(node.value) if isinstance(node.value, dict) else ()
    if not names:
        return node

    kept = {key: each for key, each in node.read_mapping().items() if key not in names}
    return node.derive(kept)


def is_annotation_only(node: Node) -> bool:
    """Return whether a schema has only annotations, such as a description."""
    return isinstance(node.value, Mapping) and not (_STRUCTURE & node.value.keys())


def is_constraint_only(node: Node) -> bool:
    """Return whether a schema only narrows another one, as `{required: [a]}` does."""
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


def get_declared_types(node: Node) -> tuple[str, ...]:
    """Return the JSON types of a schema without null, inferred if it declares none.

    Raises:
        DiagnosticError: `wrong-type`: `type` is neither a string nor a list of strings.
    """
    value = node.value
    name = value.get("type") if type(value) is dict else None
    # Nearly all types are strings.
    if type(name) is str:
        return () if name == "null" else (name,)

    declared = node.get("type")
    if declared is None or declared.value is None:
        return _infer_types(node)

    if isinstance(declared.value, str):
        names: tuple[str, ...] = (declared.value,)
    else:
        names = tuple(each.read_string() for each in declared.iter_elements())

    return tuple(dict.fromkeys(name for name in names if name != "null"))


def _infer_types(node: Node) -> tuple[str, ...]:
    value = node.value if isinstance(node.value, dict) else {}
    for name, keywords in _HINTS_BY_TYPE.items():
        if not keywords.isdisjoint(value):
            return (name,)

    if node.has("contentEncoding") or node.has("contentMediaType"):
        return ("string",)

    format_ = node.get("format")
    found = "" if format_ is None else _TYPE_OF_FORMAT.get(str(format_.value))
    return (found,) if found else ()


def get_number(node: Node, keyword: str) -> float | None:
    """Return a numeric keyword, also from a string; None if it is missing or null.

    Raises:
        DiagnosticError: `wrong-type`.
    """
    found = node.get(keyword)
    if found is None or found.value is None:
        return None
    if isinstance(found.value, str) and _NUMBER.fullmatch(found.value):
        return float(found.value) if "." in found.value else int(found.value)
    if isinstance(found.value, bool) or not isinstance(found.value, int | float):
        raise found.build_type_error("a number")
    return found.value


def get_count(node: Node, keyword: str) -> int | None:
    """Return a keyword that counts characters, elements or properties.

    Raises:
        DiagnosticError: `wrong-type`.
    """
    value = get_number(node, keyword)
    return None if value is None else int(value)


def get_limits(node: Node, side: str) -> tuple[float | None, float | None]:
    """Return the inclusive and the exclusive limit of a side.

    In OpenAPI 3.0 the exclusive keyword is a Boolean that changes the meaning of the
    other; in 3.1 it is a number of its own.

    Args:
        node: The schema.
        side: `minimum` or `maximum`.

    Raises:
        DiagnosticError: `wrong-type`.
    """
    keyword = EXCLUSIVE_LIMITS[side]
    exclusive = node.get(keyword)
    if exclusive is not None and is_boolean(exclusive):
        bound = get_number(node, side)
        return (None, bound) if exclusive.read_boolean() else (bound, None)
    return get_number(node, side), get_number(node, keyword)


def is_boolean(node: Node) -> bool:
    """Return whether a keyword is true or false, also as a string."""
    return isinstance(node.value, bool) or node.value in ("true", "false")


def get_kept_keywords(node: Node, *further: str) -> KeptKeywords:
    """Return the keywords that are kept as they are, as canonical JSON.

    Args:
        node: The schema.
        further: More keywords to keep.
    """
    value = node.read_mapping()
    # Most schemas have no keyword that could be kept, and this is how it is seen at once.
    if not further and value.keys() <= _NEVER_KEPT:
        return ()
    strange = _find_misplaced_constraints(value)
    nothing = (("enum", "[]"),) if _lists_nothing(value.get("enum")) else ()
    if not further and not strange and _KEPT_NAMES.isdisjoint(value):
        return nothing
    kept = (
        (
            keyword,
            json.dumps(_remove_annotations(value[keyword], keyword), sort_keys=True),
        )
        for keyword in (*_KEPT, *strange, *further)
        if keyword in value
    )
    return (*kept, *nothing)


def _lists_nothing(listed: Json) -> bool:
    """Return whether a list of values has none, or null alone, which is said elsewhere.

    To a client that is not a list; to `diff` it is a schema that no value fits.
    """
    return isinstance(listed, list) and all(each is None for each in listed)


def _find_misplaced_constraints(value: Mapping[str, Json]) -> tuple[str, ...]:
    """Return the constraints that do not apply to the declared type."""
    declared = value.get("type")
    if not isinstance(declared, str) or _FITS.keys().isdisjoint(value):
        return ()
    return tuple(
        keyword
        for keyword, types in _FITS.items()
        if keyword in value and declared not in types
    )


def _remove_annotations(value: Json, keyword: str) -> Json:
    """Return a kept keyword without the annotations of its schemas."""
    if isinstance(value, list | tuple):
        return [_remove_annotations(each, keyword) for each in value]

    if isinstance(value, str) or not isinstance(value, Mapping):
        return value

    by_name = keyword in _BY_NAME
    return {
        name: _remove_annotations(each, "" if by_name else name)
        for name, each in value.items()
        if by_name or name not in _WORDS
    }


def get_default(node: Node) -> Default | None:
    """Return the default of a schema or parameter, or None if it has none."""
    found = node.get("default")
    return None if found is None else Default(value=found.value)


def get_hints(node: Node) -> tuple[tuple[str, object], ...]:
    """Return the hints of `x-codegen`, sorted by name.

    Raises:
        DiagnosticError: `wrong-type`: it is not an object.
    """
    found = node.get("x-codegen")
    return () if found is None else tuple(sorted(found.read_mapping().items()))


_METADATA_KEYWORDS = frozenset(
    {
        "deprecated",
        "description",
        "example",
        "examples",
        "title",
        "x-codegen",
        "x-speakeasy-name-override",
        "x-stability-level",
        "x-sunset",
        "xml",
    }
)
"""What `read_metadata` reads, but for null, which several keywords declare."""
_RARE_METADATA = _METADATA_KEYWORDS - {"description", "example", "examples"}


def read_metadata(node: Node) -> NodeMetadata:
    """Return the facts of a node that are not part of its contract.

    Raises:
        DiagnosticError: `wrong-type`: `x-codegen` is not an object.
    """
    value = node.value
    if not isinstance(value, dict):
        return NodeMetadata(origin=node.origin)
    # Most nodes are references, or types without a word about them.
    if _METADATA_KEYWORDS.isdisjoint(value):
        return NodeMetadata(origin=node.origin, nullable=accepts_null(node))

    if _RARE_METADATA.isdisjoint(value):
        return NodeMetadata(
            origin=node.origin,
            description=get_text(node, "description"),
            nullable=accepts_null(node),
            example=_find_example(value),
        )

    wanted = node.get("x-codegen")
    name = "" if wanted is None else wanted.get_string("name")

    return NodeMetadata(
        origin=node.origin,
        title=get_text(node, "title"),
        description=get_text(node, "description"),
        deprecated=is_set(node, "deprecated"),
        # The hint of this tool takes precedence over that of another one.
        name=name or get_text(node, "x-speakeasy-name-override"),
        sunset=_format_member(value, "x-sunset"),
        stability=_format_member(value, "x-stability-level"),
        nullable=accepts_null(node),
        xml=canonical_json(value["xml"]) if value.get("xml") else "",
        example=_find_example(value),
    )


def _find_example(value: Mapping[str, Json]) -> str:
    """Return an example that is a string; empty if there is none."""
    several = value.get("examples")
    first = several[0] if isinstance(several, list) and several else None
    found = value.get("example", first)
    return found if isinstance(found, str) else ""


def _format_member(value: Mapping[str, Json], keyword: str) -> str:
    """Return a property as text, whatever its type; empty if it is missing."""
    if keyword not in value:
        return ""
    found = value[keyword]
    return found if isinstance(found, str) else json.dumps(found, default=str)


def get_text(node: Node, keyword: str) -> str:
    """Return an annotation that is a string; empty if it is missing or not a string.

    `api.spelling` reports the latter: a wrong annotation must not cost what it is about.
    """
    found = node.value.get(keyword) if isinstance(node.value, dict) else None
    return found if isinstance(found, str) else ""


def is_set(node: Node, keyword: str) -> bool:
    """Return whether a keyword is true, also as a string."""
    value = node.value
    if not isinstance(value, dict) or keyword not in value:
        return False
    found = value[keyword]
    return found is True or (isinstance(found, str) and found.lower() == "true")


def is_closed(node: Node) -> bool:
    """Return whether an object must not have additional properties."""
    found = node.get("additionalProperties")
    return found is not None and found.value is False


def get_required_names(node: Node) -> frozenset[str]:
    """Return the names under `required`; none if it is null, or a Boolean as in draft 3.

    Raises:
        DiagnosticError: `wrong-type`.
    """
    found = node.get("required")
    if found is None or found.value is None or isinstance(found.value, bool):
        return frozenset()
    return frozenset(each.read_string() for each in found.iter_elements())


def iter_conditional_properties(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield the properties that an object has only under a condition."""
    if _CONDITIONAL.isdisjoint(node.read_mapping()):
        return
    # What a composition could not merge, such as a second `if`, is in its `allOf`.
    branches = [
        part.get(keyword)
        for part in (node, *node.iter_elements_of("allOf"))
        for keyword in ("then", "else")
    ]
    branches += [each for _, each in node.iter_items_of("dependentSchemas")]
    for each in branches:
        if each is not None and each.is_object:
            for name, schema in each.iter_items_of("properties"):
                # Without a type it only restricts a property that is declared
                # elsewhere.
                if schema.is_object and (schema.has("$ref") or schema.has("type")):
                    yield name, schema


def replace_dynamic_ref(node: Node) -> Node:
    """Return a schema with its `$dynamicRef` as a `$ref`, if it has one."""
    if not node.has("$dynamicRef") or node.has("$ref"):
        return node
    value = node.read_mapping()
    return node.derive({**value, "$ref": value["$dynamicRef"]})
