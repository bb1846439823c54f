"""The whole client of Flexprice, against a server that answers as Flexprice does."""

from __future__ import annotations

import json
import logging
import pickle
import re
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest
from support.corpus import Corpus, shared_corpus, world_cases
from support.loopback import Fault, Loopback, Received, Reply
from support.meter import Meter
from support.values import Value

pytestmark = pytest.mark.slow

CUSTOMER = {
    "id": "cust_01J", "external_id": "user_1", "name": "A", "email": "",
    "address_line1": "", "address_country": "", "timezone": "UTC",
    "metadata": None, "environment_id": "env_01J", "tenant_id": "tenant_01J",
    "status": "published", "created_at": "2026-08-22T10:11:12.123456789Z",
    "updated_at": "2026-08-22T10:11:12Z", "created_by": "", "updated_by": "",
    "later_field": {"a": 1},
}  # fmt: skip
INVOICE = {
    "id": "inv_01J", "amount_due": "1234567890.10", "amount_paid": "0",
    "total": 0.30, "currency": "usd", "invoice_status": "ARCHIVED_SOMEHOW",
    "payment_status": "", "line_items": None, "metadata": None, "invoice_number": None,
    "due_date": "", "paid_at": "0001-01-01T00:00:00Z", "version": "3",
}  # fmt: skip


@pytest.fixture(scope="module")
def flexprice(
    shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Value]:
    """Yield the client of the full description, with the overlay of this repository."""
    opener = shared_corpus(tmp_path_factory)
    corpus: Corpus
    with opener as corpus:
        made = corpus.made(world_cases(shared)[0])
        sys.path.insert(0, str(corpus.clients))
        yield import_module(made.name)
        sys.path.remove(str(corpus.clients))


@pytest.fixture
def client(flexprice: Value, server: Loopback) -> Iterator[Value]:
    """Yield a client of it that waits hardly at all between attempts."""
    retry = flexprice.Retry(initial_delay=0.001)
    with flexprice.Flexprice(api_key="k", base_url=server.url, retry=retry) as client:
        yield client


@pytest.fixture
def models(flexprice: Value) -> Value:
    """Return its classes."""
    return import_module(f"{flexprice.__name__}.models")


def says(value: object, status: int = 200, **headers: str) -> Reply:
    """Return an answer with JSON."""
    return Reply(status, json.dumps(value).encode(), headers)


def test_what_the_server_writes_is_read_without_a_word(
    client: Value, models: Value, server: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    server.reply(says(CUSTOMER, 201), says(INVOICE))
    request = models.CreateCustomerRequest(external_id="user_1", name="A")
    customer = client.customers.create_customer(request)
    assert customer.metadata is None
    assert customer.created_at == datetime(2026, 8, 22, 10, 11, 12, 123456, UTC)
    invoice = client.invoices.get_invoice(id="inv_01J")
    assert invoice.amount_due == Decimal("1234567890.10")
    assert (invoice.total, type(invoice.total)) == (Decimal("0.3"), Decimal)
    assert invoice.invoice_status == "ARCHIVED_SOMEHOW"
    assert not invoice.invoice_status.is_known
    assert (invoice.payment_status, invoice.line_items) == ("", None)
    assert (invoice.due_date, invoice.version) == (None, 3)
    assert invoice.paid_at == datetime(1, 1, 1, tzinfo=UTC)
    assert caplog.records == []


def test_one_warning_says_what_does_not_fit_and_strict_raises_it(
    flexprice: Value, client: Value, server: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = {**CUSTOMER, "created_at": "soon", "metadata": ["a"]}
    server.reply(says(wrong), says(wrong))
    customer = client.customers.get_customer(id="cust_01J")
    assert (customer.created_at, customer.metadata) == ("soon", ["a"])
    assert customer.name == "A"
    (record,) = caplog.records
    assert (record.name, record.levelno) == (flexprice.__name__, logging.WARNING)
    found = [(e.path, e.expected, e.found) for e in vars(record)["mismatches"]]
    assert found == [
        ("$.metadata", "dict[str, str]", "an array"),
        ("$.created_at", "datetime", "a string"),
    ]
    with pytest.raises(flexprice.ResponseMismatchError) as caught:
        client.with_options(strict=True).customers.get_customer(id="cust_01J")
    assert caught.value.path == "$.metadata"
    assert caught.value.body == customer


def test_money_is_exact_both_ways(
    client: Value, models: Value, server: Loopback
) -> None:
    server.reply(says({}, 201), says({"amount": 0.1, "charges": [{"quantity": 3.5}]}))
    body = models.TopUpWalletRequest(
        credits_to_add=Decimal("0.10"), transaction_reason="FREE_CREDIT_GRANT"
    )
    client.wallets.top_up_wallet(body, id="w")
    assert json.loads(server.last.body)["credits_to_add"] == "0.10"
    usage = client.subscriptions.get_subscription_usage(
        models.GetUsageBySubscriptionRequest(subscription_id="s")
    )
    assert (usage.amount, usage.charges[0].quantity) == (0.1, 3.5)
    assert type(usage.amount) is float


class Refusal(NamedTuple):
    """An error as the server writes it, and what a person shall see of it."""

    status: int
    body: bytes
    name: str
    message: str
    code: str | None = None
    details: Value = None


FULL = {
    "code": "validation_error",
    "message": "Invalid",
    "http_status_code": 400,
    "details": {"ExternalID": "is required"},
}
WRONG = b'{"error":"Forbidden","message":"wrong environment"}'
REFUSALS = [
    Refusal(
        400, json.dumps(FULL).encode(), "BadRequestError", "Invalid",
        "validation_error", {"ExternalID": "is required"},
    ),
    Refusal(401, b'{"error":"Unauthorized"}', "AuthenticationError", "Unauthorized"),
    Refusal(403, WRONG, "PermissionDeniedError", "wrong environment", "Forbidden"),
    Refusal(403, b'{"message":"suspended"}', "PermissionDeniedError", "suspended"),
    Refusal(404, b"404 page not found", "NotFoundError", "404 page not found"),
    Refusal(500, b"", "ServerError", "Internal Server Error"),
    Refusal(500, b'{"error":{}}', "ServerError", "Internal Server Error"),
]  # fmt: skip


@pytest.mark.parametrize("given", REFUSALS, ids=lambda each: f"{each.status}")
def test_errors_of_every_shape_are_told(
    given: Refusal, flexprice: Value, client: Value, server: Loopback
) -> None:
    server.reply(Reply(given.status, given.body, {"X-Request-ID": "01J"}))
    with pytest.raises(flexprice.APIStatusError) as caught:
        client.customers.create_customer({})
    error = caught.value
    assert type(error) is getattr(flexprice, given.name)
    assert (error.message, error.code, error.details) == given[3:]
    assert (error.status_code, error.content) == given[:2]
    assert error.request_id == "01J"
    assert given.message in str(error)
    assert "request id 01J" in str(error)


def test_answers_are_those_of_the_server_and_not_of_the_description(
    client: Value, models: Value, server: Loopback
) -> None:
    server.reply(says({"message": "done"}), Reply(200, b""), says({"message": "gone"}))
    assert client.credit_notes.void_credit_note(id="c").message == "done"
    assert client.tax_associations.delete_tax_association(id="t") is None
    assert client.customers.delete_customer(id="c") is None
    server.reply(
        says({"presigned_url": "https://s3.example"}),
        Reply(200, b"%PDF", {"Content-Type": "application/pdf"}),
    )
    found = client.invoices.get_invoice_pdf(id="i", url=True)
    assert found == models.GetInvoicePdfResponse(presigned_url="https://s3.example")
    assert client.invoices.get_invoice_pdf(id="i") == b"%PDF"


def test_lists_in_a_query_repeat_their_key(client: Value, server: Loopback) -> None:
    client.customers.get_customer_usage_summary(
        customer_id="c", feature_ids=["a", "b,c"], subscription_ids=[]
    )
    assert server.last.query == "customer_id=c&feature_ids=a&feature_ids=b%2Cc"
    client.customers.get_customer(id="c", expand="integrations")
    assert server.last.query == "expand=integrations"


Use = Callable[[Value], Value]
ONE_OFF = {"customer_id": "c", "currency": "usd"}
CALLS: list[tuple[str, Use, int, str]] = [
    ("an event", lambda c: c.events.ingest_event({}), 3, "event_id"),
    ("a top-up", lambda c: c.wallets.top_up_wallet({}, id="w"), 3, "idempotency_key"),
    ("an invoice", lambda c: c.invoices.create_invoice(ONE_OFF), 3, "idempotency_key"),
    (
        "an invoice of a subscription",
        lambda c: c.invoices.create_invoice({**ONE_OFF, "subscription_id": "s"}),
        1,
        "",
    ),
    ("a payment", lambda c: c.payments.create_payment({}), 1, ""),
    (
        "a payment with a key",
        lambda c: c.payments.create_payment({}, idempotency_key="mine"),
        3,
        "idempotency_key",
    ),
    (
        "a credit note",
        lambda c: c.credit_notes.create_credit_note({}),
        3,
        "idempotency_key",
    ),
    (
        "a credit note with a number",
        lambda c: c.credit_notes.create_credit_note({"credit_note_number": "CN-1"}),
        1,
        "",
    ),
    ("a customer", lambda c: c.customers.create_customer({}), 1, ""),
    ("a subscription", lambda c: c.subscriptions.create_subscription({}), 1, ""),
]


@pytest.mark.parametrize(
    ("use", "times", "field"),
    [each[1:] for each in CALLS],
    ids=[each[0] for each in CALLS],
)
def test_nothing_is_charged_twice(
    use: Use, times: int, field: str, flexprice: Value, client: Value, server: Loopback
) -> None:
    server.reply(Reply(fault=Fault.NO_ANSWER), Reply(503), Reply(502), Reply(504))
    with pytest.raises(flexprice.APIError):
        use(client)
    assert len(server.requests) == times
    bodies = [json.loads(each.body) for each in server.requests]
    keys = [body.get(field or "idempotency_key") for body in bodies]
    assert len(set(keys)) == 1
    assert (keys[0] is None) is (field == "")


def one(models: Value, **given: Value) -> Value:
    """Return an event of 5 units."""
    customer = {"event_name": "tokens", "external_customer_id": "u1"}
    return models.IngestEventRequest(**customer, properties={"n": 5}, **given)


BILLED: list[tuple[str, Callable[[Value, Value], Value], int]] = [
    ("an event", lambda c, m: c.events.ingest_event(one(m)), 5),
    ("an ID", lambda c, m: c.events.ingest_event(one(m, event_id="mine")), 5),
    (
        "a batch",
        lambda c, m: c.events.ingest_events_bulk(
            m.BulkIngestEventRequest(events=[one(m), one(m, event_id="mine")])
        ),
        10,
    ),
]


@pytest.mark.parametrize(
    "failure", [Reply(503), Reply(fault=Fault.NO_ANSWER)], ids=["503", "no answer"]
)
@pytest.mark.parametrize(
    ("use", "total"), [each[1:] for each in BILLED], ids=[each[0] for each in BILLED]
)
def test_usage_is_billed_once(
    use: Callable[[Value, Value], Value],
    total: int,
    failure: Reply,
    flexprice: Value,
    models: Value,
) -> None:
    settings = {"api_key": "secret", "retry": flexprice.Retry(initial_delay=0.001)}
    with (
        Meter() as meter,
        flexprice.Flexprice(base_url=meter.url, **settings) as client,
    ):
        meter.reply(failure)
        use(client, models)
        assert (len(meter.requests), meter.total) == (2, total)


def test_usage_is_billed_once_when_the_caller_repeats_it(
    flexprice: Value, models: Value
) -> None:
    settings = {"api_key": "secret", "retry": flexprice.Retry(max_retries=0)}
    body = models.BulkIngestEventRequest(events=[one(models), one(models)])
    with (
        Meter() as meter,
        flexprice.Flexprice(base_url=meter.url, **settings) as client,
    ):
        meter.reply(Reply(503))
        with pytest.raises(flexprice.ServerError) as caught:
            client.events.ingest_events_bulk(body)
        assert b"secret" not in pickle.dumps(caught.value)
        key = caught.value.idempotency_key
        client.events.ingest_events_bulk(body, idempotency_key=key)
        assert (len(meter.requests), meter.total) == (2, 10)
        client.events.ingest_events_bulk(body)
        assert meter.total == 20


def test_a_conflict_after_a_repeated_top_up_says_so(
    flexprice: Value, client: Value, server: Loopback
) -> None:
    server.reply(Reply(fault=Fault.NO_ANSWER), says({"message": "exists"}, 409))
    with pytest.raises(
        flexprice.ConflictError, match="first attempt may have worked"
    ) as found:
        client.wallets.top_up_wallet({}, id="w")
    assert found.value.was_retried


Answer = Callable[[int, int, list[Value]], Value]


class Pages(Loopback):
    """A server that pages as one of Flexprice's endpoints does."""

    def __init__(self, total: int, answer: Answer) -> None:
        super().__init__()
        self._all = [{"id": f"i{each}"} for each in range(total)]
        self._page = answer

    def next_reply(self) -> Reply:
        """Answer the latest request."""
        offset, limit = asked(self.last)
        return says(self._page(offset, limit, self._all))


def asked(request: Received) -> tuple[int, int]:
    """Return offset and limit, from the body or from the query."""
    if request.body:
        body = json.loads(request.body)
        body = body.get("queryFilter", body)
        return int(body["offset"]), int(body["limit"])
    found = dict(re.findall(r"(\w+)=(\d+)", request.query))
    return int(found.get("offset", 0)), int(found.get("limit", 50))


def honest(offset: int, limit: int, items: list[Value]) -> Value:
    """Answer with the offset of the request, as invoices do."""
    page = items[offset : offset + limit]
    numbers = {"total": len(items), "limit": limit, "offset": offset}
    return {"items": page or None, "pagination": numbers}


def ahead(offset: int, limit: int, items: list[Value]) -> Value:
    """Answer with the offset of the next page, as customers do."""
    numbers = {"total": len(items), "limit": limit, "offset": offset + limit}
    return {"items": items[offset : offset + limit], "pagination": numbers}


def counts_the_page(offset: int, limit: int, items: list[Value]) -> Value:
    """Answer with the length of the page as the total, as price units do."""
    page = items[offset : offset + limit]
    numbers = {"total": len(page), "limit": limit, "offset": offset}
    return {"items": page, "pagination": numbers}


def all_at_once(_: int, limit: int, items: list[Value]) -> Value:
    """Answer with everything whatever is asked for, as the search of wallets does."""
    assert limit
    numbers = {"total": len(items), "limit": 50, "offset": 0}
    return {"items": items, "pagination": numbers}


@pytest.mark.parametrize("answer", [honest, ahead, counts_the_page, all_at_once])
@pytest.mark.parametrize("total", [0, 1, 7, 8, 9, 50])
def test_all_of_a_list_comes_once_whatever_the_server_says_of_it(
    answer: Answer, total: int, flexprice: Value
) -> None:
    with Pages(total, answer) as server:
        client = flexprice.Flexprice(api_key="k", base_url=server.url)
        for method, given in (
            (client.wallets.query_wallet, ({},)),
            (client.costs.query_costsheet, ({},)),
            (client.payments.list_payments, ()),
        ):
            found = [each.id for each in flexprice.paged(method, size=8)(*given)]
            assert found == [f"i{each}" for each in range(total)]
        client.close()


def list_operations(flexprice: Value) -> Iterator[Value]:
    """Yield the operations of all resources."""
    folder = Path(flexprice.__file__).parent / "resources"
    for path in folder.glob("[!_]*.py"):
        module = import_module(f"{flexprice.__name__}.resources.{path.stem}")
        for each in vars(module).values():
            if type(each) is module.Operation:
                yield each


def test_what_only_reads_is_repeated_whatever_its_method(flexprice: Value) -> None:
    posts = [each for each in list_operations(flexprice) if each.method == "POST"]
    safe = {each.path for each in posts if each.safe}
    searches = {each.path for each in posts if each.path.endswith("/search")}
    assert len(searches) == 20
    assert safe - searches == {
        "/costs/analytics",
        "/events/analytics",
        "/events/huggingface-billing",
        "/events/query",
        "/events/usage",
        "/events/usage/meter",
        "/subscriptions/usage",
    }
    assert searches < safe


def test_every_list_is_known(flexprice: Value) -> None:
    by: dict[str, list[str]] = {}
    for each in list_operations(flexprice):
        if each.paging is not None:
            place = "whole" if each.paging.by == "whole" else each.paging.place
            by.setdefault(place, []).append(each.call)
    assert {place: len(calls) for place, calls in by.items()} == {
        "body": 20,
        "query": 9,
        "whole": 8,
    }
    assert all("/search" in each for each in by["body"])
