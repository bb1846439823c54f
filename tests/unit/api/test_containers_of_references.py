"""What a property says of itself, and what the schema says that it refers to."""

from __future__ import annotations

from typing import Any

import pytest
from support.documents import document, read_api

from flexprice_codegen.api.model import ObjectSchema, Property


def read_property(schema: object, **schemas: Any) -> Property:  # noqa: ANN401 - JSON
    """Return the only property of an object, beside other schemas."""
    pet = {"type": "object", "properties": {"name": schema}}
    definition = read_api(document(schemas={"Pet": pet, **schemas})).schemas["Pet"]
    assert isinstance(definition, ObjectSchema)
    (found,) = definition.properties
    return found


@pytest.mark.parametrize("keyword", ["readOnly", "writeOnly"])
def test_who_sends_a_property_is_said_beside_it_or_by_its_schema(keyword: str) -> None:
    marked = {"type": "string", keyword: True}
    plain = {"type": "string"}
    reference = {"$ref": "#/components/schemas/Name"}
    found = [
        read_property(marked),
        read_property(reference, Name=marked),
        read_property({**reference, keyword: True}, Name=plain),
        read_property(reference, Name={"$ref": "#/components/schemas/A"}, A=marked),
        read_property(reference, Name=plain),
        read_property(plain),
        read_property(schema=True),
    ]
    expected = [True, True, True, True, False, False, False]
    assert [each.read_only for each in found] == (
        expected if keyword == "readOnly" else [False] * 7
    )
    assert [each.write_only for each in found] == (
        expected if keyword == "writeOnly" else [False] * 7
    )


def test_a_reference_to_itself_is_any_value() -> None:
    circle = {"$ref": "#/components/schemas/Name"}
    found = read_property(circle, Name={**circle, "readOnly": True})
    assert not found.read_only


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (["Pets", "Cats"], ("Pets", "Cats")),
        ("Pets", ("Pets",)),
        ([7, None, {"name": "a"}], ("7",)),
        ({}, ()),
        (None, ()),
    ],
)
def test_the_tags_of_an_operation(tags: object, expected: tuple[str, ...]) -> None:
    operation = {"tags": tags, "responses": {"204": {"description": "Done."}}}
    (found,) = read_api(document({"/pets": {"get": operation}})).operations
    assert found.tags == expected
