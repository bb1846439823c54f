"""Batches of a generated asynchronous client: each event is sent once, or handed back."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from support.batches import DOCUMENT, Ledger, run_script
from support.generated import Generated, Generator
from support.loopback import Loopback, Reply

from flexprice_codegen.runtime.shapes import Value

pytestmark = pytest.mark.slow
Start = Callable[..., Any]


@pytest.fixture(scope="module")
def made(generated: Generator) -> Generated:
    """Return the client."""
    return generated(DOCUMENT)


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    """Return what a server took."""
    with Loopback() as server:
        yield Ledger(server)


@pytest.fixture
def start(made: Generated, ledger: Ledger) -> Start:
    """Return a function that opens a batch."""
    retry = made.package.Retry(max_retries=0)

    @asynccontextmanager
    async def open_batch(**options: Value) -> AsyncIterator[Value]:
        async with made.client(
            "async", base_url=ledger.server.url, retry=retry
        ) as client:
            batching = made.module("batching")
            async with batching.AsyncBatch(
                client.things.add_events, **options
            ) as batch:
                yield batch

    return open_batch


@pytest.fixture
def event(made: Generated) -> Callable[..., Value]:
    """Return a function that makes an event."""

    def make(name: str = "x", **more: Value) -> Value:
        return made.models.Event(name=name, **more)

    return make


def run(main: Callable[[], Coroutine[Any, Any, Any]]) -> Value:
    """Run a coroutine."""
    return asyncio.run(main())


def check_sum(stats: Value) -> None:
    """Check that no item is missing."""
    known = stats.sent + stats.refused + stats.lost + stats.waiting
    assert stats.accepted == known


def test_tasks_share_a_batch(start: Start, event: Value, ledger: Ledger) -> None:
    before = threading.active_count()
    seen: list[int] = []

    async def main() -> Value:
        async with start(every=60, room=700) as batch:

            async def add() -> None:
                for _ in range(500):
                    await batch.add(event())
                    check_sum(batch.stats)

            await asyncio.gather(*(add() for _ in range(4)))
            seen.append(threading.active_count())
            flushed = await batch.flush()
            return flushed, batch.stats

    flushed, stats = run(main)
    assert flushed
    assert len(ledger.ids) == len(set(ledger.ids)) == stats.sent == 2_000
    # Each connection has a thread of the server.
    assert seen[0] - before <= 1


def test_invalid_events_are_found_and_handed_back(
    start: Start, event: Value, ledger: Ledger
) -> None:
    refused: list[float] = []

    async def take(item: Value, _: Exception) -> None:
        await asyncio.sleep(0)
        refused.append(item.n)

    async def main() -> Value:
        async with start(every=60, on_refused=take) as batch:
            for number in range(400):
                name = "bad" if number in (7, 200, 399) else "x"
                await batch.add(event(name, n=float(number)))
            await batch.flush()
            return batch.stats

    stats = run(main)
    assert sorted(refused) == [7, 200, 399]
    assert (stats.sent, stats.refused, stats.waiting) == (397, 3, 0)
    assert len(ledger.ids) == len(set(ledger.ids)) == 397


def test_add_waits_for_room_and_add_nowait_raises(
    made: Generated, start: Start, event: Value, ledger: Ledger
) -> None:
    full = made.module("batching").BatchFullError

    async def main() -> None:
        ledger.is_down = True
        async with start(every=0.01, room=2, full_timeout=0.05) as batch:
            batch.add_nowait(event())
            batch.add_nowait(event())
            with pytest.raises(full):
                batch.add_nowait(event())
            with pytest.raises(full):
                await batch.add(event())
            ledger.is_down = False
            assert await batch.flush()
            await batch.add(event())

    run(main)
    assert len(ledger.ids) == len(set(ledger.ids)) == 3


def test_a_cancelled_host_sends_what_waits(
    start: Start, event: Value, ledger: Ledger
) -> None:
    async def host(ready: asyncio.Event) -> None:
        async with start(every=60) as batch:
            for _ in range(7):
                await batch.add(event())
            ready.set()
            await asyncio.sleep(60)

    async def main() -> None:
        ready = asyncio.Event()
        task = asyncio.create_task(host(ready))
        await ready.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(main)
    assert len(ledger.ids) == len(set(ledger.ids)) == 7


def test_a_cancelled_request_is_sent_again(
    start: Start, event: Value, ledger: Ledger
) -> None:
    hold = threading.Event()
    arrived = threading.Event()
    bodies: list[bytes] = []

    def answer(request: Value) -> Reply:
        bodies.append(request.body)
        arrived.set()
        hold.wait(10)
        return Reply(202)

    ledger.server.answer = answer

    async def main() -> Value:
        async with start(every=0.001) as batch:
            await batch.add(event())
            await asyncio.to_thread(arrived.wait)
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()
            await asyncio.sleep(0.01)
            assert batch.stats.waiting == 1
            hold.set()
            return await batch.flush()

    flushed = run(main)
    assert flushed.sent == 1
    assert len(bodies) == 2
    assert bodies[0] == bodies[1]


def test_a_batch_belongs_to_one_loop(
    made: Generated, event: Value, ledger: Ledger
) -> None:
    batching = made.module("batching")
    client = made.client("async", base_url=ledger.server.url)
    batch = batching.AsyncBatch(client.things.add_events, every=60)

    async def add() -> None:
        await batch.add(event())

    async def close() -> None:
        await batch.aclose()

    async def both() -> None:
        await add()
        with pytest.raises(RuntimeError, match="another event loop"):
            await asyncio.to_thread(run, add)
        await close()
        await client.aclose()

    run(both)
    assert len(ledger.ids) == 1


def test_a_loop_that_ends_early_is_told_at_exit(
    made: Generated, ledger: Ledger
) -> None:
    script = """
async def main():
    client = AsyncShop(base_url=URL)
    batch = batching.AsyncBatch(client.things.add_events, every=60)
    for _ in range(4): await batch.add(event())
asyncio.run(main())
"""
    done = run_script(made, ledger.server.url, script)
    assert done.code == 0
    assert "POST /events/bulk: 4 items were not sent\n" in done.errors


def test_without_an_interval_only_flush_sends(
    start: Start, event: Value, ledger: Ledger
) -> None:
    async def main() -> Value:
        async with start(every=0, size=2, room=4) as batch:
            for _ in range(4):
                await batch.add(event())
            assert not ledger.server.requests
            await batch.add(event())  # there is no room: it sends a request
            assert len(ledger.server.requests) == 1
            return await batch.flush()

    assert run(main).sent == 3


def test_what_close_cannot_send_is_handed_back(
    start: Start, event: Value, ledger: Ledger
) -> None:
    ledger.is_down = True
    lost: list[str] = []

    async def main() -> Value:
        options = {"on_lost": lambda item, _: lost.append(item.name)}
        async with start(every=60, **options) as batch:
            await batch.add(event("a"))
            flushed = await batch.aclose(timeout=0.05)
            return flushed, batch.stats

    flushed, stats = run(main)
    assert not flushed
    assert lost == ["a"]
    assert (stats.lost, stats.waiting) == (1, 0)
    check_sum(stats)


def test_a_refused_key_is_no_storm_and_a_new_one_goes_on(
    made: Generated, start: Start, event: Value, ledger: Ledger
) -> None:
    async def main() -> None:
        async with start(every=0.01) as batch:
            ledger.is_down, ledger.status = True, 403
            for _ in range(20):
                await batch.add(event())
                await asyncio.sleep(0.005)
            assert not await batch.flush()
            assert len(ledger.server.requests) == 1
            ledger.is_down = False
            async with made.client("async", base_url=ledger.server.url) as other:
                batch.use(other.things.add_events)
                assert await batch.flush()

    run(main)
    assert len(set(ledger.ids)) == len(ledger.ids) == 20
