"""Operations and events that come and go."""

from __future__ import annotations

from support.comparing import compare_wire, list_on_wire
from support.documents import Json, document

OK: Json = {"responses": {"200": {"description": "ok"}}}
OLD: Json = {"deprecated": True}


def test_an_operation_is_added() -> None:
    assert list_on_wire(document({}), document({"/a": {"get": OK}})) == [
        ("endpoint-added", "info")
    ]


def payload(schema: object) -> Json:
    content = {"application/json": {"schema": schema}}
    return {"post": {**OK, "requestBody": {"content": content}}}


def test_the_payload_of_an_event_is_received() -> None:
    def of(schema: object) -> Json:
        return document({}, webhooks={"invoice.paid": payload(schema)})

    text = {"type": "object", "properties": {"a": {"type": "string"}}}
    both = {"type": "object", "properties": {"a": {"type": ["string", "null"]}}}
    (wider,) = compare_wire(of(text), of(both))
    assert (wider.rule, wider.level.value) == (
        "response-property-became-nullable",
        "error",
    )
    assert wider.affected.events == ("invoice.paid",)
    (narrower,) = compare_wire(of(both), of(text))
    assert narrower.level.value == "info"


def test_events_come_and_go() -> None:
    def of(**events: Json) -> Json:
        return document({}, webhooks=events)

    paid, old = payload({"type": "object"}), payload({"type": "object"})
    old["post"] = {**OK, **OLD, "requestBody": paid["post"]["requestBody"]}
    assert list_on_wire(of(), of(paid=paid)) == [("webhook-added", "info")]
    assert list_on_wire(of(paid=paid), of()) == [("webhook-removed", "error")]
    assert list_on_wire(of(paid=old), of()) == [("webhook-removed", "info")]
    assert list_on_wire(of(paid=paid), of(paid=old)) == [("webhook-deprecated", "info")]
    assert list_on_wire(of(paid=old), of(paid=paid)) == [
        ("webhook-reactivated", "info")
    ]


def test_a_delivery_that_becomes_a_list_has_another_type() -> None:
    def of(schema: object) -> Json:
        return document({}, webhooks={"invoice.paid": payload(schema)})

    one = {"type": "object", "properties": {"a": {"type": "string"}}}
    (found,) = compare_wire(of(one), of({"type": "array", "items": one}))
    assert (found.rule, found.level.value) == ("response-body-type-changed", "error")
