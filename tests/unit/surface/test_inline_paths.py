"""The words of inline schemas: their owner, and the parts of their path below it."""

from __future__ import annotations

from typing import Any

import pytest
from support.surfaces import build_client

KIND = {"type": "string", "enum": ["a", "b"]}


def record(**properties: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return an object."""
    return {"type": "object", "properties": properties}


@pytest.mark.parametrize(
    ("schema", "name"),
    [
        (KIND, "WPart"),
        ({"type": "array", "items": KIND}, "WPartItem"),
        ({"type": "object", "additionalProperties": KIND}, "WPartValue"),
        ({"type": "array", "items": {"type": "array", "items": KIND}}, "WPartItemItem"),
        (record(inner=KIND), "WPartInner"),
        ({"anyOf": [KIND, {"type": "null"}]}, "WPart"),
    ],
)
def test_each_part_of_a_path_is_a_word(
    schema: Any, name: str  # noqa: ANN401 - JSON
) -> None:
    client = build_client({}, {"W": record(part=schema)})
    assert client.list_classes()[-1] == name


def test_an_operation_says_what_its_schemas_are() -> None:
    answer = {"description": "It.", "content": {"application/json": {}}}

    def reply(schema: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        return {**answer, "content": {"application/json": {"schema": schema}}}

    client = build_client(
        {
            "/rooms": {
                "post": {
                    "operationId": "makeRoom",
                    "tags": ["x"],
                    "parameters": [{"name": "sort", "in": "query", "schema": KIND}],
                    "requestBody": reply(record(a=KIND)),
                    "responses": {
                        "200": reply(record(b={"type": "string"})),
                        "202": reply(record(c={"type": "string"})),
                        "404": reply(record(d={"type": "string"})),
                    },
                }
            }
        }
    )
    assert client.list_classes() == [
        "MakeRoomBody",
        "MakeRoomBodyA",
        "MakeRoomResponse",
        "MakeRoomResponse202",
        "MakeRoomResponse404",
        "MakeRoomSort",
    ]
