"""What servers, frameworks and users do to a client, and the tests of each.

In: nothing. Out: each has tests with the synchronous and the asynchronous client; where
there is one code for both, or one kind cannot fail that way, the table says why.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

TESTS = Path(__file__).parent
BEHAVIOR = "behaviour/test_"
UNIT = "unit/runtime/test_"
PRODUCTION = f"{UNIT}calling_in_production"
READERS = f"{UNIT}decoding"
ONE_CODEC = "both clients read by the same functions"
MODES = {"mode", "read", "kind"}
"""Arguments of a test that runs with both clients, or with both routers."""


class Fault(NamedTuple):
    """What happens, and the names of its tests by module, after `test_`.

    `both` is empty if each of them runs with both clients, or says why not.
    """

    what: str
    tests: dict[str, str]
    both: str = ""


FAULTS = {
    "answer_bomb": Fault(
        "a small compressed response is large in memory",
        {
            PRODUCTION: "a_body_that_is_packed_twice_is_not_read "
            "a_response_that_is_too_large_is_not_kept",
            f"{BEHAVIOR}streams": "a_piece_of_a_stream_is_no_larger_than_a_response",
        },
    ),
    "base_url_query_fragment": Fault(
        "a base URL has a query or a fragment, or is none",
        {f"{UNIT}calling": "a_base_url_that_leads_elsewhere_is_refused"},
    ),
    "certificate_failure_is_repeated": Fault(
        "a server has a certificate that nobody trusts",
        {
            PRODUCTION: "a_server_that_is_not_trusted_is_asked_once "
            "a_certificate_that_is_refused_is_final"
        },
    ),
    "filled_key_is_not_told": Fault(
        "a call fails whose idempotency key the client filled in",
        {f"{BEHAVIOR}idempotency": "an_error_holds_the_key_that_was_sent"},
    ),
    "fork_mixes_answers": Fault(
        "a process forks after its client was used",
        {f"{UNIT}pool": "each_process_has_connections_of_its_own"},
    ),
    "headers_for_a_call": Fault(
        "a client, a copy or a call has headers and a query of its own",
        {
            PRODUCTION: "headers_and_query_of_a_client_are_sent_with_every_call",
            f"{BEHAVIOR}request_options": "headers_and_query_of_a_call_come_on_top_of_"
            "those_of_the_client",
        },
    ),
    "http_client_params_drop_query": Fault(
        "an `http_client` has parameters, headers and cookies of its own",
        {
            f"{UNIT}calling": "params_of_an_http_client_are_added_to_the_query_of_"
            "the_call headers_and_cookies_of_an_http_client_are_added_too "
            "streams_and_downloads_lose_nothing"
        },
    ),
    "http_client_timeout_ignored": Fault(
        "an `http_client` has a timeout of its own",
        {PRODUCTION: "the_timeout_of_an_http_client_counts_where_it_says_anything"},
    ),
    "introspection": Fault(
        "tools ask for hints, signatures and mocks",
        {
            f"{BEHAVIOR}calls": "tools_see_the_types_and_signatures_of_clients_and_"
            "resources",
            f"{UNIT}async_client": "a_mock_of_a_client_has_its_resources "
            "tools_read_the_type_hints_of_a_client",
        },
    ),
    "key_in_frame_locals": Fault(
        "a crash is reported with the local variables of its frames",
        {
            f"{UNIT}hidden": "no_frame_of_an_exception_that_leaves_holds_a_secret "
            "no_frame_holds_what_an_http_client_adds"
        },
    ),
    "log_drops_the_port": Fault(
        "two servers of one host are told apart in a log",
        {f"{UNIT}logs": "calls_are_logged_without_secrets"},
    ),
    "many_mismatches": Fault(
        "100,000 values of a response do not fit",
        {f"{BEHAVIOR}limits": "a_thousand_mismatches_and_one_that_counts_the_others"},
    ),
    "nan_is_a_decimal": Fault(
        "a text that is no number is read as a Decimal where something else misfits",
        {READERS: "what_does_not_fit_is_kept_and_reported"},
        ONE_CODEC,
    ),
    "nanoseconds_leave_the_period": Fault(
        "a time has nine digits of a second",
        {f"{BEHAVIOR}limits": "nanoseconds_never_leave_the_month"},
    ),
    "nested_webhook_takes_minutes": Fault(
        "a body is nested deeply, and misfits at its end",
        {
            f"{BEHAVIOR}limits": "a_time_at_the_bottom_is_read_however_deep_it_is "
            "what_is_too_deep_is_plain_and_reported",
        },
    ),
    "work_of_nested_bodies": Fault(
        "a body is nested deeply, and each of its parts could be read many times",
        {
            f"{READERS}_in_one_pass": "each_part_is_read_once_however_deep_it_lies "
            "what_is_too_deep_for_msgspec_is_not_tried_at_each_level"
        },
        ONE_CODEC,
    ),
    "odd_times": Fault(
        "a time is a leap second",
        {f"{READERS}_of_times": "an_odd_time_is_its_moment_or_a_mismatch"},
        ONE_CODEC,
    ),
    "odd_texts": Fault(
        "an argument has half of a surrogate pair",
        {f"{UNIT}parameters": "what_has_no_text_is_refused_by_name"},
        "both clients build requests by the same functions",
    ),
    "odd_urls": Fault(
        "a base URL is written in capitals",
        {f"{UNIT}calling": "a_base_url_is_followed_to_the_letter"},
    ),
    "one_renamed_field_slows_answers": Fault(
        "a property has a name that Python cannot have",
        {f"{UNIT}wire_names": "msgspec_reads_them_itself both_readers_agree"},
        ONE_CODEC,
    ),
    "password_in_repr": Fault(
        "a base URL has a secret",
        {PRODUCTION: "no_repr_shows_a_secret_of_a_base_url"},
    ),
    "raw_response_pickle_has_key": Fault(
        "a raw response is pickled",
        {PRODUCTION: "a_pickled_raw_response_has_no_secret"},
    ),
    "redirect_sends_key": Fault(
        "an `http_client` follows redirects to another origin",
        {PRODUCTION: "no_credential_follows_a_redirect_to_another_origin"},
    ),
    "redirect_without_location": Fault(
        "a redirect is not followed",
        {PRODUCTION: "an_error_says_when_to_come_again_and_where_else_to_go"},
    ),
    "search_is_not_repeated": Fault(
        "a page of a search fails in passing",
        {
            f"{BEHAVIOR}paging": "a_page_that_fails_in_passing_is_asked_for_again",
            PRODUCTION: "a_post_that_only_reads_is_retried",
        },
    ),
    "settings_checked_after_the_write": Fault(
        "a setting is wrong",
        {
            PRODUCTION: "settings_are_checked_where_they_are_given",
            f"{BEHAVIOR}request_options": "options_are_checked_before_anything_is_sent",
        },
    ),
    "retries_checked_where_they_are_made": Fault(
        "a number of retries or seconds is wrong",
        {f"{UNIT}retry": "a_retry_is_checked_where_it_is_made"},
        "both clients take the same Retry",
    ),
    "short_page_loses_the_rest": Fault(
        "a server caps its pages",
        {
            f"{BEHAVIOR}paging": "a_server_that_gives_less_than_asked_and_says_so_is_"
            "asked_on a_server_that_caps_its_pages_in_silence_loses_nothing"
        },
    ),
    "sse_blank_data_ends_stream": Fault(
        "events without data keep a stream open",
        {
            f"{BEHAVIOR}streams": "what_servers_send_to_keep_a_stream_open_is_"
            "passed_over"
        },
    ),
    "hook_leaks_connection": Fault(
        "a hook raises after a response",
        {PRODUCTION: "a_hook_that_fails_gives_the_connection_back"},
    ),
    "stream_hook_leaks_connection": Fault(
        "a hook raises or is cancelled after a stream was opened",
        {
            f"{BEHAVIOR}streams": "a_hook_that_fails_closes_the_stream "
            "a_hook_that_fails_or_is_cancelled_closes_an_asynchronous_stream",
            PRODUCTION: "a_hook_that_is_cancelled_gives_the_connection_back",
        },
        "a test for each kind, for only tasks are cancelled",
    ),
    "timeout_is_per_read": Fault(
        "a server sends its response drop by drop",
        {
            PRODUCTION: "a_deadline_ends_a_response_that_comes_in_drops "
            "a_deadline_is_for_all_attempts timeouts_do_not_go_beyond_the_deadline"
        },
    ),
    "two_event_loops": Fault(
        "a client is used in several event loops",
        {
            f"{UNIT}async_client": "each_event_loop_has_connections_of_its_own "
            "connections_of_loops_that_have_ended_are_forgotten"
        },
        "threads have no event loop",
    ),
    "unknown_members": Fault(
        "a response has members that the document does not declare",
        {
            f"{BEHAVIOR}values": "what_a_raw_response_has_and_nothing_declares "
            "a_client_keeps_what_nothing_declares"
        },
    ),
    "export": Fault(
        "a value becomes JSON, and a value again",
        {
            f"{BEHAVIOR}values": "a_value_is_its_json_and_its_dict "
            "a_value_is_read_as_a_call_reads_it"
        },
        "values belong to no client",
    ),
    "webhook_body_text": Fault(
        "a framework has the body of a delivery in its own type",
        {f"{UNIT}routing": "a_body_is_taken_as_frameworks_have_it"},
    ),
    "write_done_body_broken": Fault(
        "the response to a write breaks off",
        {PRODUCTION: "a_write_that_was_answered_is_told_from_one_that_was_not"},
    ),
}


@cache
def read_tests(module: str) -> dict[str, set[str]]:
    """Return the names of the arguments of each test of a module."""
    tree = ast.parse((TESTS / f"{module}.py").read_text("utf-8"))
    return {
        each.name.removeprefix("test_"): {argument.arg for argument in each.args.args}
        for each in tree.body
        if isinstance(each, ast.FunctionDef)
    }


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_has_tests_in_both_modes(name: str) -> None:
    fault = FAULTS[name]
    found = [
        (test, read_tests(module).get(test))
        for module, names in fault.tests.items()
        for test in names.split()
    ]
    assert found
    assert not [test for test, arguments in found if arguments is None]
    in_one_mode = [
        test for test, arguments in found if not MODES & (arguments or set())
    ]
    assert bool(in_one_mode) == bool(fault.both), in_one_mode
