"""Dialects of JSON Schema: what OpenAPI writes otherwise than JSON Schema 2020-12.

In: parts of schemas. Out: the same in JSON Schema 2020-12; pointers and their targets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

Json: TypeAlias = Any
"""A JSON value as Python has it."""

BASE: Final = "urn:document"
COMPONENTS: Final = "#/components/schemas/"


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
        name = re.sub("%([0-9A-Fa-f]{2})", lambda code: chr(int(code[1], 16)), step)
        name = name.replace("~1", "/").replace("~0", "~")
        found = found[int(name)] if isinstance(found, list) else found[name]
    return found


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
    return pointer.removeprefix(COMPONENTS) if pointer.startswith(COMPONENTS) else ""


def translate_bounds(made: dict[str, Json]) -> None:
    """Write the bounds of OpenAPI 3.0, whose exclusive ones are flags, as numbers."""
    for flag, bound in (
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ):
        if not isinstance(made.get(flag), bool):
            continue
        if made.pop(flag) and bound in made:
            made[flag] = made.pop(bound)


def add_null(made: dict[str, Json]) -> Json:
    """Return a translated schema that takes null as well."""
    if set(made) <= {"description", "title", "default"}:
        # `anyOf: [X, {nullable: true}]` is how some frameworks write `X or null`.
        return {**made, "type": "null"}
    kinds = made.get("type")
    if isinstance(kinds, str) and "enum" not in made and "const" not in made:
        return {**made, "type": [kinds, "null"]}
    return {"anyOf": [made, {"type": "null"}]}


def tag_option(
    option: Json, discriminator: Mapping[str, Json], translated: Json
) -> Json:
    """Return an option that has to have the tag which a discriminator gives it."""
    target = option.get("$ref") if isinstance(option, dict) else None
    if not isinstance(target, str):
        return translated
    tags = list_tags(target, discriminator)
    return {"allOf": [translated, demand(discriminator["propertyName"], tags)]}


def demand(tag: str, values: Sequence[str]) -> Json:
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
        base = COMPONENTS + name
        heirs = _find_heirs(base, parents)
        if heirs:
            found[base] = _list_values(each["discriminator"], heirs)
    return found


def find_options(document: Json) -> Iterator[str]:
    """Yield the targets of all references that are options of a choice."""
    waiting = [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        if not isinstance(node, dict):
            continue
        waiting += node.values()
        for keyword in ("oneOf", "anyOf"):
            options = node.get(keyword)
            for each in options if isinstance(options, list) else ():
                if isinstance(each, dict) and isinstance(each.get("$ref"), str):
                    yield each["$ref"]


def _find_heirs(base: str, parents: Mapping[str, list[str]]) -> list[str]:
    found: list[str] = []
    waiting = [base]
    while waiting:
        target = waiting.pop()
        new = [
            COMPONENTS + name
            for name, bases in parents.items()
            if target in bases and COMPONENTS + name not in found
        ]
        found += new
        waiting += new
    return found


def list_tags(target: str, discriminator: Mapping[str, Json]) -> list[str]:
    """Return the values of a discriminator that stand for a schema.

    Without a mapping, the name of the schema is the value (OpenAPI 3.1 §4.8.25).
    """
    name = target.rpartition("/")[2]
    mapping = discriminator.get("mapping") or {}
    values = [
        value
        for value, each in mapping.items()
        if target in (each, f"{COMPONENTS}{each}")
    ]
    return values or [name]


def _list_values(
    discriminator: Mapping[str, Json], heirs: Sequence[str]
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for heir in heirs:
        for value in list_tags(heir, discriminator):
            found.setdefault(value, []).append(heir)
    return found


def remove_choices(schema: Json, heirs: set[str]) -> Json:
    """Return a base without the choice of what extends it, which would be a circle."""
    return {
        key: each
        for key, each in schema.items()
        if key not in ("oneOf", "anyOf")
        or not any(isinstance(e, dict) and e.get("$ref") in heirs for e in each)
    }
