"""The queue of a batch: it counts each item once, whatever happens in which order."""

from __future__ import annotations

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.examples import count_examples
from support.nasty import deterministic

from flexprice_codegen.runtime.batch_items import Chunk
from flexprice_codegen.runtime.batch_plan import BatchPlan
from flexprice_codegen.runtime.batch_queue import BatchQueue, BatchSettings
from flexprice_codegen.runtime.errors import (
    APIError,
    APIStatusError,
    Problem,
    error_class,
)

PLAN = BatchPlan("events", size=4, max_bytes=100, duplicate=("known",))
SETTINGS = BatchSettings(size=4, max_bytes=100, every=1.0, room=9, room_bytes=300)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(1, 88)),
        st.tuples(
            st.sampled_from(
                ["take", "sent", "refused", "failed", "abandon", "cancelled", "drop"]
            ),
            st.just(5),
        ),
    ),
    max_size=60,
)


def fail(status: int, code: str | None = None, **headers: str) -> APIStatusError:
    """Return the error for an answer."""
    response = httpx2.Response(status, headers=headers, content=b"")
    return error_class(status)("POST /x", response, Problem(code=code), None)


def create_queue(settings: BatchSettings = SETTINGS) -> BatchQueue:
    """Return an empty queue."""
    return BatchQueue(PLAN, settings, overhead=12)


@deterministic(max_examples=count_examples(200))
@given(STEPS)
def test_every_item_is_counted_once(steps: list[tuple[str, int]]) -> None:
    queue = create_queue()
    flying: list[Chunk] = []
    errors = {"sent": None, "refused": fail(400), "failed": APIError("down")}
    for step, size in steps:
        if step == "add" and queue.has_room(size):
            queue.add(b"x" * size, dict, 0.0)
        elif step == "drop":
            queue.drop(b"x" * size, dict, 0.0)
        elif step == "take" and queue.chunks:
            chunk = queue.take()
            assert 1 <= len(chunk.contents) <= 4
            assert len(b",".join(chunk.contents)) + 12 <= 100
            flying.append(chunk)
        elif step == "abandon":
            queue.abandon()
        elif step == "cancelled" and flying:
            queue.give_back(flying.pop())
        elif step in errors and flying:
            queue.finish(flying.pop(), errors[step], 0.0)
        check_counts(queue)


def check_counts(queue: BatchQueue) -> None:
    """Check that the counts are those of the items that are held, in their order."""
    stats = queue.get_stats(0.0)
    assert stats.accepted == stats.sent + stats.refused + stats.lost + stats.waiting
    assert queue.count_waiting(stats.accepted) == stats.waiting

    held = [*queue.flying, *queue.chunks]
    assert sum(len(chunk.contents) for chunk in held) == stats.waiting
    assert (
        sum(len(each) + 1 for chunk in held for each in chunk.contents) == stats.bytes
    )
    assert all(len(chunk.contents) == len(chunk.kinds) for chunk in held)
    firsts = [chunk.first for chunk in queue.chunks]
    assert firsts == sorted(set(firsts))


def test_items_of_a_divided_request_keep_their_numbers() -> None:
    queue = create_queue()
    for number in range(4):
        queue.add(b"%d" % number, dict, 0.0)
    queue.finish(queue.take(), fail(400), 0.0)
    first, second = queue.chunks
    assert (first.first, first.contents) == (1, [b"0", b"1"])
    assert (second.first, second.contents) == (3, [b"2", b"3"])
    assert queue.count_waiting(3) == 3
    queue.finish(queue.take(), None, 0.0)
    assert queue.count_waiting(3) == 1
    assert queue.is_done(2)
    assert not queue.is_done(3)


def test_what_is_being_handed_back_is_not_done() -> None:
    queue = create_queue()
    queue.add(b"{}", dict, 0.0)
    outcome = queue.finish(queue.take(), fail(400), 0.0)
    assert queue.stats.refused == 1
    assert not queue.is_done(1)
    queue.end_report(outcome.chunks)
    assert queue.is_done(1)


def test_nothing_is_sent_before_it_is_due() -> None:
    queue = create_queue()
    assert queue.get_seconds_left(5.0) is None
    assert queue.add(b"{}", dict, 5.0)
    assert queue.get_seconds_left(5.5) == 0.5
    assert queue.get_seconds_left(6.0) == 0
    assert not queue.add(b"{}", dict, 5.0)
    assert not queue.add(b"{}", dict, 5.0)
    assert queue.get_seconds_left(5.0) == 1
    assert queue.add(b"{}", dict, 5.0)
    assert queue.get_seconds_left(5.0) == 0


def test_a_request_that_an_item_does_not_fit_in_is_sent() -> None:
    queue = create_queue()
    queue.add(b"x" * 50, dict, 5.0)
    assert queue.get_seconds_left(5.0) == 1
    assert queue.add(b"x" * 38, dict, 5.0)
    assert queue.get_seconds_left(5.0) == 0
    assert [len(chunk.contents) for chunk in queue.chunks] == [1, 1]


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (APIError("down"), 1.0),
        (fail(503), 1.0),
        (fail(503, **{"Retry-After": "7"}), 7.0),
        (fail(503, **{"Retry-After": "0"}), 0.1),
        (fail(429, **{"Retry-After": "9999999"}), 3600.0),
        (fail(401), 60.0),
        (fail(403), 60.0),
    ],
)
def test_a_failure_blocks_for_a_time(error: Exception, seconds: float) -> None:
    queue = create_queue()
    queue.add(b"{}", dict, 0.0)
    outcome = queue.finish(queue.take(), error, 100.0)
    assert outcome.count == "waiting"
    assert queue.blocked_until == 100.0 + seconds
    assert queue.get_seconds_left(100.0) == pytest.approx(seconds)
    assert queue.get_seconds_left(100.0 + seconds) == 0


def test_failures_in_a_row_wait_longer_and_longer() -> None:
    queue = create_queue()
    queue.add(b"{}", dict, 0.0)
    delays = []
    for _ in range(8):
        queue.finish(queue.take(), APIError("down"), 0.0)
        delays.append(queue.blocked_until)
    assert delays == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]
    queue.finish(queue.take(), None, 0.0)
    assert queue.blocked_until == 0.0


def test_a_duplicate_counts_as_sent() -> None:
    queue = create_queue()
    queue.add(b"{}", dict, 0.0)
    queue.finish(queue.take(), fail(422, "known"), 0.0)
    assert (queue.stats.sent, queue.stats.refused) == (1, 0)


def test_a_success_without_a_readable_body_counts_as_sent() -> None:
    queue = create_queue()
    queue.add(b"{}", dict, 0.0)
    error = APIError("the body of the answer 202 is lost")
    error.status_code = 202  # type: ignore[attr-defined]
    queue.finish(queue.take(), error, 0.0)
    assert queue.stats.sent == 1


def test_what_was_handed_back_is_not_counted_again() -> None:
    queue = create_queue()
    queue.add(b"{}", dict, 0.0)
    chunk = queue.take()
    assert queue.abandon().chunks == (chunk,)
    assert queue.finish(chunk, None, 0.0).chunks == ()
    assert (queue.stats.sent, queue.stats.lost) == (0, 1)


def test_nothing_is_sent_from_a_queue_that_a_fork_has_copied() -> None:
    queue = create_queue()
    queue.add(b"{}", dict, 0.0)
    assert not queue.is_finished()
    queue.forget()
    assert queue.is_finished()
    assert queue.stats.accepted == 0
