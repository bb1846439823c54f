"""The judge: whether a value is valid, as `jsonschema` has it.

In: an OpenAPI document. Out: its schemas as JSON Schema 2020-12, and a verdict on values.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final, TypeAlias

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012, Schema, SchemaRegistry

Json: TypeAlias = Any
"""A JSON value as Python has it."""
Translation: TypeAlias = Callable[[Json], Json]

BASE: Final = "urn:document"
_COMPONENTS: Final = "#/components/schemas/"
_ITSELF: Final = "!"
"""Behind the pointer of a base: the schema without what extends it."""
_ONE: Final = ("items", "additionalProperties", "not", "contains", "propertyNames")
_ONE_MORE: Final = ("if", "then", "else", "unevaluatedProperties", "unevaluatedItems")
_LISTS: Final = ("allOf", "oneOf", "anyOf", "prefixItems")
_MAPS: Final = ("properties", "patternProperties", "dependentSchemas")
_NO_CONSTRAINT: Final = frozenset(
    {"example", "examples", "xml", "externalDocs", "discriminator", "nullable"}
)
_DATE_TIME: Final = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII | re.I
)
_TIME: Final = re.compile(
    r"([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII | re.I
)
_DECIMAL: Final = re.compile(r"-?\d+(\.\d+)?", re.ASCII)

FORMATS: Final = FormatChecker(formats=())
"""The formats that have a type of their own in Python."""


@FORMATS.checks("date-time")
def _is_date_time(value: object) -> bool:
    """Return whether a string is a moment (RFC 3339 §5.6)."""
    if not isinstance(value, str):
        return True
    found = _DATE_TIME.fullmatch(value)
    if found is None:
        return False
    # A leap second has no moment in Python.
    text = value[:17] + "59" + value[19:] if found[1] == "60" else value
    try:
        datetime.fromisoformat(text.upper())
    except ValueError:
        return False
    return True


@FORMATS.checks("date")
def _is_date(value: object) -> bool:
    """Return whether a string is a day (RFC 3339 §5.6)."""
    if not isinstance(value, str):
        return True
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


@FORMATS.checks("time")
def _is_time(value: object) -> bool:
    """Return whether a string is a time of a day (RFC 3339 §5.6)."""
    return not isinstance(value, str) or _TIME.fullmatch(value) is not None


@FORMATS.checks("decimal")
def _is_decimal(value: object) -> bool:
    """Return whether a string is a fixed-point number."""
    return not isinstance(value, str) or _DECIMAL.fullmatch(value) is not None


@FORMATS.checks("binary")
@FORMATS.checks("byte")
def _is_base64(value: object) -> bool:
    """Return whether a string is base64 as RFC 4648 §4 writes it."""
    if not isinstance(value, str):
        return True
    try:
        return base64.b64encode(base64.b64decode(value, validate=True)) == value.encode()
    except (binascii.Error, ValueError):
        return False


def escape(text: str) -> str:
    """Return a text as a token of a JSON pointer in a URI fragment."""
    quoted = text.replace("~", "~0").replace("/", "~1").replace("%", "%25")
    return quoted.replace("#", "%23").replace("{", "%7B").replace("}", "%7D")


def follow(document: Json, pointer: str) -> Json:
    """Return what a reference of a document leads to.

    Raises:
        LookupError: There is nothing at the pointer.
    """
    found = document
    for step in pointer.removeprefix("#/").split("/"):
        name = re.sub(
            "%([0-9A-Fa-f]{2})", lambda code: chr(int(code[1], 16)), step
        )
        name = name.replace("~1", "/").replace("~0", "~")
        found = found[int(name)] if isinstance(found, list) else found[name]
    return found


@dataclass
class Judge:
    """Says whether values are valid by the schemas of one document."""

    document: Mapping[str, Json]
    keep_examples: bool = False
    _defs: dict[str, Json] = field(default_factory=dict)

    @cached_property
    def _families(self) -> Mapping[str, Mapping[str, list[str]]]:
        """The schemas that extend a base, by the values of its discriminator."""
        return find_families(self.document)

    @property
    def is_old(self) -> bool:
        """Whether the document is of OpenAPI 3.0, which has a dialect of its own."""
        return str(self.document.get("openapi", "")).startswith("3.0")

    def translate(self, schema: Json, extends: bool = False) -> Json:
        """Return a schema as JSON Schema 2020-12, whose references are absolute.

        Args:
            schema: The schema as the document has it.
            extends: Whether its `allOf` is about bases, and not about a value of them.
        """
        if not isinstance(schema, dict):
            return True if schema in (None, []) else schema
        if self.is_old and isinstance(schema.get("$ref"), str):
            # OpenAPI 3.0.3, Reference Object: siblings SHALL be ignored.
            return {"$ref": self._refer(schema["$ref"])}
        made = {
            key: self._translate_keyword(key, value)
            for key, value in schema.items()
            if key not in _NO_CONSTRAINT and not key.startswith("x-")
        }
        if extends and isinstance(schema.get("allOf"), list):
            made["allOf"] = [self._translate_base(each) for each in schema["allOf"]]
        if self.keep_examples and (told := list_examples(schema)):
            made["x-examples"] = told
        if self.is_old:
            _translate_bounds(made)
        made = self._add_tags(schema, made)
        return _add_null(made) if schema.get("nullable") is True else made

    def _translate_keyword(self, key: str, value: Json) -> Json:
        if key == "$ref" and isinstance(value, str):
            return self._refer(value)
        if key in _LISTS and isinstance(value, list):
            return [self.translate(each) for each in value]
        if key in _MAPS and isinstance(value, dict):
            return {name: self.translate(each) for name, each in value.items()}
        if key in _ONE or key in _ONE_MORE:
            return self.translate(value)
        return value

    def _translate_base(self, part: Json) -> Json:
        target = part.get("$ref") if isinstance(part, dict) else None
        if target in self._families:
            return {"$ref": self._refer(target, _ITSELF)}
        return self.translate(part)

    def _refer(self, pointer: str, suffix: str = "") -> str:
        key = pointer + suffix
        if key not in self._defs:
            self._defs[key] = True
            self.__dict__.pop("_registry", None)
            self._defs[key] = self._translate_target(pointer, suffix)
        return f"{BASE}#/$defs/{escape(key)}"

    def _translate_target(self, pointer: str, suffix: str) -> Json:
        schema = follow(self.document, pointer)
        family = self._families.get(pointer)
        if family is None:
            return self.translate(schema, extends=True)
        heirs = {each for targets in family.values() for each in targets}
        if suffix:
            return self.translate(_remove_choices(schema, heirs), extends=True)
        # A base stands for whatever extends it (OpenAPI 3.1 §4.8.25).
        tag = schema["discriminator"]["propertyName"]
        options: list[Json] = [
            {"allOf": [{"$ref": self._refer(each)}, _demand(tag, [value])]}
            for value, targets in family.items()
            for each in targets
        ]
        own = {"$ref": self._refer(pointer, _ITSELF)}
        others = {"not": _demand(tag, list(family))}
        return {"anyOf": [*options, {"allOf": [own, others]}]}

    def resolve(self, schema: Json) -> Json:
        """Return the schema that a translated reference leads to."""
        return self._defs[name_of(schema)]

    def _add_tags(self, schema: Json, made: Json) -> Json:
        """Demand of each option the values of the tag that a discriminator gives it."""
        told = schema.get("discriminator")
        if not isinstance(told, dict):
            return made
        for keyword in ("oneOf", "anyOf"):
            if keyword not in schema:
                continue
            made[keyword] = [
                _tag(option, told, translated)
                for option, translated in zip(
                    schema[keyword], made[keyword], strict=True
                )
            ]
        return made

    @cached_property
    def _registry(self) -> SchemaRegistry:
        contents: Schema = {"$defs": dict(self._defs)}
        resource = DRAFT202012.create_resource(contents)
        found: SchemaRegistry = Registry().with_resource(BASE, resource)
        return found

    def is_valid(self, schema: Json, value: Json) -> bool:
        """Return whether a value is valid by a translated schema."""
        registry = self._registry
        checker = Draft202012Validator(schema, registry=registry, format_checker=FORMATS)
        return checker.is_valid(value)

    def errors(self, schema: Json, value: Json) -> list[str]:
        """Return why a value is not valid."""
        registry = self._registry
        checker = Draft202012Validator(schema, registry=registry, format_checker=FORMATS)
        return [each.message for each in checker.iter_errors(value)]


    def loosen(self) -> LooseJudge:
        """Return the judge of what a lenient reading accepts."""
        return LooseJudge({key: loosen(each) for key, each in self._defs.items()})


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


_NULL: Final = {"type": "null"}
_QUOTED: Final = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$"}
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
            case "allOf" | "prefixItems":
                made[key] = [loosen(each) for each in value]
            case "properties":
                made[key] = {name: loosen(each) for name, each in value.items()}
            case "items" | "additionalProperties":
                made[key] = loosen(value)
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


def name_of(schema: Json) -> str:
    """Return the pointer that a translated reference has in its document."""
    text: str = schema["$ref"].removeprefix(f"{BASE}#/$defs/")
    for code, sign in (("%7D", "}"), ("%7B", "{"), ("%23", "#"), ("%25", "%")):
        text = text.replace(code, sign)
    return text.replace("~1", "/").replace("~0", "~")


def component_of(schema: Json) -> str:
    """Return the name of the component that a translated schema refers to, or ""."""
    if not isinstance(schema, dict) or "$ref" not in schema:
        return ""
    pointer = name_of(schema)
    return pointer.removeprefix(_COMPONENTS) if pointer.startswith(_COMPONENTS) else ""


def _translate_bounds(made: dict[str, Json]) -> None:
    """Write the bounds of OpenAPI 3.0, whose exclusive ones are flags, as numbers."""
    for flag, bound in (
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ):
        if not isinstance(made.get(flag), bool):
            continue
        if made.pop(flag) and bound in made:
            made[flag] = made.pop(bound)


def _add_null(made: dict[str, Json]) -> Json:
    """Return a translated schema that takes null as well."""
    if set(made) <= {"description", "title", "default"}:
        # `anyOf: [X, {nullable: true}]` is how some frameworks write `X or null`.
        return {**made, "type": "null"}
    kinds = made.get("type")
    if isinstance(kinds, str) and "enum" not in made and "const" not in made:
        return {**made, "type": [kinds, "null"]}
    return {"anyOf": [made, {"type": "null"}]}


def _tag(option: Json, told: Mapping[str, Json], translated: Json) -> Json:
    """Return an option that has to have the tag which a discriminator gives it."""
    target = option.get("$ref") if isinstance(option, dict) else None
    if not isinstance(target, str):
        return translated
    mapping = told.get("mapping") or {}
    name = target.rpartition("/")[2]
    values = [
        value
        for value, each in mapping.items()
        if each == target or f"{_COMPONENTS}{each}" == target
    ]
    # OpenAPI 3.1 §4.8.25: without a mapping, the name of the schema is the value.
    property_name = told["propertyName"]
    return {"allOf": [translated, _demand(property_name, values or [name])]}


def _demand(tag: str, values: Sequence[str]) -> Json:
    return {"properties": {tag: {"enum": list(values)}}, "required": [tag]}


def list_examples(schema: Mapping[str, Json]) -> list[Json]:
    """Return the examples of a schema itself, and its default."""
    found = [schema[key] for key in ("example", "default") if key in schema]
    more = schema.get("examples")
    return [*found, *more] if isinstance(more, list) else found


def find_families(document: Mapping[str, Json]) -> dict[str, dict[str, list[str]]]:
    """Return the schemas that extend a base with a discriminator, by their values."""
    schemas = (document.get("components") or {}).get("schemas") or {}
    parents = {
        name: [
            part["$ref"]
            for part in each.get("allOf") or ()
            if isinstance(part, dict) and isinstance(part.get("$ref"), str)
        ]
        for name, each in schemas.items()
        if isinstance(each, dict)
    }
    found: dict[str, dict[str, list[str]]] = {}
    for name, each in schemas.items():
        if not isinstance(each, dict) or "propertyName" not in (
            each.get("discriminator") or {}
        ):
            continue
        base = _COMPONENTS + name
        heirs = _find_heirs(base, parents)
        if heirs:
            found[base] = _list_values(each["discriminator"], heirs)
    return found


def _find_heirs(base: str, parents: Mapping[str, list[str]]) -> list[str]:
    found: list[str] = []
    waiting = [base]
    while waiting:
        target = waiting.pop()
        new = [
            _COMPONENTS + name
            for name, bases in parents.items()
            if target in bases and _COMPONENTS + name not in found
        ]
        found += new
        waiting += new
    return found


def _list_values(told: Mapping[str, Json], heirs: Sequence[str]) -> dict[str, list[str]]:
    mapping = told.get("mapping") or {}
    found: dict[str, list[str]] = {}
    for heir in heirs:
        name = heir.removeprefix(_COMPONENTS)
        values = [value for value, each in mapping.items() if each in (heir, name)]
        for value in values or [name]:
            found.setdefault(value, []).append(heir)
    return found


def _remove_choices(schema: Json, heirs: set[str]) -> Json:
    """Return a base without the choice of what extends it, which would be a circle."""
    return {
        key: each
        for key, each in schema.items()
        if key not in ("oneOf", "anyOf")
        or not any(isinstance(e, dict) and e.get("$ref") in heirs for e in each)
    }
