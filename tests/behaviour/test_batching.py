"""Batches of a generated client: each event is sent once, or handed back."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from math import nan

import pytest
from support.batches import DOCUMENT, Ledger, read_events, reject_named, run_script
from support.generated import Generated, Generator
from support.loopback import Fault, Loopback, Received, Reply
from support.patience import PATIENCE
from support.values import Value

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(generated: Generator) -> Generated:
    """Return the client."""
    return generated(DOCUMENT)


@pytest.fixture
def server() -> Iterator[Loopback]:
    """Return a server."""
    with Loopback() as server:
        yield server


@pytest.fixture
def ledger(server: Loopback) -> Ledger:
    """Return what the server took."""
    return Ledger(server)


@pytest.fixture
def start(made: Generated, server: Loopback) -> Iterator[Callable[..., Value]]:
    """Return a function that makes batches; they are closed at the end."""
    opened: list[Value] = []
    clients: list[Value] = []
    retry = made.package.Retry(max_retries=0)

    def make(**options: Value) -> Value:
        client = made.client(base_url=server.url, retry=retry)
        clients.append(client)
        batching = made.module("batching")
        opened.append(batching.Batch(client.things.add_events, **options))
        return opened[-1]

    yield make
    for each in opened:
        each.close(timeout=0)
    for each in clients:
        each.close()


@pytest.fixture
def event(made: Generated) -> Callable[..., Value]:
    """Return a function that makes an event."""

    def make(name: str = "x", **more: Value) -> Value:
        return made.models.Event(name=name, **more)

    return make


def check_sum(stats: Value) -> None:
    """Check that no item is missing."""
    known = stats.sent + stats.refused + stats.lost + stats.waiting
    assert stats.accepted == known


def test_threads_share_a_batch(start: Value, event: Value, ledger: Ledger) -> None:
    batch = start(every=60, size=500)
    stop = threading.Event()
    wrong: list[Value] = []

    def add() -> None:
        for _ in range(2_500):
            batch.add(event())

    def watch() -> None:
        while not stop.is_set():
            stats = batch.stats
            if stats.accepted != stats.sent + stats.waiting:
                wrong.append(stats)

    watcher = threading.Thread(target=watch)
    threads = [threading.Thread(target=add) for _ in range(8)]
    for each in [watcher, *threads]:
        each.start()
    for each in threads:
        each.join()
    flushed = batch.flush()
    stop.set()
    watcher.join()
    assert flushed
    assert len(ledger.ids) == len(set(ledger.ids)) == 20_000
    assert len(ledger.server.requests) == 40
    assert not wrong
    check_sum(batch.stats)


def test_invalid_events_are_found_and_handed_back(
    start: Value, event: Value, ledger: Ledger
) -> None:
    refused: list[tuple[Value, Exception]] = []
    batch = start(every=60, size=500, on_refused=lambda *told: refused.append(told))
    for number in range(1_000):
        batch.add(event("bad" if number in (7, 500, 999) else "x", n=float(number)))
    batch.flush()
    stats = batch.stats
    assert (stats.sent, stats.refused, stats.waiting) == (997, 3, 0)
    assert sorted(item.n for item, _ in refused) == [7, 500, 999]
    assert all(item.id and item.at for item, _ in refused)
    assert {type(error).__name__ for _, error in refused} == {"BadRequestError"}
    assert len(ledger.ids) == len(set(ledger.ids)) == 997
    check_sum(batch.stats)


@pytest.mark.parametrize("status", [207, 422])
def test_a_response_can_name_what_it_rejects(
    made: Generated, server: Loopback, event: Value, status: int
) -> None:
    taken: list[str] = []
    server.answer = partial(reject_named, taken, status)
    refused: list[tuple[Value, Value]] = []
    with made.client(base_url=server.url) as client:
        batching = made.module("batching")
        told = partial(keep, refused)
        with batching.Batch(client.things.add_logs, on_refused=told) as batch:
            for number in range(20):
                name = "bad" if number in (0, 7, 19) else "x"
                batch.add(event(name, n=float(number)))
            assert batch.flush().sent == 17
    assert [item.n for item, _ in refused] == [0, 7, 19]
    (error,) = {type(error) for _, error in refused}
    assert error is batching.ItemRefusedError
    assert [error.details["why"] for _, error in refused] == ["it is bad"] * 3
    assert len(set(taken)) == len(taken) == 17
    # After an error, those that it did not name are sent again.
    assert len(server.requests) == (1 if status == 207 else 2)


def keep(told: list[Value], *values: Value) -> None:
    """Keep what a callback is called with."""
    told.append(values)


def test_an_outage_fills_the_batch_and_loses_nothing(
    made: Generated, start: Value, event: Value, ledger: Ledger
) -> None:
    ledger.is_down = True
    batch = start(every=0.01, room=100, when_full="raise")
    for _ in range(100):
        batch.add(event())
    with pytest.raises(made.module("batching").BatchFullError, match="100 items wait"):
        batch.add(event())
    assert batch.stats.waiting == 100
    ledger.is_down = False
    assert batch.flush()
    assert len(set(ledger.ids)) == len(ledger.ids) == 100
    assert batch.stats.accepted == 100


def test_add_waits_for_room(start: Value, event: Value, ledger: Ledger) -> None:
    batch = start(every=0.01, room=3, size=2)
    for _ in range(50):
        assert batch.add(event())
    assert batch.flush()
    assert len(set(ledger.ids)) == len(ledger.ids) == 50


def test_a_full_batch_can_lose_what_is_new(
    start: Value, event: Value, ledger: Ledger
) -> None:
    ledger.is_down = True
    lost: list[Value] = []
    options = {"on_lost": lambda item, _: lost.append(item.n), "when_full": "drop"}
    batch = start(every=60, room=2, size=2, **options)
    taken = [batch.add(event(n=float(number))) for number in range(4)]
    assert taken == [True, True, False, False]
    assert lost == [2, 3]
    check_sum(batch.stats)
    ledger.is_down = False
    assert batch.flush().sent == 2
    assert [each["n"] for each in ledger.taken] == [0, 1]


def test_bytes_bound_a_batch_as_well(
    made: Generated, start: Value, event: Value, ledger: Ledger
) -> None:
    ledger.is_down = True
    options = {"max_bytes": 2_000, "room_bytes": 2_000}
    batch = start(every=60, when_full="raise", **options)
    full = made.module("batching").BatchFullError
    count = 0
    while batch.stats.bytes < 1_600:
        batch.add(event(note="x" * 300))
        count += 1
    with pytest.raises(full):
        batch.add(event(note="x" * 400))
    assert 300 * count <= batch.stats.bytes <= 2_000
    ledger.is_down = False
    assert batch.flush().sent == count


def test_a_repeated_request_has_the_same_bytes(
    start: Value, event: Value, server: Loopback
) -> None:
    server.reply(Reply(fault=Fault.NO_ANSWER), Reply(202))
    batch = start(every=60)
    batch.add(event())
    batch.add(event(id="own", at="2026-01-01T00:00:00Z"))
    assert batch.flush()
    first, second = server.requests
    assert first.body == second.body
    generated, own = read_events(first)
    assert generated["id"]
    assert generated["at"]
    assert (own["id"], own["at"]) == ("own", "2026-01-01T00:00:00Z")


def test_requests_after_an_outage_are_those_before_it(
    start: Value, event: Value, server: Loopback
) -> None:
    batch = start(every=0, size=3)

    def answer(_: Received) -> Reply:
        if len(server.requests) > 1:
            return Reply(202)
        batch.add(event())  # when the first request is under way
        return Reply(503, headers={"Retry-After": "0"})

    server.answer = answer
    for _ in range(2):
        batch.add(event())
    assert batch.flush()
    assert batch.flush()
    first, second, third = [request.body for request in server.requests]
    assert first == second
    assert len(json.loads(third)["events"]) == 1


def test_a_callback_that_raises_stops_nothing(
    start: Value, event: Value, ledger: Ledger
) -> None:
    def crash(*_: object) -> None:
        raise LookupError("of the user")

    batch = start(every=60, on_refused=crash, on_stats=crash)
    for name in ("a", "bad", "b"):
        batch.add(event(name))
    flushed = batch.flush()
    assert (flushed.sent, flushed.refused) == (2, 1)
    batch.add(event("c"))
    assert batch.flush()
    assert [each["name"] for each in ledger.taken] == ["a", "b", "c"]


def test_add_during_close_raises_or_is_sent(
    made: Generated, start: Value, event: Value, ledger: Ledger
) -> None:
    closed = made.module("batching").BatchClosedError
    batch = start(every=0.001, size=5)
    added: list[int] = []

    def add() -> None:
        try:
            while True:
                batch.add(event())
                added.append(1)
        except closed:
            return

    threads = [threading.Thread(target=add) for _ in range(4)]
    for each in threads:
        each.start()
    while len(added) < 50:
        time.sleep(0.001)
    batch.close()
    for each in threads:
        each.join()
    assert len(ledger.ids) == len(set(ledger.ids)) == len(added) == batch.stats.sent
    check_sum(batch.stats)


def test_flush_does_not_wait_for_what_comes_later(
    start: Value, event: Value, ledger: Ledger
) -> None:
    batch = start(every=60, size=10)
    stop = threading.Event()

    def add() -> None:
        while not stop.is_set():
            batch.add(event())

    thread = threading.Thread(target=add)
    thread.start()
    batch.add(event("mine"))
    flushed = batch.flush()
    stop.set()
    thread.join()
    assert flushed
    assert "mine" in [each["name"] for each in ledger.taken]


def test_flush_waits_while_another_thread_sends(
    start: Value, event: Value, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would take the time of the thread that sends if it looked all the while."""
    batch = start(every=60, size=10, room=1_000)
    waits: list[float] = []
    workers = batch._workers  # noqa: SLF001 - how often it waits is shown nowhere
    wait = workers.wait

    def count(seconds: float) -> bool:
        waits.append(seconds)
        return bool(wait(seconds))

    with workers:
        for _ in range(200):
            batch.add(event())
        monkeypatch.setattr(workers, "wait", count)
    assert batch.flush()
    # A request has a change when it is taken back, and one when it is reported.
    assert len(waits) <= 5 * len(ledger.server.requests)
    assert 0 not in waits


def test_what_cannot_be_sent_is_refused_at_once(
    start: Value, event: Value, ledger: Ledger
) -> None:
    batch = start(every=60, max_bytes=400)
    with pytest.raises(ValueError, match=r"item\.name: must not be empty"):
        batch.add(event(""))
    with pytest.raises(ValueError, match="nan is not a number"):
        batch.add(event(n=nan))
    batch.add(event(note="", id="i", at="t"))
    batch.flush()
    body = ledger.server.last.body
    room = 400 - len(body)
    # Each of these characters has four bytes.
    text = "𝄞" * (room // 4) + "x" * (room % 4)
    batch.add(event(note=text, id="i", at="t"))
    with pytest.raises(ValueError, match="401 bytes in a request, at most 400"):
        batch.add(event(note=text + "x", id="i", at="t"))
    assert batch.flush()
    assert len(ledger.server.last.body) == 400
    assert batch.stats.accepted == 2


def test_a_refused_key_is_no_storm_and_a_new_one_goes_on(
    made: Generated, start: Value, event: Value, ledger: Ledger
) -> None:
    batch = start(every=0.01)
    batch.add(event("first"))
    assert batch.flush()
    ledger.is_down, ledger.status = True, 401
    for _ in range(20):
        batch.add(event())
        time.sleep(0.01)
    assert not batch.flush()
    assert len(ledger.server.requests) == 2
    assert batch.stats.waiting == 20
    ledger.is_down = False
    with made.client(base_url=ledger.server.url) as other:
        batch.use(other.things.add_events)
        assert batch.flush()
    assert len(set(ledger.ids)) == len(ledger.ids) == 21


def test_a_clock_that_is_set_back_delays_nothing(
    start: Value, event: Value, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = start(every=0.05)
    batch.add(event())
    monkeypatch.setattr(time, "time", lambda: 0.0)
    while not ledger.taken:
        time.sleep(0.01)
    assert batch.flush()


def test_without_an_interval_only_flush_sends(
    start: Value, event: Value, ledger: Ledger
) -> None:
    before = set(threading.enumerate())
    batch = start(every=0, size=2, room=6)
    for _ in range(5):
        batch.add(event())
    assert not ledger.server.requests
    assert set(threading.enumerate()) <= before
    assert batch.flush().sent == 5
    assert len(ledger.server.requests) == 3
    for _ in range(9):  # there is no room for all: the seventh and ninth send two
        batch.add(event())
    assert len(ledger.server.requests) == 5
    assert batch.flush()
    assert len(set(ledger.ids)) == 14


def test_what_close_cannot_send_is_handed_back(
    start: Value, event: Value, server: Loopback
) -> None:
    lost: list[Value] = []
    server.answer = lambda _: Reply(404)
    batch = start(every=60, on_lost=lambda item, _: lost.append(item.name))
    batch.add(event("a"))
    batch.add(event("b"))
    flushed = batch.close(timeout=0.05)
    assert not flushed
    assert lost == ["a", "b"]
    assert batch.stats.lost == 2
    check_sum(batch.stats)
    batch.close()
    assert batch.stats.lost == 2


def test_a_long_outage_hands_events_back(
    start: Value, event: Value, ledger: Ledger
) -> None:
    ledger.is_down = True
    lost: list[Value] = []
    options = {"on_lost": lambda item, _: lost.append(item), "give_up_after": 0.1}
    batch = start(every=0.01, **options)
    batch.add(event())
    while not lost:
        time.sleep(0.01)
    assert batch.stats.waiting == 0
    check_sum(batch.stats)


@pytest.mark.parametrize(
    ("options", "seconds"),
    [
        ({}, None),  # nobody would get them back
        ({"on_lost": print}, 300.0),
        ({"on_lost": print, "give_up_after": None}, None),
        ({"give_up_after": 5.0}, 5.0),
    ],
)
def test_only_what_is_handed_back_is_given_up(
    start: Value, options: Value, seconds: float | None
) -> None:
    assert start(**options)._plan.give_up_after == seconds  # noqa: SLF001 - a default


def test_several_requests_at_once_send_each_event_once(
    start: Value, event: Value, server: Loopback
) -> None:
    taken: list[str] = []
    at_once = threading.Barrier(3)

    def answer(request: Received) -> Reply:
        at_once.wait(PATIENCE)  # breaks unless three requests are under way
        taken.extend(each["id"] for each in read_events(request))
        return Reply(202)

    server.answer = answer
    batch = start(every=60, size=10, requests_at_once=3)
    for _ in range(90):
        batch.add(event())
    assert batch.flush()
    assert len(set(taken)) == len(taken) == 90


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"size": 501}, "size must be an int from 1 to 500, got 501"),
        ({"size": 0}, "size must be an int from 1 to 500, got 0"),
        ({"size": True}, "size must be an int"),
        ({"max_bytes": 100_001}, "max_bytes must be an int from 1 to 100000"),
        ({"requests_at_once": 5}, "requests_at_once must be an int from 1 to 4"),
        ({"every": -1}, "every must be a number of seconds"),
        ({"every": nan}, "every must be a number of seconds"),
        ({"room_bytes": 5}, "room_bytes must be an int from 100000 to inf"),
        ({"when_full": "block"}, "when_full must be wait, raise or drop, got 'block'"),
    ],
)
def test_settings_are_checked(start: Value, options: Value, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        start(**options)


def test_a_batch_needs_a_method_that_takes_items(
    made: Generated, server: Loopback
) -> None:
    batching = made.module("batching")
    client = made.client(base_url=server.url)
    with pytest.raises(TypeError, match="POST /other does not take items in batches"):
        batching.Batch(client.things.add_other)
    with pytest.raises(TypeError, match="AsyncBatch needs an asynchronous client"):
        batching.AsyncBatch(client.things.add_events)
    with pytest.raises(TypeError, match="Batch needs a synchronous client"):
        batching.Batch(made.client("async", base_url=server.url).things.add_events)


def test_the_fake_transport_works_below_a_batch(generated: Generator) -> None:
    made = generated(DOCUMENT, modules=("testing",))
    fake = made.module("testing").FakeTransport()
    with fake.client() as http_client:
        client = made.client(http_client=http_client, base_url="https://shop.example")
        told = fake.on(client.things.add_events)
        with made.module("batching").Batch(client.things.add_events) as batch:
            batch.add(made.models.Event(name="x"))
    assert len(told.requests) == 1


def test_a_batch_for_tests_keeps_what_is_added(generated: Generator) -> None:
    made = generated(DOCUMENT, modules=("testing",))
    batching = made.module("batching")
    with (
        made.client(base_url="http://127.0.0.1:9") as client,
        batching.Collected(client.things.add_events, size=2) as batch,
    ):
        assert isinstance(batch, batching.Batch)
        batch.add(made.models.Event(name="a", id="own"))
        batch.add_nowait({"name": "b"})
        with pytest.raises(ValueError, match="must not be empty"):
            batch.add(made.models.Event(name=""))
        assert batch.flush()
    first, second = batch.items
    assert (first.name, first.id) == ("a", "own")
    assert first.at
    assert second["id"]


def test_a_client_without_tests_has_no_batch_for_them(made: Generated) -> None:
    assert not hasattr(made.module("batching"), "Collected")
    assert not (made.folder / "runtime" / "batch_collected.py").exists()


LEAVING = {
    "end": "",
    "sys-exit": "sys.exit(3)",
    "exception": "raise LookupError('of the user')",
    "thread": (
        "def add():\n"
        "    time.sleep(0.1)\n"
        "    batch.add(event())\n"
        "threading.Thread(target=add).start()"
    ),
}


@pytest.mark.parametrize("leaving", LEAVING)
def test_the_exit_of_python_sends_what_waits(
    made: Generated, ledger: Ledger, leaving: str
) -> None:
    add = "batch = batch_of(every=60)\nfor _ in range(7): batch.add(event())\n"
    run_script(made, ledger.server.url, add + LEAVING[leaving])
    wanted = 8 if leaving == "thread" else 7
    assert len(set(ledger.ids)) == len(ledger.ids) == wanted


def test_an_interrupted_flush_loses_nothing(made: Generated, ledger: Ledger) -> None:
    def answer(request: Received) -> Reply:
        time.sleep(0.5)
        return ledger.answer(request)

    ledger.server.answer = answer
    script = """
import signal
batch = batch_of(every=60)
for _ in range(7): batch.add(event())
signal.signal(signal.SIGALRM, signal.default_int_handler)
signal.setitimer(signal.ITIMER_REAL, 0.2)
batch.flush()
"""
    done = run_script(made, ledger.server.url, script)
    assert "KeyboardInterrupt" in done.errors
    assert len(set(ledger.ids)) == len(ledger.ids) == 7


def test_the_exit_of_python_does_not_wait_for_ever(
    made: Generated, server: Loopback
) -> None:
    gone = threading.Event()

    def answer(_: Received) -> Reply:
        gone.wait(PATIENCE)
        return Reply(202)

    server.answer = answer
    script = (
        "batch = batch_of(every=60, exit_timeout=0.3)\n"
        "for _ in range(7): batch.add(event('secret'))\n"
    )
    done = run_script(made, server.url, script)
    gone.set()
    assert done.code == 0
    assert done.errors == "POST /events/bulk: 7 items were not sent\n"


def test_a_forked_process_sends_only_its_own(made: Generated, ledger: Ledger) -> None:
    script = """
batch = batch_of(every=60)
for _ in range(5): batch.add(event("parent"))
if child := os.fork():
    os.waitpid(child, 0)
    print(batch.stats.accepted)
else:
    for _ in range(3): batch.add(event("child"))
    print(batch.stats.accepted, flush=True)
    batch.close()
    os._exit(0)
"""
    done = run_script(made, ledger.server.url, script)
    assert done.output.split() == ["3", "5"]
    names = [each["name"] for each in ledger.taken]
    assert (names.count("child"), names.count("parent")) == (3, 5)
    assert len(set(ledger.ids)) == 8


def test_forks_among_threads_hang_nothing(made: Generated, ledger: Ledger) -> None:
    script = """
batch = batch_of(every=0.001)
event()  # imports its class: a fork during an import waits for ever
stop = threading.Event()
added = []
def add():
    while not stop.is_set():
        batch.add(event("parent"))
        added.append(1)
        time.sleep(0.001)
threads = [threading.Thread(target=add) for _ in range(3)]
for each in threads: each.start()
for _ in range(200):
    if child := os.fork():
        assert os.waitpid(child, 0)[1] == 0
    else:
        batch.add(event("child"))
        os._exit(0 if batch.flush(300) else 1)
stop.set()
for each in threads: each.join()
batch.close()
print(len(added))
"""
    done = run_script(made, ledger.server.url, script)
    assert done.code == 0, done.errors
    names = [each["name"] for each in ledger.taken]
    assert names.count("child") == 200
    assert names.count("parent") == int(done.output)
    assert len(set(ledger.ids)) == len(names)


def test_workers_that_are_forked_from_a_server_send_all(
    made: Generated, ledger: Ledger
) -> None:
    """As `gunicorn --preload` does: the app is imported before the workers fork."""
    script = """
batch = batch_of(every=60)
batch.add(event("master"))
children = []
for _ in range(3):
    child = os.fork()
    if not child:
        for _ in range(4): batch.add(event("worker"))
        sys.exit(0)
    children.append(child)
for child in children: os.waitpid(child, 0)
"""
    run_script(made, ledger.server.url, script)
    names = [each["name"] for each in ledger.taken]
    assert (names.count("worker"), names.count("master")) == (12, 1)
