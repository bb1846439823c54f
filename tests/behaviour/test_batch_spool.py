"""Spools of batches: a killed process loses nothing, and no other sends it meanwhile."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from copy import deepcopy
from pathlib import Path

import pytest
from support.batches import DOCUMENT, START, Ledger, run_script
from support.generated import Generated, Generator
from support.loopback import Loopback
from support.values import Value

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(generated: Generator) -> Generated:
    """Return the client."""
    document = deepcopy(DOCUMENT)
    hint = document["paths"]["/events/bulk"]["post"]["x-codegen"]["batch"]
    document["paths"]["/events/bulk"]["post"]["x-codegen"]["batch"] = {
        **hint,
        "spool": True,
    }
    return generated(document)


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    """Return what a server took."""
    with Loopback() as server:
        yield Ledger(server)


@pytest.fixture
def start(made: Generated, ledger: Ledger) -> Iterator[Callable[..., Value]]:
    """Return a function that makes batches with a spool; they are closed at the end."""
    opened: list[Value] = []
    batching = made.module("batching")
    client = made.client(
        base_url=ledger.server.url, retry=made.package.Retry(max_retries=0)
    )

    def make(path: Path, **options: Value) -> Value:
        spool = batching.Spool(path)
        options = {"every": 60, "spool": spool, **options}
        opened.append(batching.Batch(client.things.add_events, **options))
        return opened[-1]

    yield make
    for each in opened:
        each.close(timeout=0)
    client.close()


@pytest.fixture
def event(made: Generated) -> Callable[..., Value]:
    """Return a function that makes an event."""

    def make(name: str = "x", **more: Value) -> Value:
        return made.models.Event(name=name, **more)

    return make


def read_names(path: Path) -> list[str]:
    """Return the kinds of the items in a database."""
    with sqlite3.connect(path) as database:
        return [name for (name,) in database.execute("SELECT kind FROM items")]


def test_only_what_waits_is_in_the_file(
    start: Value, event: Value, ledger: Ledger, tmp_path: Path
) -> None:
    path = tmp_path / "new" / "events.db"
    batch = start(path)
    batch.add(event("a"))
    batch.add(event("bad"))
    assert batch.flush().refused == 1
    ledger.is_down = True
    batch.add(event("later"))
    closed = batch.close(timeout=0.05)
    assert not closed
    assert (closed.waiting, closed.lost) == (1, 0)
    assert read_names(path) == ["Event"]


def test_a_killed_process_loses_nothing(
    made: Generated, start: Value, ledger: Ledger, tmp_path: Path
) -> None:
    ledger.is_down = True
    path = tmp_path / "events.db"
    script = f"""
spool = batching.Spool({str(path)!r})
batch = batch_of(every=0.01, size=7, spool=spool)
for number in range(1000): batch.add(event("killed", n=float(number)))

print("added", flush=True)
time.sleep(60)
"""
    with start_script(made, ledger.server.url, script) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"added\n"
        process.send_signal(signal.SIGKILL)
    assert len(ledger.server.requests) >= 1
    first = ledger.server.requests[0].body

    ledger.is_down = False
    lost: list[Value] = []
    batch = start(path, on_lost=lambda *values: lost.append(values))
    assert batch.stats.waiting == 1000
    assert batch.flush().sent == 1000
    assert [each["n"] for each in ledger.taken] == [float(n) for n in range(1000)]
    assert len(set(ledger.ids)) == 1000
    assert all(identifier.encode() in first for identifier in ledger.ids[:7])
    assert not lost
    batch.close()
    assert read_names(path) == []


def start_script(made: Generated, url: str, script: str) -> subprocess.Popen[bytes]:
    """Start a script after `START` in a Python of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", START.format(package=made.name, url=url) + script],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(made.folder.parent)},
    )


@pytest.mark.parametrize("kills", range(3))
def test_kills_in_the_middle_of_sending_lose_nothing(
    made: Generated, start: Value, ledger: Ledger, tmp_path: Path, kills: int
) -> None:
    path = tmp_path / "events.db"
    script = f"""
spool = batching.Spool({str(path)!r})
batch = batch_of(every=0.001, size=3, spool=spool)
number = 0
while True:
    batch.add(event("killed", n=float(number)))
    print(number, flush=True)
    number += 1
"""
    with start_script(made, ledger.server.url, script) as process:
        assert process.stdout is not None
        while len(ledger.server.requests) < 10 * (kills + 1):
            last = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        # The last line may be cut.
        last = max([last, *map(int, process.stdout.read().split()[:-1])])
    with start(path) as batch:
        assert batch.flush()
    # The answer to one request may have come too late: it is sent again, as it was.
    numbers = {each["id"]: each["n"] for each in ledger.taken}
    assert {*range(last + 1)} <= {int(number) for number in numbers.values()}
    assert len(numbers) == len(set(numbers.values()))


def test_two_processes_send_nothing_twice(
    made: Generated, ledger: Ledger, tmp_path: Path
) -> None:
    path = tmp_path / "events.db"
    script = f"""
spool = batching.Spool({str(path)!r})
with batch_of(every=0.01, size=5, spool=spool) as batch:
    for _ in range(50): batch.add(event()); time.sleep(0.001)
"""
    with ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(start_script(made, ledger.server.url, script))
    assert len(ledger.ids) == len(set(ledger.ids)) == 150


def test_files_of_processes_that_have_ended_are_taken_over(
    start: Value, event: Value, ledger: Ledger, tmp_path: Path
) -> None:
    ledger.is_down = True
    path = tmp_path / "events.db"
    batches = [start(path) for _ in range(3)]
    for number, batch in enumerate(batches):
        batch.add(event(str(number)))
    for batch in batches[1:]:
        batch.close(timeout=0)
    ledger.is_down = False
    # The first is still open, so this one has the second file, and the third's items.
    with start(path) as batch:
        assert batch.flush().sent == 2
    assert {each["name"] for each in ledger.taken} == {"1", "2"}
    assert batches[0].flush().sent == 1
    assert len(ledger.taken) == 3


def test_a_forked_process_has_a_file_of_its_own(
    made: Generated, ledger: Ledger, tmp_path: Path
) -> None:
    path = tmp_path / "events.db"
    script = f"""
batch = batch_of(every=60, spool=batching.Spool({str(path)!r}))
for _ in range(5): batch.add(event("parent"))
for how in (sys.exit, os._exit):
    if child := os.fork():
        os.waitpid(child, 0)
    else:
        for _ in range(3): batch.add(event("child"))
        how(0)
os.kill(os.getpid(), 9)
"""
    done = run_script(made, ledger.server.url, script)
    assert done.code == -signal.SIGKILL
    # The child that left by `sys.exit` has sent its own; the others are in two files.
    assert [each["name"] for each in ledger.taken] == ["child"] * 3
    script = f"""
with batch_of(every=60, spool=batching.Spool({str(path)!r})) as batch:
    print(batch.stats.waiting)
"""
    done = run_script(made, ledger.server.url, script)
    assert done.output == "8\n", done.errors
    names = [each["name"] for each in ledger.taken]
    assert (names.count("parent"), names.count("child")) == (5, 6)
    assert len(set(ledger.ids)) == 11


def test_a_corrupt_file_is_renamed_and_reported(
    start: Value, event: Value, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "events.db"
    path.write_bytes(b"no database at all" * 100)
    batch = start(path)
    batch.add(event())
    assert batch.flush().sent == 1
    (aside,) = tmp_path.glob("events.db.corrupt-*")
    assert aside.read_bytes().startswith(b"no database")
    assert f"is corrupt, and was renamed to {aside.name}" in caplog.text


def test_a_full_disk_is_reported_and_items_stay_in_memory(
    start: Value,
    event: Value,
    ledger: Ledger,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    lost: list[str] = []
    batch = start(
        tmp_path / "events.db", on_lost=lambda item, _: lost.append(item.name)
    )
    database = batch._queue._spool._database  # noqa: SLF001 - a disk that is full
    database.execute("PRAGMA max_page_count=3")
    count = 40
    for number in range(count):
        batch.add(event(str(number), note="x" * 500))
    assert "does not keep an item: database or disk is full" in caplog.text
    assert batch.flush().sent == count
    ledger.is_down = True
    for number in range(count):
        batch.add(event(str(number), note="x" * 500))
    assert batch.close(timeout=0).lost == count
    assert len(lost) == count


def test_a_directory_that_cannot_be_used_is_an_error_at_once(
    start: Value, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        start(tmp_path / "file" / "events.db")


def test_a_spool_belongs_to_one_batch(
    made: Generated, ledger: Ledger, tmp_path: Path
) -> None:
    batching = made.module("batching")
    spool = batching.Spool(tmp_path / "events.db")
    with made.client(base_url=ledger.server.url) as client:
        first = batching.Batch(client.things.add_events, spool=spool)
        with pytest.raises(ValueError, match="belongs to another batch"):
            batching.Batch(client.things.add_events, spool=spool)
        first.close()
        with batching.Batch(client.things.add_events, spool=spool) as batch:
            assert batch.stats.accepted == 0


def test_items_of_an_earlier_process_are_handed_back_as_their_class(
    made: Generated, start: Value, event: Value, ledger: Ledger, tmp_path: Path
) -> None:
    ledger.is_down = True
    path = tmp_path / "events.db"
    batch = start(path)
    batch.add(event("bad"))
    batch.add({"name": "bad"})
    batch.close(timeout=0)
    ledger.is_down = False
    refused: list[Value] = []
    with start(path, on_refused=lambda item, _: refused.append(item)) as batch:
        batch.flush()
    first, second = refused
    assert isinstance(first, made.models.Event)
    assert first.id
    assert second["name"] == "bad"


def test_asynchronous_batches_have_spools_as_well(
    made: Generated, event: Value, ledger: Ledger, tmp_path: Path
) -> None:
    batching = made.module("batching")
    path = tmp_path / "events.db"

    async def leave() -> Value:
        ledger.is_down = True
        async with made.client("async", base_url=ledger.server.url) as client:
            spool = batching.Spool(path)
            add = client.things.add_events
            batch = batching.AsyncBatch(add, every=60, spool=spool)
            for _ in range(4):
                await batch.add(event())
            return await batch.aclose(timeout=0)

    async def resume() -> Value:
        ledger.is_down = False
        async with made.client("async", base_url=ledger.server.url) as client:
            spool = batching.Spool(path)
            add = client.things.add_events
            async with batching.AsyncBatch(add, spool=spool) as batch:
                return await batch.flush()

    assert asyncio.run(leave()).waiting == 4
    assert asyncio.run(resume()).sent == 4
    assert len(ledger.ids) == len(set(ledger.ids)) == 4


def test_a_client_without_the_hint_has_no_spool(generated: Generator) -> None:
    made = generated(DOCUMENT)
    assert not hasattr(made.module("batching"), "Spool")
    assert not (made.folder / "runtime" / "batch_spool.py").exists()
