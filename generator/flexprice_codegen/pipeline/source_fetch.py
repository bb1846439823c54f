"""A document from the net, for one comparison.

In: an address. Out: its `Source`; nothing is kept.
"""

from __future__ import annotations

import asyncio

from flexprice_codegen.spec.http_fetch import (
    FetchRequest,
    FetchResponse,
    fetch_address,
    open_client,
    redact_url,
)
from flexprice_codegen.spec.sources import Source

_SECONDS = 60.0


def fetch_source(address: str, seconds: float = _SECONDS) -> Source:
    """Fetch a document.

    Raises:
        DiagnosticError: It cannot be had: the address, the network, the status, the size.
    """
    answer = asyncio.run(_fetch_response(address, seconds))
    assert answer.data is not None, "nothing was known before"
    return Source(redact_url(address), answer.data)


async def _fetch_response(address: str, seconds: float) -> FetchResponse:
    async with open_client(seconds) as client:
        return await fetch_address(
            client, FetchRequest(address=address, seconds=seconds)
        )
