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

from flexprice_codegen.runtime.batch_plan import BatchPlan, Stats
from flexprice_codegen.runtime.batch_queue import BatchQueue, Item, Outcome
from flexprice_codegen.runtime.errors import (
    APIError,
    APIStatusError,
    Problem,
    error_class,
)

PLAN = BatchPlan(
    "events",
    size=4,
    max_bytes=100,
    duplicate=("known",),
    room=9,
    room_bytes=300,
    when_full="drop",
)
OVERHEAD = len(b'{"events":[]}')
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


def create_queue(plan: BatchPlan = PLAN) -> BatchQueue:
    """Return an empty queue."""
    return BatchQueue(plan)


def end(
    queue: BatchQueue, error: Exception | None, now: float = 0.0, content: bytes = b""
) -> Outcome:
    """End the next request; it is due, whatever failed before."""
    return queue.finish(take(queue), content, error, now)


def read_sizes(queue: BatchQueue) -> list[int]:
    """Return how many items each of the next requests has."""
    sizes = []
    while queue.requests:
        sizes.append(len(take(queue)))
    return sizes


@deterministic(max_examples=count_examples(200))
@given(steps=STEPS, partial=st.booleans())
def test_every_item_is_counted_once(
    steps: list[tuple[str, int]], *, partial: bool
) -> None:
    plan = replace(PLAN, partial=reject_some) if partial else PLAN
    queue = create_queue(plan)
    sending: list[list[Item]] = []
    known: dict[int, Item] = {}
    errors = {"sent": None, "refused": fail(400), "failed": APIError("down")}
    for step, size in steps:
        if step == "add":
            queue.add(b"x" * size, dict, 0.0)
        elif step == "drop":
            report(queue, queue.drop(b"x" * size, dict, 0.0))
        elif step == "take" and queue.requests:
            items = take(queue)
            assert 1 <= len(items) <= 4
            body = plan.write_body([each.content for each in items])
            assert len(body) <= 100
            sending.append(items)
        elif step == "abandon":
            report(queue, queue.abandon())
        elif step == "cancelled" and sending:
            queue.give_back(sending.pop())
        elif step in errors and sending:
            report(queue, queue.finish(sending.pop(), b"", errors[step], 0.0))
        known |= {each.number: each for each in queue.items}
        check_counts(queue, [each for items in sending for each in items])
    # Each number is that of one item.
    assert all(known[each.number] is each for each in queue.items)


def take(queue: BatchQueue) -> list[Item]:
    """Take the next request, whatever failed before."""
    queue.flush()
    queue.unblock()
    assert queue.get_due() <= 0
    return queue.take()


def report(queue: BatchQueue, outcome: Outcome) -> None:
    """Note that items have been handed back."""
    queue.settle(outcome.state, [item for item, _ in outcome.items])


def check_counts(queue: BatchQueue, sending: list[Item]) -> None:
    """Check that each item waits or is under way, and that the counts are theirs."""
    stats = queue.get_stats(0.0)
    assert stats.accepted == stats.sent + stats.refused + stats.lost + stats.waiting
    assert queue.get_flushed(stats).waiting == stats.waiting

    assert sum(len(each.content) + 1 for each in queue.items) == stats.bytes
    waiting = [each.number for items in queue.requests for each in items]
    under_way = {each.number for each in sending if each in queue.items}
    assert len(waiting) + len(under_way) == stats.waiting
    assert {*waiting} | under_way == {each.number for each in queue.items}
    assert all(queue.requests)


def test_items_of_a_divided_request_keep_their_numbers() -> None:
    queue = create_queue()
    for number in range(4):
        queue.add(b"%d" % number, dict, 0.0)
    end(queue, fail(400))
    first, second = queue.requests
    assert [(each.number, each.content) for each in first] == [(1, b"0"), (2, b"1")]
    assert [(each.number, each.content) for each in second] == [(3, b"2"), (4, b"3")]
    assert queue.get_flushed(Stats(accepted=3)).waiting == 3
    end(queue, None)
    assert queue.get_flushed(Stats(accepted=3)).waiting == 1
    assert queue.is_done(2, inf)
    assert not queue.is_done(3, inf)


def test_what_is_being_handed_back_is_not_done() -> None:
    queue = create_queue()
    queue.add(b"{}", dict, 0.0)
    outcome = end(queue, fail(400))
    assert not queue.is_done(1, inf)
    report(queue, outcome)
    assert queue.stats.refused == 1
    assert queue.is_done(1, inf)


def test_a_flush_does_not_wait_for_what_is_not_sent_in_its_time() -> None:
    queue = create_queue()
    queue.add(b"{}", dict, 0.0)
    end(queue, fail(401))
    assert queue.is_done(1, end=59.0)
    assert not queue.is_done(1, end=61.0)
    queue.add(b"{}", dict, 0.0)
    take(queue)
    queue.blocked_until = 60.0
    assert not queue.is_done(1, end=59.0)  # one is under way


def test_a_response_can_name_the_items_that_it_rejects() -> None:
    queue = create_queue(replace(PLAN, partial=reject_some))
    for _ in range(4):
        queue.add(b"{}", dict, 0.0)
    outcome = end(queue, None)
    report(queue, outcome)
    assert [item.number for item, _ in outcome.items] == [1, 3]
    assert (queue.stats.sent, queue.stats.refused) == (2, 2)
    for _ in range(4):
        queue.add(b"{}", dict, 0.0)
    report(queue, end(queue, fail(422)))  # it accepted none of them
    assert (queue.stats.sent, queue.stats.refused) == (2, 4)
    assert read_sizes(queue) == [2]


def test_nothing_is_sent_before_it_is_due() -> None:
    queue = create_queue()
    assert queue.get_due() == inf
    dues = []
    for _ in range(4):
        queue.add(b"{}", dict, 5.0)
        dues.append(queue.get_due())
    assert dues == [6.0, 6.0, 6.0, 0.0]


def test_without_an_interval_only_a_flush_makes_items_due() -> None:
    queue = create_queue(replace(PLAN, every=0.0))
    queue.add(b"{}", dict, 5.0)
    assert queue.get_due() == inf
    queue.flush()
    assert queue.get_due() == 0


def test_a_request_that_an_item_does_not_fit_in_is_sent() -> None:
    queue = create_queue()
    queue.add(b"x" * 50, dict, 5.0)
    assert queue.get_due() == 6
    queue.add(b"x" * 38, dict, 5.0)
    assert queue.get_due() == 0
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
    assert not outcome.items
    assert queue.get_due() == 100.0 + seconds


def test_a_longer_outage_has_longer_delays() -> None:
    queue = create_queue()
    queue.add(b"{}", dict, 0.0)
    delays = []
    now = 100.0
    for _ in range(8):
        end(queue, APIError("down"), now)
        delays.append(queue.get_due() - now)
        now = queue.get_due()
    assert delays == [1.0, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]
    queue.add(b"{}", dict, now)
    end(queue, None, now)
    assert queue.get_due() == 0
    end(queue, APIError("down"), now)  # the outage before it is over
    assert queue.get_due() == now + 1


@pytest.mark.parametrize(("limit", "is_lost"), [(300.0, True), (None, False)])
def test_items_are_lost_after_a_long_outage(
    limit: float | None, *, is_lost: bool
) -> None:
    queue = create_queue(replace(PLAN, give_up_after=limit))
    queue.add(b"{}", dict, 0.0)
    assert not end(queue, APIError("down"), 100.0).items
    assert not end(queue, APIError("down"), 399.0).items
    outcome = end(queue, APIError("down"), 400.0)
    report(queue, outcome)
    assert len(outcome.items) == queue.stats.lost == is_lost


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
    queue.give_back(items)
    assert not queue.requests
    assert (queue.stats.sent, queue.stats.lost) == (0, 1)


def test_nothing_is_sent_from_a_queue_that_a_fork_has_copied() -> None:
    queue = create_queue()
    queue.add(b"{}", dict, 0.0)
    assert not queue.is_finished()
    queue.forget()
    assert queue.is_finished()


@pytest.mark.parametrize("error", [None, fail(400), APIError("down")])
def test_a_request_of_another_process_changes_nothing(error: Exception | None) -> None:
    """A greenlet that a fork has copied goes on in the child, with the child's queue."""
    parent = create_queue()
    parent.add(b"{}", dict, 0.0)
    child = create_queue()
    child.add(b"{}", dict, 0.0)
    items = take(parent)
    report(child, child.finish(items, b"", error, 0.0))
    child.give_back(items)
    assert child.get_stats(0.0).waiting == 1
    assert read_sizes(child) == [1]
