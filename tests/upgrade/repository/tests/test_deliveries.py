"""Deliveries: signed, unsigned, twice, unknown; over WSGI and ASGI."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from wsgiref.simple_server import WSGIRequestHandler, make_server

import flexprice_client.webhooks as flexprice
import httpx2
import ledger_client.webhooks as ledger
import pytest
import uvicorn
from billing import deliveries

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - of an example
BODY = flexprice.make_body(
    flexprice.CUSTOMER_CREATED, {"customer": {"external_id": "ada"}}
)


class Silent(WSGIRequestHandler):
    """A handler that logs nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Log nothing."""


@contextmanager
def wsgi(router: flexprice.WebhookRouter) -> Iterator[str]:
    """Serve Flexprice's deliveries."""
    app = flexprice.wsgi_app(router)
    with make_server("127.0.0.1", 0, app, handler_class=Silent) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@contextmanager
def asgi(router: ledger.AsyncWebhookRouter) -> Iterator[str]:
    """Serve the ledger's deliveries."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        app = ledger.asgi_app(router)
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none"))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def test_a_signed_delivery_is_handled_once() -> None:
    inbox, memory = deliveries.Inbox(), deliveries.Table()
    router = deliveries.build_flexprice_router(
        inbox, [SECRET, "b2xkIGtleSBvZiAyNCBieXRlcyAhIQ=="], memory
    )
    headers = flexprice.sign(BODY, SECRET, delivery_id="msg_1")
    with wsgi(router) as url:
        first = httpx2.post(url, content=BODY, headers=headers)
        again = httpx2.post(url, content=BODY, headers=headers)
        forged = httpx2.post(url, content=BODY + b" ", headers=headers)
        late = flexprice.sign(BODY, SECRET, sent_at=time.time() - 61)
        old = httpx2.post(url, content=BODY, headers=late)
        huge = httpx2.post(url, content=b" " * 10_001)
    assert [each.status_code for each in (first, again, forged, old, huge)] == [
        200,
        200,
        401,
        401,
        413,
    ]
    assert inbox.welcomed == ["ada"]
    assert memory.rows == {"msg_1"}
    assert inbox.seen == [f"msg_1 {time.gmtime().tm_year}"]


def test_an_event_without_a_payload_is_noted() -> None:
    inbox = deliveries.Inbox()
    router = deliveries.build_flexprice_router(inbox, None)
    known = b'{"event_type": "invoice.update"}'
    assert router.handle(known, {}).status == 200
    assert router.handle(b'{"a": 1}', []).status == 200
    assert router.handle(b"[]", {}).status == 400
    assert inbox.unknown == ["invoice.update", "?{'a': 1}"]


def test_a_handler_that_fails_is_reported() -> None:
    inbox = deliveries.Inbox()
    router = deliveries.build_flexprice_router(inbox, SECRET)
    body = flexprice.make_body(flexprice.CUSTOMER_CREATED, {})
    answer = router.handle(body, flexprice.sign(body, SECRET))
    assert isinstance(answer, flexprice.Answer)
    assert (answer.status, bool(answer.body)) == (500, True)
    assert inbox.failed == ["customer.created: a delivery without a customer"]


def test_the_ledger_delivers_to_coroutines() -> None:
    inbox, memory = deliveries.Inbox(), deliveries.RemoteTable()
    router = deliveries.build_ledger_router(inbox, b"a key of 16 bytes", memory)
    entry = {"id": "e1", "account": "a", "amount": "0.10"}
    bodies = [
        ledger.make_body(ledger.ENTRY_CREATED, {"entry": entry}),
        ledger.make_body(ledger.ENTRY_VOIDED, {"entry": None}),
        ledger.make_body(ledger.ACCOUNT_CLOSED, {"reason": "asked"}),
        b'{"event": "account.frozen"}',
    ]
    with asgi(router) as url:
        for number, body in enumerate(bodies):
            signed = ledger.sign(
                body, b"a key of 16 bytes", delivery_id=f"msg_{number}"
            )
            headers = {k.replace("webhook", "svix"): v for k, v in signed.items()}
            assert httpx2.post(url, content=body, headers=headers).status_code == 200
        assert httpx2.get(url).status_code == 405
    assert inbox.booked == [
        "entry.created 0.10",
        "entry.voided None",
        "entry.voided ends",
        "account.closed ends",
    ]
    assert inbox.seen == ["account.closed"]
    assert memory.rows == {"msg_0", "msg_1", "msg_2", "msg_3"}


def test_handlers_are_tested_without_a_router() -> None:
    inbox = deliveries.Inbox()
    delivery = flexprice.Delivery("msg_9", 1_700_000_000)
    event = flexprice.make_event(flexprice.CUSTOMER_CREATED, {"customer": 5}, delivery)
    assert (event.name, event.delivery) == ("customer.created", delivery)
    assert [each.path for each in event.mismatches] == ["$.customer"]
    assert flexprice.Delivery.of({"webhook-id": "msg_9"}) == flexprice.Delivery("msg_9")
    answer = asyncio.run(deliveries.build_ledger_router(inbox, None).handle(b"{", {}))
    assert answer.status == 400
    assert inbox == deliveries.Inbox()


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (b'{"event": "account.closed", "reason": "asked"}', "account.closed: asked"),
        (b'{"event": "entry.created"}', "entry.created: EntryEvent with 0 mismatches"),
        (b'{"event": "account.frozen"}', "account.frozen of ['event']"),
        (b'{"event": "new", "x": 1}', "new of ['event', 'x']"),
        (b"5", "no event"),
    ],
)
def test_a_delivery_is_described_without_a_router(body: bytes, line: str) -> None:
    assert deliveries.describe_delivery(body) == line


def test_events_are_known_by_name() -> None:
    names = ["account.closed", "entry.created", "entry.voided"]
    assert sorted(ledger.EVENT_PAYLOADS) == names
    assert isinstance(ledger.EVENT_PAYLOADS, ledger.EventPayloads)
    created: ledger.EventType[object] = ledger.ENTRY_CREATED
    assert created == "entry.created"
    with pytest.raises(ValueError, match=r"."):
        flexprice.WebhookRouter(secret="")
    assert issubclass(flexprice.WebhookSignatureError, ValueError)
    assert issubclass(flexprice.WebhookPayloadError, ValueError)
