"""Keys: what is put into a body, whether a retry is safe, and keys as texts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import UNSET
from support.sample.models import CreateCustomerRequest
from support.values import Value

from flexprice_codegen.runtime.encoding import encode
from flexprice_codegen.runtime.idempotency import KeyFields

ONE = KeyFields({"key": "hex"})
EVENT = KeyFields({"id": "hex", "at": "now"})
EVENTS = KeyFields({"events[].id": "hex", "events[].at": "now"})
MINE = KeyFields({"id": "caller"})
OTHER_CALL = "idempotency_key: it belongs to a call with another body"


def filled(key: KeyFields, body: Value, earlier: str | None = None) -> Value:
    """Return a body with its key, and the key; None where it has none."""
    found, write = key(body, earlier)
    return found, None if write is None else write()


@pytest.mark.parametrize("body", [UNSET, None, [], "text", b"bytes", 1])
@pytest.mark.parametrize("key", [ONE, EVENT, EVENTS, MINE])
def test_what_is_no_object_has_no_key(key: KeyFields, body: Value) -> None:
    assert key(body, None) == (body, None)


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
    assert (KeyFields({path: "hex"})(body, None)[1] is not None) is expected
    assert repr(body) == before


def test_a_dataclass_is_sent_as_before_with_the_key_beside() -> None:
    body, key = filled(ONE, CreateCustomerRequest(name="Ann"))
    assert body.pop("key") == key
    assert encode(body) == b'{"name":"Ann"}'
    assert len(key) == 32


def test_each_part_of_a_key_is_filled_in_by_its_kind() -> None:
    before = datetime.now(UTC)
    key = KeyFields({"hex": "hex", "uuid": "uuid", "now": "now"})
    body, _ = filled(key, {})
    assert re.fullmatch("[0-9a-f]{32}", body["hex"])
    assert str(UUID(body["uuid"])) == body["uuid"]
    assert body["now"].endswith("Z")
    assert before <= datetime.fromisoformat(body["now"]) <= datetime.now(UTC)
    assert filled(key, {})[0]["uuid"] != body["uuid"]


@pytest.mark.parametrize(
    "body", [{"at": None}, {"at": ""}, {"id": None}, {"id": "1", "at": None}]
)
def test_a_key_of_which_a_part_is_missing_is_no_key(body: Value) -> None:
    sent, key = filled(EVENT, body)
    assert key is None
    assert sent.items() >= body.items()


def test_what_switches_a_key_off_leaves_the_body_as_it_is() -> None:
    key = KeyFields({"key": "hex"}, unless="off")
    assert key({"off": "x"}, None) == ({"off": "x"}, None)
    assert key({"off": "x", "key": "k"}, None)[1] is None
    assert key({"off": "x"}, "k") == ({"off": "x", "key": "k"}, None)
    assert key({"off": None}, None)[1] is not None
    assert key({"off": ""}, None)[1] is not None


def test_a_key_of_the_server_asks_nothing_of_the_body() -> None:
    assert filled(KeyFields({}), UNSET) == (UNSET, None)
    assert KeyFields({})(UNSET, None)[1] is not None


def test_only_the_caller_gives_all_parts_of_a_key() -> None:
    key = KeyFields({"id": "caller", "at": "caller"})
    assert key({"id": "1"}, None) == ({"id": "1"}, None)
    assert filled(key, {"id": "1", "at": "2"}) == (
        {"id": "1", "at": "2"},
        '["1","2"]',
    )


# ── Keys as texts ─────────────────────────────────────────────────────────────


def test_a_key_of_one_part_is_its_text() -> None:
    assert filled(MINE, {"id": "mine"})[1] == "mine"
    assert filled(MINE, {}, "mine") == ({"id": "mine"}, "mine")


def test_a_key_of_several_parts_holds_them_and_nothing_else() -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, 600, UTC)
    _, key = filled(EVENT, {"id": "1", "at": at, "name": "secret"})
    assert key == '["1","2026-01-02T03:04:05.000600Z"]'
    _, key = filled(EVENTS, {"events": [{"id": "1", "at": at}, {"id": "2", "at": "x"}]})
    assert key == '["1","2","2026-01-02T03:04:05.000600Z","x"]'


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
    sent, key = filled(EVENTS, body)
    again, same = filled(EVENTS, body, key)
    assert encode(again) == encode(sent)
    assert same == key
    assert filled(EVENTS, sent, key) == (sent, key)


VALUES = st.one_of(
    st.text(min_size=1),
    st.integers(-(2**53), 2**53),
    st.builds(Decimal, st.integers()),
    st.datetimes(timezones=st.just(UTC)),
)


@given(VALUES)
@example("[")
@example('["1"]')
@pytest.mark.parametrize("path", ["id", "outer.id", "items[].id"])
def test_any_value_survives_as_a_key(path: str, value: Value) -> None:
    def body(inner: Value) -> Value:
        bodies = {"id": inner, "outer.id": {"outer": inner}}
        return bodies.get(path, {"items": [inner]})

    caller = KeyFields({path: "caller"})
    _, key = filled(caller, body({"id": value}))
    for given_again in ({"id": value}, {}):
        sent, _ = filled(caller, body(given_again), key)
        assert encode(sent) == encode(body({"id": value}))


@pytest.mark.parametrize(
    ("key", "body", "text"),
    [
        (EVENT, {"id": "2"}, '["1","x"]'),
        (EVENT, {"at": None}, '["1","x"]'),
        (EVENT, {}, '["1"]'),
        (EVENT, {}, '["1","x","y"]'),
        (EVENT, {}, '["1",""]'),
        (EVENT, {}, '["1",null]'),
        (EVENT, {}, '["1", "x"]'),
        (EVENT, {}, "1"),
        (EVENT, {}, "["),
        (EVENT, {}, "[]"),
        (EVENT, {}, '{"id":"1","at":"x"}'),
        (EVENT, UNSET, '["1","x"]'),
        (EVENTS, {"events": [{}]}, '["1","2","x","y"]'),
        (EVENTS, {"events": [{}, {}]}, '["1","x"]'),
        (EVENTS, {"events": [{}, 1]}, '["1","2","x","y"]'),
        (EVENTS, {"events": []}, "[]"),
        (EVENTS, {"events": [{}]}, "1"),
        (MINE, {}, ""),
        (MINE, {}, "["),
        (MINE, {}, '["1"]'),
        (MINE, {"id": "2"}, "1"),
    ],
)
def test_a_key_of_another_call_is_refused(
    key: KeyFields, body: Value, text: str
) -> None:
    with pytest.raises(ValueError, match=OTHER_CALL):
        key(body, text)
