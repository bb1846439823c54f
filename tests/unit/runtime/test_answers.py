"""Answers as they came, against a real server."""

from __future__ import annotations

import pytest
from support.loopback import Loopback, Reply
from support.sample.client import Sample
from support.sample.models import CreateCustomerRequest, Customer
from support.sample_calls import BOTH, call

from flexprice_codegen.runtime import errors


@BOTH
def test_a_raw_answer_has_what_came_and_what_it_means(
    mode: str, server: Loopback
) -> None:
    body = b'{"id": "c1", "loyalty": "gold"}'
    server.reply(Reply(200, body, {"X-Request-ID": "01J", "X-Left": "9"}))
    found = call(mode, server, lambda c: c.customers.with_raw_response.get("c1"))
    assert (found.status_code, found.request_id, found.content) == (200, "01J", body)
    assert found.headers["x-left"] == "9"
    assert found.parse() == found.parse() == Customer(id="c1")
    assert repr(found) == "<RawResponse 200 of GET /customers/{id}, 31 bytes>"


@BOTH
def test_a_raw_answer_is_no_refusal(mode: str, server: Loopback) -> None:
    server.reply(Reply(404, b'{"message": "No customer"}'))
    with pytest.raises(errors.NotFoundError, match="No customer"):
        call(mode, server, lambda c: c.customers.with_raw_response.get("c1"))


def test_what_cannot_be_read_fails_when_it_is_read(server: Loopback) -> None:
    server.reply(Reply(201, b"<html>"), Reply(201, b'{"id": "c", "tags": 1}'))
    body = CreateCustomerRequest(name="Ann")
    with Sample(api_key="k", base_url=server.url, strict=True) as client:
        first = client.customers.with_raw_response.create(body)
        second = client.customers.with_raw_response.create(body)
    assert first.status_code == 201
    with pytest.raises(errors.ResponseBodyError):
        first.parse()
    with pytest.raises(errors.ResponseMismatchError):
        second.parse()


def test_raw_answers_change_nothing_for_others(server: Loopback) -> None:
    with Sample(api_key="k", base_url=server.url) as client:
        raw = client.customers.with_raw_response
        assert repr(raw) == repr(client.customers)
        assert client.customers.get("c1") == raw.get("c1").parse()
    assert len({each.connection for each in server.requests}) == 1
