"""Deliveries: the events of Flexprice and of the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import flexprice_client.webhooks as flexprice
import ledger_client.webhooks as ledger
from flexprice_client import models as flexprice_models
from ledger_client import models as ledger_models


@dataclass
class Inbox:
    """What the handlers have received."""

    welcomed: list[str] = field(default_factory=list)
    unknown: list[str | None] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    booked: list[str] = field(default_factory=list)


class Table:
    """A store of deliveries, in a table of the team."""

    def __init__(self) -> None:
        self.rows: set[str] = set()

    def has(self, delivery_id: str, /) -> bool:
        """Return whether a delivery was handled."""
        return delivery_id in self.rows

    def add(self, delivery_id: str, /) -> None:
        """Record that it was."""
        self.rows.add(delivery_id)


class RemoteTable:
    """The same, over a network."""

    def __init__(self) -> None:
        self.rows: set[str] = set()

    async def has(self, delivery_id: str, /) -> bool:
        """Return whether a delivery was handled."""
        return delivery_id in self.rows

    async def add(self, delivery_id: str, /) -> None:
        """Record that it was."""
        self.rows.add(delivery_id)


def build_flexprice_router(
    inbox: Inbox, secret: str | list[str] | None, memory: flexprice.Memory | None = None
) -> flexprice.WebhookRouter:
    """Build the router for deliveries of Flexprice."""
    seen = memory or flexprice.RecentDeliveries(size=100)
    router = flexprice.WebhookRouter(
        secret=secret, tolerance=60, max_size=10_000, seen=seen
    )

    @router.on(flexprice.CUSTOMER_CREATED)
    def welcome(
        event: flexprice.Event[flexprice_models.CustomerWebhookPayload],
    ) -> None:
        customer = event.payload.customer
        if customer is None:
            raise LookupError("a delivery without a customer")
        assert event.name == flexprice_models.WebhookEventName.CUSTOMER_CREATED
        inbox.welcomed.append(customer.external_id or "")

    @router.on_unknown
    def note(event: flexprice.UndocumentedEvent | flexprice.UnknownEvent) -> None:
        is_listed = isinstance(event, flexprice.UndocumentedEvent)
        inbox.unknown.append(event.name if is_listed else f"?{event.data}")

    @router.on_any
    def count(event: flexprice.AnyEvent) -> None:
        delivery: flexprice.Delivery | None = event.delivery
        if delivery is not None:
            inbox.seen.append(f"{delivery.id} {delivery.time:%Y}")

    @router.on_error
    def report(error: Exception, event: flexprice.AnyEvent) -> None:
        inbox.failed.append(f"{event.name}: {error}")

    return router


def build_ledger_router(
    inbox: Inbox, secret: bytes | None, memory: ledger.AsyncMemory | None = None
) -> ledger.AsyncWebhookRouter:
    """Build the router for deliveries of the ledger."""
    router = ledger.AsyncWebhookRouter(secret=secret, seen=memory)

    @router.on(ledger.ENTRY_CREATED, ledger.ENTRY_VOIDED)
    async def book(event: ledger.Event[ledger_models.EntryEvent]) -> None:
        entry = event.payload.entry
        inbox.booked.append(f"{event.name} {entry and entry.amount}")

    @router.on(ledger.ENTRY_VOIDED, ledger.ACCOUNT_CLOSED)
    def end(
        event: (
            ledger.Event[ledger_models.EntryEvent]
            | ledger.Event[ledger_models.AccountEvent]
        ),
    ) -> None:
        inbox.booked.append(f"{event.payload.event} ends")

    @router.on_group("account.*")
    def group(event: ledger.Event[Any]) -> None:
        inbox.seen.append(event.name)

    @router.on_error
    async def report(error: Exception, event: ledger.AnyEvent) -> None:
        inbox.failed.append(f"{event.name}: {error}")

    return router


def describe_delivery(body: bytes) -> str:
    """Return what a delivery is, without a router."""
    try:
        event = ledger.parse_event(body)
    except ledger.WebhookPayloadError:
        return "no event"
    match event:
        case ledger.Event(name=name, payload=ledger_models.AccountEvent() as payload):
            return f"{name}: {payload.reason}"
        case ledger.Event(name=name, mismatches=mismatches):
            kind = ledger.EVENT_PAYLOADS[name]
            return f"{name}: {kind.__name__} with {len(mismatches)} mismatches"
        case _:
            return f"{event.name} of {sorted(event.data)}"
