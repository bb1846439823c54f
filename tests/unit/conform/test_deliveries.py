"""Deliveries that hold several events: each event is checked against its own schema."""

from __future__ import annotations

import json

import pytest
from support.documents import Json, document, read_api, record

from flexprice_codegen.api.model import Api, DeliveryFormat
from flexprice_codegen.conform.deliveries import split_events
from flexprice_codegen.conform.exchange import RecordedBody, RecordedDelivery
from flexprice_codegen.conform.exchange_judge import ExchangeJudge, JudgedExchange

BORN = record(["kind", "n"], kind={"const": "cat.born"}, n={"type": "integer"})
DIED = record(["kind", "n"], kind={"const": "cat.died"}, n={"type": "integer"})
WHOLE = {"kind": "cat.born", "n": 1}
WRONG = {"kind": "cat.died", "n": "two"}


def listed(schema: Json) -> Json:
    return {"type": "array", "items": schema}


def describe(hint: Json, **schemas: Json) -> Api:
    """Return an API with webhooks by the schemas of their bodies, and a root hint."""
    hooks = {
        name: {
            "post": {
                "requestBody": {"content": {"application/json": {"schema": schema}}},
                "responses": {},
            }
        }
        for name, schema in schemas.items()
    }
    return read_api(document({}, webhooks=hooks, **{"x-codegen": hint}))


LISTS = describe({}, born=listed(BORN), died=listed(DIED))
BELOW = describe(
    {"event": {"items": "events[].event"}},
    born=record(events=listed(record(event=BORN))),
    died=record(events=listed(record(event=DIED))),
)


def judge(api: Api, value: object, event: str = "") -> list[JudgedExchange]:
    data = json.dumps(value).encode()
    body = RecordedBody(media="application/json", data=data)
    judge = ExchangeJudge(api)
    recorded = RecordedDelivery(number=7, event=event, received=body)
    return [judge.judge(each) for each in judge.list_events(recorded)]


@pytest.mark.parametrize(
    ("api", "value"),
    [
        (LISTS, [WHOLE, WRONG]),
        (BELOW, {"events": [{"event": WHOLE}, {"event": WRONG}]}),
        (BELOW, {"events": [WHOLE, {"event": WRONG}]}),
        (BELOW, [WHOLE, WRONG]),
    ],
)
def test_each_event_of_a_delivery_is_checked_against_its_own(
    api: Api, value: object
) -> None:
    born, died = judge(api, value)

    assert (born.label, died.label) == ("POST born", "POST died")
    assert not born.verdict.differences
    (difference,) = died.verdict.differences
    assert difference.rule == "type-other"
    assert difference.at.pointer.endswith("/properties/n")
    assert {born.number, died.number} == {7}


def test_a_delivery_with_one_event_is_judged_as_it_is() -> None:
    (found,) = judge(LISTS, WRONG)

    assert found.label == "POST died"
    assert len(found.verdict.differences) == 1


def test_an_empty_delivery_says_nothing() -> None:
    assert judge(LISTS, []) == []


def test_the_name_that_was_recorded_is_that_of_each_event() -> None:
    labels = [each.label for each in judge(LISTS, [WHOLE, WHOLE], "cat.died")]

    assert labels == ["POST died", "POST died"]


def test_a_list_of_an_api_without_lists_is_one_delivery() -> None:
    assert split_events([WHOLE], None) is None
    assert split_events(WHOLE, DeliveryFormat()) is None
    assert split_events(WHOLE, DeliveryFormat(items=("events", "[]"))) is None
