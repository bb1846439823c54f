"""Plain schemas: their type is that of the long way."""

from __future__ import annotations

import pytest
from support.documents import document, operation, read_api

from flexprice_codegen.api.plain_schemas import get_plain_type
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.spec.nodes import Json, Node

DECORATIONS = {
    "title": "T",
    "description": "d",
    "example": None,
    "examples": [1],
    "deprecated": True,
    "readOnly": True,
    "writeOnly": False,
}


@pytest.mark.parametrize("name", ["string", "integer", "number", "boolean"])
def test_decorations_do_not_change_the_type(name: str) -> None:
    bare: dict[str, Json] = {"type": name}
    # A keyword that no schema has makes the schema take the long way.
    odd = bare | {"x-odd": 1}
    decorated = bare | DECORATIONS
    properties = {"bare": bare, "odd": odd, "decorated": decorated}
    schema: dict[str, Json] = {"type": "object", "properties": properties}
    api = read_api(document({"/a": {"get": operation(answer="A")}}, {"A": schema}))
    types = [each.type for each in api.schemas["A"].properties]  # type: ignore[union-attr]
    assert types[0] == types[1] == types[2]


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        {"type": "object"},
        {"type": ["string"]},
        {"type": "String"},
        {"type": "string", "nullable": True},
        {"type": "string", "format": "date"},
        {"type": "string", "enum": ["a"]},
        {"type": "string", "default": "a"},
        {"$ref": "#/a"},
    ],
)
def test_other_schemas_take_the_long_way(value: Json) -> None:
    assert get_plain_type(Node(value, Origin("", ""))) == ""
