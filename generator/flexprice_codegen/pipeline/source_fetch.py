"""A document from an HTTP address, for one run.

In: an address. Out: its `Source`. Nothing is written.
"""

from __future__ import annotations

import asyncio

from flexprice_codegen.spec.http_fetch import (
    FetchRequest,
    FetchResponse,
    fetch_address,
    open_client,
)
from flexprice_codegen.spec.limits import DEFAULT_LIMITS
from flexprice_codegen.spec.sources import Source, redact_url

# For the whole response: a server that sends a byte a second would hold up CI.
_SECONDS = 60.0


def fetch_source(
    address: str, seconds: float = _SECONDS, size: int = DEFAULT_LIMITS.size
) -> Source:
    """Fetch a document.

    Args:
        address: The HTTP address.
        seconds: The time limit, in seconds.
        size: The maximum size in bytes.

    Returns:
        The document. Its name is the address without secrets.

    Raises:
        DiagnosticError: The address is not allowed, the network or the server reports
            an error, or the document is too large or too slow.
    """
    answer = asyncio.run(_fetch_response(address, seconds, size))
    assert answer.data is not None, "nothing was known before"
    return Source(redact_url(address), answer.data)


async def _fetch_response(address: str, seconds: float, size: int) -> FetchResponse:
    """Fetch an address with a new HTTP client."""
    async with open_client(seconds) as client:
        return await fetch_address(
            client, FetchRequest(address=address, seconds=seconds, size=size)
        )
