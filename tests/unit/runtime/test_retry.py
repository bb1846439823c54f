"""Retries: what arrives at a server that fails in passing, counted there."""

from __future__ import annotations

import io
from contextlib import nullcontext, suppress
from functools import partial

import httpx2
import pytest
from support.loopback import Fault, Loopback, Reply, reserve_address
from support.patience import IMPATIENT, hurry
from support.sample.client import Sample
from support.sample.models import CreateCustomerRequest
from support.sample_calls import BOTH, get
from support.sample_calls import call as call_sample
from support.values import Value

from flexprice_codegen.runtime import errors
from flexprice_codegen.runtime.calling import Arguments
from flexprice_codegen.runtime.idempotency import KeyFields
from flexprice_codegen.runtime.multipart import multipart_body
from flexprice_codegen.runtime.operation import Operation
from flexprice_codegen.runtime.retry import Attempt, Retry, choose_pause

SOON = Retry(initial_delay=0.001, max_delay=0.002)
call = partial(call_sample, retry=SOON)
PASSING = [408, 429, 502, 503, 504]
LASTING = [400, 401, 404, 409, 422, 500, 501, 505]


def create(client: Value) -> Value:
    """Make a customer by a POST that says nothing of keys."""
    return client.customers.create(CreateCustomerRequest(name="Ann"))


def upload(client: Value) -> Value:
    """Put bytes."""
    return client.customers.upload("c1", b"picture")


@BOTH
@pytest.mark.parametrize("status", PASSING)
def test_a_get_is_repeated_after_a_status_that_passes(
    mode: str, status: int, server: Loopback
) -> None:
    server.reply(Reply(status), Reply(status), Reply(body=b'{"id": "c1"}'))
    assert call(mode, server, get).id == "c1"
    assert len(server.requests) == 3


@BOTH
@pytest.mark.parametrize("status", LASTING)
def test_other_statuses_are_never_repeated(
    mode: str, status: int, server: Loopback
) -> None:
    server.reply(Reply(status))
    with pytest.raises(errors.APIStatusError) as info:
        call(mode, server, get)
    assert not info.value.was_retried
    assert len(server.requests) == 1


@BOTH
@pytest.mark.parametrize("fault", Fault)
def test_a_get_is_repeated_after_a_broken_connection(
    mode: str, fault: Fault, server: Loopback
) -> None:
    server.reply(Reply(fault=fault, body=b'{"id": "c0"}'), Reply(body=b'{"id": "c1"}'))
    assert call(mode, server, get).id == "c1"
    assert len(server.requests) == 2


@BOTH
@pytest.mark.parametrize("status", PASSING)
def test_a_post_is_not_repeated_after_a_status(
    mode: str, status: int, server: Loopback
) -> None:
    server.reply(Reply(status))
    with pytest.raises(errors.APIStatusError):
        call(mode, server, create)
    assert len(server.requests) == 1


@BOTH
@pytest.mark.parametrize("fault", Fault)
def test_a_post_is_not_repeated_after_a_broken_connection(
    mode: str, fault: Fault, server: Loopback
) -> None:
    server.reply(Reply(fault=fault))
    with pytest.raises(errors.APIConnectionError):
        call(mode, server, create)
    assert len(server.requests) == 1


@BOTH
def test_a_post_is_not_repeated_after_a_read_timeout(
    mode: str, server: Loopback
) -> None:
    server.reply(Reply(wait=30))
    with pytest.raises(errors.APITimeoutError):
        call(mode, server, create, timeout=IMPATIENT)
    assert len(server.requests) == 1


@BOTH
def test_a_get_is_repeated_after_a_read_timeout(mode: str, server: Loopback) -> None:
    server.reply(Reply(wait=30), Reply(body=b'{"id": "c1"}'))
    assert call(mode, server, get, on_request=hurry(1)).id == "c1"
    assert len(server.requests) == 2


@BOTH
def test_a_put_is_repeated_and_sends_the_same(mode: str, server: Loopback) -> None:
    server.reply(Reply(503), Reply(body=b'"ok"'))
    assert call(mode, server, upload) == "ok"
    first, second = server.requests
    assert (first.method, first.target, first.body) == (
        "PUT",
        second.target,
        b"picture",
    )
    assert second.body == b"picture"


@BOTH
@pytest.mark.parametrize("content", [io.BytesIO(b"x" * 9), iter([b"x" * 9])])
def test_a_stream_cannot_be_sent_again(
    mode: str, content: Value, server: Loopback
) -> None:
    server.reply(Reply(503))
    with pytest.raises(errors.ServerError):
        call(mode, server, lambda client: client.customers.upload("c1", content))
    assert len(server.requests) == 1


METHODS = {
    "GET": 3, "HEAD": 3, "PUT": 3, "DELETE": 3, "OPTIONS": 1, "TRACE": 1,
    "PATCH": 1, "POST": 1, "QUERY": 1,
}  # fmt: skip
"""How often a server is asked that fails in passing, by method."""
FAILURES = {
    **{f"{status}": Reply(status, b"") for status in PASSING},
    **{fault.name: Reply(fault=fault) for fault in Fault},
}


@pytest.mark.slow
@BOTH
@pytest.mark.parametrize("method", METHODS)
def test_what_arrives_is_counted_for_each_failure_and_method(
    mode: str, method: str, server: Loopback
) -> None:
    operation: Operation[None] = Operation(method, "/things")
    found = {name: arrived(mode, server, operation, name) for name in FAILURES}
    expected = dict.fromkeys(FAILURES, METHODS[method])
    if method == "HEAD":
        expected["HALF_BODY"] = 1  # it has none, so that is no failure
    assert found == expected


@BOTH
def test_a_post_with_a_key_is_repeated_only_where_a_get_is(
    mode: str, server: Loopback
) -> None:
    operation: Operation[None] = Operation("POST", "/things", idempotency=KeyFields({}))
    found = {name: arrived(mode, server, operation, name) for name in FAILURES}
    assert found == dict.fromkeys(FAILURES, 3)
    for status in LASTING:
        assert arrived(mode, server, operation, f"{status}") == 1


def arrived(
    mode: str, server: Loopback, operation: Operation[None], failure: str
) -> int:
    """Count the requests of one call to a server that always fails like this."""
    server.requests.clear()
    for _ in range(9):
        server.reply(FAILURES.get(failure) or Reply(int(failure), b""))
    with suppress(errors.APIError):
        call(mode, server, lambda client: client(operation, Arguments()))
    count = len(server.requests)
    server.forget()
    return count


class Refusing(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """A transport whose first connections are never made."""

    def __init__(self, times: int) -> None:
        self.left = times
        self.sent: list[bytes] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Refuse, then answer."""
        if self.left:
            self.left -= 1
            raise httpx2.ConnectError("refused")
        self.sent.append(request.content)
        return httpx2.Response(201, content=b'{"id": "c1"}')

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Refuse, then answer."""
        return self.handle_request(request)


@pytest.mark.parametrize(
    ("content", "expected"), [(b"picture", 2), (io.BytesIO(b"picture"), 1)]
)
def test_a_form_can_be_sent_again_unless_it_holds_a_file(
    content: Value, expected: int, server: Loopback
) -> None:
    put: Operation[None] = Operation("PUT", "/forms", body=multipart_body)
    server.reply(Reply(503))
    with Sample(api_key="k", base_url=server.url, retry=SOON) as client:
        given = Arguments(body={"file": content, "name": "a"})
        with nullcontext() if expected == 2 else pytest.raises(errors.ServerError):
            client(put, given)
    assert len(server.requests) == expected
    assert len({each.body for each in server.requests}) == 1


@BOTH
def test_a_connection_that_was_never_made_is_tried_again_by_a_post(
    mode: str, server: Loopback
) -> None:
    transport = Refusing(2)
    kind: Value = {"sync": httpx2.Client, "async": httpx2.AsyncClient}[mode]
    found = call(mode, server, create, http_client=kind(transport=transport))
    assert found.id == "c1"
    assert transport.sent == [b'{"name":"Ann"}']


def test_a_server_that_is_not_there_is_given_up() -> None:
    with (
        reserve_address() as url,
        Sample(api_key="k", base_url=url, retry=SOON) as client,
        pytest.raises(errors.APIConnectionError),
    ):
        create(client)


@BOTH
def test_attempts_come_to_an_end(mode: str, server: Loopback) -> None:
    server.reply(*[Reply(503)] * 9)
    with pytest.raises(errors.ServerError) as info:
        call(mode, server, get)
    assert len(server.requests) == 3
    assert info.value.was_retried
    assert "the call was retried" in str(info.value)


@BOTH
def test_retries_can_be_turned_off(mode: str, server: Loopback) -> None:
    server.reply(Reply(503), Reply(503))
    with pytest.raises(errors.ServerError):
        call(mode, server, get, retry=Retry(max_retries=0))
    with pytest.raises(errors.ServerError):
        call(mode, server, lambda c: get(c.with_options(retry=Retry(max_retries=0))))
    assert len(server.requests) == 2


@BOTH
def test_a_short_retry_after_is_followed(mode: str, server: Loopback) -> None:
    server.reply(Reply(429, headers={"Retry-After": "0"}), Reply(body=b'{"id": "c1"}'))
    assert call(mode, server, get).id == "c1"


@BOTH
def test_a_long_retry_after_is_followed_up_to_the_longest(
    mode: str, server: Loopback
) -> None:
    headers = {"Retry-After": "3600"}
    server.reply(Reply(429, headers=headers), Reply(body=b'{"id": "c1"}'))
    assert call(mode, server, get, retry=Retry(max_delay=0.01)).id == "c1"
    assert len(server.requests) == 2


def response(status: int = 503, **headers: str) -> httpx2.Response:
    """Make an answer; underscores in names of headers are dashes."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx2.Response(status, headers=named)


def after(number: int, outcome: Value, elapsed: float = 0.0) -> Attempt:
    """Make an attempt of a call that is safe to repeat."""
    return Attempt(number, outcome, elapsed, is_safe=True)


def test_waits_double_up_to_the_longest() -> None:
    retry = Retry(max_retries=9, initial_delay=0.5, max_delay=3)
    waits = [
        choose_pause(retry, after(number, response()), 1.0) for number in range(1, 11)
    ]
    assert waits == [0.5, 1.0, 2.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, None]


def test_a_wait_is_a_random_part_of_its_longest() -> None:
    assert choose_pause(Retry(initial_delay=2), after(1, response()), 0.0) == 0.0
    assert choose_pause(Retry(initial_delay=2), after(1, response()), 0.25) == 0.5


def test_very_many_attempts_wait_the_longest() -> None:
    assert choose_pause(Retry(max_retries=10**6), after(10**5, response()), 1.0) == 8.0


def test_nothing_is_sent_after_the_deadline() -> None:
    retry = Retry(initial_delay=1, deadline=10)
    assert choose_pause(retry, after(1, response(), 8.9), 1.0) == 1.0
    assert choose_pause(retry, after(1, response(), 9.0), 1.0) == 1.0
    assert choose_pause(retry, after(1, response(), 9.1), 1.0) is None
    assert (
        choose_pause(
            Retry(initial_delay=1, deadline=None), after(1, response(), 9e9), 1.0
        )
        == 1.0
    )


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("3", 3.0),
        ("8", 8.0),
        ("9", 8.0),
        ("9" * 400, 8.0),
        ("Wed, 21 Oct 2026 07:28:05 GMT", 5.0),
        ("Wed, 21 Oct 2026 07:27:00 GMT", 0.0),
        ("Wed, 21 Oct 2026 08:28:00 GMT", 8.0),
        ("soon", 0.5),
        ("-1", 0.5),
        ("", 0.5),
        ("Wed, 99 Foo", 0.5),
    ],
)
def test_retry_after_is_seconds_or_a_date_on_the_servers_clock(
    header: str, expected: float | None
) -> None:
    found = response(429, Retry_After=header, Date="Wed, 21 Oct 2026 07:28:00 GMT")
    assert choose_pause(Retry(), after(1, found), 1.0) == expected


def test_a_date_counts_from_our_clock_where_the_server_tells_no_time() -> None:
    found = response(429, Retry_After="Wed, 21 Oct 1998 07:28:05 GMT")
    assert choose_pause(Retry(), after(1, found), 1.0) == 0.0


@pytest.mark.parametrize(
    "kind", [httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout]
)
def test_what_never_reached_the_server_is_sent_again_also_when_unsafe(
    kind: type[httpx2.RequestError],
) -> None:
    attempt = Attempt(1, kind("no"), 0, is_safe=False)
    assert choose_pause(Retry(), attempt, 1.0) == 0.5
    assert not attempt.reached


@pytest.mark.parametrize(
    "kind", [httpx2.UnsupportedProtocol, httpx2.TooManyRedirects, httpx2.DecodingError]
)
def test_what_would_fail_again_is_not_sent_again(
    kind: type[httpx2.RequestError],
) -> None:
    assert choose_pause(Retry(), after(1, kind("no")), 1.0) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"max_retries": 1.5},
        {"max_retries": True},
        {"initial_delay": float("nan")},
        {"max_delay": "8"},
        {"deadline": float("inf")},
    ],
    ids=repr,
)
def test_a_retry_is_checked_where_it_is_made(wrong: dict[str, Value]) -> None:
    (name,) = wrong
    with pytest.raises(ValueError, match=f"Retry: `{name}` must be"):
        Retry(**wrong)


def test_numbers_below_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="must be an int that is at least 0, got -1"):
        Retry(max_retries=-1)
    with pytest.raises(ValueError, match="`deadline` must be a number of seconds"):
        Retry(deadline=-1)


def test_a_post_that_was_answered_by_a_redirect_is_not_repeated() -> None:
    arrived = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        arrived.append(f"{request.method} {request.url.host}")
        if request.url.host == "first.test":
            return httpx2.Response(303, headers={"location": "https://second.test/"})
        raise httpx2.ConnectError("no route", request=request)

    pool = httpx2.Client(transport=httpx2.MockTransport(answer), follow_redirects=True)
    with (
        Sample(
            api_key="k", base_url="https://first.test", retry=SOON, http_client=pool
        ) as client,
        pytest.raises(errors.APIConnectionError),
    ):
        create(client)
    assert arrived == ["POST first.test", "GET second.test"]


@BOTH
def test_what_was_sent_before_is_said_where_no_answer_came(
    mode: str, server: Loopback
) -> None:
    server.reply(Reply(503), Reply(503), Reply(fault=Fault.NO_ANSWER))
    with pytest.raises(errors.APIConnectionError) as caught:
        call(mode, server, get)
    assert caught.value.was_retried


@BOTH
@pytest.mark.parametrize(
    "date",
    [
        "Fri, 31 Dec 99999 23:59:59 GMT",
        f"Fri, 31 Dec {2**31} 23:59:59 GMT",
        f"Fri, 31 Dec 2026 23:59:59 -{'9' * 400}",
    ],
)
def test_a_retry_after_in_no_year_of_a_calendar_is_ignored(
    mode: str, date: str, server: Loopback
) -> None:
    late = {"retry-after": date}
    server.reply(Reply(503, headers=late), Reply(body=b'{"id": "c1"}'))
    assert call(mode, server, get).id == "c1"
