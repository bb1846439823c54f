"""Random edits of a document that change what Python sees of it.

In: an OpenAPI document as a value, and a source of randomness. Out: the document with
edits, and what they are.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

Document: TypeAlias = dict[str, Any]
_Edit: TypeAlias = Callable[[Document, random.Random], str]


def edit_document(document: Document, rng: random.Random) -> tuple[Document, list[str]]:
    """Return a document with one to three edits, and their descriptions."""
    edited = copy.deepcopy(document)
    done = [rng.choice(_EDITS)(edited, rng) for _ in range(rng.randint(1, 3))]
    return edited, [each for each in done if each]


def _iter_operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def _choose_operation(
    document: Document, rng: random.Random
) -> tuple[str, str, Document]:
    return rng.choice([*_iter_operations(document)])


def _choose_property(document: Document, rng: random.Random) -> tuple[str, str]:
    schemas = document["components"]["schemas"]
    found = [
        (name, key)
        for name, schema in schemas.items()
        for key in schema.get("properties", {})
    ]
    return rng.choice(found)


def _remove_operation(document: Document, rng: random.Random) -> str:
    path, method, operation = _choose_operation(document, rng)
    if len([*_iter_operations(document)]) < 3:
        return ""
    del document["paths"][path][method]
    if not document["paths"][path]:
        del document["paths"][path]
    return f"remove {operation.get('operationId', path)}"


def _rename_operation(document: Document, rng: random.Random) -> str:
    path, _, operation = _choose_operation(document, rng)
    name = operation.get("operationId", path)
    operation["operationId"] = f"renamed{rng.randint(1, 99)}"
    return f"rename the operation {name}"


def _move_operation(document: Document, rng: random.Random) -> str:
    path, _, operation = _choose_operation(document, rng)
    operation["tags"] = ["Elsewhere"]
    return f"move {operation.get('operationId', path)}"


def _remove_property(document: Document, rng: random.Random) -> str:
    schema, key = _choose_property(document, rng)
    owner = document["components"]["schemas"][schema]
    del owner["properties"][key]
    if key in owner.get("required", ()):
        owner["required"].remove(key)
    return f"remove {schema}.{key}"


def _rename_property(document: Document, rng: random.Random) -> str:
    schema, key = _choose_property(document, rng)
    properties = document["components"]["schemas"][schema]["properties"]
    properties[f"{key}_renamed"] = properties.pop(key)
    owner = document["components"]["schemas"][schema]
    if key in owner.get("required", ()):
        owner["required"].remove(key)
    return f"rename {schema}.{key}"


def _change_type(document: Document, rng: random.Random) -> str:
    schema, key = _choose_property(document, rng)
    kinds = ({"type": "boolean"}, {"type": "array", "items": {"type": "string"}})
    document["components"]["schemas"][schema]["properties"][key] = dict(
        rng.choice(kinds)
    )
    return f"change the type of {schema}.{key}"


def _require_property(document: Document, rng: random.Random) -> str:
    schema, key = _choose_property(document, rng)
    owner = document["components"]["schemas"][schema]
    owner["required"] = sorted({*owner.get("required", ()), key})
    return f"require {schema}.{key}"


def _add_required_property(document: Document, rng: random.Random) -> str:
    schema, _ = _choose_property(document, rng)
    owner = document["components"]["schemas"][schema]
    owner["properties"]["added"] = {"type": "string"}
    owner["required"] = sorted({*owner.get("required", ()), "added"})
    return f"add a required property to {schema}"


def _change_parameter(document: Document, rng: random.Random) -> str:
    """Rename, remove or require a query parameter, or add one that is required."""
    path, _, operation = _choose_operation(document, rng)
    parameters = operation.setdefault("parameters", [])
    queries = [each for each in parameters if each.get("in") == "query"]
    name = operation.get("operationId", path)
    kind = rng.choice(["rename", "remove", "require", "add"])
    if kind == "add" or not queries:
        parameters.append(
            {
                "name": "added",
                "in": "query",
                "required": True,
                "schema": {"type": "string"},
            }
        )
        return f"add a required parameter to {name}"
    one = rng.choice(queries)
    if kind == "rename":
        one["name"] += "_renamed"
    elif kind == "remove":
        parameters.remove(one)
    else:
        one["required"] = True
    return f"{kind} the parameter {one['name']} of {name}"


def _rename_schema(document: Document, rng: random.Random) -> str:
    schemas = document["components"]["schemas"]
    name = rng.choice(sorted(schemas))
    new = f"{name}Renamed"
    schemas[new] = schemas.pop(name)
    _replace_references(document, f"#/components/schemas/{name}", new)
    return f"rename the schema {name}"


def _replace_references(value: object, reference: str, new: str) -> None:
    if isinstance(value, dict):
        if value.get("$ref") == reference:
            value["$ref"] = f"#/components/schemas/{new}"
        for each in value.values():
            _replace_references(each, reference, new)
    elif isinstance(value, list):
        for each in value:
            _replace_references(each, reference, new)


def _change_enum(document: Document, rng: random.Random) -> str:
    schemas = document["components"]["schemas"]
    enums = sorted(name for name, schema in schemas.items() if "enum" in schema)
    if not enums:
        return ""
    name = rng.choice(enums)
    values = schemas[name]["enum"]
    if rng.random() < 0.5 and len(values) > 1:
        gone = values.pop(rng.randrange(len(values)))
        return f"remove {gone} from {name}"
    values.append("added")
    return f"add a value to {name}"


def _change_response(document: Document, rng: random.Random) -> str:
    path, _, operation = _choose_operation(document, rng)
    for response in operation["responses"].values():
        content = response.get("content", {}).get("application/json")
        if content and "$ref" in content["schema"]:
            content["schema"] = {"type": "array", "items": content["schema"]}
            return f"a list for {operation.get('operationId', path)}"
    return ""


def _remove_event(document: Document, rng: random.Random) -> str:
    events = document.get("webhooks", {})
    if len(events) < 2:
        return ""
    name = rng.choice(sorted(events))
    del events[name]
    return f"remove the event {name}"


_EDITS: tuple[_Edit, ...] = (
    _remove_operation,
    _rename_operation,
    _move_operation,
    _remove_property,
    _rename_property,
    _change_type,
    _require_property,
    _add_required_property,
    _change_parameter,
    _rename_schema,
    _change_enum,
    _change_response,
    _remove_event,
)
