"""`conform.scrubbing`: entries that have kinds instead of values."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from support.documents import TEXT, document, operation, parameter, read_api, ref

from flexprice_codegen.conform.exchange import Exchange, RecordedBody, RecordedDelivery
from flexprice_codegen.conform.har_entry import read_entry
from flexprice_codegen.conform.scrubbing import Scrubber

THING = {"type": "object", "properties": {"id": TEXT, "2026_plan": TEXT}}
API = read_api(
    document(
        {
            "/things/{id}": {
                "get": operation(
                    "getThing", ref("Thing"), parameters=[parameter("id", "path")]
                )
            }
        },
        {"Thing": THING},
    )
)


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ("Ada Lovelace", "…"),
        ("", ""),
        ("1815-12-10", "2000-01-01"),
        ("2026-08-22T10:11:12.123456789Z", "2000-01-01T00:00:00Z"),
        ("42", "0"),
        ("007", "0.5"),
        ("12.50", "0.5"),
        ("1e9", "1e0"),
        (42, 0),
        (Decimal("12.5"), 0.5),
        (Decimal("12.0"), 0.0),
        (True, False),
        (None, None),
        (["a", "b", "3"], ["…", "0"]),
        ({"name": {"id": "x"}}, {"name": {"id": "…"}}),
        ({"2026_plan": 1}, {"2026_plan": 0}),
        ({"ada@example.com": 1}, {"…": 0}),
        ({"cust_20260101": 1}, {"…": 0}),
    ],
)
def test_a_value_becomes_its_kind(value: object, shape: object) -> None:
    assert Scrubber(API).scrub_value(value) == shape


def exchange(**members: object) -> Exchange:
    given = {"number": 1, "method": "GET", "host": "https://a.example", "status": 200}
    return Exchange(**(given | {"path": "/things/ada"} | members))  # type: ignore[arg-type]


def test_an_entry_is_read_again_without_its_values() -> None:
    (get,) = API.operations
    body = RecordedBody(media="application/json", data=b'{"id": "ada"}')
    given = exchange(
        query=(("page", "ada"), ("ada@x", "1")), headers=("x-key",), received=body
    )

    entry = Scrubber(API).scrub(given, get, "/things/ada")

    assert "ada" not in json.dumps(entry)
    found = read_entry(entry, 1)
    assert isinstance(found, Exchange)
    assert (found.path, found.status) == ("/things/x", 200)
    assert found.query == (("page", "…"), ("…", "0"))
    assert found.headers == ("x-key",)
    assert found.sent == RecordedBody()
    assert found.received.data == b'{"id": "\\u2026"}'
    assert found.received.is_shape


@pytest.mark.parametrize(
    ("body", "data"),
    [
        (RecordedBody(media="application/json", data=b"{"), "…".encode()),
        (RecordedBody(media="application/json", data=None), None),
        (RecordedBody(media="text/html", data=b"<p>ada</p>"), None),
        (RecordedBody(), b""),
    ],
)
def test_a_body_that_is_not_json_leaves_its_media_type(
    body: RecordedBody, data: bytes | None
) -> None:
    entry = Scrubber(API).scrub(exchange(received=body, sent=body), None, "/things")
    found = read_entry(entry, 1)

    assert isinstance(found, Exchange)
    assert (found.received.media, found.received.data) == (body.media, data)
    assert found.sent.media == body.media


def test_a_delivery_of_an_unknown_event_has_no_name() -> None:
    body = RecordedBody(media="application/json", data=b'{"a": 1}')
    delivery = RecordedDelivery(number=1, event="ada.gone", received=body)

    entry = Scrubber(API).scrub(delivery, None, "")

    assert entry["delivery"]["event"] == "…"
    found = read_entry(entry, 1)
    assert isinstance(found, RecordedDelivery)
    assert found.received.data == b'{"a": 0}'
