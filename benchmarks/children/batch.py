"""Sends events to a server on loopback, many in a request.

In: who sends (`ours`, `bare`, `whole`), the URL of the server. Out: see `loop`; a turn is
20,000 events. For `ours` they wait already, `whole` adds them too, and `bare` posts by
httpx2 alone the bodies that ours sends.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from time import perf_counter
from typing import TYPE_CHECKING

import httpx2

from benchmarks.children.loop import serve, serve_measured

if TYPE_CHECKING:  # the client has a copy of its own
    from flexprice_codegen.runtime.batching import Batch

EVENTS = 20_000
SIZE = 500


def create_batch(url: str, http_client: httpx2.Client) -> Batch[object]:
    """Return a batch that sends when it is asked to."""
    package = import_module("meter_client")
    client = package.Meter(base_url=url, http_client=http_client)
    batching = import_module("meter_client.batching")
    batch: Batch[object] = batching.Batch(
        client.events.send_events, size=SIZE, every=60.0, room=2 * EVENTS
    )
    return batch


def create_events() -> list[object]:
    """Return events as a program with usage to report has them."""
    event = import_module("meter_client.models").Event
    return [
        event(name="tokens", customer=f"customer-{number % 100}", n=number)
        for number in range(EVENTS)
    ]


def add(batch: Batch[object], events: list[object]) -> None:
    """Add events."""
    for event in events:
        batch.add(event)


def record_bodies(events: list[object]) -> list[bytes]:
    """Return the bodies that ours sends."""
    bodies: list[bytes] = []

    def keep(request: httpx2.Request) -> httpx2.Response:
        bodies.append(request.content)
        return httpx2.Response(201)

    transport = httpx2.MockTransport(keep)
    batch = create_batch("http://127.0.0.1", httpx2.Client(transport=transport))
    add(batch, events)
    batch.close()
    return bodies


def measure(subject: Callable[[], object]) -> float:
    """Return the seconds that something takes."""
    begin = perf_counter()
    subject()
    return perf_counter() - begin


def main() -> None:
    """Read the arguments and serve."""
    sender, url = sys.argv[1:]
    events = create_events()
    with httpx2.Client() as http_client:
        if sender == "bare":
            target = f"{url}/events/bulk"
            headers = {"content-type": "application/json"}
            bodies = record_bodies(events)
            serve(
                lambda: [
                    http_client.post(target, content=body, headers=headers)
                    for body in bodies
                ]
            )
            return
        with create_batch(url, http_client) as batch:

            def send_added() -> float:
                # They are added while nothing is sent: a full request is sent at once.
                with batch._workers:  # noqa: SLF001 - else it is sent meanwhile
                    add(batch, events)
                return measure(batch.flush)

            def send_all() -> None:
                add(batch, events)
                batch.flush()

            if sender == "ours":
                serve_measured(send_added)
            else:
                serve(send_all)


if __name__ == "__main__":
    main()
