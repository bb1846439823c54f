"""The examples that a document has of its own.

In: an OpenAPI document. Out: cases whose members are the schemas with an example, and the
values that are valid.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from support.oracle.calls import Case
from support.oracle.dialect import Json, list_examples

_VALUES = frozenset({"example", "examples", "default", "enum", "const", "value"})
_MAPS = frozenset({"properties", "patternProperties", "schemas", "$defs"})
_WIDTH = 40
"""Schemas in one case."""


@dataclass(frozen=True, slots=True)
class Example:
    """A value that a document has for a schema, and where.

    One that is open has none: its values are drawn.
    """

    pointer: str
    schema: Json
    value: Json = None
    is_open: bool = False


def load(path: Path) -> Json:
    """Read a document; dates of YAML stay the texts that they are."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return json.loads(text)
    return yaml.load(text, Loader=_TextLoader)  # noqa: S506  # it makes no objects


class _TextLoader(yaml.CSafeLoader):
    """Reads YAML 1.2 as far as documents need it."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, test) for tag, test in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def iter_examples(document: Json) -> Iterator[Example]:
    """Yield the examples of all schemas, parameters, and media types."""
    yield from _walk(document, "#", is_map=False)


def _walk(node: Json, pointer: str, *, is_map: bool) -> Iterator[Example]:
    if isinstance(node, list):
        for index, each in enumerate(node):
            yield from _walk(each, f"{pointer}/{index}", is_map=False)
        return
    if not isinstance(node, dict):
        return
    if not is_map:
        yield from _read_examples(node, pointer)
    for key, each in node.items():
        token = str(key).replace("~", "~0").replace("/", "~1")
        if is_map or (key not in _VALUES and not str(key).startswith("x-")):
            inner = key in _MAPS and not is_map
            yield from _walk(each, f"{pointer}/{token}", is_map=inner)


def _read_examples(node: Mapping[str, Json], pointer: str) -> Iterator[Example]:
    schema = node.get("schema")
    if isinstance(schema, dict):
        values = [node["example"]] if "example" in node else []
        listed = node.get("examples")
        if isinstance(listed, dict):
            values += [
                each["value"]
                for each in listed.values()
                if isinstance(each, dict) and "value" in each
            ]
        for each in values:
            yield Example(pointer, schema, each)
    elif "in" not in node:
        for each in list_examples(node):
            used = node
            if pointer.startswith("#/components/schemas/") and pointer.count("/") == 3:
                used = {"$ref": pointer}
            yield Example(pointer, used, each)


def make_cases(
    document: Json, examples: list[Example], stem: str
) -> Iterator[tuple[Case, list[tuple[Example, Json]]]]:
    """Yield cases with the values of their members."""
    schemas: dict[str, list[Example]] = {}
    for each in examples:
        schemas.setdefault(json.dumps(each.schema, sort_keys=True), []).append(each)
    groups = list(schemas.values())
    components = (document.get("components") or {}).get("schemas") or {}
    for number in range(math.ceil(len(groups) / _WIDTH)):
        part = groups[number * _WIDTH : (number + 1) * _WIDTH]
        properties = {f"v{index}": each[0].schema for index, each in enumerate(part)}
        schema = {"type": "object", "properties": properties}
        version = str(document["openapi"])
        case = Case(f"{stem}{number}", version, schema, components)
        values = [
            (example, {f"v{index}": example.value})
            for index, each in enumerate(part)
            for example in each
        ]
        yield case, values


def list_components(document: Json) -> list[Example]:
    """Return the component schemas as examples that are open."""
    schemas = (document.get("components") or {}).get("schemas") or {}
    pointers = [f"#/components/schemas/{each}" for each in schemas]
    return [Example(each, {"$ref": each}, is_open=True) for each in pointers]


def as_document(case_document: Json, document: Json) -> Json:
    """Return a document of cases with the rest of what a real one refers to."""
    rest: dict[str, Any] = dict(document.get("components") or {})
    return {**case_document, "components": {**rest, **case_document["components"]}}
