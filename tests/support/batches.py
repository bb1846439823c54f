"""An API that takes events in batches, and a server that counts what it got.

In: nothing. Out: its document, the events of requests, and scripts that use the client
in a Python of their own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field

from support.documents import TEXT, document, operation, record, ref
from support.generated import Generated
from support.loopback import Loopback, Received, Reply
from support.patience import PATIENCE
from support.values import Value

BATCH = {"items": "events", "size": 500, "not-empty": ["name"], "max-bytes": 100_000}
KEY = {"fill": ["events[].id", {"field": "events[].at", "with": "now"}]}
LOGS = {
    "items": "logs",
    "partial": {"refused": "data.failures", "key": "id"},
}
EVENT = record(["name"], name=TEXT, id=TEXT, at=TEXT, n="number", note=TEXT)
DOCUMENT = document(
    {
        "/events/bulk": {
            "post": operation(
                "addEvents",
                record(message=TEXT),
                record(["events"], events={"type": "array", "items": ref("Event")}),
                hint={"batch": BATCH, "idempotency-key": KEY},
            )
        },
        "/logs": {
            "post": operation(
                "addLogs",
                record(message=TEXT),
                record(["logs"], logs={"type": "array", "items": ref("Event")}),
                hint={"batch": LOGS, "idempotency-key": {"fill": "logs[].id"}},
            )
        },
        "/other": {"post": operation("addOther", None, ref("Event"))},
    },
    {"Event": EVENT},
)
MULTI_STATUS = 207
START = """\
import sys, threading, time, os, asyncio
from {package} import AsyncShop, Shop, Retry, batching, models
URL = {url!r}
def event(name="x", **more):
    return models.Event(name=name, **more)
def batch_of(**options):
    client = Shop(base_url=URL, retry=Retry(max_retries=0))
    return batching.Batch(client.things.add_events, **options)
"""


@dataclass(frozen=True, slots=True)
class Finished:
    """How a script ended."""

    code: int
    output: str
    errors: str


def run_script(made: Generated, url: str, script: str) -> Finished:
    """Run a script after `START` in a Python of its own."""
    start = START.format(package=made.name, url=url)
    done = subprocess.run(
        [sys.executable, "-c", start + script],
        capture_output=True,
        check=False,
        text=True,
        timeout=PATIENCE,
        env={**os.environ, "PYTHONPATH": str(made.folder.parent)},
    )
    return Finished(done.returncode, done.stdout, done.stderr)


def read_events(request: Received) -> list[dict[str, Value]]:
    """Return the events of a request."""
    events: list[dict[str, Value]] = json.loads(request.body)["events"]
    return events


def reject_named(taken: list[str], status: int, request: Received) -> Reply:
    """Answer by the ids of `bad` events; with a success, the others are taken."""
    events: list[dict[str, Value]] = json.loads(request.body)["logs"]
    bad = [each["id"] for each in events if each["name"] == "bad"]
    failures = [{"id": each, "why": "it is bad"} for each in bad]
    if not bad or status == MULTI_STATUS:
        taken += [each["id"] for each in events if each["id"] not in bad]
    body = json.dumps({"data": {"failures": failures}}).encode()
    return Reply(status if bad else MULTI_STATUS, body)


@dataclass(slots=True)
class Ledger:
    """Takes the events of a server, unless it is down; a `bad` one spoils a request."""

    server: Loopback
    is_down: bool = False
    status: int = 503
    taken: list[dict[str, Value]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.server.answer = self.answer

    @property
    def ids(self) -> list[str]:
        """The ids of all events that were taken, also if one was taken twice."""
        return [each["id"] for each in self.taken]

    def answer(self, request: Received) -> Reply:
        """Answer a request."""
        if self.is_down:
            return Reply(self.status, headers={"Retry-After": "0"})
        events = read_events(request)
        if any(each["name"] == "bad" for each in events):
            return Reply(400)
        self.taken += events
        return Reply(202)
