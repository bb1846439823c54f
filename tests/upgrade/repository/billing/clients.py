"""The two clients of the team, as it opens them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import httpx2
from flexprice_client import AsyncFlexprice, Flexprice, Retry
from ledger_client import AsyncLedger, Ledger
from ledger_client import Retry as LedgerRetry

PATIENT = Retry(times=4, first=0.001, longest=0.002, deadline=30.0)
ONCE = Retry(times=0)


@dataclass
class Traffic:
    """The requests and responses so far, for the dashboard of the team."""

    sent: list[str] = field(default_factory=list)
    came: list[int] = field(default_factory=list)

    def on_request(self, request: httpx2.Request) -> None:
        """Count a request."""
        self.sent.append(request.method)

    def on_response(self, response: httpx2.Response) -> None:
        """Count a response."""
        self.came.append(response.status_code)

    async def on_response_async(self, response: httpx2.Response) -> None:
        """Count a response, where the client waits for its hooks."""
        self.on_response(response)


def open_flexprice(url: str, traffic: Traffic) -> Flexprice:
    """Open the client that jobs use."""
    return Flexprice(
        api_key="fp_key",
        base_url=url,
        timeout=10,
        retry=PATIENT,
        strict=False,
        on_request=traffic.on_request,
        on_response=traffic.on_response,
    )


def open_async_flexprice(url: str, traffic: Traffic) -> AsyncFlexprice:
    """Open the client that the web application uses."""
    return AsyncFlexprice(
        api_key=lambda: "fp_key",
        base_url=url,
        timeout=httpx2.Timeout(10),
        retry=PATIENT,
        on_request=traffic.on_request,
        on_response=traffic.on_response_async,
    )


def open_indian_flexprice(http_client: httpx2.Client | None = None) -> Flexprice:
    """Open the client for the customers of the other region."""
    return Flexprice(api_key="fp_key", server="india_region", http_client=http_client)


def make_strict(client: Flexprice) -> Flexprice:
    """Return a client that raises for every mismatch, and does not wait for long."""
    return client.with_options(strict=True, timeout=5, retry=ONCE)


def open_ledger(
    url: str | None,
    token: str | Callable[[], str] = "ledger",  # noqa: S107 - of an example
    http_client: httpx2.Client | None = None,
) -> Ledger:
    """Open the client of the ledger, with the password that voids entries."""
    return Ledger(
        token=token,
        admin=("root", "secret"),
        base_url=url,
        server="sandbox",
        retry=LedgerRetry(first=0.001),
        http_client=http_client,
    )


def open_async_ledger(
    url: str, token: Callable[[], Awaitable[str]], http: httpx2.AsyncClient
) -> AsyncLedger:
    """Open the client of the ledger for the web application."""
    return AsyncLedger(
        token=token,
        base_url=url,
        retry=LedgerRetry(first=0.001),
        http_client=http,
    )
