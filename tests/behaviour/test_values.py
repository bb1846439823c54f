"""Values of models on their own: as JSON and as dicts, with the codec of calls."""

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from support.documents import document, operation, record, ref
from support.generated import Generated, Generator
from support.loopback import Loopback, Reply
from support.values import Value

MONEY = {"type": "number", "format": "decimal"}
DAY = {"type": "string", "format": "date"}
INVOICE = {
    **record(
        ["id"],
        id="string",
        total=ref("Money"),
        lines={"type": "array", "items": ref("Money")},
        rates={"type": "object", "additionalProperties": {"anyOf": [MONEY, {}]}},
        exact={"type": "string", "format": "decimal"},
        due=DAY,
        days={"type": "array", "items": {**DAY, "nullable": True}},
        paid_at={"type": "string", "format": "date-time"},
        either={"anyOf": [DAY, {"type": "string", "format": "date-time"}]},
        **{"a-name": "string"},
    ),
    "additionalProperties": MONEY,
}
PART = record(price=ref("Money"), parts={"type": "array", "items": ref("Part")})
SPEC = document(
    {
        "/invoices": {"post": operation("send", answer="Invoice", body="Invoice")},
        "/parts": {"post": operation("split", answer="Part", body="Part")},
    },
    {"Money": MONEY, "Invoice": INVOICE, "Part": PART},
    openapi="3.0.3",
)
WIRE = {
    "id": "a",
    "total": 1.25,
    "lines": [0.5, 3],
    "exact": "1.10",
    "due": "2026-01-31",
    "paid_at": "2026-01-31T12:00:00Z",
    "a-name": "n",
    "vat": 0.19,
}
TIME = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return the client of the document that this module acts on."""
    return generated(SPEC)


def test_a_value_is_its_json_and_its_dict(api: Generated) -> None:
    models = api.models
    value = models.from_dict(models.Invoice, WIRE, strict=True)
    assert value.a_name == "n"
    assert value.total == Decimal("1.25")
    assert value.extra == {"vat": Decimal("0.19")}

    assert models.to_dict(value) == WIRE
    assert json.loads(models.to_json(value)) == WIRE
    assert models.from_json(models.Invoice, models.to_json(value)) == value
    assert models.from_json(models.Invoice, models.to_json(value).encode()) == value


def test_a_value_is_read_as_a_call_reads_it(api: Generated) -> None:
    models = api.models
    wrong = {"id": "a", "total": [], "unknown": 1}
    assert models.from_dict(models.Invoice, wrong).total == []
    with pytest.raises(ValueError, match=r"^\$\.total is an array, not Decimal$"):
        models.from_dict(models.Invoice, wrong, strict=True)
    with pytest.raises(ValueError, match="truncated"):
        models.from_json(models.Invoice, "{")


@pytest.mark.parametrize(
    "number", ["1.10", "-0", "1E+300", "1e-7", "100000000000000.01"]
)
def test_decimals_keep_their_digits_and_their_json_type(
    api: Generated, number: str
) -> None:
    amount = Decimal(number)
    value = api.models.Invoice(
        id="a", total=amount, lines=[amount], exact=amount, extra={"vat": amount}
    )
    sent = json.loads(api.models.to_json(value), parse_float=Decimal, parse_int=Decimal)
    numbers = [sent["total"], *sent["lines"], sent["vat"]]
    assert [(type(each), each) for each in numbers] == [(Decimal, amount)] * 3
    assert isinstance(sent["exact"], str)
    assert Decimal(sent["exact"]) == amount


def test_a_class_that_holds_itself_has_its_forms(api: Generated) -> None:
    models = api.models
    wire = {"price": 1.5, "parts": [{"price": 2, "parts": []}]}
    value = models.from_dict(models.Part, wire, strict=True)
    assert value.parts[0].price == Decimal(2)
    assert models.to_dict(value) == wire


def test_a_date_has_no_time(api: Generated, server: Loopback) -> None:
    for name, given in {"due": TIME, "days": [date(2026, 1, 1), TIME]}.items():
        value = api.models.Invoice(id="a", **{name: given})
        with pytest.raises(
            TypeError, match=rf"^body\.{name}: expected a date, got a datetime"
        ):
            api.call("sync", _send(value), base_url=server.url)
    assert server.requests == []


def test_a_date_or_a_time_is_what_is_given(api: Generated) -> None:
    models = api.models
    for given, text in {
        TIME: "2026-01-31T12:00:00Z",
        TIME.date(): "2026-01-31",
    }.items():
        assert models.to_dict(models.Invoice(id="a", either=given))["either"] == text


def test_values_are_values(api: Generated) -> None:
    value = api.models.from_dict(api.models.Invoice, WIRE)
    for twin in (copy.copy(value), copy.deepcopy(value), replace(value)):
        assert twin == value
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own bytes


DEEP = {
    "id": "a",
    "new": {"b": [1]},
    "buyer": {"name": "B", "a/b~": None, "address": {"city": "C", "zip": "1"}},
    "items": [{"sku": "1"}, {"sku": "2", "tax": 0.5}],
    "by": {"x": {"sku": "3", "tax": 1}},
    "either": {"kind": "two", "two": 2, "more": True},
    "open": {"any": 1},
}
FOUND = {
    "/new": {"b": [1]},
    "/buyer/a~1b~0": None,
    "/buyer/address/zip": "1",
    "/items/1/tax": 0.5,
    "/by/x/tax": 1,
    "/either/more": True,
}
ITEM = record(sku="string")
ORDER = record(
    ["id"],
    id="string",
    buyer=record(name="string", address=record(city="string")),
    items={"type": "array", "items": ITEM},
    by={"type": "object", "additionalProperties": ITEM},
    either={"oneOf": [record(["kind"], kind={"enum": ["one"]}, one="integer"),
                      record(["kind"], kind={"enum": ["two"]}, two="integer")]},
    open={"type": "object", "additionalProperties": True},
)  # fmt: skip
ORDERS = document(
    {"/orders": {"post": operation("send", answer="Order", body="Order")}},
    {"Order": ORDER},
)


@pytest.fixture(scope="module")
def orders(generated: Generator) -> Generated:
    """Return the client of an API whose server says more than its document."""
    return generated(ORDERS)


@pytest.mark.parametrize("mode", ["sync", "async"])
def test_what_a_raw_response_has_and_nothing_declares(
    orders: Generated, server: Loopback, mode: str
) -> None:
    server.reply(Reply(200, json.dumps(DEEP).encode()))
    body = orders.models.Order(id="a")
    response = orders.call(
        mode,
        lambda client: client.things.with_raw_response.send(body),
        base_url=server.url,
    )
    assert response.unknown_fields() == FOUND
    assert orders.models.unknown_fields(response.parse()) == {}


@pytest.mark.parametrize("mode", ["sync", "async"])
def test_a_client_keeps_what_nothing_declares(
    orders: Generated, server: Loopback, mode: str
) -> None:
    models = orders.models
    server.reply(Reply(200, json.dumps(DEEP).encode()))
    value = orders.call(
        mode, _send(models.Order(id="a")), base_url=server.url, keep_unknown=True
    )
    assert models.unknown_fields(value) == FOUND
    assert models.unknown_fields(value.buyer) == {"/a~1b~0": None, "/address/zip": "1"}

    plain = models.from_dict(models.Order, DEEP)
    assert models.unknown_fields(plain) == {}
    assert value == plain
    assert plain == value
    assert value != models.Order(id="b")
    assert repr(value) == repr(plain)
    assert models.to_dict(value) == models.to_dict(plain)

    for twin in (copy.copy(value), copy.deepcopy(value), _pickled(value)):
        assert isinstance(twin, models.Order)
        assert twin == value
        assert models.unknown_fields(twin) == FOUND
    changed = replace(value, id="b")
    assert changed.id == "b"
    assert "/new" not in models.unknown_fields(changed)


def test_an_option_of_one_call(orders: Generated, server: Loopback) -> None:
    server.reply(*[Reply(200, json.dumps(DEEP).encode())] * 2)
    with orders.client(base_url=server.url) as client:
        body = orders.models.Order(id="a")
        kept = client.with_options(keep_unknown=True).things.send(body)
        assert orders.models.unknown_fields(kept) == FOUND
        assert orders.models.unknown_fields(client.things.send(body)) == {}


def _pickled(value: object) -> object:
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - our own bytes


def _send(value: Value) -> Value:
    return lambda client: client.things.send(value)
