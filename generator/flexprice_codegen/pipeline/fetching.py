"""A document from the net, for one comparison.

In: an address. Out: its `Source`; nothing is kept.
"""

from __future__ import annotations

import asyncio

from flexprice_codegen.spec.sources import Source
from flexprice_codegen.spec.web import Answer, Request, connected, fetch, shortened

_SECONDS = 60.0


def fetched(address: str, seconds: float = _SECONDS) -> Source:
    """Fetch a document.

    Raises:
        SpecError: It cannot be had: the address, the network, the status, the size.
    """
    answer = asyncio.run(_fetch(address, seconds))
    assert answer.data is not None, "nothing was known before"
    return Source(shortened(address), answer.data)


async def _fetch(address: str, seconds: float) -> Answer:
    async with connected(seconds) as client:
        return await fetch(client, Request(address=address, seconds=seconds))
