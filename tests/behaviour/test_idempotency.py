"""Keys in generated clients: what arrives, and how often, counted at the server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from support.loopback import Fault, Loopback, Reply
from support.vendored import document, operation, ref, vendored

from generator.runtime.shapes import Value

pytestmark = pytest.mark.slow

BOTH = pytest.mark.parametrize("mode", ["sync", "async"])
TEXT = {"type": "string"}
SCHEMAS = {
    "Event": {
        "type": "object",
        "required": ["name"],
        "properties": {"name": TEXT, "event_id": TEXT},
    },
    "Batch": {
        "type": "object",
        "required": ["events"],
        "properties": {"events": {"type": "array", "items": ref("Event")}},
    },
    "Invoice": {
        "type": "object",
        "properties": {"subscription_id": TEXT, "idempotency_key": TEXT},
    },
}


def post(name: str, body: str, key: Value) -> dict[str, Value]:
    """Give a path whose POST carries a hint."""
    hint = {"idempotency-key": key}
    return {"post": operation(name, ref("Event"), ref(body), **{"x-codegen": hint})}


DOCUMENT = document(
    {
        "/events": post("send_event", "Event", {"fill": "event_id"}),
        "/events/bulk": post("send_batch", "Batch", {"fill": "events[].event_id"}),
        "/invoices": post(
            "invoice",
            "Invoice",
            {"fill": "idempotency_key", "unless": "subscription_id"},
        ),
        "/payments": post("pay", "Invoice", "derived"),
        "/credits": post("credit", "Invoice", {"caller": "idempotency_key"}),
    },
    SCHEMAS,
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """Make the client."""
    return vendored(tmp_path_factory.mktemp("keys"), DOCUMENT)


@pytest.fixture
def server() -> Iterator[Loopback]:
    """Give a real HTTP server on loopback."""
    with Loopback() as server:
        yield server


def call(
    shop: Value, server: Loopback, method: str, body: Value, mode: str = "sync"
) -> Value:
    """Call a method of the client, which waits hardly at all between attempts."""
    retry = shop.Retry(first=0.001)
    if mode == "sync":
        with shop.Shop(base_url=server.url, retry=retry) as client:
            return getattr(client.things, method)(body)

    async def run() -> Value:
        async with shop.AsyncShop(base_url=server.url, retry=retry) as client:
            return await getattr(client.things, method)(body)

    return asyncio.run(run())


def bodies(server: Loopback) -> list[Value]:
    """Give what arrived."""
    return [json.loads(each.body) for each in server.requests]


@BOTH
@pytest.mark.parametrize("failure", [Reply(503), Reply(fault=Fault.NO_ANSWER)])
def test_a_key_is_filled_in_and_kept_over_the_attempts(
    mode: str, failure: Reply, shop: Value, server: Loopback
) -> None:
    body = shop.models.Event(name="signup")
    server.reply(failure, failure)
    call(shop, server, "send_event", body, mode)
    first, second, third = bodies(server)
    assert first == second == third == {"name": "signup", "event_id": first["event_id"]}
    assert len(first["event_id"]) == 32
    assert body == shop.models.Event(name="signup")


def test_every_call_has_a_key_of_its_own(shop: Value, server: Loopback) -> None:
    body = shop.models.Event(name="signup")
    call(shop, server, "send_event", body)
    call(shop, server, "send_event", body)
    assert len({each["event_id"] for each in bodies(server)}) == 2


@pytest.mark.parametrize("as_dict", [False, True])
def test_the_callers_key_is_kept(
    shop: Value, server: Loopback, *, as_dict: bool
) -> None:
    given = {"name": "signup", "event_id": "mine"}
    server.reply(Reply(503))
    call(shop, server, "send_event", given if as_dict else shop.models.Event(**given))
    assert bodies(server) == [given, given]


@BOTH
def test_each_of_a_list_has_its_key(mode: str, shop: Value, server: Loopback) -> None:
    event = shop.models.Event
    body = shop.models.Batch(events=[event(name="a"), event(name="b", event_id="mine")])
    server.reply(Reply(503))
    call(shop, server, "send_batch", body, mode)
    first, second = bodies(server)
    assert first == second
    assert [each["name"] for each in first["events"]] == ["a", "b"]
    assert len(first["events"][0]["event_id"]) == 32
    assert first["events"][1]["event_id"] == "mine"
    assert body.events[0] == event(name="a")


def test_a_key_that_is_empty_stays_so_and_nothing_is_repeated(
    shop: Value, server: Loopback
) -> None:
    server.reply(Reply(503))
    with pytest.raises(shop.ServerError):
        call(shop, server, "send_event", {"name": "signup", "event_id": ""})
    assert bodies(server) == [{"name": "signup", "event_id": ""}]


@BOTH
def test_what_switches_the_key_off_switches_retries_off(
    mode: str, shop: Value, server: Loopback
) -> None:
    server.reply(Reply(503))
    with pytest.raises(shop.ServerError):
        call(shop, server, "invoice", {"subscription_id": "sub_1"}, mode)
    assert bodies(server) == [{"subscription_id": "sub_1"}]


def test_without_it_the_key_is_filled_in(shop: Value, server: Loopback) -> None:
    server.reply(Reply(503))
    call(shop, server, "invoice", shop.models.Invoice())
    first, second = bodies(server)
    assert first == second
    assert list(first) == ["idempotency_key"]


@BOTH
def test_a_derived_key_is_never_filled_in_and_the_call_is_repeated(
    mode: str, shop: Value, server: Loopback
) -> None:
    server.reply(Reply(503))
    call(shop, server, "pay", shop.models.Invoice(), mode)
    assert bodies(server) == [{}, {}]


@pytest.mark.parametrize(
    ("body", "expected"), [({"idempotency_key": "mine"}, 2), ({}, 1)]
)
def test_a_key_that_only_the_caller_gives_decides(
    shop: Value, server: Loopback, body: Value, expected: int
) -> None:
    server.reply(Reply(502), Reply(400))
    with pytest.raises(shop.APIStatusError):
        call(shop, server, "credit", body)
    assert bodies(server) == [body] * expected


@BOTH
def test_a_conflict_after_a_repeated_request_says_so(
    mode: str, shop: Value, server: Loopback
) -> None:
    server.reply(Reply(fault=Fault.NO_ANSWER), Reply(409, b'{"message": "Taken."}'))
    with pytest.raises(shop.ConflictError) as info:
        call(shop, server, "pay", shop.models.Invoice(), mode)
    assert info.value.repeated
    assert str(info.value) == (
        "409: Taken. (POST /payments); "
        "the request was repeated, and the first may have worked"
    )


def test_a_conflict_at_once_does_not(shop: Value, server: Loopback) -> None:
    server.reply(Reply(409))
    with pytest.raises(shop.ConflictError) as info:
        call(shop, server, "pay", shop.models.Invoice())
    assert not info.value.repeated
    assert "repeated" not in str(info.value)


@pytest.mark.parametrize(
    ("hint", "said"),
    [
        ({"fill": "evnt_id"}, "POST /events: its body has no field 'evnt_id'"),
        ({"fill": "event_id", "unless": "nme"}, "its body has no field 'nme'"),
        ({"fill": "events[].event_id"}, "its body has no field 'events[].event_id'"),
        ({"fil": "event_id"}, "POST /events: the hint has no form that is known"),
        ({"fill": 7}, "the hint has no form that is known"),
        ("derivd", "the hint has no form that is known"),
    ],
)
def test_a_hint_that_cannot_be_followed_is_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], hint: Value, said: str
) -> None:
    made = vendored(
        tmp_path, document({"/events": post("send_event", "Event", hint)}, SCHEMAS)
    )
    warnings = [line for line in capsys.readouterr().err.split("\n") if said in line]
    assert len(warnings) == 1
    assert ".json:1:" in warnings[0]
    assert "warning" in warnings[0]
    with Loopback() as server:
        server.reply(Reply(503))
        with pytest.raises(made.ServerError):
            call(made, server, "send_event", {"name": "a"})
        assert bodies(server) == [{"name": "a"}]
