"""Deliveries that are not one JSON object: lists, forms, CloudEvents, and envelopes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from support.documents import document, record
from support.generated import Generated, Generator
from support.values import Value

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
TEXT = {"type": "string"}
SECRET = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
Headers = dict[str, str]


def describe(
    webhooks: dict[str, Value], media: str = JSON, hint: Value = None
) -> dict[str, Any]:
    """Return a document with webhooks by the schemas of their bodies, and a hint."""
    hooks = {
        name: {
            "post": {
                "requestBody": {"content": {media: {"schema": schema}}},
                "responses": {"204": {"description": "Noted."}},
            }
        }
        for name, schema in webhooks.items()
    }
    return document({}, webhooks=hooks, **{"x-codegen": hint or {}})


def named(name: str, **properties: Value) -> dict[str, Any]:
    """Return the schema of an event that names itself."""
    return record(["kind"], kind={"const": name}, **properties)


def listed(schema: Value) -> dict[str, Any]:
    return {"type": "array", "items": schema}


BORN = named("cat.born", n={"type": "integer"})
DIED = named("cat.died", n={"type": "integer"})
TWO = [{"kind": "cat.born", "n": 1}, {"kind": "cat.died", "n": 2}]


@pytest.fixture(scope="module")
def lists(generated: Generator) -> Generated:
    """Return a client whose deliveries are lists of events."""
    return generated(describe({"born": listed(BORN), "died": listed(DIED)}))


@pytest.fixture(scope="module")
def items(generated: Generator) -> Generated:
    """Return a client whose deliveries have a list of events below, by a hint."""
    envelope = record(live=TEXT, items=listed(record(item={"oneOf": [BORN, DIED]})))
    hint = {"event": {"items": "items[].item"}}
    return generated(describe({"notice": envelope}, hint=hint))


def handle(api: Generated, body: bytes, headers: Headers | None = None) -> Value:
    """Return the events that both routers give to handlers; they must be the same."""
    found: list[list[Value]] = []
    for kind in (api.webhooks.WebhookRouter, api.webhooks.AsyncWebhookRouter):
        router = kind(secret=None)
        found.append([])
        router.on_any(found[-1].append)
        answer = router.handle(body, headers)
        answer = answer if kind is api.webhooks.WebhookRouter else asyncio.run(answer)
        assert answer.status_code == 200
    assert found[0] == found[1]
    return [(each.name, getattr(each, "payload", None)) for each in found[0]]


@pytest.mark.parametrize("fixture", ["lists", "items"])
def test_each_event_of_a_delivery_is_handled(
    fixture: str, request: pytest.FixtureRequest
) -> None:
    api = request.getfixturevalue(fixture)
    body: Value = TWO
    if fixture == "items":
        body = {"live": "no", "items": [{"item": each} for each in TWO]}
    found = handle(api, json.dumps(body).encode())
    assert [(name, payload.n) for name, payload in found] == [
        ("cat.born", 1),
        ("cat.died", 2),
    ]
    events = api.webhooks.parse_events(json.dumps(body))
    assert [each.name for each in events] == ["cat.born", "cat.died"]


def test_a_delivery_of_one_event_is_read_too(lists: Generated) -> None:
    assert lists.webhooks.parse_event(json.dumps(TWO[0])).payload.n == 1
    assert lists.webhooks.parse_event(json.dumps(TWO[:1])).payload.n == 1
    with pytest.raises(lists.webhooks.WebhookPayloadError, match="has 2 events"):
        lists.webhooks.parse_event(json.dumps(TWO))


@pytest.mark.parametrize("body", [b"[1]", b"[", b"[{]", b'[{"a":1},2]', b"\xff"])
def test_a_list_of_no_objects_is_refused(body: bytes, lists: Generated) -> None:
    router = lists.webhooks.WebhookRouter(secret=None)
    assert router.handle(body, None).status_code == 400


def test_a_delivery_without_events_is_done(lists: Generated) -> None:
    assert lists.webhooks.WebhookRouter(secret=None).handle(b"[]", None).status == 200


def test_the_whole_delivery_is_signed(lists: Generated) -> None:
    webhooks = lists.webhooks
    body = json.dumps(TWO).encode()
    router = webhooks.WebhookRouter(secret=SECRET)
    assert router.handle(body, webhooks.sign(body, SECRET)).status_code == 200
    other = webhooks.sign(json.dumps(TWO[:1]).encode(), SECRET)
    assert router.handle(body, other).status_code == 401


def test_an_event_that_fails_is_sent_again_and_the_others_are_not_handled_again(
    lists: Generated,
) -> None:
    webhooks = lists.webhooks
    router = webhooks.WebhookRouter(secret=SECRET, store=webhooks.RecentDeliveries())
    calls: list[str] = []

    def note(event: Value) -> None:
        calls.append(event.name)
        if event.name == "cat.died" and calls.count("cat.died") == 1:
            raise ValueError("busy")

    router.on_any(note)
    body = json.dumps(TWO).encode()
    headers = webhooks.sign(body, SECRET)
    answers = [router.handle(body, headers) for _ in range(3)]
    assert [each.status_code for each in answers] == [500, 200, 200]
    assert calls == ["cat.born", "cat.died", "cat.died"]
    assert answers[-1].body == b"done before"


INSIDE = {"type": "string", "contentMediaType": JSON, "contentSchema": BORN}


@pytest.mark.parametrize(
    ("schema", "hint"),
    [
        (record(["payload"], payload=INSIDE), {}),
        (record(payload=BORN), {"event": {"form": "payload"}}),
        (BORN, {"event": {"form": "payload"}}),
    ],
    ids=["contentSchema", "hint and property", "hint"],
)
def test_a_field_of_a_form_holds_the_event(
    schema: Value, hint: Value, generated: Generator
) -> None:
    api = generated(describe({"born": schema}, FORM, hint=hint))
    body = urlencode({"payload": json.dumps(TWO[0]), "other": "x"}).encode()
    headers = {"Content-Type": f"{FORM}; charset=utf-8"}
    ((name, payload),) = handle(api, body, headers)
    assert (name, payload.n) == ("cat.born", 1)
    # The same sender can be set up for JSON.
    ((name, payload),) = handle(api, json.dumps(TWO[0]).encode(), {})
    assert (name, payload.n) == ("cat.born", 1)


def test_the_fields_of_a_form_are_the_members(generated: Generator) -> None:
    schema = record(["kind"], kind={"const": "call.ended"}, to=TEXT, media=listed(TEXT))
    api = generated(describe({"call": schema}, FORM))
    body = b"kind=call.ended&to=%2B49&media=a&media=b"
    ((name, payload),) = handle(api, body, {"content-type": FORM})
    assert (name, payload.to, payload.media) == ("call.ended", "+49", ["a", "b"])


@pytest.mark.parametrize("body", [b"\xff", b"a", b"&".join([b"a=1"] * 2_000)])
def test_what_is_no_form_is_refused(body: bytes, generated: Generator) -> None:
    api = generated(describe({"born": BORN}, FORM))
    router = api.webhooks.WebhookRouter(secret=None)
    assert router.handle(body, {"content-type": FORM}).status_code == 400


ATTRIBUTES = ("specversion", "id", "source", "type")


def describe_cloud_event(name: str, data: Value) -> dict[str, Any]:
    texts = dict.fromkeys(ATTRIBUTES, TEXT)
    return record(list(ATTRIBUTES), **{**texts, "type": {"const": name}}, data=data)


@pytest.fixture(scope="module")
def cloud(generated: Generator) -> Generated:
    """Return a client of CloudEvents."""
    data = record(n={"type": "integer"})
    hooks = {
        name: describe_cloud_event(f"com.zoo.{name}", data) for name in ("born", "died")
    }
    return generated(describe(hooks, "application/cloudevents+json"))


STRUCTURED = {
    "specversion": "1.0",
    "id": "7",
    "source": "/cats",
    "type": "com.zoo.born",
    "data": {"n": 1},
}


def test_a_cloud_event_is_read_in_structured_mode(cloud: Generated) -> None:
    headers = {"content-type": "application/cloudevents+json"}
    ((name, payload),) = handle(cloud, json.dumps(STRUCTURED).encode(), headers)
    assert (name, payload.id, payload.data.n) == ("com.zoo.born", "7", 1)


def spell_plainly(headers: Headers) -> Value:
    return headers


def spell_as_bytes(headers: Headers) -> Value:
    return [(k.lower().encode(), v.encode()) for k, v in headers.items()]


def spell_as_wsgi(headers: Headers) -> Value:
    return {f"HTTP_{k.upper().replace('-', '_')}": v for k, v in headers.items()}


@pytest.mark.parametrize("spell", [spell_plainly, spell_as_bytes, spell_as_wsgi])
def test_a_cloud_event_is_read_in_binary_mode(
    spell: Callable[[Headers], Value], cloud: Generated
) -> None:
    headers = {
        "ce-specversion": "1.0",
        "ce-id": "7",
        "ce-source": "/cats/a%20b",
        "ce-type": "com.zoo.died",
    }
    ((name, payload),) = handle(cloud, b'{"n": 2}', spell(headers))
    assert (name, payload.source, payload.data.n) == ("com.zoo.died", "/cats/a b", 2)


@pytest.mark.parametrize(
    "kind", ["application/json; charset=utf-8", "application/cats+json ;v=1"]
)
def test_a_parameter_of_the_media_type_leaves_it_json(
    kind: str, cloud: Generated
) -> None:
    headers = {
        "ce-specversion": "1.0",
        "ce-id": "7",
        "ce-source": "/cats",
        "ce-type": "com.zoo.died",
        "content-type": kind,
    }
    ((_, payload),) = handle(cloud, b'{"n": 2}', headers)
    assert payload.data.n == 2


def test_cloud_events_come_in_batches_and_are_handled_once(cloud: Generated) -> None:
    webhooks = cloud.webhooks
    router = webhooks.WebhookRouter(secret=None, store=webhooks.RecentDeliveries())
    found: list[Value] = []
    router.on_any(found.append)
    other = {**STRUCTURED, "id": "8", "type": "com.zoo.died"}
    batch = json.dumps([STRUCTURED, other]).encode()
    assert router.handle(batch, None).body == b"done"
    assert router.handle(json.dumps(STRUCTURED).encode(), None).body == b"done before"
    assert [each.delivery.id for each in found] == ["/cats 7", "/cats 8"]


def test_the_envelope_of_standard_webhooks_names_the_event(
    generated: Generator,
) -> None:
    def describe_event(name: str) -> dict[str, Any]:
        time = {"type": "string", "format": "date-time"}
        data = record(n={"type": "integer"})
        required = ["type", "timestamp", "data"]
        return record(required, type={"const": name}, timestamp=time, data=data)

    names = ("user.created", "user.deleted")
    api = generated(describe({name: describe_event(name) for name in names}))
    event = {
        "type": "user.deleted",
        "timestamp": "2026-01-31T12:00:00Z",
        "data": {"n": 1},
    }
    body = json.dumps(event).encode()
    webhooks = api.webhooks
    router = webhooks.WebhookRouter(secret=SECRET)
    found: list[Value] = []
    router.on(webhooks.USER_DELETED)(found.append)
    assert router.handle(body, webhooks.sign(body, SECRET)).status_code == 200
    assert (found[0].payload.data.n, found[0].payload.timestamp.year) == (1, 2026)
    assert "packed_events" not in api.text("webhooks.py")


def test_a_hint_names_the_header_of_all_events(generated: Generator) -> None:
    hint = {"event": {"header": "X-Shop-Event"}}
    hooks = {"order": record(n=TEXT), "refund": record(n=TEXT)}
    api = generated(describe(hooks, hint=hint))
    for name in hooks:
        event = api.webhooks.parse_event(b'{"n": "1"}', {"X-Shop-Event": name})
        assert (event.name, event.payload.n) == (name, "1")
    assert "packed_events" not in api.text("webhooks.py")
