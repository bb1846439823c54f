"""Keywords that do nothing where they are: to add or remove them is not an edit.

In: the keywords that two types keep. Out: which of them have an effect on one of both.
A keyword for values of another type has none, nor has `then` without `if`.

Source: JSON Schema 2020-12 core §10.2.2 (`if`), §10.3, §11; validation §6 (each keyword
names the type it is about), §6.4.4, §6.4.5 (`contains`), §8; OpenAPI 3.1.0 §4.8.14.1.
"""

from __future__ import annotations

from collections.abc import Mapping

from flexprice_codegen.api.types import AnyValue, Bytes
from flexprice_codegen.diff.wire.type_changes import (
    ResolvedType,
    get_format,
    get_json_type,
)

_TYPES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            "minLength",
            "maxLength",
            "contentMediaType",
            "contentEncoding",
            "contentSchema",
        ),
        frozenset({"string"}),
    ),
    **dict.fromkeys(
        ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
        frozenset({"integer", "number"}),
    ),
    **dict.fromkeys(
        (
            "minItems",
            "maxItems",
            "contains",
            "minContains",
            "maxContains",
            "prefixItems",
            "unevaluatedItems",
        ),
        frozenset({"array"}),
    ),
    **dict.fromkeys(
        (
            "minProperties",
            "maxProperties",
            "patternProperties",
            "propertyNames",
            "dependencies",
            "dependentRequired",
            "dependentSchemas",
            "unevaluatedProperties",
            "required",
        ),
        frozenset({"object"}),
    ),
}
"""Keywords, each with the JSON types that it says something of."""
_ALL_TYPES = frozenset({"string", "integer", "number", "boolean", "array", "object"})
# What takes every value narrows nothing.
_NARROWING = frozenset(
    {"propertyNames", "unevaluatedItems", "unevaluatedProperties", "then", "else"}
)
_BRANCHES = ("then", "else")
_NOTHING: tuple[object, ...] = ({"enum": []}, {"not": {}})
"""Schemas that accept no value, besides `false`: to forbid that forbids nothing."""
_NEUTRAL: Mapping[str, object] = {"minContains": 1}
"""Keywords whose value is what holds without them, too."""


def is_about_type(keyword: str, json_type: str) -> bool:
    """Return whether a keyword says something of values of a type."""
    return json_type not in _ALL_TYPES or json_type in _TYPES.get(keyword, _ALL_TYPES)


def drop_idle_keywords(
    old: ResolvedType,
    new: ResolvedType,
    left: dict[str, object],
    right: dict[str, object],
) -> None:
    """Take out of the keywords of two types those that do nothing in either of them.

    Args:
        old: The older type.
        new: The newer one.
        left: The keywords that the older one keeps, with their values.
        right: Those of the newer one.
    """
    _drop_keywords_of_type(old, new, right)
    _drop_keywords_of_type(new, old, left)
    for body, keywords in ((old, left), (new, right)):
        if keywords.get("minContains") == 0 and "maxContains" not in keywords:
            # No item has to fit, and as many as there are may.
            _drop(("contains", "minContains"), keywords)
        json_type = get_json_type(body)
        for keyword in tuple(keywords):
            if not is_about_type(keyword, json_type) or _is_neutral(keyword, keywords):
                del keywords[keyword]

    keywords = left | right
    if keywords.keys().isdisjoint(_BRANCHES):
        _drop(("if",), left, right)
    if "if" not in keywords:
        _drop(_BRANCHES, left, right)
    if "contains" not in keywords:
        _drop(("minContains", "maxContains"), left, right)
    _drop(_list_spelled_encodings(old, new, keywords), left, right)


def _drop_keywords_of_type(
    free: ResolvedType, typed: ResolvedType, keywords: dict[str, object]
) -> None:
    """Take out the keywords of a type that any value does not have: they go with the type."""
    if not isinstance(free, AnyValue) or isinstance(typed, AnyValue):
        return
    for keyword in keywords.keys() - {keyword for keyword, _ in free.kept}:
        del keywords[keyword]


def _is_neutral(keyword: str, keywords: Mapping[str, object]) -> bool:
    value = keywords[keyword]
    if keyword == "not":
        return value is False or value in _NOTHING
    is_everything = value is True or value == {}
    return (keyword in _NARROWING and is_everything) or (
        _NEUTRAL.get(keyword, keywords) == value
    )


def _list_spelled_encodings(
    old: ResolvedType, new: ResolvedType, keywords: Mapping[str, object]
) -> tuple[str, ...]:
    """Return the keywords that only spell what a format of OpenAPI 3.0 says."""
    if isinstance(old, Bytes) and isinstance(new, Bytes):
        medium = keywords.get("contentMediaType")
        is_spelled = medium == "application/octet-stream"
        return ("contentMediaType",) if is_spelled else ()
    if get_format(old) == get_format(new) == "byte":
        is_spelled = keywords.get("contentEncoding") == "base64"
        return ("contentEncoding",) if is_spelled else ()
    return ()


def _drop(names: tuple[str, ...], *owners: dict[str, object]) -> None:
    for owner in owners:
        for name in names:
            owner.pop(name, None)
