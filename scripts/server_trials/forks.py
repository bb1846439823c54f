"""Batches in processes that others fork: gunicorn with its workers, and celery's.

In: a folder for an environment with these packages. Out: whether all events arrived,
for each kind of worker.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2

from server_trials.frameworks import install_packages
from server_trials.processes import run_server
from server_trials.trial import Outcome, generate_client, run_checks

_APPS = Path(__file__).parent / "apps"
_PACKAGES = ("gunicorn[gevent]", "celery", "httpx2", "msgspec")
_CONFIGURATIONS = {"gevent": ("--config", str(_APPS / "gunicorn_gevent.py"))}
_COUNT = 20
_PATIENCE = 60.0
_TEXT = {"type": "string"}
_EVENT = {
    "type": "object",
    "required": ["name"],
    "properties": {"id": _TEXT, "at": _TEXT, "name": _TEXT},
}
_BODY = {
    "type": "object",
    "required": ["events"],
    "properties": {
        "events": {"type": "array", "items": {"$ref": "#/components/schemas/Event"}}
    },
}
_DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Counted", "version": "1"},
    "paths": {
        "/events/bulk": {
            "post": {
                "tags": ["events"],
                "operationId": "sendEvents",
                "x-codegen": {
                    "batch": {"items": "events", "not-empty": ["name"]},
                    "idempotency-key": {
                        "fill": ["events[].id", {"field": "events[].at", "with": "now"}]
                    },
                },
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": _BODY}},
                },
                "responses": {"204": {"description": "Counted."}},
            }
        }
    },
    "components": {"schemas": {"Event": _EVENT}},
}


def try_gunicorn(folder: Path) -> Outcome:
    """Try gunicorn, which imports the application before it forks its workers."""
    python = _prepare(folder)
    kinds = ("sync", "gthread", "gevent")
    checks = [(kind, partial(_serve, python, folder, kind)) for kind in kinds]
    return run_checks("gunicorn", checks)


def try_celery(folder: Path) -> Outcome:
    """Try the prefork pool of celery."""
    python = _prepare(folder)
    return run_checks("celery", [("prefork", partial(_work, python, folder))])


def _prepare(folder: Path) -> Path:
    """Install the packages, and generate the client; return the Python."""
    document = folder / "counted.json"
    document.write_text(json.dumps(_DOCUMENT), encoding="utf-8")
    generate_client("counted_client", folder, str(document))
    return install_packages(folder / "forks", _PACKAGES)


def _serve(python: Path, folder: Path, kind: str) -> None:
    with _collect() as (url, events):
        command = [
            str(python),
            *("-m", "gunicorn", "--bind", "127.0.0.1:{port}", "--workers", "2"),
            *("--preload", "--worker-class", kind, "--chdir", str(_APPS)),
            *_CONFIGURATIONS.get(kind, ()),
            "batched_app:app",
        ]
        environment = {"COUNTED_BASE_URL": url, "PYTHONPATH": str(folder)}
        with run_server(command, folder / f"gunicorn-{kind}.log", environment) as own:
            for _ in range(_COUNT):
                httpx2.get(own).raise_for_status()
        _check(events, {"master": 1, "worker": _COUNT})


def _work(python: Path, folder: Path) -> None:
    with _collect() as (url, events):
        queue = folder / "queue"
        queue.mkdir(exist_ok=True)
        environment = {
            **os.environ,
            "COUNTED_BASE_URL": url,
            "PYTHONPATH": f"{folder}{os.pathsep}{_APPS}",
            "QUEUE": str(queue),
        }
        send = f"from batched_tasks import record\nfor _ in range({_COUNT}): record.delay()"
        sending = [str(python), "-c", send]
        subprocess.run(sending, env=environment, check=True)  # noqa: S603 - ours
        command = ["-m", "celery", "-A", "batched_tasks", "worker", "--concurrency=2"]
        with (folder / "celery.log").open("wb") as log:
            worker = subprocess.Popen(  # noqa: S603 - ours
                [python, *command], env=environment, stdout=log, stderr=log
            )
            _wait_until(lambda: not list(queue.glob("*.msg")))
            worker.send_signal(signal.SIGTERM)  # it ends the tasks that it has begun
            worker.wait(timeout=_PATIENCE)
        _check(events, {"task": _COUNT})


def _wait_until(is_over: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not is_over():
        if time.monotonic() > end:
            raise TimeoutError("the tasks were not taken")
        time.sleep(0.1)


def _check(events: list[Any], expected: dict[str, int]) -> None:
    """Check that all events arrived, and each once."""
    names = Counter(each["name"] for each in events)
    keys = {(each["id"], each["at"]) for each in events}
    if names != expected or len(keys) != len(events):
        raise AssertionError(f"{dict(names)} of {len(keys)} keys arrived")


@contextmanager
def _collect() -> Iterator[tuple[str, list[Any]]]:
    """Run a server that keeps the events of all requests; yield its URL and these."""
    events: list[Any] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers["content-length"])
            events.extend(json.loads(self.rfile.read(size))["events"])
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", events
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
