"""Customers over loopback and over the fake transport, in both modes."""

from __future__ import annotations

import asyncio
import copy
import json
import logging
import pickle
from collections.abc import Callable

import httpx2
import pytest
from billing import clients, customers
from flexprice_client import (
    APIError,
    APIStatusError,
    AsyncFlexprice,
    BadRequestError,
    ConflictError,
    Flexprice,
    MissingCredentialsError,
    RawResponse,
    ResponseMismatchError,
    Retry,
    models,
    testing,
)
from msgspec import UNSET
from support.loopback import Fault, Loopback, Reply

ADA = customers.User(id="ada", name="Ada", crm_id="crm_1", is_exempt=True)
CUSTOMER = {
    "id": "cust_1", "external_id": "ada", "status": "published", "metadata": None,
    "created_at": "2026-01-02T03:04:05Z", "later": 1,
    "integrations": [
        {
            "entity_type": "customer",
            "provider_type": "crm",
            "provider_entity_id": "crm_1",
        },
        {"entity_type": "wallet", "provider_type": "x"},
    ],
}  # fmt: skip


def reply_json(value: object, status: int = 200, **headers: str) -> Reply:
    """Return a response with JSON."""
    return Reply(status, json.dumps(value).encode(), headers)


def test_a_user_becomes_a_customer(server: Loopback) -> None:
    server.reply(Reply(fault=Fault.NO_HTTP), reply_json(CUSTOMER, 201))
    traffic = clients.Traffic()
    with clients.open_flexprice(server.url, traffic) as client:
        with pytest.raises(APIError):
            customers.register_user(client, ADA)
        customer = customers.register_user(client, ADA)
    assert customer is not None
    assert (customer.created_at and customer.created_at.year) == 2026
    assert customers.is_active(customer)
    assert customers.map_providers(customer) == {"crm": "crm_1"}
    assert (server.last.method, server.last.path) == ("POST", "/customers")
    assert server.last.headers["x-api-key"] == "fp_key"
    assert json.loads(server.last.body) == {
        "external_id": "ada",
        "name": "Ada",
        "address_country": "DE",
        "metadata": {"source": "signup"},
        "skip_onboarding_workflow": False,
        "integration_entity_mapping": [
            {
                "entity_id": "ada",
                "entity_type": "customer",
                "provider_type": "crm",
                "provider_entity_id": "crm_1",
                "metadata": {"since": 2024},
            }
        ],
        "tax_rate_overrides": [
            {
                "tax_rate_code": "ZERO",
                "currency": "eur",
                "priority": 1,
                "auto_apply": True,
            }
        ],
    }
    assert (traffic.sent, traffic.came) == (["POST", "POST"], [201])


def test_an_answer_is_kept_as_it_came(server: Loopback) -> None:
    server.reply(reply_json(CUSTOMER, 201, **{"X-Request-ID": "req_1"}))
    traffic = clients.Traffic()

    async def run() -> RawResponse[models.CustomerResponse]:
        async with clients.open_async_flexprice(server.url, traffic) as client:
            return await customers.register_user_async(client, customers.User("bob"))

    line = customers.format_audit_line(asyncio.run(run()))
    size = len(json.dumps(CUSTOMER))
    assert line == f"201 application/json {size} req_1 cust_1"
    assert json.loads(server.last.body)["external_id"] == "bob"
    assert "name" not in json.loads(server.last.body)
    assert (traffic.sent, traffic.came) == (["POST"], [201])


def test_the_environment_says_where_to_call_and_who_calls(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Flexprice(base_url=server.url) as client, pytest.raises(APIError) as caught:
        customers.register_user(client, ADA)
    assert customers.explain_error(caught.value) == "no key"
    assert isinstance(caught.value, MissingCredentialsError)
    monkeypatch.setenv("FLEXPRICE_BASE_URL", server.url)
    monkeypatch.setenv("FLEXPRICE_API_KEY", "from_outside")
    with Flexprice() as client:
        customers.register_user(client, ADA)
    assert server.last.headers["x-api-key"] == "from_outside"


def error_body(code: str | None, **more: object) -> bytes:
    """Return the body of an error."""
    return json.dumps({"code": code, "message": "no", **more}).encode()


@pytest.mark.parametrize(
    ("reply", "line"),
    [
        (Reply(400, error_body("x", details={"a": 1})), "invalid: no {'a': 1}"),
        (Reply(422, error_body(None)), "invalid: no None"),
        (Reply(401, error_body("x")), "denied: 401 x"),
        (Reply(403, error_body("permission_denied")), "denied: 403 permission_denied"),
        (Reply(404, b"", {"X-Request-ID": "req_2"}), "not found: req_2"),
        (Reply(429, b"", {"Retry-After": "1"}), "slow down: 1"),
        (Reply(500, b"oh"), "server: 500 oh"),
        (
            Reply(418, error_body("invalid_operation", http_status_code=418)),
            "other: 418 True 418",
        ),
        (Reply(200, b"<html>"), "no json: 200 b'<html>'"),
        (
            reply_json(CUSTOMER | {"created_at": 5}),
            "mismatch: $.created_at of cust_1",
        ),
        (Reply(fault=Fault.NO_ANSWER), "connection, repeated: False"),
        (Reply(wait=60), "timeout, repeated: False"),
    ],
)
def test_each_error_is_explained(reply: Reply, line: str, server: Loopback) -> None:
    server.reply(reply)
    with clients.open_flexprice(server.url, clients.Traffic()) as client:
        timeout = 0.1 if reply.wait else 60
        strict = clients.make_strict(client).with_options(timeout=timeout)
        with pytest.raises(APIError) as caught:
            customers.register_user(strict, ADA)
    assert customers.explain_error(caught.value) == line
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
    assert customers.explain_error(again) == line
    assert str(copy.copy(caught.value)) == str(caught.value)


def test_what_does_not_fit_is_kept_and_logged(
    server: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    server.reply(reply_json(CUSTOMER | {"metadata": "none", "status": "frozen"}))
    with clients.open_flexprice(server.url, clients.Traffic()) as client:
        customer = customers.register_user(client, ADA)
    assert customer is not None
    assert (str(customer.status), customer.status) == ("frozen", "frozen")
    assert customers.is_active(customer)
    (record,) = (each for each in caplog.records if each.levelno == logging.WARNING)
    assert record.name == "flexprice_client"
    assert [each.path for each in vars(record)["mismatches"]] == ["$.metadata"]


def test_a_request_tells_unset_from_empty() -> None:
    request = models.CreateCustomerRequest(external_id="ada", metadata={}, email="")
    assert (request.name, request.metadata, request.email) == (UNSET, {}, "")
    request.address_line1 = request.address_line2 = "x"
    request.address_state = request.address_postal_code = "y"
    assert copy.deepcopy(request) == request


def test_a_taken_id_is_no_error_over_the_fake_transport(
    caplog: pytest.LogCaptureFixture,
) -> None:
    fake = testing.FakeTransport()
    with Flexprice(api_key="x", http_client=fake.client()) as client:
        told = fake.on(client.customers.create_customer)
        told.refuse(409, {"code": "already_exists"}).fail().reply()
        assert customers.register_user(client, ADA) is None
        once = client.with_options(retry=Retry(times=1, first=0, longest=0))
        sample = customers.register_user(once, ADA)
    assert sample == fake.sample(models.CustomerResponse)
    assert len(told.requests) == len(fake.requests) == 3
    assert "may have been created" not in caplog.text


def test_the_fake_transport_does_what_it_is_told() -> None:
    fake = testing.FakeTransport()
    client = AsyncFlexprice(api_key="x", http_client=fake.async_client())
    create = client.customers.create_customer
    told: testing.Told[models.CustomerResponse] = fake.on(create)
    told.reply(models.CustomerResponse(id="cust_2"), status=200, headers={"a": "b"})
    told.reply(b"{}", delay=0.001).refuse(400, headers={"c": "d"}, delay=0)
    told.fail(httpx2.PoolTimeout, delay=0).drop(delay=0).refuse(409)

    async def outcome() -> str:
        try:
            raw = await customers.register_user_async(once, ADA)
        except APIStatusError as error:
            return f"{error.status} {error.headers.get('c')}"
        except APIError as error:
            return customers.explain_error(error)
        return f"{raw.headers.get('a')} {raw.parse().id}"

    async def outcomes() -> list[str]:
        found = [await outcome() for _ in range(6)]
        await client.aclose()
        return found

    once = client.with_options(retry=clients.ONCE)
    assert asyncio.run(outcomes()) == [
        "b cust_2",
        "None None",
        "400 d",
        "timeout, repeated: False",
        "connection, repeated: False",
        "409 None",
    ]


def test_the_other_region_is_called() -> None:
    fake = testing.FakeTransport()
    client = clients.open_indian_flexprice(fake.client())
    customers.register_user(client, ADA)
    assert str(fake.requests[0].url).startswith("https://api.cloud.flexprice.io/v1/")
    client.close()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Retry(times=-1),
        lambda: Flexprice(api_key="x", base_url="ftp://x"),
    ],
)
def test_an_invalid_setting_raises_at_once(wrong: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        wrong()


def test_errors_have_one_family() -> None:
    assert issubclass(ConflictError, APIStatusError)
    assert issubclass(BadRequestError, APIError)
    assert issubclass(ResponseMismatchError, APIError)
    assert not issubclass(ResponseMismatchError, APIStatusError)
