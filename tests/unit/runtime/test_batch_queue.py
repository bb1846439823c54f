"""The queue of a batch: it counts each item once, whatever happens in which order."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support.examples import count_examples
from support.nasty import deterministic

from flexprice_codegen.runtime.batch_plan import BatchPlan
from flexprice_codegen.runtime.batch_queue import (
    BatchQueue,
    BatchSettings,
    Item,
    Outcome,
    Stats,
)
from flexprice_codegen.runtime.errors import (
    APIError,
    APIStatusError,
    Problem,
    error_class,
)

PLAN = BatchPlan("events", size=4, max_bytes=100, duplicate=("known",))
OVERHEAD = len(b'{"events":[]}')
SETTINGS = BatchSettings(size=4, max_bytes=100, every=1.0, room=9, room_bytes=300)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(1, 87)),
        st.tuples(
            st.sampled_from(
                [
                    *("take", "sent", "refused", "failed", "partial"),
                    *("abandon", "cancelled", "drop"),
                ]
            ),
            st.just(5),
        ),
    ),
    max_size=60,
)


def reject_some(_: bytes, items: Sequence[bytes]) -> dict[int, Exception]:
    """Return the errors of every other item."""
    return {at: ValueError("of the server") for at in range(0, len(items), 2)}


def fail(status: int, code: str | None = None, **headers: str) -> APIStatusError:
    """Return the error for an answer."""
    response = httpx2.Response(status, headers=headers, content=b"")
    return error_class(status)("POST /x", response, Problem(code=code), None)


def create_queue(
    settings: BatchSettings = SETTINGS, plan: BatchPlan = PLAN
) -> BatchQueue:
    """Return an empty queue."""
    return BatchQueue(plan, settings)


def end(
    queue: BatchQueue, error: Exception | None, now: float = 0.0, content: bytes = b""
) -> Outcome:
    """End the next request; it is due, whatever failed before."""
    queue.flush()
    queue.unblock()
    return queue.finish(queue.take(now), content, error, now)


def read_sizes(queue: BatchQueue) -> list[int]:
    """Return how many items each of the next requests has."""
    sizes = []
    queue.flush()
    while items := queue.take(0.0):
        sizes.append(len(items))
    return sizes


@deterministic(max_examples=count_examples(200))
@given(steps=STEPS, partial=st.booleans())
def test_every_item_is_counted_once(
    steps: list[tuple[str, int]], *, partial: bool
) -> None:
    plan = replace(PLAN, partial=reject_some) if partial else PLAN
    queue = create_queue(plan=plan)
    sending: list[list[Item]] = []
    errors = {"sent": None, "refused": fail(400), "failed": APIError("down")}
    for step, size in steps:
        if step == "add" and queue.has_room(size):
            queue.add(b"x" * size, dict, 0.0)
        elif step == "drop":
            queue.drop(b"x" * size, dict, 0.0)
        elif step == "take" and (items := take(queue)):
            assert 1 <= len(items) <= 4
            body = plan.write_body([each.content for each in items])
            assert len(body) <= 100
            sending.append(items)
        elif step == "abandon":
            queue.abandon()
        elif step == "cancelled" and sending:
            queue.give_back(sending.pop())
        elif step in errors and sending:
            queue.finish(sending.pop(), b"", errors[step], 0.0)
        check_counts(queue)


def take(queue: BatchQueue) -> list[Item]:
    """Take the next request, whatever failed before."""
    queue.flush()
    queue.unblock()
    return queue.take(0.0)


def check_counts(queue: BatchQueue) -> None:
    """Check that the counts are those of the items that are held, in their order."""
    stats = queue.get_stats(0.0)
    assert stats.accepted == stats.sent + stats.refused + stats.lost + stats.waiting
    assert queue.get_flushed(stats).waiting == stats.waiting

    left = queue.list_left()
    assert len(left) == stats.waiting
    assert sum(len(each.content) + 1 for each in left) == stats.bytes
    assert sum(len(each.content) + 1 for each in queue.waiting) == queue.waiting_bytes
    requests = [*queue.again, list(queue.waiting)]
    numbers = [each.number for items in queue.again for each in items]
    assert numbers == sorted(set(numbers))
    assert all(
        numbers == sorted(numbers)
        for numbers in ([each.number for each in items] for items in requests)
    )


def test_items_of_a_divided_request_keep_their_numbers() -> None:
    queue = create_queue()
    for number in range(4):
        queue.add(b"%d" % number, dict, 0.0)
    end(queue, fail(400))
    first, second = queue.again
    assert [(each.number, each.content) for each in first] == [(1, b"0"), (2, b"1")]
    assert [(each.number, each.content) for each in second] == [(3, b"2"), (4, b"3")]
    assert queue.get_flushed(Stats(accepted=3)).waiting == 3
    end(queue, None)
    assert queue.get_flushed(Stats(accepted=3)).waiting == 1
    assert queue.is_done(2)
    assert not queue.is_done(3)


def test_what_is_being_handed_back_is_not_done() -> None:
    queue = create_queue()
    queue.add(b"{}", dict, 0.0)
    outcome = end(queue, fail(400))
    assert queue.stats.refused == 1
    assert not queue.is_done(1)
    queue.end_report(outcome)
    assert queue.is_done(1)


def test_a_response_can_name_the_items_that_it_rejects() -> None:
    queue = create_queue(plan=replace(PLAN, partial=reject_some))
    for _ in range(4):
        queue.add(b"{}", dict, 0.0)
    outcome = end(queue, None)
    assert [item.number for item, _ in outcome.items] == [1, 3]
    assert (queue.stats.sent, queue.stats.refused) == (2, 2)
    for _ in range(4):
        queue.add(b"{}", dict, 0.0)
    end(queue, fail(422))  # it accepted none of them
    assert (queue.stats.sent, queue.stats.refused) == (2, 4)
    assert read_sizes(queue) == [2]


def test_nothing_is_sent_before_it_is_due() -> None:
    queue = create_queue()
    assert queue.get_seconds_left(5.0) == inf
    assert queue.add(b"{}", dict, 5.0)
    assert queue.get_seconds_left(5.5) == 0.5
    assert not queue.take(5.5)
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
    assert read_sizes(queue) == [1, 1]


def test_a_request_has_all_items_that_fit_in_it() -> None:
    queue = create_queue()
    room = 100 - OVERHEAD
    for size in (room - 3, 2, 1):  # the first two, and the comma
        queue.add(b"x" * size, dict, 5.0)
    assert read_sizes(queue) == [2, 1]


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
    outcome = end(queue, error, 100.0)
    assert outcome.count == "waiting"
    assert queue.blocked_until == 100.0 + seconds
    assert queue.get_seconds_left(100.0) == pytest.approx(seconds)
    assert queue.get_seconds_left(100.0 + seconds) == 0


def test_failures_in_a_row_wait_longer_and_longer() -> None:
    queue = create_queue()
    queue.add(b"{}", dict, 0.0)
    delays = []
    for _ in range(8):
        end(queue, APIError("down"))
        delays.append(queue.blocked_until)
    assert delays == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]
    end(queue, None)
    assert queue.blocked_until == 0.0


def test_a_duplicate_counts_as_sent() -> None:
    queue = create_queue()
    queue.add(b"{}", dict, 0.0)
    end(queue, fail(422, "known"))
    assert (queue.stats.sent, queue.stats.refused) == (1, 0)


@pytest.mark.parametrize("status", [409, 422])
def test_a_request_with_a_duplicate_is_divided(status: int) -> None:
    queue = create_queue()
    for _ in range(4):
        queue.add(b"{}", dict, 0.0)
    end(queue, fail(status, "known"))
    assert read_sizes(queue) == [2, 2]


def test_a_success_without_a_readable_body_counts_as_sent() -> None:
    queue = create_queue()
    queue.add(b"{}", dict, 0.0)
    error = APIError("the body of the answer 202 is lost")
    error.status_code = 202  # type: ignore[attr-defined]
    end(queue, error)
    assert queue.stats.sent == 1


def test_what_was_handed_back_is_not_counted_again() -> None:
    queue = create_queue()
    queue.add(b"{}", dict, 0.0)
    items = take(queue)
    assert [item for item, _ in queue.abandon().items] == items
    assert queue.finish(items, b"", None, 0.0).items == ()
    assert (queue.stats.sent, queue.stats.lost) == (0, 1)


def test_nothing_is_sent_from_a_queue_that_a_fork_has_copied() -> None:
    queue = create_queue()
    queue.add(b"{}", dict, 0.0)
    assert not queue.is_finished()
    queue.forget()
    assert queue.is_finished()
    assert queue.stats.accepted == 0
