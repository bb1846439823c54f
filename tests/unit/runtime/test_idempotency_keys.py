"""Keys: what is put into a body, whether a retry is safe, and keys as texts."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from support.sample.models import CreateCustomerRequest

from generator.runtime.encoding import encode
from generator.runtime.idempotency import Caller, Derived, Fill
from generator.runtime.operation import Idempotency
from generator.runtime.shapes import Value

EVENT = Fill({"id": "hex", "at": "now"})
EVENTS = Fill({"events[].id": "hex", "events[].at": "now"})
OTHER_CALL = "idempotency_key: it is the key of another call"
NOW = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


@pytest.mark.parametrize("body", [UNSET, None, [], "text", b"bytes", 1])
@pytest.mark.parametrize("way", [Fill({"key": "hex"}), EVENT, EVENTS, Caller(["key"])])
def test_what_is_no_object_has_no_key(way: Idempotency, body: Value) -> None:
    assert way(body, None) == (body, False)
    assert way.key_of(body) is None


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("events[].id", {}, False),
        ("events[].id", {"events": []}, False),
        ("events[].id", {"events": None}, False),
        ("events[].id", {"events": "x"}, False),
        ("events[].id", {"events": {"id": "1"}}, False),
        ("events[].id", {"events": [1]}, False),
        ("events[].id", {"events": [{}, 1]}, False),
        ("events[].id", {"events": [{}, None]}, False),
        ("events[].id", {"events": [{}, {"id": ""}]}, False),
        ("events[].id", {"events": ({}, {"id": "1"})}, True),
        ("a[].b[].id", {"a": [{"b": [{}]}, {"b": [{}, {}]}]}, True),
        ("a[].b[].id", {"a": [{"b": [{}]}, {}]}, False),
        ("id", {"id": None}, False),
        ("id", {"id": UNSET}, True),
        ("outer.id", {}, True),
        ("outer.id", {"outer": {}}, True),
        ("outer.id", {"outer": None}, False),
    ],
)
def test_only_a_body_with_all_its_keys_is_safe(
    path: str, body: Value, *, expected: bool
) -> None:
    before = repr(body)
    way = Fill({path: "hex"})
    filled, is_safe = way(body)
    assert is_safe is expected
    assert (way.key_of(filled) is not None) is expected
    assert repr(body) == before


def test_a_dataclass_is_sent_as_before_with_the_key_beside() -> None:
    body, is_safe = Fill({"key": "hex"})(CreateCustomerRequest(name="Ann"))
    assert is_safe
    key = body.pop("key")
    assert encode(body) == b'{"name":"Ann"}'
    assert len(key) == 32


def test_each_part_of_a_key_is_filled_in_by_its_kind() -> None:
    before = datetime.now(UTC)
    way = Fill({"hex": "hex", "uuid": "uuid", "now": "now"})
    body, is_safe = way({})
    assert is_safe
    assert re.fullmatch("[0-9a-f]{32}", body["hex"])
    assert str(UUID(body["uuid"])) == body["uuid"]
    assert NOW.fullmatch(body["now"])
    assert before <= datetime.fromisoformat(body["now"]) <= datetime.now(UTC)
    assert way({})[0]["uuid"] != body["uuid"]


def test_the_time_is_written_as_a_datetime_is() -> None:
    text = EVENT({})[0]["at"]
    as_datetime = datetime.fromisoformat(text).replace(microsecond=123456)
    assert encode(as_datetime).decode() == f'"{text[:20]}123456Z"'


@pytest.mark.parametrize(
    "body", [{"at": None}, {"at": ""}, {"id": None}, {"id": "1", "at": None}]
)
def test_a_key_of_which_a_part_is_missing_is_no_key(body: Value) -> None:
    filled, is_safe = EVENT(body)
    assert not is_safe
    assert filled.items() >= body.items()
    assert EVENT.key_of(filled) is None


def test_what_switches_a_key_off_leaves_the_body_as_it_is() -> None:
    way = Fill({"key": "hex"}, unless="off")
    assert way({"off": "x"}) == ({"off": "x"}, False)
    assert way.key_of({"off": "x", "key": "k"}) is None
    assert way({"off": None})[1]
    assert way({"off": ""})[1]


def test_a_derived_key_asks_nothing_of_the_body() -> None:
    way: Idempotency = Derived()
    assert way(UNSET, None) == (UNSET, True)
    assert way.key_of({"key": "k"}) is None


def test_only_the_caller_gives_all_parts_of_a_key() -> None:
    way = Caller(["id", "at"])
    assert way({"id": "1"}) == ({"id": "1"}, False)
    assert way({"id": "1", "at": "2"}) == ({"id": "1", "at": "2"}, True)


# ── Keys as texts ─────────────────────────────────────────────────────────────


def test_a_key_of_one_field_is_its_text() -> None:
    assert Caller(["id"]).key_of({"id": "mine"}) == "mine"
    assert Caller(["id"])({}, "mine") == ({"id": "mine"}, True)


def test_a_key_of_several_fields_names_them() -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, 600, UTC)
    key = EVENT.key_of({"id": "1", "at": at, "name": "secret"})
    assert key == '{"id":"1","at":"2026-01-02T03:04:05.000600Z"}'
    key = EVENTS.key_of({"events": [{"id": "1", "at": at}, {"id": "2", "at": "x"}]})
    assert json.loads(key or "") == {
        "events[].id": ["1", "2"],
        "events[].at": ["2026-01-02T03:04:05.000600Z", "x"],
    }


@dataclass
class Event:
    """An event of a batch."""

    name: str
    id: Value = UNSET
    at: Value = UNSET


@dataclass
class Batch:
    """A batch of events."""

    events: list[Event] = field(default_factory=list)


def test_the_same_body_with_a_key_is_the_same_request() -> None:
    body = Batch([Event("a"), Event("b", id="mine"), Event("c", at=datetime.now(UTC))])
    filled, _ = EVENTS(body)
    key = EVENTS.key_of(filled)
    again, is_safe = EVENTS(body, key)
    assert is_safe
    assert encode(again) == encode(filled)
    assert EVENTS.key_of(again) == key
    assert EVENTS(filled, key) == (filled, True)


VALUES = st.one_of(
    st.text(min_size=1),
    st.integers(-(2**53), 2**53),
    st.builds(Decimal, st.integers()),
    st.datetimes(timezones=st.just(UTC)),
)


@given(VALUES)
@pytest.mark.parametrize("path", ["id", "outer.id", "items[].id"])
def test_any_value_survives_as_a_key(path: str, value: Value) -> None:
    inner = {"id": value}
    bodies = {
        "id": inner,
        "outer.id": {"outer": inner},
        "items[].id": {"items": [inner]},
    }
    way = Caller([path])
    key = way.key_of(bodies[path])
    assert key is not None
    assert encode(way(bodies[path], key)[0]) == encode(bodies[path])
    empty: dict[str, Value] = {"id": {}, "outer.id": {}, "items[].id": {"items": [{}]}}
    assert encode(way(empty[path], key)[0]) == encode(bodies[path])


@pytest.mark.parametrize(
    ("way", "body", "key"),
    [
        (EVENT, {"id": "2"}, '{"id":"1","at":"x"}'),
        (EVENT, {"at": None}, '{"id":"1","at":"x"}'),
        (EVENT, {}, '{"id":"1"}'),
        (EVENT, {}, '{"id":"1","at":"x","more":"y"}'),
        (EVENT, {}, '{"id":"1","at":""}'),
        (EVENT, {}, "1"),
        (EVENT, {}, "{"),
        (EVENT, {}, "[]"),
        (EVENT, UNSET, '{"id":"1","at":"x"}'),
        (EVENTS, {"events": [{}]}, '{"events[].id":["1","2"],"events[].at":["x","y"]}'),
        (EVENTS, {"events": [{}, {}]}, '{"events[].id":["1"],"events[].at":["x"]}'),
        (EVENTS, {"events": [{}]}, '{"events[].id":"1","events[].at":"x"}'),
        (EVENTS, {"events": [{}]}, "1"),
        (Caller(["id"]), {}, ""),
        (Caller(["id"]), {"id": "2"}, "1"),
        (Caller(["items[].id"]), {"items": [{}]}, "1"),
    ],
)
def test_a_key_of_another_call_is_refused(
    way: Idempotency, body: Value, key: str
) -> None:
    with pytest.raises(ValueError, match=OTHER_CALL):
        way(body, key)


def test_a_key_is_a_text() -> None:
    with pytest.raises(TypeError, match="idempotency_key: expected str, got UUID"):
        Caller(["id"])({}, UUID(int=1))  # type: ignore[arg-type]
