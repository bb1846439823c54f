"""Events that are named below the top, in a header, by a rule, or not at all."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
from support.sample.models import Customer

from flexprice_codegen.runtime.event_sources import (
    NameSource,
    RuleHeader,
    SourcedPayloads,
)
from flexprice_codegen.runtime.events import (
    Event,
    EventType,
    UndocumentedEvent,
    UnknownEvent,
)

CREATED: Final[EventType[Customer]] = EventType("customer.created", "Customer")
PLACE: Final = (".models", "support.sample")


def test_a_rule_also_tells_an_event_without_a_payload() -> None:
    payloads = SourcedPayloads(
        (CREATED,),
        *PLACE,
        source=NameSource(path=("event_type",)),
        undocumented=("seen", EventType("merged", rule={"into": {"present": True}})),
    )
    assert payloads.parse('{"into": "c2"}') == UndocumentedEvent(
        "merged", {"into": "c2"}
    )
    assert payloads.parse("{}") == UnknownEvent(None, {})
    assert list(payloads) == ["customer.created"]


RULED = SourcedPayloads(
    (
        CREATED,
        EventType("reached", "Customer", {"kind": "spend", "state": {"not": "ok"}}),
        EventType("recovered", "Customer", {"kind": "spend", "state": "ok"}),
        EventType("flagged", "Customer", {"flag": True, "kind": {"present": False}}),
    ),
    *PLACE,
    source=NameSource(path=("event_type",)),
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


NESTED = SourcedPayloads((CREATED,), *PLACE, source=NameSource(path=("data", "type")))


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"type": "event", "data": {"type": "customer.created"}}, "customer.created"),
        ({"type": "customer.created"}, None),
        ({"data": "customer.created"}, None),
        ({"data": {"type": ["customer.created"]}}, None),
        ({"data": {"type": "new"}}, "new"),
    ],
)
def test_a_name_stands_below_the_top(body: dict[str, Any], name: str | None) -> None:
    assert NESTED.parse(json.dumps(body)).name == name


def test_a_body_is_made_with_its_name_below_the_top() -> None:
    made = json.loads(NESTED.make_body(CREATED, {"id": "c1"}))
    assert made == {"id": "c1", "data": {"type": "customer.created"}}
    made = json.loads(NESTED.make_body(CREATED, {"data": 1}))
    assert made == {"data": 1}


OPENED: Final = SourcedPayloads(
    (
        EventType(
            "issue-opened", "Customer", {RuleHeader("x-event"): "issue", "act": "o"}
        ),
        EventType(
            "issue-closed", "Customer", {RuleHeader("x-event"): "issue", "act": "c"}
        ),
        EventType(
            "label-opened", "Customer", {RuleHeader("x-event"): "label", "act": "o"}
        ),
        EventType("push", "Customer"),
    ),
    *PLACE,
    source=NameSource(header="x-event"),
)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Event": "issue"},
        {"HTTP_X_EVENT": "issue"},
        [(b"x-event", b"issue")],
        [("accept", "*/*"), ("x-event", "issue"), ("x-event", "label")],
    ],
)
def test_a_header_tells_events_apart(headers: Any) -> None:  # noqa: ANN401 - any form
    assert OPENED.parse(b'{"act": "o"}', headers).name == "issue-opened"
    assert OPENED.parse(b'{"act": "c"}', headers).name == "issue-closed"
    event = OPENED.parse(b'{"act": "other"}', headers)
    assert event == UnknownEvent("issue", {"act": "other"})


def test_a_header_may_hold_the_name_itself() -> None:
    event = OPENED.parse(b"{}", {"x-event": "push"})
    assert isinstance(event, Event)
    assert event.name == "push"
    assert OPENED.parse(b"{}", {}).name is None
    assert OPENED.parse(b"{}").name is None
    assert OPENED.make_body(CREATED, {"a": 1}) == b'{"a":1}'


def test_rules_that_fit_together_decide_nothing() -> None:
    payloads = SourcedPayloads(
        (EventType("a", "Customer", {"x": 1}), EventType("b", "Customer", {"y": 1})),
        *PLACE,
        source=NameSource(),
    )
    assert payloads.parse('{"x": 1}').name == "a"
    assert payloads.parse('{"x": 1, "y": 1}').name is None


def test_the_only_event_of_an_api_is_that_of_every_delivery() -> None:
    payloads = SourcedPayloads(
        (CREATED,), *PLACE, source=NameSource(default="customer.created")
    )
    assert payloads.parse('{"id": "c1"}').name == "customer.created"


def test_a_rule_tests_members_below_others() -> None:
    payloads = SourcedPayloads(
        (EventType("a", "Customer", {("data", "kind"): {"not": "x"}}),),
        *PLACE,
        source=NameSource(),
    )
    assert payloads.parse('{"data": {"kind": "y"}}').name == "a"
    assert payloads.parse('{"data": {"kind": "x"}}').name is None
    assert payloads.parse('{"data": []}').name is None
