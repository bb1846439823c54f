"""The recipes for webhooks, each served by its framework on loopback.

Those of frameworks are in the guide, the one without is in the README of a client.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
import httpx2
import pytest
import uvicorn
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import path
from starlette.applications import Starlette
from starlette.routing import Route
from support.loopback import reserve_port, wait_for_server
from support.patience import PATIENCE
from support.snippets import iter_snippets

from flexprice_codegen.cli.main import main

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - of an example
BODY = b'{"event_type": "customer.created", "customer": {"id": "cust_1"}}'
Serve = Callable[[Any], AbstractContextManager[str]]


@dataclass(frozen=True, slots=True)
class Client:
    """A generated client: its folder, its module of webhooks, and the recipes."""

    folder: Path
    webhooks: Any
    snippets: dict[str, str]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Generate the client of this repository."""
    folder = tmp_path_factory.mktemp("served")
    output = folder / "served_client"
    spec = str(ROOT / "specs/flexprice.yaml")
    overlay = str(ROOT / "specs/flexprice.overlay.yaml")
    assert main(["generate", spec, "--overlay", overlay, "--output", str(output)]) == 0
    sys.path.insert(0, str(folder))
    pages = (output / "README.md", ROOT / "docs/guides/webhooks.md")
    found = [each.text for page in pages for each in iter_snippets(page)]
    marks = {"server": "make_server", "fastapi": "FastAPI()", "flask": "Flask("}
    snippets = {
        name: next(each for each in found if mark in each)
        for name, mark in {**marks, "django": "csrf_exempt"}.items()
    }
    yield Client(folder, import_module("served_client.webhooks"), snippets)
    sys.path.remove(str(folder))


class Silent(WSGIRequestHandler):
    """A handler that logs nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Log nothing."""


@contextmanager
def wsgi(app: Any) -> Iterator[str]:  # noqa: ANN401 - as the server takes it
    """Serve a WSGI application."""
    with make_server("127.0.0.1", 0, app, handler_class=Silent) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/webhooks"
        server.shutdown()
        thread.join()


@contextmanager
def asgi(app: Any) -> Iterator[str]:  # noqa: ANN401 - the same
    """Serve an ASGI application."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(app, log_level="critical", lifespan="on", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/webhooks"
        server.should_exit = True
        thread.join()


def run(program: str, router: object) -> dict[str, Any]:
    """Run a recipe after a router was made, and give what it defines."""
    names: dict[str, Any] = {"router": router, "__name__": "served"}
    exec(program, names)
    return names


def on_fastapi(client: Client, router: object) -> object:
    """Run the recipe for FastAPI."""
    return run(client.snippets["fastapi"], router)["app"]


def on_starlette(client: Client, router: object) -> object:
    """Run the same function as a route of Starlette."""
    function = client.snippets["fastapi"].partition('@app.post("/webhooks")\n')[2]
    imports = "from starlette.requests import Request\nfrom starlette.responses import Response\n"
    receive = run(imports + function, router)["receive"]
    return Starlette(routes=[Route("/webhooks", receive, methods=["POST"])])


def on_flask(client: Client, router: object) -> object:
    """Run the recipe for Flask."""
    return run(client.snippets["flask"], router)["app"]


def on_django(client: Client, router: object) -> object:
    """Run the recipe for Django."""
    urls: Any = ModuleType("urls")
    if not settings.configured:
        settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=urls)
        django.setup()
    receive = run(client.snippets["django"], router)["receive"]
    urls.urlpatterns = [path("webhooks", receive)]
    return get_wsgi_application()


def on_asgi(client: Client, router: object) -> object:
    """Take the router as an ASGI application."""
    return client.webhooks.asgi_app(router)


def on_wsgi(client: Client, router: object) -> object:
    """Take the router as a WSGI application."""
    return client.webhooks.wsgi_app(router)


@pytest.mark.parametrize(
    ("made", "serve", "kind"),
    [
        (on_fastapi, asgi, "AsyncWebhookRouter"),
        (on_starlette, asgi, "AsyncWebhookRouter"),
        (on_asgi, asgi, "AsyncWebhookRouter"),
        (on_flask, wsgi, "WebhookRouter"),
        (on_django, wsgi, "WebhookRouter"),
        (on_wsgi, wsgi, "WebhookRouter"),
    ],
)
def test_a_framework_takes_deliveries_and_refuses_what_is_none(
    client: Client, made: Callable[[Client, object], Any], serve: Serve, kind: str
) -> None:
    webhooks = client.webhooks
    memory = webhooks.RecentDeliveries()
    router = getattr(webhooks, kind)(secret=SECRET, max_size=1000, store=memory)
    got: list[Any] = []
    router.on(webhooks.CUSTOMER_CREATED)(got.append)
    signed = webhooks.sign(BODY, SECRET, delivery_id="msg_1")
    svix = {k.replace("webhook", "svix"): v for k, v in signed.items()}
    large, broken = BODY + b" " * 1000, b'{"event_type":'

    with serve(made(client, router)) as url, httpx2.Client(timeout=PATIENCE) as sender:

        def deliver(body: bytes, headers: dict[str, str]) -> tuple[int, str]:
            answer = sender.post(url, content=body, headers=headers)
            return answer.status_code, answer.text

        assert deliver(BODY, svix) == (200, "done")
        assert deliver(BODY, signed) == (200, "done before")
        assert deliver(BODY, {}) == (401, "the delivery is not signed")
        assert deliver(BODY + b" ", signed)[0] == 401
        assert deliver(large, webhooks.sign(large, SECRET))[0] == 413
        assert deliver(broken, webhooks.sign(broken, SECRET))[0] == 400
        assert sender.get(url).status_code == 405
    (event,) = got
    assert event.payload.customer.id == "cust_1"
    assert event.delivery.id == "msg_1"


@pytest.fixture
def unsigned(client: Client) -> tuple[Any, list[Any]]:
    """Return a router that takes what nobody signed, and the events that it got."""
    router = client.webhooks.AsyncWebhookRouter(secret=None, max_size=1000)
    got: list[Any] = []
    router.on_any(got.append)
    return router, got


def test_a_body_in_chunks_is_read_until_it_is_too_large(
    client: Client, unsigned: tuple[Any, list[Any]]
) -> None:
    router, got = unsigned

    def parts(number: int) -> Iterator[bytes]:
        yield BODY
        for _ in range(number):
            yield b" " * 100

    with (
        asgi(on_asgi(client, router)) as url,
        httpx2.Client(timeout=PATIENCE) as sender,
    ):
        assert sender.post(url, content=parts(2)).status_code == 200
        assert sender.post(url, content=parts(20)).status_code == 413
    assert len(got) == 1


@pytest.mark.parametrize(
    ("header", "sent"),
    [
        ("Content-Length: 500", BODY),
        ("Transfer-Encoding: chunked", b"%x\r\n%b\r\n" % (len(BODY), BODY)),
    ],
)
def test_a_body_that_does_not_end_is_not_handled(
    client: Client, unsigned: tuple[Any, list[Any]], header: str, sent: bytes
) -> None:
    router, got = unsigned
    with asgi(on_asgi(client, router)) as url:
        host, port = url.split("/")[2].split(":")
        with socket.create_connection((host, int(port))) as sender:
            head = f"POST / HTTP/1.1\r\nHost: {host}\r\n{header}\r\n\r\n"
            sender.sendall(head.encode() + sent)
            time.sleep(0.05)
        assert httpx2.post(url, content=BODY, timeout=PATIENCE).status_code == 200
    assert len(got) == 1


@pytest.mark.slow
def test_the_server_in_ten_lines_serves(client: Client) -> None:
    program = client.snippets["server"]
    assert len([line for line in program.splitlines() if line]) <= 10
    assert "8000" in program
    with reserve_port() as port:
        process = subprocess.Popen(
            [sys.executable, "-u", "-c", program.replace("8000", str(port))],
            cwd=client.folder,
            env={**os.environ, "WEBHOOK_SECRET": SECRET},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            wait_for_server(process, port)
            headers = client.webhooks.sign(BODY, SECRET)
            url = f"http://127.0.0.1:{port}/"
            answer = httpx2.post(url, content=BODY, headers=headers, timeout=PATIENCE)
            assert (answer.status_code, answer.text) == (200, "done")
            assert process.stdout is not None
            assert process.stdout.readline().startswith("customer.created Customer")
        finally:
            process.kill()
            process.communicate()


def test_the_recipes_have_at_most_eight_lines(client: Client) -> None:
    for name in ("fastapi", "flask", "django"):
        lines = [line for line in client.snippets[name].splitlines() if line]
        assert len(lines) <= 8, name


def test_the_helpers_make_what_arrives(client: Client) -> None:
    webhooks = client.webhooks
    data = {"customer": {"id": "cust_1"}}
    event = webhooks.make_event(webhooks.CUSTOMER_CREATED, data)
    assert event.payload.customer.id == "cust_1"
    body = webhooks.make_body(webhooks.CUSTOMER_CREATED, data)
    assert json.loads(body) == json.loads(BODY)
    assert webhooks.parse_event(body) == event
