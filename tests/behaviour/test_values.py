"""Values of models on their own: as JSON and as dicts, with the codec of calls."""

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from support.documents import TEXT, document, operation, record, ref
from support.generated import Generated, Generator
from support.loopback import Loopback

from flexprice_codegen.runtime.shapes import Value

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
SPEC = document(
    {"/invoices": {"post": operation("send", answer="Invoice", body="Invoice")}},
    {"Money": MONEY, "Invoice": INVOICE, "Tag": record(name=TEXT)},
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


def test_a_date_has_no_time(api: Generated, server: Loopback) -> None:
    for name, given in {"due": TIME, "days": [date(2026, 1, 1), TIME]}.items():
        value = api.models.Invoice(id="a", **{name: given})
        with pytest.raises(TypeError, match=rf"^body\.{name}: a datetime, not a date"):
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


def _send(value: Value) -> Value:
    return lambda client: client.things.send(value)
