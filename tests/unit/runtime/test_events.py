"""Webhook events: read tolerantly, or said to be none."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.sample.models import Customer, CustomerStatus
from support.twins import twins

from flexprice_codegen.runtime.decoding import Mismatch
from flexprice_codegen.runtime.deliveries import Delivery
from flexprice_codegen.runtime.events import (
    Event,
    EventPayloads,
    EventType,
    UndocumentedEvent,
    UnknownEvent,
    WebhookPayloadError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

CREATED: Final[EventType[Customer]] = EventType("customer.created", "Customer")
PLACE: Final = (".models", "support.sample")
PAYLOADS = EventPayloads(
    (CREATED,), *PLACE, name_property="event_type", undocumented={"customer.merged"}
)
Parsed = Event[object] | UndocumentedEvent | UnknownEvent


def parse(body: bytes | str) -> Parsed:
    """Parse a delivery."""
    return PAYLOADS.parse(body)


@pytest.mark.parametrize("kind", [bytes, str])
def test_a_documented_event_has_its_payload(kind: type) -> None:
    body = '{"event_type": "customer.created", "id": "c1", "status": "new"}'
    event = parse(body if kind is str else body.encode())
    expected = Customer(id="c1", status=CustomerStatus("new"))
    assert event == Event("customer.created", expected)
    assert event.name == CREATED


def test_a_payload_that_does_not_fit_is_read_as_far_as_possible() -> None:
    event = parse(b'{"event_type": "customer.created", "id": "c1", "tags": "x"}')
    assert isinstance(event, Event)
    assert event.mismatches == (Mismatch("$.tags", "list[str]", "a string"),)


def test_a_name_without_a_payload_is_undocumented() -> None:
    event = parse(b'{"event_type": "customer.merged", "id": 1}')
    data = {"event_type": "customer.merged", "id": 1}
    assert event == UndocumentedEvent("customer.merged", data)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b'{"event_type": "new.event"}', "new.event"),
        (b'{"event_type": ""}', ""),
        (b'{"event_type": null}', None),
        (b'{"event_type": ["customer.created"]}', None),
        (b"{}", None),
    ],
)
def test_any_other_name_is_unknown(body: bytes, name: str | None) -> None:
    event = parse(body)
    assert isinstance(event, UnknownEvent)
    assert event.name == name


def test_without_a_property_for_names_every_event_is_unknown() -> None:
    payloads = EventPayloads((CREATED,), *PLACE, name_property=None)
    event = payloads.parse(b'{"event_type": "customer.created"}')
    assert event == UnknownEvent(None, {"event_type": "customer.created"})
    event = payloads.parse(b'{"": "customer.created"}')
    assert event == UnknownEvent(None, {"": "customer.created"})


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b'"s3cret', "s3cret", "\ud800", b"\xff"]
)
def test_what_is_no_json_object_is_refused_and_not_shown(body: bytes | str) -> None:
    with pytest.raises(
        WebhookPayloadError, match=r"the delivery is not (a )?JSON"
    ) as info:
        parse(body)
    assert "s3cret" not in repr(info.value)


@given(st.binary(max_size=60) | st.text(max_size=30))
def test_any_body_is_an_event_or_one_error(body: bytes | str) -> None:
    try:
        event = parse(body)
    except WebhookPayloadError:
        return
    assert isinstance(event, UnknownEvent)


def test_an_event_type_is_its_name_and_knows_its_payload() -> None:
    assert CREATED == "customer.created"
    assert {"customer.created": 1}[CREATED] == 1
    assert CREATED.payload == "Customer"
    for twin in twins(CREATED):
        assert (twin, twin.payload) == (CREATED, "Customer")


def test_the_table_of_payloads_is_a_mapping_that_cannot_be_changed() -> None:
    table: Mapping[str, type] = PAYLOADS
    assert dict(table) == {"customer.created": Customer}
    assert "customer.deleted" not in table
    assert table.get("customer.deleted") is None
    with pytest.raises(TypeError):
        table["x"] = Customer  # type: ignore[index]


def test_the_table_imports_no_payload_before_it_is_used() -> None:
    program = (
        "import sys\n"
        "from flexprice_codegen.runtime.events import EventPayloads, EventType\n"
        "a = EventType('a', 'Customer')\n"
        "table = EventPayloads((a,), '.models', 'support.sample', name_property='type')\n"
        "assert list(table) == ['a'] and 'a' in table\n"
        "assert 'support.sample.models' not in sys.modules\n"
        "assert table['a'].__name__ == 'Customer'\n"
    )
    folders = [Path(__file__).parents[2], Path(__file__).parents[3]]
    subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        env={"PYTHONPATH": ":".join(map(str, folders))},
    )


def test_the_names_of_an_enum_are_undocumented_where_they_have_no_payload() -> None:
    payloads = EventPayloads(
        (CREATED,),
        *PLACE,
        name_property="event_type",
        names="CustomerStatus",
        undocumented=("customer.merged",),
    )
    for name in ("archived", "customer.merged"):
        event = payloads.parse(f'{{"event_type": "{name}"}}')
        assert event == UndocumentedEvent(name, {"event_type": name})
    assert isinstance(payloads.parse('{"event_type": "new"}'), UnknownEvent)
    assert isinstance(payloads.parse("{}"), UnknownEvent)


def test_a_rule_also_tells_an_event_without_a_payload() -> None:
    payloads = EventPayloads(
        (CREATED,),
        *PLACE,
        name_property="event_type",
        undocumented=("seen", EventType("merged", rule={"into": {"present": True}})),
    )
    assert payloads.parse('{"into": "c2"}') == UndocumentedEvent(
        "merged", {"into": "c2"}
    )
    assert payloads.parse("{}") == UnknownEvent(None, {})
    assert list(payloads) == ["customer.created"]


RULED = EventPayloads(
    (
        CREATED,
        EventType("reached", "Customer", {"kind": "spend", "state": {"not": "ok"}}),
        EventType("recovered", "Customer", {"kind": "spend", "state": "ok"}),
        EventType("flagged", "Customer", {"flag": True, "kind": {"present": False}}),
    ),
    *PLACE,
    name_property="event_type",
)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ('{"kind": "spend", "state": "bad"}', "reached"),
        ('{"kind": "spend", "state": "ok"}', "recovered"),
        ('{"kind": "spend", "state": null}', None),
        ('{"kind": "spend"}', None),
        ('{"kind": "other", "state": "ok"}', None),
        ('{"flag": true}', "flagged"),
        ('{"flag": true, "kind": null}', "flagged"),
        ('{"flag": true, "kind": "x"}', None),
        ('{"flag": 1}', None),
        ('{"event_type": "", "flag": true}', "flagged"),
        ('{"event_type": "customer.created", "flag": true}', "customer.created"),
        ('{"event_type": "new", "flag": true}', "new"),
    ],
)
def test_a_delivery_without_a_name_is_told_by_its_rule(
    body: str, name: str | None
) -> None:
    assert RULED.parse(body).name == name


@pytest.mark.parametrize("member", ['"', "\\", "\n", "", "ä", "event type"])
def test_the_name_may_be_in_a_member_of_any_name(member: str) -> None:
    payloads = EventPayloads((CREATED,), *PLACE, name_property=member)
    body = json.dumps({member: "customer.created", "id": "c1"})
    assert payloads.parse(body).name == "customer.created"


def test_headers_give_an_event_its_delivery() -> None:
    headers = {"Webhook-Id": "msg_1", "Webhook-Timestamp": "10"}
    for name in ("customer.created", "customer.merged", "new"):
        event = PAYLOADS.parse(f'{{"event_type": "{name}"}}', headers)
        assert event.delivery == Delivery("msg_1", 10)
        assert PAYLOADS.parse(f'{{"event_type": "{name}"}}').delivery is None
        assert PAYLOADS.parse(f'{{"event_type": "{name}"}}', {}).delivery is None


def test_a_test_makes_bodies_and_events_as_they_arrive() -> None:
    data = {"id": "c1", "status": "new", "tags": 1}
    body = PAYLOADS.make_body(CREATED, data)
    made = PAYLOADS.make_event(CREATED, data)
    assert made == PAYLOADS.parse(body)
    assert made.payload.id == "c1"
    assert made.mismatches
    delivery = Delivery("msg_1")
    assert PAYLOADS.make_event(CREATED, data, delivery).delivery == delivery


def test_a_test_makes_bodies_and_events_of_the_payload_itself() -> None:
    payload = Customer(id="c1", status=CustomerStatus("new"))
    body = PAYLOADS.make_body(CREATED, payload)
    assert json.loads(body).items() >= {"event_type": CREATED, "id": "c1"}.items()
    event = PAYLOADS.make_event(CREATED, payload)
    assert event == Event("customer.created", payload)


@pytest.mark.parametrize("depth", [5_000, 50_000])
@pytest.mark.usefixtures("usual_depth")
def test_a_payload_that_is_nested_too_deeply_is_refused(depth: int) -> None:
    tags = b'[{"a":' * depth + b"1" + b"}]" * depth
    with pytest.raises(WebhookPayloadError):
        PAYLOADS.parse(b'{"event_type": "customer.created", "tags": %b}' % tags)
