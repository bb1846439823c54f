"""`conform.har_entry`: entries as browsers, proxies and recorders write them."""

from __future__ import annotations

import base64
import gzip
from typing import Any

import pytest

from flexprice_codegen.conform.exchange import Exchange, RecordedBody, RecordedDelivery
from flexprice_codegen.conform.har_entry import read_entry


def entry(**response: object) -> dict[str, Any]:
    """Return an entry whose response has these members besides its status."""
    request = {"method": "get", "url": "https://api.example.com/v1/things?a=1&a=2&b="}
    return {"request": request, "response": {"status": 200, **response}}


def read(value: object) -> Exchange:
    exchange = read_entry(value, 1)
    assert isinstance(exchange, Exchange)
    return exchange


def test_the_members_of_a_request_are_read() -> None:
    exchange = read(entry())

    assert (exchange.method, exchange.path) == ("GET", "/v1/things")
    assert exchange.host == "https://api.example.com"
    assert exchange.query == (("a", "1"), ("a", "2"), ("b", ""))


def test_a_query_is_read_from_its_list_if_the_url_has_none() -> None:
    value = entry()
    value["request"]["url"] = "https://api.example.com/v1/things"
    value["request"]["queryString"] = [{"name": "a", "value": "1"}]

    assert read(value).query == (("a", "1"),)


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        {"request": {}, "response": {}},
        {"request": {"url": "https://a.example/"}, "response": {"status": 0}},
        {"request": {"url": "https://a.example/"}, "response": {"status": "200"}},
        {"request": {"url": "ws://a.example/"}, "response": {"status": 101}},
        {"request": {"url": "https://[a.example/"}, "response": {"status": 200}},
        {"request": {"url": "data:text/plain,a"}, "response": {"status": 200}},
        # The begin of a WebSocket, as Chrome and Firefox write it.
        {"request": {"url": "https://a.example/"}, "response": {"status": 101}},
        # An answer of the cache, and one that says that the cache is right.
        {
            "_fromCache": "disk",
            "request": {"url": "https://a.example/"},
            "response": {"status": 200, "content": {"size": 2, "text": "{}"}},
        },
        {"request": {"url": "https://a.example/"}, "response": {"status": 304}},
    ],
)
def test_what_is_no_complete_exchange_is_skipped(value: object) -> None:
    assert read_entry(value, 1) is None


def test_bodies_come_as_text_in_base64_and_compressed() -> None:
    packed = base64.b64encode(b'{"a": 1}').decode()
    zipped = base64.b64encode(gzip.compress(b'{"a": 1}')).decode()
    media = {"mimeType": "Application/JSON; charset=utf-8"}

    for content in (
        {"text": '{"a": 1}'},
        {"text": packed, "encoding": "base64"},
        {"text": zipped, "encoding": "base64"},
    ):
        body = read(entry(content=media | content)).received
        assert body == RecordedBody(media="application/json", data=b'{"a": 1}')
        assert body.is_json


@pytest.mark.parametrize(
    "content",
    [
        {"size": 12, "mimeType": "application/json"},
        {"mimeType": "application/json"},
        {"text": "{", "mimeType": "application/json", "_truncated": True},
        {"text": "!", "encoding": "base64"},
        {"text": base64.b64encode(b"\x1f\x8b broken").decode(), "encoding": "base64"},
    ],
)
def test_a_body_that_was_not_kept_is_unknown_and_not_empty(
    content: dict[str, object],
) -> None:
    assert read(entry(content=content)).received.data is None


@pytest.mark.parametrize("method", ["br", "zstd", "deflate"])
def test_a_body_that_is_still_compressed_is_unknown(method: str) -> None:
    headers = [{"name": "Content-Encoding", "value": method}]
    packed = base64.b64encode(b"\x28\xb5\x2f\xfd\x04").decode()
    unpacked = base64.b64encode(b'{"a": 1}').decode()

    content = {"text": packed, "encoding": "base64"}
    assert read(entry(headers=headers, content=content)).received.data is None

    # Most recorders unpack bodies, and leave the header.
    for content in (
        {"text": '{"a": 1}'},
        {"text": unpacked, "encoding": "base64"},
    ):
        found = read(entry(headers=headers, content=content))
        assert found.received.data == b'{"a": 1}'


def test_an_empty_body_is_empty() -> None:
    assert read(entry(content={"size": 0})).received.data == b""
    assert read(entry(content={"size": 0, "text": ""})).received.data == b""


def test_form_parameters_are_a_body() -> None:
    value = entry()
    value["request"]["postData"] = {
        "mimeType": "application/x-www-form-urlencoded",
        "params": [{"name": "a", "value": "1 2"}],
    }

    assert read(value).sent.data == b"a=1+2"


def test_a_form_of_several_parts_is_a_body_that_was_not_kept() -> None:
    value = entry()
    value["request"]["postData"] = {
        "mimeType": "multipart/form-data; boundary=x",
        "params": [{"name": "file", "fileName": "a.txt"}],
    }

    assert read(value).sent == RecordedBody(media="multipart/form-data", data=None)


def test_a_request_body_that_was_not_kept_is_unknown() -> None:
    value = entry()
    value["request"]["bodySize"] = 10
    assert read(value).sent.data is None

    value["request"]["postData"] = {"mimeType": "application/json"}
    assert read(value).sent.data is None


def test_pseudo_headers_of_http_2_are_no_headers() -> None:
    value = entry()
    value["request"]["headers"] = [
        {"name": ":authority", "value": "a"},
        {"name": "X-Key", "value": "b"},
    ]

    assert read(value).headers == ("x-key",)


def test_a_delivery_has_its_event_and_its_body() -> None:
    content = {"mimeType": "application/json", "size": 2, "text": "{}", "_shapes": True}
    found = read_entry({"delivery": {"event": "a.b", "content": content}}, 3)

    assert isinstance(found, RecordedDelivery)
    assert (found.number, found.event, found.received.data) == (3, "a.b", b"{}")
    assert found.received.is_shape


def test_a_body_without_its_values_is_marked() -> None:
    content = {"mimeType": "application/json", "text": "{}", "_shapes": True}
    assert read(entry(content=content)).received.is_shape
    assert not read(entry(content={"text": "{}"})).received.is_shape
