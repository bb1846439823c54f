"""Keys: what is put into a body, and whether the call is safe to repeat."""

from __future__ import annotations

import pytest
from msgspec import UNSET
from support.sample.models import CreateCustomerRequest

from generator.runtime.encoding import encode
from generator.runtime.idempotency import Caller, Derived, Fill
from generator.runtime.operation import Idempotency
from generator.runtime.shapes import Value


@pytest.mark.parametrize("body", [UNSET, None, [], "text", b"bytes", 1])
@pytest.mark.parametrize("way", [Fill("key"), Caller("key")])
def test_what_is_no_object_has_no_key(way: Idempotency, body: Value) -> None:
    assert way(body) == (body, False)


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("events[].id", {}, False),
        ("events[].id", {"events": []}, False),
        ("events[].id", {"events": None}, False),
        ("events[].id", {"events": "x"}, False),
        ("events[].id", {"events": [1]}, False),
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
    assert Fill(path)(body)[1] is expected
    assert repr(body) == before


def test_a_dataclass_is_sent_as_before_with_the_key_beside() -> None:
    body, is_safe = Fill("key")(CreateCustomerRequest(name="Ann"))
    assert is_safe
    key = body.pop("key")
    assert encode(body) == b'{"name":"Ann"}'
    assert len(key) == 32


def test_a_derived_key_asks_nothing_of_the_body() -> None:
    assert Derived()(UNSET) == (UNSET, True)
