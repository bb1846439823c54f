"""Routers as applications, called as servers call them."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from typing import Any
from wsgiref.validate import validator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.runtime import routing
from flexprice_codegen.runtime.deliveries import sign
from flexprice_codegen.runtime.events import EventPayloads
from flexprice_codegen.runtime.routing import asgi_app, wsgi_app

SECRET = b"a key of 16 bytes"
PAYLOADS = EventPayloads((), ".models", "support.sample", name_property=None)
BODY = b'{"id": "c1"}'


class WebhookRouter(routing.WebhookRouter):
    """The router of a client without events."""

    payloads = PAYLOADS


class AsyncWebhookRouter(routing.AsyncWebhookRouter):
    """The same, for coroutine functions."""

    payloads = PAYLOADS


def call_wsgi(body: bytes, **environ: object) -> tuple[str, bytes]:
    """Call the WSGI application with a signed body."""
    app = validator(wsgi_app(WebhookRouter(secret=SECRET, max_size=20)))
    signed = sign(body, SECRET).items()
    said: list[str] = []

    def start(status: str, _: object, __: object = None) -> Any:  # noqa: ANN401
        said.append(status)

    base = {
        "REQUEST_METHOD": "POST",
        "CONTENT_LENGTH": str(len(body)),
        "SCRIPT_NAME": "",
        "PATH_INFO": "/hooks",
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **{f"HTTP_{name.upper().replace('-', '_')}": v for name, v in signed},
        **environ,
    }
    chunks = app({k: v for k, v in base.items() if v is not None}, start)
    answer = b"".join(chunks)
    getattr(chunks, "close", lambda: None)()
    return said[0], answer


def call_asgi(
    messages: Sequence[dict[str, Any]], method: str = "POST", kind: str = "http"
) -> list[dict[str, Any]]:
    """Call the ASGI application with what arrives, signed as a whole."""
    app = asgi_app(AsyncWebhookRouter(secret=SECRET, max_size=20))
    body = b"".join(each.get("body", b"") for each in messages)
    signed = [(k.encode(), v.encode()) for k, v in sign(body, SECRET).items()]
    waiting, sent = list(messages), []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0)
        return waiting.pop(0)

    async def send(message: dict[str, Any]) -> None:
        await asyncio.sleep(0)
        sent.append(message)

    scope = {"type": kind, "method": method, "headers": signed}
    asyncio.run(app(scope, receive, send))
    return sent


def chunk(body: bytes, *, more: bool = False) -> dict[str, Any]:
    """Make the message of a part of a body."""
    return {"type": "http.request", "body": body, "more_body": more}


def test_wsgi_takes_a_signed_delivery() -> None:
    assert call_wsgi(BODY) == ("200 OK", b"not handled")


def test_wsgi_reads_to_the_end_where_the_server_marks_it() -> None:
    terminated = {"wsgi.input_terminated": True, "CONTENT_LENGTH": None}
    assert call_wsgi(BODY, **terminated)[0] == "200 OK"


@pytest.mark.parametrize(
    ("environ", "status"),
    [
        ({"HTTP_WEBHOOK_ID": "other"}, "401"),
        ({"REQUEST_METHOD": "GET"}, "405"),
        ({"CONTENT_LENGTH": None}, "401"),
        ({"wsgi.input": io.BytesIO(b"x" * 30), "CONTENT_LENGTH": "30"}, "413"),
        ({"wsgi.input": io.BytesIO(b"x" * 30), "CONTENT_LENGTH": "9" * 30}, "413"),
    ],
)
def test_wsgi_refuses_the_others(environ: dict[str, object], status: str) -> None:
    assert call_wsgi(BODY, **environ)[0].startswith(status)


@pytest.mark.parametrize("length", ["-1", "1e1", "²", "٣", "", "0x2", " 5", "5, 5"])
def test_wsgi_reads_nothing_where_the_length_is_no_number(length: str) -> None:
    stream = io.BytesIO(BODY)
    app = wsgi_app(WebhookRouter(secret=None))
    environ = {"REQUEST_METHOD": "POST", "wsgi.input": stream}
    app({**environ, "CONTENT_LENGTH": length}, lambda *_: None)
    assert stream.tell() == 0


@pytest.mark.parametrize("length", ["5", "500"])
def test_wsgi_refuses_a_length_that_lies(length: str) -> None:
    expected = "401" if length == "5" else "200"
    stream = {"wsgi.input": io.BytesIO(BODY), "CONTENT_LENGTH": length}
    assert call_wsgi(BODY, **stream)[0].startswith(expected)


def test_wsgi_reads_no_more_than_may_be() -> None:
    stream = io.BytesIO(b"x" * 1000)
    environ = {"wsgi.input": stream, "CONTENT_LENGTH": "1000"}
    assert call_wsgi(BODY, **environ)[0].startswith("413")
    assert stream.tell() == 21


def test_asgi_takes_a_signed_delivery_in_parts() -> None:
    start, body = call_asgi([chunk(BODY[:4], more=True), chunk(BODY[4:])])
    assert start["status"] == 200
    assert (b"content-length", b"11") in start["headers"]
    assert body == {"type": "http.response.body", "body": b"not handled"}


@given(st.lists(st.binary(max_size=12), min_size=1, max_size=5))
def test_asgi_answers_alike_however_a_body_is_cut(parts: list[bytes]) -> None:
    last = len(parts) - 1
    cut = [chunk(part, more=at < last) for at, part in enumerate(parts)]
    expected = call_asgi([chunk(b"".join(parts))])[0]["status"]
    assert call_asgi(cut)[0]["status"] == expected


@given(st.text(max_size=8) | st.integers().map(str), st.binary(max_size=40))
def test_wsgi_answers_whatever_length_is_said(length: str, sent: bytes) -> None:
    stream = io.BytesIO(sent)
    app = wsgi_app(WebhookRouter(secret=SECRET, max_size=20))
    environ = {"REQUEST_METHOD": "POST", "wsgi.input": stream}
    said: list[str] = []
    app({**environ, "CONTENT_LENGTH": length}, lambda status, _: said.append(status))
    assert said[0][:3] == ("413" if stream.tell() > 20 else "401")
    assert stream.tell() <= 21


def test_asgi_stops_reading_a_body_that_is_too_large() -> None:
    part = chunk(b"x" * 15, more=True)
    start, _ = call_asgi([part, part])
    assert start["status"] == 413


def test_asgi_answers_nobody_who_is_gone() -> None:
    assert call_asgi([chunk(b"{", more=True), {"type": "http.disconnect"}]) == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT"])
def test_asgi_reads_nothing_that_is_not_posted(method: str) -> None:
    start, _ = call_asgi([], method=method)
    assert start["status"] == 405
    assert (b"allow", b"POST") in start["headers"]


def test_asgi_starts_and_stops_with_its_server() -> None:
    steps = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    said = [each["type"] for each in call_asgi(steps, kind="lifespan")]
    assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_asgi_takes_no_other_connections() -> None:
    with pytest.raises(RuntimeError, match="over HTTP, not websocket"):
        call_asgi([{"type": "websocket.connect"}], kind="websocket")
