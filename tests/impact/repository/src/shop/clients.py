"""How the shop makes its clients."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import cached_property, lru_cache

import ledger_client as lc
from ledger_client import AsyncLedger, Ledger, Retry


@lru_cache
def default_client() -> Ledger:
    return Ledger(key=os.environ["LEDGER_KEY"], retry=Retry(times=4))


@contextmanager
def session(timeout: float = 10) -> Iterator[Ledger]:
    with Ledger(timeout=timeout) as client:
        yield client


@asynccontextmanager
async def async_session() -> AsyncIterator[AsyncLedger]:
    async with AsyncLedger() as client:
        yield client


class HasClient:
    """A base class with a client."""

    def __init__(self, client: Ledger | None = None) -> None:
        self.client = client or default_client()

    @cached_property
    def patient(self) -> lc.Ledger:
        return self.client.with_options(timeout=120)

    @property
    def people(self):  # type: ignore[no-untyped-def]
        return self.client.customers

    @classmethod
    def open(cls) -> HasClient:
        return cls(default_client())


class Session:
    """A context manager of the shop's own."""

    def __enter__(self) -> Ledger:
        return default_client()

    def __exit__(self, *args: object) -> None:
        return None
