"""The failures that batches of usage events must withstand, and the tests of each.

In: nothing. Out: each number has tests, for threads and for tasks of asyncio; where one
kind cannot fail that way, the table says why.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks.batches import ROWS

TESTS = Path(__file__).parent
ROOT = TESTS.parent
THREADS = "behaviour/test_batching.py"
TASKS = "behaviour/test_async_batching.py"
SPOOL = "behaviour/test_batch_spool.py"
OUTAGE = "behaviour/test_outage.py"


class Failure(NamedTuple):
    """What happens, and the names of the tests for it, after `test_`; or why none."""

    what: str
    threads: str
    tasks: str


NO_THREADS = "no: tasks hold no lock that a fork could copy"
FAILURES = {
    1: Failure(
        "8 threads add 2,500 events each",
        "threads_share_a_batch",
        "tasks_share_a_batch",
    ),
    2: Failure(
        "3 of 1,000 events are invalid",
        "invalid_events_are_found_and_handed_back",
        "invalid_events_are_found_and_handed_back",
    ),
    3: Failure(
        "the server is down, and the batch is full",
        "an_outage_fills_the_batch_and_loses_nothing",
        "an_outage_fills_the_batch_and_loses_nothing",
    ),
    4: Failure(
        "a fork while events wait",
        "a_forked_process_sends_only_its_own",
        "a_forked_process_sends_only_its_own",
    ),
    5: Failure(
        "200 forks while threads add", "forks_among_threads_hang_nothing", NO_THREADS
    ),
    6: Failure(
        "Python exits while events wait",
        "the_exit_of_python_sends_what_waits",
        "a_loop_that_ends_early_is_told_at_exit",
    ),
    7: Failure(
        "the server never answers at exit",
        "the_exit_of_python_does_not_wait_for_ever",
        "a_server_that_never_answers_does_not_hold_close",
    ),
    8: Failure(
        "the response is lost after the server took the events",
        "a_repeated_request_has_the_same_bytes",
        "a_repeated_request_has_the_same_bytes",
    ),
    9: Failure(
        "a callback raises",
        "a_callback_that_raises_stops_nothing",
        "a_callback_that_raises_stops_nothing",
    ),
    10: Failure(
        "events are added during close",
        "add_during_close_raises_or_is_sent",
        "add_during_close_raises_or_is_sent",
    ),
    11: Failure(
        "events are added without end during flush",
        "flush_does_not_wait_for_what_comes_later",
        "flush_does_not_wait_for_what_comes_later",
    ),
    12: Failure(
        "Python is left by an exception, a thread, or an interrupt",
        "an_interrupted_flush_loses_nothing",
        "an_interrupt_loses_nothing",
    ),
    13: Failure(
        "a server forks its workers",
        "workers_that_are_forked_from_a_server_send_all",
        "workers_of_a_server_send_all",
    ),
    14: Failure(
        "a task is cancelled, a loop ends early, a second loop adds",
        "no: threads have no event loop",
        "a_cancelled_host_sends_what_waits a_cancelled_request_is_sent_again "
        "a_loop_that_ends_early_is_told_at_exit a_batch_belongs_to_one_loop",
    ),
    15: Failure(
        "a long outage", "threads_outlast_an_outage", "tasks_outlast_an_outage"
    ),
    16: Failure(
        "an event at the limit of bytes, or with NaN",
        "what_cannot_be_sent_is_refused_at_once",
        "what_cannot_be_sent_is_refused_at_once",
    ),
    17: Failure(
        "Python is killed, and the spool is corrupt or shared",
        "a_killed_process_loses_nothing kills_in_the_middle_of_sending_lose_nothing "
        "a_corrupt_file_is_renamed_and_reported two_processes_send_nothing_twice",
        "asynchronous_batches_have_spools_as_well",
    ),
    18: Failure(
        "the server rejects the credentials",
        "a_refused_key_is_no_storm_and_a_new_one_goes_on",
        "a_refused_key_is_no_storm_and_a_new_one_goes_on",
    ),
    19: Failure(
        "the clock is set back",
        "a_clock_that_is_set_back_delays_nothing",
        "a_clock_that_is_set_back_delays_nothing",
    ),
}
"""By number; 20, throughput, is measured by the benchmarks."""
MODULES = {15: (OUTAGE, OUTAGE), 17: (SPOOL, SPOOL)}


@cache
def list_tests(module: str) -> set[str]:
    """Return the names of the tests of a module."""
    tree = ast.parse((TESTS / module).read_text("utf-8"))
    functions = [each for each in tree.body if isinstance(each, ast.FunctionDef)]
    return {each.name.removeprefix("test_") for each in functions}


@pytest.mark.parametrize("number", FAILURES)
def test_each_failure_has_tests_in_both_modes(number: int) -> None:
    failure = FAILURES[number]
    modules = MODULES.get(number, (THREADS, TASKS))
    for module, names in zip(modules, failure[1:], strict=True):
        if not names.startswith("no: "):
            assert set(names.split()) <= list_tests(module)


def test_no_number_is_left_out() -> None:
    assert [*FAILURES] == [*range(1, 20)]
    assert {each.name for each in ROWS} == {"batch-send", "batch-add"}


def test_what_takes_long_is_run_where_that_is_known() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert (
        f"OUTAGE=600 $(BIN)/python -m pytest -n $(WORKERS) tests/{OUTAGE}" in makefile
    )
    newer = (ROOT / "scripts" / "newer-pythons").read_text("utf-8")
    assert f"tests/{THREADS} tests/{TASKS}" in newer
