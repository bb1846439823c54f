"""The values that a type lists, wherever they are written."""

from __future__ import annotations

import pytest
from support.documents import Json, document, read_api, record, ref

from flexprice_codegen.api.model import AliasSchema, ObjectSchema
from flexprice_codegen.api.types import NodeMetadata, Reference, Scalar
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.surface.listed_values import find_listing, list_values

SCHEMAS: Json = {
    "Named": {"type": "string", "enum": ["a", "b"]},
    "Again": ref("Named"),
    "Or": {"anyOf": [ref("Again"), {"type": "null"}]},
    "Flag": {"const": True},
    "Text": {"type": "string"},
}


@pytest.mark.parametrize(
    ("schema", "values"),
    [
        ({"const": "a"}, ("a",)),
        ({"type": "integer", "enum": [1, 2]}, (1, 2)),
        ({"type": ["string", "null"], "enum": ["a", None]}, ("a",)),
        ({"anyOf": [{"const": 3}, {"type": "null"}]}, (3,)),
        (ref("Named"), ("a", "b")),
        (ref("Again"), ("a", "b")),
        (ref("Or"), ("a", "b")),
        (ref("Flag"), (True,)),
        (ref("Text"), ()),
        ({"type": "boolean"}, ()),
        ({"anyOf": [ref("Named"), {"type": "integer"}]}, ()),
        (record(a="string"), ()),
    ],
)
def test_values_are_found_behind_references_aliases_and_null(
    schema: Json, values: tuple[Scalar, ...]
) -> None:
    schemas = read_api(document(schemas=SCHEMAS | {"Owner": record(x=schema)})).schemas
    owner = schemas["Owner"]
    assert isinstance(owner, ObjectSchema)
    found = list_values(schemas, owner.properties[0].type)
    assert [(type(each), each) for each in found] == [
        (type(each), each) for each in values
    ]


def test_an_alias_of_itself_lists_nothing() -> None:
    about = NodeMetadata(origin=Origin("", ""))
    loop = AliasSchema(key="Loop", type=Reference(key="Loop"), about=about)
    assert find_listing({"Loop": loop}, Reference(key="Loop")) is None
    assert list_values({}, Reference(key="Gone")) == ()
