"""Whole calls, of both clients, against a real server on loopback."""

from __future__ import annotations

import asyncio
import io
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import httpx2
import pytest
from support.loopback import Fault, Loopback, Reply, reserve_address
from support.patience import IMPATIENT
from support.sample.client import Sample
from support.sample.models import (
    CreateCustomerRequest,
    Customer,
    CustomerStatus,
    Problem,
)
from support.sample_calls import BOTH, get
from support.sample_calls import call as call_sample
from support.values import Value

from flexprice_codegen.runtime import errors
from flexprice_codegen.runtime.retry import Retry

if TYPE_CHECKING:
    from collections.abc import Iterator

ONCE = Retry(max_retries=0)
call = partial(call_sample, retry=ONCE)


@pytest.fixture
def client(server: Loopback) -> Iterator[Sample]:
    """Yield a client of the server."""
    with Sample(api_key="k3y", base_url=server.url) as client:
        yield client


@BOTH
def test_a_call_sends_what_was_given_and_returns_what_came(
    mode: str, server: Loopback
) -> None:
    server.reply(Reply(201, b'{"id":"c1","balance":"1.10","status":"new","tags":null}'))
    body = CreateCustomerRequest(name="Ann", balance=Decimal("1.10"))
    found = call(mode, server, lambda client: client.customers.create(body))
    status = CustomerStatus("new")
    assert found == Customer(id="c1", balance=Decimal("1.10"), status=status)
    sent = server.last
    assert (sent.method, sent.target) == ("POST", "/customers")
    assert sent.body == b'{"name":"Ann","balance":"1.10"}'
    assert sent.headers["x-api-key"] == "k3y"
    assert sent.headers["content-type"] == sent.headers["accept"] == "application/json"
    agent = "sample-python/1.0 flexprice-codegen/0.1.0"
    assert sent.headers["user-agent"] == agent


@BOTH
def test_a_refusal_is_the_exception_of_its_status(mode: str, server: Loopback) -> None:
    body = b'{"code":"not_found","message":"No customer","details":{"id":"c1"}}'
    server.reply(Reply(404, body, {"X-Request-ID": "01J"}))
    with pytest.raises(errors.NotFoundError) as info:
        call(mode, server, get)
    error = info.value
    assert str(error) == (
        "404 not_found: No customer (GET /customers/{id}, request id 01J)"
    )
    assert error.body == Problem(code="not_found", message="No customer")
    assert (error.details, error.content) == ({"id": "c1"}, body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"error": "Unauthorized"}', {"error": "Unauthorized"}),
        (b'{"message": "No"}', Problem(message="No")),
        (b'{"message": ["No"]}', {"message": ["No"]}),
        (b'["No"]', ["No"]),
        (b"No", None),
        (b"", None),
    ],
)
def test_an_error_is_read_as_declared_only_where_that_fits(
    server: Loopback, client: Sample, body: bytes, expected: object
) -> None:
    server.reply(Reply(401, body))
    with pytest.raises(errors.AuthenticationError) as info:
        client.customers.get("c1")
    assert info.value.body == expected


@BOTH
@pytest.mark.parametrize("fault", Fault)
def test_a_broken_connection_is_a_connection_error(
    mode: str, server: Loopback, fault: Fault
) -> None:
    server.reply(Reply(fault=fault, body=b'{"id": "customer"}'))
    with pytest.raises(
        errors.APIConnectionError, match=r"GET /customers/\{id\}: "
    ) as info:
        call(mode, server, get)
    assert isinstance(info.value.__cause__, httpx2.RequestError)
    assert not isinstance(info.value, errors.APITimeoutError)


@BOTH
def test_a_server_that_is_not_there_is_a_connection_error(
    mode: str, server: Loopback
) -> None:
    with (
        reserve_address() as url,
        pytest.raises(errors.APIConnectionError, match=r"GET /customers/\{id\}: "),
    ):
        call(mode, server, get, base_url=url)


@BOTH
def test_a_slow_answer_is_a_timeout(mode: str, server: Loopback) -> None:
    server.reply(Reply(wait=30))
    with pytest.raises(
        errors.APITimeoutError, match=r"no response in time \(ReadTimeout"
    ):
        call(mode, server, lambda client: get(client.with_options(timeout=IMPATIENT)))


@BOTH
def test_what_does_not_fit_is_one_warning(
    mode: str, server: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    server.reply(Reply(body=b'{"id": "c1", "tags": "x", "balance": "much"}'))
    with caplog.at_level(logging.WARNING):
        found = call(mode, server, get)
    assert (found.id, found.tags, found.balance) == ("c1", "x", "much")
    (record,) = [each for each in caplog.records if each.name == "support.sample"]
    assert record.getMessage() == (
        "GET /customers/{id}: $.tags is a string, not list[str], and 1 more"
    )
    mismatches = vars(record)["mismatches"]
    assert [each.path for each in mismatches] == ["$.tags", "$.balance"]


@BOTH
def test_a_warning_counts_also_what_it_does_not_list(
    mode: str, server: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    body = f'{{"id": "c1", "tags": [{",".join(["[]"] * 5_000)}]}}'
    server.reply(Reply(body=body.encode()))
    with caplog.at_level(logging.WARNING):
        call(mode, server, get)
    (record,) = [each for each in caplog.records if each.name == "support.sample"]
    assert record.getMessage() == (
        "GET /customers/{id}: $.tags[0] is an array, not str, and 4999 more"
    )
    assert len(vars(record)["mismatches"]) == 1_001


@BOTH
def test_with_strict_it_is_an_exception_with_the_body(
    mode: str, server: Loopback
) -> None:
    server.reply(Reply(body=b'{"id": "c1", "tags": "x"}'))
    with pytest.raises(errors.ResponseMismatchError) as info:
        call(mode, server, get, strict=True)
    assert [each.path for each in info.value.mismatches] == ["$.tags"]
    assert info.value.body.id == "c1"
    assert info.value.content == b'{"id": "c1", "tags": "x"}'


@BOTH
def test_a_success_that_is_no_json_says_so(mode: str, server: Loopback) -> None:
    page = b"<html>maintenance</html>"
    server.reply(Reply(200, page, {"Content-Type": "text/html", "X-Request-ID": "r"}))
    with pytest.raises(errors.ResponseBodyError) as info:
        call(mode, server, get)
    error = info.value
    assert (error.status_code, error.content, error.request_id) == (200, page, "r")
    assert "the body (text/html) is not JSON" in str(error)


def test_an_empty_success_is_an_object_without_members(
    server: Loopback, client: Sample
) -> None:
    server.reply(Reply(204, b""), Reply(200, b""), Reply(200, b""))
    blank = Customer(id=None)  # type: ignore[arg-type]
    assert client.customers.get("c1") == blank
    assert client.customers.get("c1") == blank
    assert client.customers.list() == []


def test_a_call_that_returns_nothing_reads_nothing(
    server: Loopback, client: Sample
) -> None:
    server.reply(Reply(204, b""), Reply(200, b"<html>"))
    client.customers.delete("c1")
    client.customers.delete("c1")
    assert [each.method for each in server.requests] == ["DELETE", "DELETE"]


def test_a_status_may_have_a_shape_of_its_own(server: Loopback, client: Sample) -> None:
    server.reply(Reply(202, b'{"job": 1}'), Reply(299, b'{"id": "c1"}'))
    body = CreateCustomerRequest(name="Ann")
    job: object = client.customers.create(body)
    assert job == {"job": 1}
    assert client.customers.create(body) == Customer(id="c1")


def test_bytes_and_texts_are_given_as_they_are(
    server: Loopback, client: Sample
) -> None:
    server.reply(Reply(200, b"\x89PNG", {"Content-Type": "image/png"}))
    assert client.customers.picture("c1") == b"\x89PNG"
    server.reply(
        Reply(
            200, "é".encode("latin-1"), {"Content-Type": "text/plain; charset=latin-1"}
        )
    )
    assert client.customers.upload("c1", b"x") == "é"
    server.reply(Reply(200, b'"json"'))
    assert client.customers.upload("c1", b"x") == "json"
    server.reply(Reply(200, b"up", {"Content-Type": "text/plain"}))
    assert client.customers.health() == "up"


@BOTH
def test_files_are_streamed(mode: str, server: Loopback) -> None:
    file = io.BytesIO(b"x" * 200_000)
    server.reply(Reply(200, b'"ok"'))
    call(mode, server, lambda client: client.customers.upload("c1", file))
    assert server.last.body == b"x" * 200_000
    assert server.last.headers["content-type"] == "application/octet-stream"


def test_parameters_arrive_as_the_document_says(
    server: Loopback, client: Sample
) -> None:
    server.reply(Reply(body=b"[]"))
    client.customers.list(ids=["a", "b,c"], tags=["x", "y z"], active=True)
    assert server.last.query == "ids=a,b%2Cc&tags=x&tags=y%20z&active=true"
    client.customers.get("a/b?c#d é%2F")
    assert server.last.target == "/customers/a%2Fb%3Fc%23d%20%C3%A9%252F"
    client.customers.health(trace="t1", session="s 1")
    assert server.last.headers["x-trace"] == "t1"
    assert server.last.headers["cookie"] == "session=s%201"
    client.customers.health()
    assert not {"x-trace", "cookie"} & server.last.headers.keys()


def test_nothing_is_sent_when_an_argument_cannot_be(
    server: Loopback, client: Sample
) -> None:
    with pytest.raises(ValueError, match=r"id: expected a value other than"):
        client.customers.get("..")
    with pytest.raises(ValueError, match=r"body\.balance: NaN is not a number"):
        client.customers.create(CreateCustomerRequest(name="", balance=Decimal("NaN")))
    assert server.requests == []


@BOTH
def test_without_credentials_nothing_is_sent(mode: str, server: Loopback) -> None:
    with pytest.raises(errors.MissingCredentialsError, match="set SAMPLE_API_KEY"):
        call(mode, server, get, api_key=None)
    assert server.requests == []


def test_an_operation_that_is_open_needs_no_credentials(server: Loopback) -> None:
    with Sample(base_url=server.url) as client:
        assert client.customers.health() == {}


@pytest.mark.parametrize(
    ("settings", "header", "value"),
    [
        ({"api_key": "a"}, "x-api-key", "a"),
        ({"api_key": lambda: "fresh"}, "x-api-key", "fresh"),
        ({"token": "t"}, "authorization", "Bearer t"),
        ({"login": ("u", "p")}, "authorization", "Basic dTpw"),
    ],
)
def test_credentials_go_where_their_scheme_says(
    server: Loopback, settings: dict[str, Value], header: str, value: str
) -> None:
    with Sample(base_url=server.url, **settings) as client:
        get(client)
    assert server.last.headers[header] == value


def test_the_asynchronous_client_waits_for_a_token(server: Loopback) -> None:
    async def token() -> str:
        await asyncio.sleep(0)
        return "later"

    call("async", server, get, api_key=token)
    assert server.last.headers["x-api-key"] == "later"
    with pytest.raises(TypeError, match="use the asynchronous client"):
        call("sync", server, get, api_key=token)


def test_settings_come_from_the_environment(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMPLE_API_KEY", "from-env")
    monkeypatch.setenv("SAMPLE_BASE_URL", f"{server.url}/prefix/")
    with Sample() as client:
        get(client)
    assert server.last.headers["x-api-key"] == "from-env"
    assert server.last.path == "/prefix/customers/c1"


def test_servers_have_names() -> None:
    with Sample() as first, Sample(server="eu") as second:
        assert repr(first) == "Sample(base_url='https://us.api.example/v1')"
        assert repr(second) == "Sample(base_url='https://eu.api.example/v1')"
    with pytest.raises(ValueError, match="server: 'mars' is not one of us, eu"):
        Sample(server="mars")
    with pytest.raises(
        ValueError, match=r"invalid base_url 'api.example': expected http"
    ):
        Sample(base_url="api.example")


def test_no_secret_is_shown_or_logged(
    server: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    base = server.url.replace("//", "//user:s3cret@")
    server.reply(Reply(500, b""), Reply(fault=Fault.NO_ANSWER))
    with Sample(query_key="s3cret", base_url=base, retry=ONCE) as client:
        assert "s3cret" not in repr(client)
        for kind in (errors.ServerError, errors.APIConnectionError):
            with pytest.raises(kind) as info:
                client.customers.list(tags=["x"])
            assert "s3cret" not in repr(info.value) + str(vars(info.value))
    assert server.last.query == "tags=x&key=s3cret"
    assert "httpx2" in {each.name for each in caplog.records}
    assert "s3cret" not in caplog.text


def test_redirects_are_not_followed(server: Loopback, client: Sample) -> None:
    server.reply(Reply(302, b"", {"Location": "/elsewhere"}))
    with pytest.raises(errors.APIStatusError, match="302: Found"):
        client.customers.create(CreateCustomerRequest(name="Ann"))
    assert len(server.requests) == 1


def test_options_make_a_client_that_shares_connections(
    server: Loopback, client: Sample
) -> None:
    get(client)
    other = client.with_options(timeout=5, strict=True)
    get(other)
    assert type(other) is Sample
    assert other.customers is not client.customers
    assert other.customers is other.customers
    assert {each.connection for each in server.requests} == {server.last.connection}
    server.reply(Reply(body=b"[]"), Reply(body=b"[]"))
    get(client)
    with pytest.raises(errors.ResponseMismatchError):
        get(other)


def test_a_client_that_was_given_is_used_and_left_open(server: Loopback) -> None:
    with httpx2.Client(headers={"X-Extra": "1"}) as own:
        with Sample(api_key="k", base_url=server.url, http_client=own) as client:
            get(client)
        assert not own.is_closed
    assert server.last.headers["x-extra"] == "1"


def test_a_closed_client_says_so(server: Loopback) -> None:
    client = Sample(api_key="k", base_url=server.url)
    client.close()
    with pytest.raises(RuntimeError, match="closed"):
        get(client)


def test_threads_may_share_a_client(server: Loopback) -> None:
    start = threading.Barrier(8)
    with Sample(api_key="k", base_url=server.url) as client:

        def work(number: int) -> str:
            start.wait()
            return str(client.customers.get(str(number)).id)

        server.reply(*[Reply(body=b'{"id": "c"}')] * 8)
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(work, range(8))) == ["c"] * 8
    assert {each.path for each in server.requests} == {
        f"/customers/{number}" for number in range(8)
    }


def test_resources_are_found_on_the_class_and_in_subclasses(server: Loopback) -> None:
    class Mine(Sample):
        """A client in another package."""

    with Mine(api_key="k", base_url=server.url) as client:
        assert get(client).id is None
    assert Mine.customers is Sample.customers
