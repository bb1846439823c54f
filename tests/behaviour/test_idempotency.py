"""Keys in generated clients: what arrives, and how often, counted at the server."""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest
from support.documents import TEXT, document, operation, ref
from support.generated import Generator
from support.loopback import Fault, Loopback, Reply, reserve_address
from support.meter import Meter
from support.patience import IMPATIENT, PATIENCE, hurry
from support.values import Value

from flexprice_codegen.diagnostics import Level

pytestmark = pytest.mark.slow

BOTH = pytest.mark.parametrize("mode", ["sync", "async"])
TIME = {"type": "string", "format": "date-time"}
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
    "Usage": {
        "type": "object",
        "required": ["properties"],
        "properties": {
            "event_id": TEXT,
            "timestamp": TIME,
            "properties": {"type": "object"},
        },
    },
    "UsageBatch": {
        "type": "object",
        "required": ["events"],
        "properties": {"events": {"type": "array", "items": ref("Usage")}},
    },
    "Invoice": {
        "type": "object",
        "properties": {"subscription_id": TEXT, "idempotency_key": TEXT},
    },
}
ID_AND_TIME = {"fill": ["event_id", {"field": "timestamp", "with": "now"}]}
EACH_ID_AND_TIME = {
    "fill": ["events[].event_id", {"field": "events[].timestamp", "with": "now"}]
}


def post(name: str, body: str, key: Value = None) -> dict[str, Value]:
    """Return a path whose POST carries a hint."""
    hint = None if key is None else {"idempotency-key": key}
    return {"post": operation(name, ref("Event"), ref(body), hint=hint)}


DOCUMENT = document(
    {
        "/events": post("send_event", "Event", {"fill": "event_id"}),
        "/events/bulk": post("send_batch", "Batch", {"fill": "events[].event_id"}),
        "/usage": post("send_usage", "Usage", ID_AND_TIME),
        "/usage/bulk": post("send_usage_batch", "UsageBatch", EACH_ID_AND_TIME),
        "/invoices": post(
            "invoice",
            "Invoice",
            {"fill": "idempotency_key", "unless": "subscription_id"},
        ),
        "/payments": post("pay", "Invoice", "derived"),
        "/credits": post("credit", "Invoice", {"caller": "idempotency_key"}),
        "/notes": post("note", "Event"),
    },
    SCHEMAS,
)


@pytest.fixture(scope="module")
def shop(generated: Generator) -> ModuleType:
    """Make the client."""
    made = generated(DOCUMENT)
    made.module("models")
    return made.package


@pytest.fixture
def meter() -> Iterator[Meter]:
    """Yield a server that counts usage."""
    with Meter() as server:
        yield server


def call(
    shop: Value,
    server: Loopback,
    method: str,
    body: Value,
    mode: str = "sync",
    **more: Value,
) -> Value:
    """Call a method of the client, which waits hardly at all between attempts.

    `idempotency_key` goes to the method, what else there is to the client.
    """
    key = {name: more.pop(name) for name in ["idempotency_key"] if name in more}
    settings = {
        "base_url": server.url,
        "retry": shop.Retry(initial_delay=0.001),
        **more,
    }
    if mode == "sync":
        with shop.Shop(**settings) as client:
            return getattr(client.things, method)(body, **key)

    async def run() -> Value:
        async with shop.AsyncShop(**settings) as client:
            return await getattr(client.things, method)(body, **key)

    return asyncio.run(run())


def bodies(server: Loopback) -> list[Value]:
    """Return what arrived."""
    return [json.loads(each.body) for each in server.requests]


def refused(shop: Value, *given: Value, **more: Value) -> Value:
    """Make a call that fails, and give its error."""
    with pytest.raises(shop.APIError) as info:
        call(shop, *given, **more)
    return info.value


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
    assert info.value.was_retried
    assert str(info.value) == (
        "409: Taken. (POST /payments); "
        "the call was retried, and the first attempt may have worked"
    )


def test_a_conflict_at_once_does_not(shop: Value, server: Loopback) -> None:
    server.reply(Reply(409))
    with pytest.raises(shop.ConflictError) as info:
        call(shop, server, "pay", shop.models.Invoice())
    assert not info.value.was_retried
    assert "repeated" not in str(info.value)


# ── Keys of several parts ─────────────────────────────────────────────────────

FAILURES = {
    "503": Reply(503),
    "no answer": Reply(fault=Fault.NO_ANSWER),
    "half an answer": Reply(fault=Fault.HALF_BODY),
    "timeout": Reply(wait=60),
}
FAILING = pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
BULK = pytest.mark.parametrize("method", ["send_usage", "send_usage_batch"])


def usage(shop: Value, method: str, **given: Value) -> Value:
    """Return one event, or a batch of two, of 5 units each."""
    events = [shop.models.Usage(properties={"n": 5}, **given) for _ in range(2)]
    return shop.models.UsageBatch(events=events) if "batch" in method else events[0]


@BOTH
@BULK
@FAILING
def test_usage_that_was_counted_before_the_answer_was_lost_counts_once(
    mode: str, method: str, failure: Reply, shop: Value, meter: Meter
) -> None:
    meter.reply(failure, failure)
    hooks = {"on_request": hurry(2)} if failure.wait else {}
    call(shop, meter, method, usage(shop, method), mode, **hooks)
    assert len(meter.requests) == 3
    assert len({each.body for each in meter.requests}) == 1
    assert meter.total == (10 if "batch" in method else 5)


@BULK
def test_two_calls_are_two_events(method: str, shop: Value, meter: Meter) -> None:
    body = usage(shop, method)
    for _ in range(2):
        call(shop, meter, method, body)
    assert meter.total == (20 if "batch" in method else 10)


def test_a_meter_doubles_what_has_only_an_id(shop: Value, meter: Meter) -> None:
    body = {"event_id": "mine", "properties": {"n": 5}}
    for _ in range(2):
        call(shop, meter, "send_event", body)
    assert meter.total == 10


@BOTH
def test_an_id_of_the_caller_gets_its_time_once(
    mode: str, shop: Value, meter: Meter
) -> None:
    start = datetime.now(UTC)
    meter.reply(Reply(503))
    call(shop, meter, "send_usage", usage(shop, "", event_id="mine"), mode)
    first, second = bodies(meter)
    assert first == second
    assert first["event_id"] == "mine"
    assert first["timestamp"].endswith("Z")
    assert start <= datetime.fromisoformat(first["timestamp"]) <= datetime.now(UTC)
    assert meter.total == 5


def test_a_time_of_the_caller_is_kept(shop: Value, meter: Meter) -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, 678901, UTC)
    meter.reply(Reply(503), Reply(), Reply(503))
    call(shop, meter, "send_usage", usage(shop, "", timestamp=at))
    given = {"properties": {"n": 5}, "timestamp": "2026-01-02T03:04:05+02:00"}
    call(shop, meter, "send_usage", given)
    times = [each["timestamp"] for each in bodies(meter)]
    assert times == ["2026-01-02T03:04:05.678901Z"] * 2 + [given["timestamp"]] * 2
    assert len(bodies(meter)[0]["event_id"]) == 32


@BOTH
@pytest.mark.parametrize(
    ("method", "body"),
    [
        ("send_usage", {"timestamp": None}),
        ("send_usage", {"event_id": "mine", "timestamp": ""}),
        ("send_usage_batch", {"events": []}),
        ("send_usage_batch", {"events": None}),
        ("send_usage_batch", {"events": "all"}),
        ("send_usage_batch", {"events": [{"event_id": "mine"}, 7]}),
        ("send_usage_batch", {"events": [{"event_id": "mine"}, {"timestamp": None}]}),
    ],
)
def test_what_cannot_have_its_whole_key_is_not_repeated(
    mode: str, method: str, body: Value, shop: Value, server: Loopback
) -> None:
    server.reply(Reply(503))
    error = refused(shop, server, method, body, mode)
    assert error.idempotency_key is None
    assert len(server.requests) == 1


@BOTH
@BULK
def test_a_time_without_a_zone_is_refused_before_anything_is_sent(
    mode: str, method: str, shop: Value, server: Loopback
) -> None:
    naive = datetime(2026, 1, 2)  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match=r"timestamp: the time .* has no time zone"):
        call(shop, server, method, usage(shop, method, timestamp=naive), mode)
    assert server.requests == []


# ── The key on errors ─────────────────────────────────────────────────────────

LASTING = {
    "refused": Reply(400),
    "failed": Reply(503),
    "no answer": Reply(fault=Fault.NO_ANSWER),
    "timeout": Reply(wait=60),
    "no json": Reply(200, b"<html>"),
    "mismatch": Reply(200, b'{"name": {}}'),
}


@BOTH
@BULK
@pytest.mark.parametrize("reply", LASTING.values(), ids=LASTING)
def test_an_error_holds_the_key_that_was_sent(
    mode: str, method: str, reply: Reply, shop: Value, server: Loopback
) -> None:
    server.reply(*[reply] * 3)
    settings = {"timeout": IMPATIENT if reply.wait else PATIENCE, "strict": True}
    error = refused(shop, server, method, usage(shop, method), mode, **settings)
    sent = bodies(server)[0]
    events = sent.get("events", [sent])
    parts = [each[name] for name in ("event_id", "timestamp") for each in events]
    assert json.loads(error.idempotency_key) == parts


@BOTH
def test_an_error_of_a_connection_that_was_never_made_holds_the_key(
    mode: str, shop: Value, server: Loopback
) -> None:
    with reserve_address() as url:
        error = refused(shop, server, "send_event", {"name": "a"}, mode, base_url=url)
    assert type(error) is shop.APIConnectionError
    assert len(error.idempotency_key) == 32


def test_an_error_of_a_raw_response_holds_the_key(
    shop: Value, server: Loopback
) -> None:
    server.reply(Reply(400))
    with (
        shop.Shop(base_url=server.url) as client,
        pytest.raises(shop.BadRequestError) as info,
    ):
        client.things.with_raw_response.send_event({"name": "a"})
    assert info.value.idempotency_key == bodies(server)[0]["event_id"]


@BOTH
@pytest.mark.parametrize(
    ("method", "body", "key"),
    [
        ("send_event", {"event_id": "mine"}, "mine"),
        ("credit", {"idempotency_key": "mine"}, "mine"),
        ("credit", {}, None),
        ("invoice", {"subscription_id": "s", "idempotency_key": "mine"}, None),
        ("pay", {"idempotency_key": "mine"}, None),
        ("note", {"event_id": "mine"}, None),
    ],
)
def test_an_error_holds_no_key_but_that_of_the_call(
    mode: str, method: str, body: Value, key: str, shop: Value, server: Loopback
) -> None:
    server.reply(Reply(400))
    assert refused(shop, server, method, body, mode).idempotency_key == key


@BOTH
@BULK
def test_a_call_with_the_key_of_another_is_that_call(
    mode: str, method: str, shop: Value, meter: Meter
) -> None:
    body = usage(shop, method)
    meter.reply(*[Reply(503)] * 3)
    error = refused(shop, meter, method, body, mode)
    meter.reply(Reply(503))
    call(shop, meter, method, body, mode, idempotency_key=error.idempotency_key)
    assert len(meter.requests) == 5
    assert len({each.body for each in meter.requests}) == 1
    assert meter.total == (10 if "batch" in method else 5)


def test_no_key_is_none(shop: Value, server: Loopback) -> None:
    call(shop, server, "send_event", {"name": "a"}, idempotency_key=None)
    assert len(bodies(server)[0]["event_id"]) == 32


def test_a_key_that_the_caller_makes_is_sent_and_repeated(
    shop: Value, server: Loopback
) -> None:
    for method in ("credit", "invoice"):
        server.reply(Reply(503))
        call(shop, server, method, {}, idempotency_key="mine")
    assert bodies(server) == [{"idempotency_key": "mine"}] * 4


OTHER_PROCESS = """
import importlib, json, pickle, sys
shop = importlib.import_module(sys.argv[1])
error = pickle.load(sys.stdin.buffer)
models = importlib.import_module(f"{sys.argv[1]}.models")
events = [models.Usage(properties={"n": 5}) for _ in range(2)]
body = models.UsageBatch(events=events) if "batch" in sys.argv[3] else events[0]
with shop.Shop(base_url=sys.argv[2]) as client:
    method = getattr(client.things, sys.argv[3])
    method(body, idempotency_key=error.idempotency_key)
"""


@BULK
def test_another_process_repeats_a_call_by_its_key(
    method: str, shop: Value, meter: Meter
) -> None:
    meter.reply(*[Reply(fault=Fault.NO_ANSWER)] * 3)
    error = refused(shop, meter, method, usage(shop, method))
    assert isinstance(error.idempotency_key, str)
    folder = str(Path(shop.__file__).parent.parent)
    subprocess.run(
        [sys.executable, "-c", OTHER_PROCESS, shop.__name__, meter.url, method],
        input=pickle.dumps(error),
        env={**os.environ, "PYTHONPATH": folder},
        check=True,
    )
    assert len(meter.requests) == 4
    assert len({each.body for each in meter.requests}) == 1
    assert meter.total == (10 if "batch" in method else 5)


@BOTH
@BULK
def test_the_key_of_another_body_is_refused_before_anything_is_sent(
    mode: str, method: str, shop: Value, server: Loopback
) -> None:
    server.reply(Reply(400))
    key = refused(shop, server, method, usage(shop, method)).idempotency_key
    other = usage(shop, method, timestamp=datetime.now(UTC) + timedelta(hours=1))
    with pytest.raises(ValueError, match="it belongs to a call with another body"):
        call(shop, server, method, other, mode, idempotency_key=key)
    assert len(server.requests) == 1


# ── Hints ─────────────────────────────────────────────────────────────────────


def test_an_argument_for_a_key_gives_way_to_parameters(
    generated: Generator, server: Loopback
) -> None:
    header = {"name": "Idempotency-Key", "in": "header", "schema": TEXT}
    path = post("send_event", "Event", {"fill": "event_id"})
    path["post"]["parameters"] = [header]
    made: Value = generated(document({"/events": path}, SCHEMAS)).package
    with made.Shop(base_url=server.url) as client:
        client.things.send_event(
            {"name": "a"}, idempotency_key="header", idempotency_key_2="body"
        )
    assert server.last.headers["idempotency-key"] == "header"
    assert bodies(server) == [{"name": "a", "event_id": "body"}]


def test_a_hint_that_cannot_be_followed_means_no_key_and_no_retry(
    generated: Generator, server: Loopback
) -> None:
    hint = {"fill": ["event_id", {"field": "timestmp", "with": "now"}]}
    made = generated(document({"/usage": post("send_usage", "Usage", hint)}, SCHEMAS))
    (said,) = made.said(Level.WARNING)
    assert said.startswith("POST /usage: the body has no field `timestmp`")
    assert not (made.folder / "runtime" / "idempotency.py").exists()
    server.reply(Reply(503))
    assert (
        refused(made.package, server, "send_usage", {"properties": {}}).was_retried
        is False
    )
    assert bodies(server) == [{"properties": {}}]
