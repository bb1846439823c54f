"""A long outage of the server: batches keep their size, and lose nothing.

`OUTAGE` is its length in seconds; 1,000 events a second want to be added meanwhile.
"""

from __future__ import annotations

import asyncio
import os
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator

import pytest
from support.batches import DOCUMENT, Ledger
from support.generated import Generated, Generator
from support.loopback import Loopback
from support.patience import PATIENCE
from support.values import Value

pytestmark = pytest.mark.slow
SECONDS = float(os.environ.get("OUTAGE", "2"))
EACH_SECOND = 1_000
ROOM = 500
OPTIONS = {"every": 0.1, "room": ROOM, "size": 100, "full_timeout": None}
MOST_GROWTH = 1_000_000
"""Bytes that an outage may add after the batch is full: logs, and the last request."""


@pytest.fixture(scope="module")
def made(generated: Generator) -> Generated:
    """Return the client."""
    return generated(DOCUMENT)


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    """Return what a server took that is down."""
    with Loopback() as server:
        yield Ledger(server, is_down=True)


@pytest.fixture
def watched(ledger: Ledger) -> Iterator[Callable[[], int]]:
    """End the outage after its time; return a function that returns what memory grew."""
    sizes: list[int] = []
    tracemalloc.start()

    def measure() -> None:
        # The server keeps all requests that it gets; that is no memory of the batch.
        ledger.server.requests.clear()
        sizes.append(tracemalloc.get_traced_memory()[0])

    def watch() -> None:
        time.sleep(SECONDS / 2)
        measure()
        time.sleep(SECONDS / 2)
        measure()
        ledger.is_down = False

    thread = threading.Thread(target=watch)
    thread.start()
    yield lambda: sizes[1] - sizes[0]
    thread.join()
    tracemalloc.stop()


def check_all_arrived(ledger: Ledger, stats: Value, count: int) -> None:
    """Check that the server got each event once."""
    assert (stats.accepted, stats.sent, stats.lost) == (count, count, 0)
    assert len(ledger.ids) == len(set(ledger.ids)) == count


def count_events() -> int:
    """Return how many events there are: some come after the outage."""
    return ROOM + EACH_SECOND


def test_threads_outlast_an_outage(
    made: Generated, ledger: Ledger, watched: Callable[[], int]
) -> None:
    client = made.client(base_url=ledger.server.url)
    event = made.models.Event
    with made.module("batching").Batch(client.things.add_events, **OPTIONS) as batch:
        for _ in range(count_events()):
            batch.add(event(name="x"))  # waits for the server when it is full
            time.sleep(1 / EACH_SECOND)
        assert batch.flush(timeout=PATIENCE)
        stats = batch.stats
    check_all_arrived(ledger, stats, count_events())
    assert watched() < MOST_GROWTH
    client.close()


def test_tasks_outlast_an_outage(
    made: Generated, ledger: Ledger, watched: Callable[[], int]
) -> None:
    event = made.models.Event

    async def main() -> Value:
        async with made.client("async", base_url=ledger.server.url) as client:
            add = client.things.add_events
            async with made.module("batching").AsyncBatch(add, **OPTIONS) as batch:
                for _ in range(count_events()):
                    await batch.add(event(name="x"))
                    await asyncio.sleep(1 / EACH_SECOND)
                assert await batch.flush(timeout=PATIENCE)
                return batch.stats

    check_all_arrived(ledger, asyncio.run(main()), count_events())
    assert watched() < MOST_GROWTH
