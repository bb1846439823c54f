"""The ledger over loopback and over the fake transport, in both modes."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from billing import clients, ledger
from ledger_client import ConflictError, Ledger, ServerError, models, testing
from support.loopback import Fault, Loopback, Reply

ENTRY = {"id": "e1", "account": "a", "amount": "0.10", "priority": 1, "note": None}


def reply_json(value: object, status: int = 200) -> Reply:
    """Return a response with JSON."""
    return Reply(status, json.dumps(value).encode())


def test_a_charge_is_repeated_under_one_key(server: Loopback) -> None:
    server.reply(Reply(503), Reply(fault=Fault.NO_ANSWER), reply_json(ENTRY, 201))
    with clients.open_ledger(server.url) as client:
        assert ledger.charge_account(client, "a", Decimal("0.10")) == "e1"
    bodies = [json.loads(each.body) for each in server.requests]
    assert len(bodies) == 3
    assert len({each.pop("reference") for each in bodies}) == 1
    assert bodies[0] == {
        "account": "a",
        "amount": "0.10",
        "kind": "charge",
        "note": None,
        "booked_at": "2026-01-02T03:04:05Z",
        "tags": ["usage"],
    }
    assert server.last.headers["authorization"] == "Bearer ledger"


def test_a_reference_of_ours_is_kept_and_a_conflict_has_the_entry(
    server: Loopback,
) -> None:
    conflict = {"code": "exists", "message": "It is there.", "entry_id": "e7"}
    server.reply(Reply(502), reply_json(conflict, 409))
    with clients.open_ledger(server.url) as client:
        assert ledger.charge_account(client, "a", Decimal(1), "ours") == "e7"
        server.reply(Reply(502), Reply(409, b"busy"))
        with pytest.raises(ConflictError) as caught:
            ledger.charge_account(client, "a", Decimal(1), "ours")
    assert caught.value.repeated
    assert (caught.value.message, caught.value.code) == ("busy", None)
    assert {json.loads(each.body)["reference"] for each in server.requests} == {"ours"}


def test_a_batch_has_a_key_for_each_entry(server: Loopback) -> None:
    server.reply(Reply(503), reply_json({"accepted": 2}, 202))
    with clients.open_ledger(server.url) as client:
        assert ledger.charge_accounts(client, {"a": Decimal(1), "b": Decimal(2)}) == 2
    first, second = (json.loads(each.body)["entries"] for each in server.requests)
    assert first == second
    assert len({each["reference"] for each in first}) == 2


def test_lists_are_walked_page_by_page(server: Loopback) -> None:
    full = {"items": [ENTRY, ENTRY | {"id": "e2"}]}
    rest = {"items": [ENTRY | {"id": "e3"}]}
    since = datetime(2026, 1, 1, tzinfo=UTC)
    with clients.open_ledger(server.url, lambda: "fresh") as client:
        server.reply(reply_json(full), reply_json(rest))
        found = list(ledger.list_refunds(client, "a", since))
        queries = [each.query for each in server.requests[:2]]
        server.requests.clear()
        server.reply(reply_json(full), reply_json(rest))
        day = ledger.count_entries_of_day(client, date(2026, 1, 2))
        queries += [each.query for each in server.requests[:2]]
    assert [each.id for each in found] == ["e1", "e2", "e3"]
    assert found[0].priority is models.Priority.VALUE_1
    assert found[0].kind is None
    assert day == ([2, 1], [2, 3])
    assert queries == [
        "account=a&kinds=refund&kinds=gift&since=2026-01-01T00%3A00%3A00Z&limit=2&offset=0",
        "account=a&kinds=refund&kinds=gift&since=2026-01-01T00%3A00%3A00Z&limit=2&offset=2",
        "day=2026-01-02&limit=2&offset=0",
        "day=2026-01-02&limit=2&offset=2",
    ]
    assert server.last.headers["authorization"] == "Bearer fresh"


def test_holders_are_of_two_kinds() -> None:
    fake = testing.FakeTransport()

    async def token() -> str:
        return "t"

    async def run() -> list[str]:
        http = fake.async_client()
        async with clients.open_async_ledger("http://ledger.test", token, http) as one:
            told = fake.on(one.accounts.list_accounts)
            ada = models.Account(
                id="1", holder=models.Person(type="person", name="Ada")
            )
            acme = models.Company(type="company", name="Acme", vat="DE1")
            told.reply(models.AccountList(items=[ada], next="c2"))
            told.reply(models.AccountList(items=[models.Account(id="2", holder=acme)]))
            return await ledger.list_holders(one)

    assert asyncio.run(run()) == ["Ada", "Acme (DE1)"]
    assert [each.url.query for each in fake.requests] == [b"", b"after=c2"]


def test_null_and_unset_differ_in_a_patch(server: Loopback) -> None:
    server.reply(reply_json(ENTRY), reply_json(ENTRY), Reply(204, b""))
    with clients.open_ledger(server.url) as client:
        entry = ledger.get_traced_entry(client, "e1")
        assert server.last.headers["x-trace"] == "on"
        assert ledger.prioritize_entry(client, entry) == entry
        assert json.loads(server.last.body) == {
            "note": None,
            "priority": 1,
            "labels": {"urgent": "yes"},
        }
        ledger.void_entry(client, "e1")
    assert server.last.method == "DELETE"
    assert server.last.headers["authorization"] == "Basic cm9vdDpzZWNyZXQ="


def test_an_account_has_papers_and_a_statement(
    server: Loopback, tmp_path: Path
) -> None:
    company = models.Company(type="company", name="Acme")
    account = {"id": "a", "holder": {"type": "company", "name": "Acme"}}
    server.reply(reply_json(account | {"from": "2026-01-01", "colour": "blue"}))
    with clients.open_ledger(server.url) as client:
        assert ledger.open_account(client, "a", company) == date(2026, 1, 1)
        assert json.loads(server.last.body) == {
            "holder": {"type": "company", "name": "Acme"},
            "class": "first",
            "from": "2026-01-01",
            "colour": "blue",
        }
        server.reply(Reply(204, b""), Reply(204, b""))
        ledger.add_papers(client, "a", b"%PDF")
        form, logo = server.requests[-2:]
        assert b'name="file"; filename="papers.pdf"' in form.body
        assert b'name="title"\r\n\r\nPapers' in form.body
        assert logo.body == b"\x89PNG"
        server.reply(Reply(200, b"%PDF-1.7", {"Content-Type": "application/pdf"}))
        path, size = ledger.save_statement(client, "a", tmp_path)
    assert (path.read_bytes(), size) == (b"%PDF-1.7", 8)


def test_streams_end(server: Loopback) -> None:
    entry = json.dumps(ENTRY).encode()
    events = b"event: booked\nid: 1\nretry: 5\ndata: " + entry + b"\n\n"
    server.reply(Reply(200, events, {"Content-Type": "text/event-stream"}))
    with clients.open_ledger(server.url) as client:
        assert ledger.watch_account(client, "a") == [("booked", "1", "e1", 5)]
    fake = testing.FakeTransport()

    async def token() -> str:
        return "t"

    async def run() -> list[str]:
        http = fake.async_client()
        async with clients.open_async_ledger("http://ledger.test", token, http) as one:
            fake.on(one.entries.export_entries).reply(entry + b"\n" + entry + b"\n")
            return await ledger.export_entries(one)

    assert asyncio.run(run()) == ["e1", "e1"]


def test_a_session_needs_no_token(server: Loopback) -> None:
    server.reply(reply_json({"token": "t"}))
    with clients.open_ledger(server.url) as client:
        assert ledger.sign_in(client, "ada") == "t"
    assert server.last.body == b"user=ada&scopes=read&scopes=write"
    assert "authorization" not in server.last.headers


def test_the_sandbox_and_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = testing.FakeTransport()
    with clients.open_ledger(None, "", fake.client()) as client:
        monkeypatch.setenv("LEDGER_TOKEN", "outside")
        monkeypatch.setenv("LEDGER_ADMIN", "root:secret")
        ledger.void_entry(client, "e1")
    with Ledger(http_client=fake.client()) as client:
        fake.on(client.entries.get_entry).refuse(500)
        with pytest.raises(ServerError):
            ledger.get_traced_entry(client, "e1")
        ledger.void_entry(client, "e1")
    assert [str(each.url) for each in fake.requests] == [
        "https://sandbox.ledger.example/v1/entries/e1",
        "https://ledger.example/v1/entries/e1",
        "https://ledger.example/v1/entries/e1",
    ]
    assert fake.requests[1].headers["authorization"] == "Bearer outside"
    assert fake.requests[2].headers["authorization"] == "Basic cm9vdDpzZWNyZXQ="


def test_a_deprecated_operation_says_so() -> None:
    fake = testing.FakeTransport()
    client = Ledger(token="t", http_client=fake.client())  # noqa: S106
    with client, pytest.warns(DeprecationWarning, match=r"."):
        client.accounts.find_account(id="a")
