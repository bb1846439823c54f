"""Batches of a generated asynchronous client: each event is sent once, or handed back."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from math import nan
from pathlib import Path
from typing import Any

import httpx2
import pytest
from support.batches import DOCUMENT, Ledger, read_events, reject_named, run_script
from support.generated import Generated, Generator
from support.loopback import (
    Fault,
    Loopback,
    Received,
    Reply,
    reserve_port,
    wait_for_server,
)
from support.patience import PATIENCE
from support.values import Value

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


@pytest.mark.parametrize("status", [207, 422])
def test_a_response_can_name_what_it_rejects(
    made: Generated, event: Value, ledger: Ledger, status: int
) -> None:
    taken: list[str] = []
    ledger.server.answer = partial(reject_named, taken, status)
    refused: list[float] = []

    async def main() -> Value:
        async with made.client("async", base_url=ledger.server.url) as client:
            add = client.things.add_logs
            options = {"on_refused": lambda item, _: refused.append(item.n)}
            async with made.module("batching").AsyncBatch(add, **options) as batch:
                for number in range(20):
                    name = "bad" if number in (0, 7, 19) else "x"
                    await batch.add(event(name, n=float(number)))
                return await batch.flush()

    assert run(main).sent == 17
    assert refused == [0, 7, 19]
    assert len(set(taken)) == len(taken) == 17
    assert len(ledger.server.requests) == (1 if status == 207 else 2)


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
            await asyncio.Event().wait()

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
        hold.wait(PATIENCE)
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


def test_flush_waits_while_another_task_sends(
    start: Start, event: Value, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def main() -> None:
        async with start(every=60, size=10, room=1_000) as batch:
            # How often it waits is shown nowhere.
            workers = batch._workers  # noqa: SLF001
            wait = workers.wait

            async def count(seconds: float) -> None:
                waits.append(seconds)
                await wait(seconds)

            monkeypatch.setattr(workers, "wait", count)
            for _ in range(200):
                await batch.add(event())
            assert await batch.flush()

    run(main)
    assert len(waits) <= 5 * len(ledger.server.requests)
    assert 0 not in waits


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


def test_an_outage_fills_the_batch_and_loses_nothing(
    made: Generated, start: Start, event: Value, ledger: Ledger
) -> None:
    full = made.module("batching").BatchFullError
    ledger.is_down = True

    async def main() -> Value:
        async with start(every=0.01, room=100, when_full="raise") as batch:
            for _ in range(100):
                await batch.add(event())
            with pytest.raises(full, match="100 items wait"):
                await batch.add(event())
            assert batch.stats.waiting == 100
            ledger.is_down = False
            assert await batch.flush()
            return batch.stats

    assert run(main).accepted == 100
    assert len(set(ledger.ids)) == len(ledger.ids) == 100


def test_a_full_batch_can_lose_what_is_new(
    start: Start, event: Value, ledger: Ledger
) -> None:
    ledger.is_down = True
    lost: list[float] = []

    async def main() -> Value:
        options = {"on_lost": lambda item, _: lost.append(item.n), "when_full": "drop"}
        async with start(every=60, room=2, size=2, **options) as batch:
            taken = [await batch.add(event(n=float(number))) for number in range(4)]
            assert taken == [True, True, False, False]
            ledger.is_down = False
            await batch.flush()
            return batch.stats

    stats = run(main)
    assert (stats.sent, stats.lost) == (2, 2)
    assert lost == [2, 3]
    check_sum(stats)


def test_a_forked_process_sends_only_its_own(made: Generated, ledger: Ledger) -> None:
    script = """
async def send_own(batch):
    for _ in range(3): await batch.add(event("child"))
    await batch.aclose()
async def main():
    client = AsyncShop(base_url=URL)
    batch = batching.AsyncBatch(client.things.add_events, every=60)
    for _ in range(5): await batch.add(event("parent"))
    if child := os.fork():
        assert os.waitpid(child, 0)[1] == 0
    else:
        asyncio.run(send_own(batch))
        os._exit(0)
    await batch.aclose()
    print(batch.stats.accepted)
asyncio.run(main())
"""
    done = run_script(made, ledger.server.url, script)
    assert done.output == "5\n", done.errors
    names = [each["name"] for each in ledger.taken]
    assert (names.count("child"), names.count("parent")) == (3, 5)
    assert len(set(ledger.ids)) == 8


def test_a_server_that_never_answers_does_not_hold_close(
    start: Start, event: Value, ledger: Ledger
) -> None:
    gone = threading.Event()

    def answer(_: Value) -> Reply:
        gone.wait(PATIENCE)
        return Reply(202)

    ledger.server.answer = answer
    lost: list[str] = []

    async def main() -> Value:
        options = {"on_lost": lambda item, _: lost.append(item.name)}
        async with start(every=0.001, **options) as batch:
            for _ in range(7):
                await batch.add(event())
            closed = await batch.aclose(timeout=0.1)
            gone.set()
            return closed

    closed = run(main)
    assert not closed
    assert (closed.lost, closed.waiting) == (7, 0)
    assert lost == ["x"] * 7


def test_a_repeated_request_has_the_same_bytes(
    start: Start, event: Value, ledger: Ledger
) -> None:
    answers = iter([Reply(fault=Fault.NO_ANSWER), Reply(202)])
    ledger.server.answer = lambda _: next(answers)

    async def main() -> None:
        async with start(every=60) as batch:
            await batch.add(event())
            await batch.add(event(id="own", at="2026-01-01T00:00:00Z"))
            assert await batch.flush()

    run(main)
    first, second = ledger.server.requests
    assert first.body == second.body
    generated, own = read_events(first)
    assert generated["id"]
    assert generated["at"]
    assert (own["id"], own["at"]) == ("own", "2026-01-01T00:00:00Z")


def test_a_callback_that_raises_stops_nothing(
    start: Start, event: Value, ledger: Ledger
) -> None:
    async def crash(*_: object) -> None:
        raise LookupError("of the user")

    async def main() -> None:
        async with start(every=60, on_refused=crash, on_stats=crash) as batch:
            for name in ("a", "bad", "b"):
                await batch.add(event(name))
            flushed = await batch.flush()
            assert (flushed.sent, flushed.refused) == (2, 1)
            await batch.add(event("c"))
            assert await batch.flush()

    run(main)
    assert [each["name"] for each in ledger.taken] == ["a", "b", "c"]


def test_add_during_close_raises_or_is_sent(
    made: Generated, start: Start, event: Value, ledger: Ledger
) -> None:
    closed = made.module("batching").BatchClosedError
    added: list[int] = []

    async def add(batch: Value, enough: asyncio.Event) -> None:
        with suppress(closed):
            while True:
                await batch.add(event())
                added.append(1)
                if len(added) == 50:
                    enough.set()
                await asyncio.sleep(0)

    async def main() -> Value:
        async with start(every=0.001, size=5) as batch:
            enough = asyncio.Event()
            tasks = [asyncio.create_task(add(batch, enough)) for _ in range(4)]
            await enough.wait()
            await batch.aclose()
            await asyncio.gather(*tasks)
            return batch.stats

    stats = run(main)
    assert len(ledger.ids) == len(set(ledger.ids)) == len(added) == stats.sent
    check_sum(stats)


def test_flush_does_not_wait_for_what_comes_later(
    start: Start, event: Value, ledger: Ledger
) -> None:
    async def main() -> Value:
        async with start(every=60, size=10) as batch:

            async def add() -> None:
                while True:
                    await batch.add(event())
                    await asyncio.sleep(0)

            task = asyncio.create_task(add())
            await batch.add(event("mine"))
            flushed = await batch.flush()
            task.cancel()
            return flushed

    assert run(main)
    assert "mine" in [each["name"] for each in ledger.taken]


def test_an_interrupt_loses_nothing(made: Generated, ledger: Ledger) -> None:
    def answer(request: Received) -> Reply:
        time.sleep(0.5)
        return ledger.answer(request)

    ledger.server.answer = answer
    script = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGINT))
async def main():
    async with AsyncShop(base_url=URL) as client:
        async with batching.AsyncBatch(client.things.add_events, every=60) as batch:
            for _ in range(7): await batch.add(event())
            signal.setitimer(signal.ITIMER_REAL, 0.2)
            await batch.flush()
asyncio.run(main())
"""
    done = run_script(made, ledger.server.url, script)
    assert "KeyboardInterrupt" in done.errors
    assert len(set(ledger.ids)) == 7


def test_what_cannot_be_sent_is_refused_at_once(
    start: Start, event: Value, ledger: Ledger
) -> None:
    async def main() -> None:
        async with start(every=60, max_bytes=400) as batch:
            with pytest.raises(ValueError, match=r"item\.name: must not be empty"):
                await batch.add(event(""))
            with pytest.raises(ValueError, match="nan is not a number"):
                batch.add_nowait(event(n=nan))
            with pytest.raises(ValueError, match="bytes in a request, at most 400"):
                await batch.add(event(note="\N{MUSICAL SYMBOL G CLEF}" * 100))
            await batch.add(event())
            assert await batch.flush()
            assert batch.stats.accepted == 1

    run(main)
    assert len(ledger.ids) == 1


def test_a_clock_that_is_set_back_delays_nothing(
    start: Start, event: Value, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def main() -> None:
        async with start(every=0.05) as batch:
            await batch.add(event())
            monkeypatch.setattr(time, "time", lambda: 0.0)
            while not ledger.taken:  # noqa: ASYNC110 - a thread takes it
                await asyncio.sleep(0.01)

    run(main)
    assert len(ledger.ids) == 1


def test_a_batch_for_tests_keeps_what_is_added(generated: Generator) -> None:
    made = generated(DOCUMENT, modules=("testing",))

    async def main() -> Value:
        async with made.client("async", base_url="http://127.0.0.1:9") as client:
            kind = made.module("batching").AsyncCollected
            async with kind(client.things.add_events) as batch:
                await batch.add(made.models.Event(name="a"))
                batch.add_nowait(made.models.Event(name="b"))
                assert await batch.flush()
            return batch.items

    items = run(main)
    assert [each.name for each in items] == ["a", "b"]
    assert all(each.id and each.at for each in items)


APP = """
from {package} import AsyncShop, batching, models

opened = []


async def app(scope, receive, send):
    if scope["type"] == "http":
        await opened[0].add(models.Event(name="x"))
        await send({{"type": "http.response.start", "status": 204, "headers": []}})
        await send({{"type": "http.response.body"}})
        return
    await receive()
    client = AsyncShop(base_url={url!r})
    opened.append(batching.AsyncBatch(client.things.add_events, every=60))
    await send({{"type": "lifespan.startup.complete"}})
    await receive()
    await opened[0].aclose()
    await send({{"type": "lifespan.shutdown.complete"}})
"""


def test_workers_of_a_server_send_all(
    made: Generated, ledger: Ledger, tmp_path: Path
) -> None:
    """As the guide says of uvicorn: the batch is closed when the lifespan ends."""
    code = APP.format(package=made.name, url=ledger.server.url)
    (tmp_path / "app.py").write_text(code)
    with reserve_port() as port:
        command = ["-m", "uvicorn", "--workers", "2", "--port", str(port), "app:app"]
        server = subprocess.Popen(
            [sys.executable, *command],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(made.folder.parent)},
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for_server(server, port)
            for _ in range(20):
                url = f"http://127.0.0.1:{port}/"
                assert httpx2.get(url, timeout=PATIENCE).status_code == 204
        finally:
            server.terminate()
            assert server.wait(PATIENCE) in (0, -signal.SIGTERM)
    assert len(set(ledger.ids)) == len(ledger.ids) == 20
