"""The ledger: what was charged, account by account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from ledger_client import (
    AsyncLedger,
    AsyncStreamed,
    ConflictError,
    Ledger,
    ServerSentEvent,
    Streamed,
    download,
    models,
    paged,
)


def charge_account(
    client: Ledger, account: str, amount: Decimal, reference: str = ""
) -> str:
    """Charge an account, once for each reference; return the ID of the entry."""
    entry = models.NewEntry(
        account=account,
        amount=amount,
        kind=models.EntryKind.CHARGE,
        note=None,
        booked_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        tags=["usage"],
    )
    if reference:
        entry = replace(entry, reference=reference)
    try:
        return client.entries.create_entry(entry).id
    except ConflictError as error:
        if isinstance(error.body, models.Conflict):
            return error.body.entry_id
        raise


def charge_accounts(client: Ledger, amounts: dict[str, Decimal]) -> int:
    """Charge several accounts at once; return how many entries were accepted."""
    entries = [
        models.NewEntry(account=account, amount=amount)
        for account, amount in amounts.items()
    ]
    receipt = client.entries.create_entries(models.Batch(entries=entries))
    return receipt.accepted or 0


def list_refunds(
    client: Ledger, account: str, since: datetime
) -> Iterator[models.Entry]:
    """Yield the refunds of an account, page by page."""
    kinds = [models.EntryKind.REFUND, models.EntryKind("gift")]
    listed = paged(client.entries.list_entries, size=2)
    yield from listed(account=account, kinds=kinds, since=since)


def count_entries_of_day(client: Ledger, day: date) -> tuple[list[int], list[int]]:
    """Return how many entries each page of a day has, and the progress."""
    progress: list[int] = []
    pages = paged(client.entries.list_entries, progress=progress.append)(
        day=day, limit=2
    )
    return [len(page) for page in pages.pages()], progress


async def list_holders(client: AsyncLedger) -> list[str]:
    """Return who holds accounts, over all pages."""
    found = []
    async for account in paged(client.accounts.list_accounts)():
        match account.holder:
            case models.Person(name=name):
                found.append(name)
            case models.Company(name=name, vat=vat):
                found.append(f"{name} ({vat})")
    return found


def prioritize_entry(client: Ledger, entry: models.Entry) -> models.Entry:
    """Put an entry first and remove its note; what is unset stays as it is."""
    first = models.Priority.VALUE_1
    patch = models.EntryPatch(note=None, priority=first, labels={"urgent": "yes"})
    return client.entries.update_entry(patch, id=entry.id)


def get_traced_entry(client: Ledger, entry_id: str) -> models.Entry:
    """Return an entry; the servers write a trace of the call."""
    return client.entries.get_entry(id=entry_id, x_trace="on")


def void_entry(client: Ledger, entry_id: str) -> None:
    """Void an entry; this needs the password."""
    client.entries.void_entry(id=entry_id)


def open_account(client: Ledger, account_id: str, holder: models.Holder) -> date | None:
    """Open an account of the first class; return its first day."""
    account = models.AccountInput(
        holder=holder,
        class_="first",
        from_=date(2026, 1, 1),
        extra={"colour": "blue"},
    )
    return client.accounts.put_account(account, id=account_id).from_


def add_papers(client: Ledger, account_id: str, papers: bytes) -> None:
    """Add documents and a logo to an account."""
    document = models.NewDocument(
        file=("papers.pdf", papers, "application/pdf"), title="Papers"
    )
    client.accounts.add_document(document, id=account_id)
    client.accounts.put_logo(b"\x89PNG", id=account_id)


def save_statement(client: Ledger, account_id: str, folder: Path) -> tuple[Path, int]:
    """Save the statement of an account; return its path and its size."""
    sizes: list[int] = []
    save = download(
        client.accounts.get_statement,
        folder / f"{account_id}.pdf",
        progress=lambda so_far, _: sizes.append(so_far),
    )
    return save(id=account_id), sizes[-1]


def watch_account(
    client: Ledger, account_id: str
) -> list[tuple[str, str, str, int | None]]:
    """Return what happens to an account, until its stream ends."""
    stream: Streamed[ServerSentEvent[models.Entry]]
    with client.accounts.watch_account(id=account_id) as stream:
        assert stream.status == 200
        assert stream.headers["content-type"].startswith("text/event-stream")
        return [(each.event, each.id, each.data.id, each.retry) for each in stream]


async def export_entries(client: AsyncLedger) -> list[str]:
    """Return the IDs of all entries, as they arrive."""
    stream: AsyncStreamed[models.Entry] = await client.entries.export_entries()
    async with stream:
        return [entry.id async for entry in stream]


def sign_in(client: Ledger, user: str) -> str:
    """Return a token for a user."""
    request = models.NewSession(user=user, scopes=["read", "write"])
    session: models.Session = client.sessions.create_session(request)
    return session.token
