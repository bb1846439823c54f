"""The queue of a batch: it counts each item once, whatever happens in which order."""

from __future__ import annotations

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.nasty import deterministic

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
            st.sampled_from(["take", "sent", "refused", "failed", "abandon"]),
            st.just(0),
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


@deterministic(max_examples=200)
@given(STEPS)
def test_every_item_is_counted_once(steps: list[tuple[str, int]]) -> None:
    queue = create_queue()
    flying = []
    errors = {"sent": None, "refused": fail(400), "failed": APIError("down")}
    for step, size in steps:
        if step == "add" and queue.has_room(size):
            queue.add(b"x" * size, dict, 0.0)
        elif step == "take" and queue.has_unsent():
            chunk = queue.take()
            assert 1 <= len(chunk.entries) <= 4
            content = [entry.content for entry in chunk.entries]
            assert len(b",".join(content)) + 12 <= 100
            flying.append(chunk)
        elif step == "abandon":
            queue.abandon()
        elif step in errors and flying:
            outcome = queue.finish(flying.pop(), errors[step], 0.0)
            flying += outcome.halves
        stats = queue.get_stats(0.0)
        known = stats.sent + stats.refused + stats.lost + stats.waiting
        assert stats.accepted == known
        assert queue.count_waiting(queue.accepted) == stats.waiting
        held = [e for c in (*queue.flying, *queue.returned) for e in c.entries]
        held += queue.entries
        assert sum(len(entry.content) for entry in held) == stats.bytes
        assert sum(len(e.content) + 1 for e in queue.entries) == queue.queued_bytes


def test_nothing_is_sent_before_it_is_due() -> None:
    queue = create_queue()
    assert queue.get_seconds_left(5.0) is None
    queue.add(b"{}", dict, 5.0)
    assert not queue.is_ready(5.5)
    assert queue.get_seconds_left(5.5) == 0.5
    assert queue.is_ready(6.0)
    for _ in range(3):
        queue.add(b"{}", dict, 5.0)
    assert queue.is_ready(5.0)


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
    assert outcome.is_given_back
    assert queue.blocked_until == 100.0 + seconds
    assert not queue.is_ready(100.0 + seconds / 2)
    assert queue.is_ready(100.0 + seconds)


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
    assert queue.counts == {"sent": 1, "refused": 0, "lost": 0}


def test_a_success_without_a_readable_body_counts_as_sent() -> None:
    queue = create_queue()
    queue.add(b"{}", dict, 0.0)
    error = APIError("the body of the answer 202 is lost")
    error.status_code = 202  # type: ignore[attr-defined]
    queue.finish(queue.take(), error, 0.0)
    assert queue.counts["sent"] == 1


def test_what_was_handed_back_is_not_counted_again() -> None:
    queue = create_queue()
    queue.add(b"{}", dict, 0.0)
    chunk = queue.take()
    assert len(queue.abandon()) == 1
    assert queue.finish(chunk, None, 0.0).is_given_back
    assert queue.counts == {"sent": 0, "refused": 0, "lost": 1}
