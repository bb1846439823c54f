# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Routers as applications, which any ASGI or WSGI server runs as they are.

In: a router. Out: an application that takes POST at whatever path it is put.

Source: ASGI 3.0 "HTTP Connection Scope", PEP 3333.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeAlias

from .routing import Answer, AsyncWebhookRouter, WebhookRouter

Receive: TypeAlias = Callable[[], Awaitable[Any]]
Send: TypeAlias = Callable[[Any], Awaitable[None]]
AsgiApp: TypeAlias = Callable[[Any, Receive, Send], Coroutine[Any, Any, None]]
WsgiApp: TypeAlias = Callable[[dict[str, Any], Callable[..., Any]], list[bytes]]

_OK = 200


def asgi_app(router: AsyncWebhookRouter) -> AsgiApp:
    """Make an ASGI application of a router; it keeps no more than `max_size` bytes."""

    async def app(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        match scope["type"]:
            case "http":
                answer = await _answer_request(router, scope, receive)
                if answer is not None:
                    await _send_answer(answer, send)
            case "lifespan":  # there is nothing to start and to stop
                for step in ("startup", "shutdown"):
                    await receive()
                    await send({"type": f"lifespan.{step}.complete"})
            case other:
                raise RuntimeError(f"deliveries come over HTTP, not {other}")

    return app


async def _answer_request(
    router: AsyncWebhookRouter, scope: dict[str, Any], receive: Receive
) -> Answer | None:
    if scope["method"] != "POST":
        return Answer(405)
    body = await _read_body(receive, router.max_size)
    return None if body is None else await router.handle(body, scope["headers"])


async def _read_body(receive: Receive, most: int) -> bytes | None:
    """Read until there is too much, or all; None where the sender is gone."""
    body = bytearray()
    more = True
    while more and len(body) <= most:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return bytes(body)


async def _send_answer(answer: Answer, send: Send) -> None:
    headers = [(name.lower().encode(), v.encode()) for name, v in _list_headers(answer)]
    start = {"type": "http.response.start", "status": answer.status_code}
    await send({**start, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


def wsgi_app(router: WebhookRouter) -> WsgiApp:
    """Make a WSGI application of a router; it reads no more than `max_size` bytes."""

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            size = router.max_size + 1
            if not environ.get("wsgi.input_terminated"):
                size = min(_read_length(environ.get("CONTENT_LENGTH")), size)
            body = environ["wsgi.input"].read(size)
            environ = {k: v for k, v in environ.items() if k.startswith("HTTP_")}
            answer = router.handle(body, environ)
        else:
            answer = Answer(405)
        phrase = "OK" if answer.status_code == _OK else "Refused"
        start(f"{answer.status_code} {phrase}", _list_headers(answer))
        return [answer.body]

    return app


def _read_length(value: object) -> int:
    text = str(value)[:18]  # more digits are no size of anything
    return int(text) if text.isascii() and text.isdecimal() else 0


def _list_headers(answer: Answer) -> list[tuple[str, str]]:
    length = ("Content-Length", str(len(answer.body)))
    return [("Content-Type", "text/plain"), ("Allow", "POST"), length]
