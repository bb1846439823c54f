"""Dicts in place of the classes of request bodies: what is sent, and what is an error."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import get_type_hints

import pytest
from support.generated import Generated, Generator
from support.loopback import Loopback, Reply
from support.values import Value

GOLDEN = Path(__file__).parent.parent / "golden" / "typed-dicts" / "spec.yaml"
BOTH = pytest.mark.parametrize("mode", ["sync", "async"])
LINE = {"sku": "a", "price": Decimal("1.5")}


@pytest.fixture(scope="module")
def orders(generated: Generator) -> Generated:
    """Return a client whose methods take dicts."""
    text = GOLDEN.read_text(encoding="utf-8")
    return generated(text, modules=("typed_inputs",))


def plain(value: Decimal | datetime) -> Value:
    """Return a value as JSON has it."""
    return float(value) if isinstance(value, Decimal) else "2030-01-02T00:00:00Z"


def create(orders: Generated, body: Value, server: Loopback) -> Value:
    """Create an order in both modes, and give the body that was sent."""
    sent = orders.sent(lambda client: client.orders.create_order(body), server)
    return json.loads(sent.body)


@pytest.mark.parametrize(
    "body",
    [
        {"lines": []},
        {"lines": [LINE, {**LINE, "@class": "bulky", "class": "c"}], "str": "s"},
        {"lines": (LINE,), "address": {"city": "Ulm", "zip": None}},
        {"lines": [], "addresses": {"home": {"city": "Ulm"}, "work": {"city": "Bonn"}}},
        {"lines": [], "payment": {"type": "transfer", "iban": "DE1"}},
        {
            "lines": [],
            "payment": {"type": "card", "number": "4", "billing": {"city": "Ulm"}},
        },
        {"lines": [], "recipient": {"name": "Ada", "age": 36}},
        {"lines": [], "recipient": {"register": "HRB 1"}},
        {"lines": [], "note": {"text": "a", "replies": [{"text": "b", "replies": []}]}},
        {"lines": [], "due": datetime(2030, 1, 2, tzinfo=UTC)},
        {"lines": [], "stops": "Ulm"},
        {"lines": [], "stops": ["Ulm", {"city": "Bonn"}, [[{"city": "Kiel"}]]]},
    ],
)
def test_a_dict_is_sent_as_it_is(
    body: Value, orders: Generated, server: Loopback
) -> None:
    assert create(orders, body, server) == json.loads(json.dumps(body, default=plain))


def test_a_dict_is_sent_as_its_class_is(orders: Generated, server: Loopback) -> None:
    models = orders.models
    whole = models.Order(
        lines=[models.Line(sku="a", price=Decimal("1.50"), class_="bulky")],
        payment=models.Card(number="4", billing=models.Address(city="Ulm")),
    )
    mixed = {
        "lines": [{"sku": "a", "price": Decimal("1.50"), "@class": "bulky"}],
        "payment": {
            "type": "card",
            "number": "4",
            "billing": models.Address(city="Ulm"),
        },
    }
    assert create(orders, mixed, server) == create(orders, whole, server)


WRONG = [
    ({}, TypeError, "body: required key 'lines' of Order is missing"),
    (
        {"lines": [], "adress": {}},
        TypeError,
        (
            "body: unknown key 'adress' of Order; expected 'stops', 'lines', 'address', "
            "'addresses', 'payment', 'recipient', 'note', 'due', 'str'"
        ),
    ),
    (
        # A name of the class is no key.
        {"lines": [LINE, {**LINE, "class_": "c"}]},
        TypeError,
        (
            "body.lines[1]: unknown key 'class_' of Line; "
            "expected 'sku', 'price', '@class', 'class'"
        ),
    ),
    (
        {"lines": [], "addresses": {"home": {"town": "Ulm"}}},
        TypeError,
        "body.addresses.home: unknown key 'town' of Address; expected 'city', 'zip'",
    ),
    (
        {"lines": [], "payment": {"type": "card", "iban": "DE1"}},
        TypeError,
        "body.payment: unknown key 'iban' of Card; expected 'type', 'number', 'billing'",
    ),
    (
        {"lines": [], "payment": {"type": "cash"}},
        ValueError,
        "body.payment.type: expected one of 'card', 'transfer', got 'cash'",
    ),
    (
        {"lines": [], "payment": {"iban": "DE1"}},
        ValueError,
        "body.payment.type: expected one of 'card', 'transfer', got None",
    ),
    (
        {"lines": [], "payment": {"type": ["card"]}},
        ValueError,
        "body.payment.type: expected one of 'card', 'transfer', got ['card']",
    ),
    (
        {"lines": [], "recipient": {"register": "HRB 1", "age": 3}},
        TypeError,
        "body.recipient: unknown key 'age' of RecipientCompany; expected 'register'",
    ),
    (
        {"lines": [], "stops": [["Ulm", {"town": "Bonn"}]]},
        TypeError,
        "body.stops[0][1]: unknown key 'town' of Address; expected 'city', 'zip'",
    ),
    (
        {"lines": [], "note": {"text": "a", "replies": [{}]}},
        TypeError,
        "body.note.replies[0]: required key 'text' of Note is missing",
    ),
    (
        {"lines": [], "due": datetime(2030, 1, 2)},  # noqa: DTZ001 - what is tested
        ValueError,
        (
            "body.due: the time 2030-01-02T00:00:00 has no time zone; add one, "
            "for example with .replace(tzinfo=timezone.utc)"
        ),
    ),
]


@BOTH
@pytest.mark.parametrize(("body", "kind", "message"), WRONG)
def test_a_wrong_dict_is_not_sent(
    mode: str,
    body: Value,
    kind: type[Exception],
    message: str,
    orders: Generated,
    server: Loopback,
) -> None:
    with pytest.raises(kind) as caught:
        orders.call(
            mode, lambda client: client.orders.create_order(body), base_url=server.url
        )
    assert str(caught.value) == message
    assert not server.requests


@BOTH
def test_a_dict_that_holds_itself_is_not_sent(
    mode: str, orders: Generated, server: Loopback
) -> None:
    note: dict[str, Value] = {"text": "a"}
    note["replies"] = [note]
    body = {"lines": [], "note": note}
    with pytest.raises(
        ValueError, match=r"^body: nested too deeply, or contains itself"
    ):
        orders.call(
            mode, lambda client: client.orders.create_order(body), base_url=server.url
        )
    assert not server.requests


def test_a_body_can_be_a_list_or_a_union(orders: Generated, server: Loopback) -> None:
    model = orders.models.Line(sku="b", price=Decimal(2))
    lines = orders.sent(lambda client: client.orders.set_lines([LINE, model]), server)
    assert json.loads(lines.body) == [
        {"sku": "a", "price": 1.5},
        {"sku": "b", "price": 2},
    ]
    nothing = orders.sent(lambda client: client.orders.set_lines(), server)
    assert nothing.body == b""
    paid = {"type": "transfer", "iban": "DE1"}
    payment = orders.sent(lambda client: client.payments.pay(paid), server)
    assert json.loads(payment.body) == paid


def test_additional_properties_are_keys(orders: Generated, server: Loopback) -> None:
    labels = {"color": "red", "size": 4}
    sent = orders.sent(lambda client: client.orders.set_labels(labels), server)
    assert json.loads(sent.body) == labels


def test_a_dict_chooses_the_media_type(orders: Generated, server: Loopback) -> None:
    note = orders.sent(lambda client: client.orders.attach({"text": "a"}), server)
    assert note.headers["content-type"] == "application/json"

    def upload(client: Value) -> Value:
        return client.orders.attach(
            {"file": io.BytesIO(b"x"), "address": {"city": "U"}}
        )

    orders.call("sync", upload, base_url=server.url)
    assert server.last.headers["content-type"].startswith("multipart/form-data")
    with pytest.raises(ValueError, match=r"^body: the dict fits none of Note, Upload$"):
        orders.call("sync", lambda client: client.orders.attach({"a": 1}))


@BOTH
def test_a_dict_says_whether_a_call_streams(
    mode: str, orders: Generated, server: Loopback
) -> None:
    head = {"Content-Type": "text/event-stream"}
    server.reply(Reply(body=b'data: {"id": "1"}\n\n', headers=head))
    body = {"text": "a", "stream": True}
    orders.call(mode, lambda client: client.orders.ask(body), base_url=server.url)
    assert json.loads(server.last.body) == body
    assert "text/event-stream" in server.last.headers["accept"]


def test_the_types_are_there_at_run_time(orders: Generated) -> None:
    models = orders.models
    hints = get_type_hints(
        orders.module("resources.orders").OrdersResource.create_order
    )
    assert hints["body"] == models.Order | models.OrderDict
    assert models.PaymentDict == models.CardDict | models.TransferDict
    assert models.LineDict.__required_keys__ == {"sku", "price"}
    assert models.LineDict.__optional_keys__ == {"@class", "class"}
    assert get_type_hints(models.CardDict)["billing"] == (
        models.Address | models.AddressDict
    )
    assert not hasattr(models, "ReceiptDict")
    for name in ("OrderDict", "RecipientPersonDict", "UploadDict"):
        get_type_hints(getattr(models, name))


TYPED = """
from decimal import Decimal

from {package} import AsyncOrders, Orders, models

line: models.LineDict = {{"sku": "a", "price": Decimal(1), "class": "c"}}
lines = [models.Line(sku="a", price=Decimal(1))]
client = Orders()
client.orders.create_order({{"lines": [line, *lines]}})
client.orders.create_order({{"lines": lines, "address": models.Address(city="U")}})
client.orders.create_order({{"lines": [], "address": {{"city": "U", "zip": None}}}})
client.orders.create_order(
    {{"lines": [], "payment": {{"type": "card", "number": "4", "billing": {{"city": "U"}}}}}}
)
client.orders.create_order({{"lines": [], "recipient": {{"register": "4"}}}})
client.orders.create_order({{"lines": [], "addresses": {{"a": {{"city": "U"}}}}}})
client.orders.create_order(
    {{"lines": [], "note": {{"text": "a", "replies": [{{"text": "b"}}]}}}}
)
client.orders.create_order({{"lines": [], "stops": ["U", [{{"city": "U"}}]]}})
client.orders.create_order(models.Order(lines=lines))
client.orders.set_lines(lines)
client.orders.set_lines([line, *lines])
client.orders.set_lines()
client.orders.set_lines([{{"sku": "a", "price": Decimal(1), "@class": "bulky"}}])
client.orders.attach({{"file": b"a", "address": {{"city": "U"}}}})
client.orders.with_raw_response.create_order({{"lines": []}})


async def pay(other: AsyncOrders, payment: models.PaymentDict) -> models.Receipt:
    await other.payments.pay(payment)
    return await other.orders.create_order({{"lines": [], "payment": payment}})


client.orders.create_order({{}})  # WRONG
client.orders.create_order({{"lines": [], "adress": {{"city": "U"}}}})  # WRONG
client.orders.create_order({{"lines": [{{"sku": "a", "class": "c"}}]}})  # WRONG
client.orders.create_order({{"lines": [{{**line, "class_": "c"}}]}})  # WRONG
client.orders.create_order({{"lines": [], "payment": {{"type": "cash"}}}})  # WRONG
client.orders.create_order({{"lines": [], "address": {{"city": 1}}}})  # WRONG
client.orders.set_lines([{{**line, "@class": "huge"}}])  # WRONG
client.payments.pay({{"type": "card", "iban": "4"}})  # WRONG
client.orders.ask({{"txt": "a"}})  # WRONG
client.orders.create_order({{"lines": [], "stops": [[{{"town": "U"}}]]}})  # WRONG
models.ReceiptDict  # WRONG
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [["mypy", "--strict"], ["pyright", "--pythonpath", sys.executable]],
    ids=lambda command: command[0],
)
def test_only_wrong_dicts_are_type_errors(
    command: list[str], orders: Generated
) -> None:
    program = orders.folder.parent / "typed_dicts.py"
    text = TYPED.format(package=orders.name)
    program.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", *command, program.name],
        cwd=program.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.findall(r"typed_dicts\.py:(\d+):.* error:", done.stdout)
    lines = enumerate(text.splitlines(), 1)
    wrong = {at for at, line in lines if line.endswith("# WRONG")}
    assert {int(each) for each in found} == wrong, done.stdout
