"""What is logged of calls: no secret, and nothing unless asked for."""

from __future__ import annotations

import logging

import httpx2
import pytest
from support.loopback import Loopback, Reply
from support.sample.client import Sample
from support.sample_calls import BOTH, call, get


@BOTH
def test_calls_are_logged_without_secrets(
    mode: str, server: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "support.sample")
    server.reply(Reply(503), Reply(body=b"{}", headers={"X-Request-ID": "01J"}))
    call(mode, server, get)
    lines = [each for each in caplog.records if each.name == "support.sample"]
    texts = [each.getMessage() for each in lines]
    assert [each.levelname for each in lines] == ["DEBUG", "INFO", "DEBUG", "DEBUG"]
    assert texts[0].startswith(f"GET {server.url}/customers/c1 {{")
    assert "'x-api-key': '***'" in texts[0]
    assert "'accept': 'application/json'" in texts[0]
    assert "GET /customers/{id}: attempt 1 ended after" in texts[1]
    assert "503, id None; again in 0.00 s" in texts[1]
    assert texts[3].endswith("200, id 01J")
    assert "k3y" not in caplog.text


def test_secrets_in_the_query_and_by_their_sound_are_masked(
    server: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    def on_request(request: httpx2.Request) -> None:
        request.headers["X-Session-Token"] = "s3cret"

    server.reply(Reply(body=b"[]"))
    base = server.url.replace("//", "//user:s3cret@")
    with Sample(query_key="s3cret", base_url=base, on_request=on_request) as client:
        client.customers.list(tags=["a b"])
    assert "/customers?tags=a%20b&key=*** {" in caplog.text
    assert "s3cret" not in caplog.text


def test_nothing_is_logged_unless_asked_for(
    server: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "support.sample")
    call("sync", server, get)
    assert [each for each in caplog.records if each.name == "support.sample"] == []
