"""Calls a server on loopback, again and again.

In: who calls (`ours`, `bare`), the URL of the server. Out: see `loop`. The bare call posts the same bytes with the same headers as ours.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module

import httpx2

from benchmarks.children.encode import FIELDS
from benchmarks.children.loop import serve


def ours(url: str, http_client: httpx2.Client) -> Callable[[], object]:
    """Call by the generated client."""
    package = import_module("flexprice_client")
    client = package.Flexprice(api_key="key", base_url=url, http_client=http_client)
    models = import_module("flexprice_client.models")
    request = models.CreateCustomerRequest(**FIELDS)
    call: Callable[[object], object] = client.customers.create_customer
    return lambda: call(request)


def bare(url: str, http_client: httpx2.Client) -> Callable[[], object]:
    """Send by httpx2 alone what ours sends, and read the bytes."""
    seen: list[httpx2.Request] = []

    def keep(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(201, content=b"{}")

    ours(url, httpx2.Client(transport=httpx2.MockTransport(keep)))()
    target, content = str(seen[0].url), seen[0].content
    headers = list(seen[0].headers.raw)
    return lambda: http_client.post(target, content=content, headers=headers).content


def main() -> None:
    """Read the arguments and serve."""
    caller, url = sys.argv[1:]
    call = ours if caller == "ours" else bare
    with httpx2.Client() as http_client:
        serve(call(url, http_client))


if __name__ == "__main__":
    main()
