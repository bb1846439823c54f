"""What a server calls back."""

from __future__ import annotations

from support.comparing import compare_wire
from support.documents import Json, document

OK: Json = {"responses": {"200": {"description": "ok"}}}


def payload(schema: object) -> Json:
    content = {"application/json": {"schema": schema}}
    return {"post": {**OK, "requestBody": {"content": content}}}


def test_what_a_callback_carries_is_received() -> None:
    def of(type_: str) -> Json:
        whole = {
            "type": "object",
            "properties": {"paid": {"$ref": "#/components/schemas/Paid"}},
        }
        callback = {"onPaid": {"{$request.query.url}": payload(whole)}}
        return document(
            {"/a": {"post": {**OK, "callbacks": callback}}},
            schemas={"Paid": {"type": type_}},
        )

    (found,) = compare_wire(of("integer"), of("number"))
    assert found.rule == "response-property-type-generalized"
    assert found.path == "components/schemas/Paid"
    assert found.affected.operations == ("POST /a",)
