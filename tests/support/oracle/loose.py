"""What a lenient reading accepts: JSON types, and nothing more.

In: translated schemas. Out: whether a value can be read without a mismatch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012, SchemaRegistry

from support.oracle.dialect import BASE, Json


@dataclass(frozen=True)
class LooseJudge:
    """Says whether values have a JSON type that a lenient reading accepts.

    Bounds, patterns, missing members and unknown values of enumerations are no concern of
    it, null goes everywhere, and so do numbers in quotes and texts without.
    """

    definitions: Mapping[str, Json]

    @cached_property
    def _registry(self) -> SchemaRegistry:
        resource = DRAFT202012.create_resource({"$defs": dict(self.definitions)})
        found: SchemaRegistry = Registry().with_resource(BASE, resource)
        return found

    def is_readable(self, schema: Json, value: Json) -> bool:
        """Return whether a lenient reading accepts a value of a translated schema."""
        checker = Draft202012Validator(loosen(schema), registry=self._registry)
        return checker.is_valid(value)


_DECISIVE: Final = ("type", "enum", "const", "required", "$ref")


@dataclass(frozen=True)
class BareJudge:
    """Says whether values are valid by the keywords that choose an option.

    These are the JSON types, `required`, `const`, `enum`, a discriminator, closed
    objects, and the types of items. By others alone no option is chosen.
    """

    definitions: Mapping[str, Json]

    @cached_property
    def _registry(self) -> SchemaRegistry:
        resource = DRAFT202012.create_resource({"$defs": dict(self.definitions)})
        found: SchemaRegistry = Registry().with_resource(BASE, resource)
        return found

    def is_valid(self, schema: Json, value: Json) -> bool:
        """Return whether a value is valid by a translated schema."""
        checker = Draft202012Validator(strip(schema), registry=self._registry)
        return checker.is_valid(value)


def strip(schema: Json) -> Json:
    """Return a translated schema without the keywords that choose no option."""
    if not isinstance(schema, dict):
        return schema
    made = {key: schema[key] for key in _DECISIVE if key in schema}
    for key, value in schema.items():
        match key:
            case "allOf" | "anyOf" | "prefixItems":
                made[key] = [strip(each) for each in value]
            case "properties" | "patternProperties":
                made[key] = {name: strip(each) for name, each in value.items()}
            case "items" | "additionalProperties":
                made[key] = strip(value)
    if "oneOf" in schema:
        # Without their bounds, options are no longer exclusive.
        options = {"anyOf": [strip(each) for each in schema["oneOf"]]}
        made["allOf"] = [*made.get("allOf", ()), options]
    return made


_NULL: Final = {"type": "null"}
_QUOTED: Final = {
    "type": "string",
    "pattern": r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$",
}
_JSON_TYPES: Final = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    list: "array",
    dict: "object",
    type(None): "null",
}


def loosen(schema: Json) -> Json:
    """Return a translated schema without all that a lenient reading passes over."""
    # What is only sent has no place in what is read.
    if not isinstance(schema, dict) or schema.get("writeOnly") is True:
        return True
    made: dict[str, Json] = {}
    for key, value in schema.items():
        match key:
            case "$ref":
                made["$ref"] = value
            case "allOf":
                made[key] = [loosen(each) for each in value]
            case "properties":
                made[key] = {name: loosen(each) for name, each in value.items()}
            case "items" | "additionalProperties":
                made[key] = loosen(value)
    if "prefixItems" in schema:
        made["items"] = _loosen_positions(schema)
    choices = [
        {"anyOf": [loosen(each) for each in schema[keyword]]}
        for keyword in ("oneOf", "anyOf")
        if keyword in schema
    ]
    kinds = _list_kinds(schema)
    return {"anyOf": [_NULL, {"allOf": [made, *choices, _loosen_kinds(kinds)]}]}


def _list_kinds(schema: Mapping[str, Json]) -> list[str]:
    kinds = schema.get("type")
    if kinds is not None:
        return [kinds] if isinstance(kinds, str) else list(kinds)
    values = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return sorted({_JSON_TYPES[type(each)] for each in values})


def _loosen_kinds(kinds: Sequence[str]) -> Json:
    """Return the schema of what can be read as one of some JSON types."""
    if not kinds:
        return True
    found: list[Json] = [{"type": each} for each in kinds]
    if {"integer", "number"} & set(kinds):
        found.append(_QUOTED)
    if "string" in kinds:
        found.append({"type": "number"})
    return {"anyOf": found}


def _loosen_positions(schema: Json) -> Json:
    """Return what each element of a tuple can be: clients have one type for all.

    Without `items` it is anything, and the document gets a note.
    """
    rest = schema.get("items", True)
    options = [*schema["prefixItems"], *([] if rest is False else [rest])]
    return {"anyOf": [loosen(each) for each in options]}
