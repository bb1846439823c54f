"""The event of a delivery: by the recorder, by its body, or by the rules."""

from __future__ import annotations

import pytest
from support.documents import TEXT, Json, document, read_api, record, ref

from flexprice_codegen.conform.event_index import EventIndex, get_event_label
from flexprice_codegen.conform.exchange import RecordedBody, RecordedDelivery

NAMES = {**TEXT, "enum": ["thing.made", "thing.gone"]}
PAYLOAD = record(["event_type"], event_type=ref("Name"))
BODY: Json = {"content": {"application/json": {"schema": PAYLOAD}}}
GIVEN: Json = {"200": {"description": "ok", **BODY}}
IN_PATHS = document(
    {
        f"/webhook-events/{name}": {"post": {"responses": GIVEN}}
        for name in NAMES["enum"]
    },
    {"Name": NAMES},
)
IN_WEBHOOKS = document(
    {},
    {"Name": NAMES},
    webhooks={
        name: {"post": {"requestBody": BODY, "responses": {}}} for name in NAMES["enum"]
    },
)
BOTH = pytest.mark.parametrize("given", [IN_PATHS, IN_WEBHOOKS])


def deliver(event: str = "", *, is_shape: bool = False) -> RecordedDelivery:
    body = RecordedBody(media="application/json", is_shape=is_shape)
    return RecordedDelivery(number=1, event=event, received=body)


@BOTH
def test_the_name_that_the_recorder_wrote_counts(given: Json) -> None:
    index = EventIndex(read_api(given))

    name = index.find_name(deliver("thing.made"), {"event_type": "thing.gone"})

    assert name == "thing.made"
    assert index.find_event(name) is not None


@BOTH
def test_the_body_names_its_event(given: Json) -> None:
    index = EventIndex(read_api(given))

    assert index.find_name(deliver(), {"event_type": "thing.gone"}) == "thing.gone"
    assert index.find_name(deliver(), {"event_type": "other"}) == "other"
    assert index.find_event("other") is None


@BOTH
def test_a_shape_names_no_event(given: Json) -> None:
    index = EventIndex(read_api(given))

    assert index.find_name(deliver(is_shape=True), {"event_type": "…"}) == ""


@pytest.mark.parametrize("value", [None, [], "thing.made", {"event_type": 1}])
def test_a_body_without_a_name_has_none(value: object) -> None:
    assert EventIndex(read_api(IN_PATHS)).find_name(deliver(), value) == ""


@pytest.mark.parametrize(
    ("given", "label"),
    [
        (IN_PATHS, "POST /webhook-events/thing.made"),
        (IN_WEBHOOKS, "POST thing.made"),
    ],
)
def test_the_label_of_an_event_is_what_documents_it(given: Json, label: str) -> None:
    event = EventIndex(read_api(given)).find_event("thing.made")

    assert event is not None
    assert get_event_label(event) == label
