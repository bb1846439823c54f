"""The documents of an index of pages, as one page.

In: the address of an index in Markdown, such as llms.txt, and patterns for the pages in
it. Out: one page in Markdown with the fenced OpenAPI documents of all pages, each under
its address, in the order of the index.

Source: CommonMark 0.31 (§ 4.5 fences, § 6.3 links, § 6.5 autolinks).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

import httpx2

from flexprice_codegen.diagnostics import Sink, fault
from flexprice_codegen.spec import markdown
from flexprice_codegen.spec.sources import Source
from flexprice_codegen.spec.text import Text, decode
from flexprice_codegen.spec.web import Request, checked, fetch, origin, shortened

_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?[^)]*\)|<(https?://[^>\s]+)>")
_MOST_PAGES = 2_000
_AT_ONCE = 8
_LONGEST_RUN = re.compile(r"`{3,}|~{3,}")


async def fetch_pages(
    client: httpx2.AsyncClient, request: Request, patterns: Sequence[str], sink: Sink
) -> bytes:
    """Fetch an index and the pages that its links and `patterns` name.

    Only pages of the index's own host are fetched, so that headers go nowhere else.
    `sink` takes the note of how many of them hold a document.

    Raises:
        SpecError: what `fetch` raises; `pages` for a pattern that no link fits, for too
            many pages, and where no page holds a document.
    """
    shown = shortened(request.address)
    try:
        async with asyncio.timeout(request.seconds):
            index = decode(await _page(client, request, request.address))
            addresses = linked(index.body, request.address, patterns)
            pages = await _all(client, request, addresses)
    except TimeoutError:
        message = f"the pages of {shown} have not come within {request.seconds:g} s"
        hint = "name fewer pages, or give it more time with --timeout"
        raise fault("too-slow", message, hint=hint) from None
    blocks = [
        (address, block)
        for address, page in zip(addresses, pages, strict=True)
        for block in markdown.documents(decode(page))
    ]
    if not blocks:
        raise fault(
            "pages",
            f"no page of {shown} holds an OpenAPI document",
            hint="correct `pages`; the documents stand in fenced blocks",
        )
    holding = len({address for address, _ in blocks})
    sink.note("pages", f"{holding} of {len(addresses)} pages of {shown} hold documents")
    parts = [_part(address, block) for address, block in blocks]
    data = "\n".join(parts).encode()
    if len(data) > request.size:
        message = f"the pages of {shown} hold more than {request.size:,} bytes"
        raise fault("file-too-large", message, hint="name fewer pages")
    return data


def linked(index: str, address: str, patterns: Sequence[str]) -> list[str]:
    """Give the addresses of an index whose path fits a pattern, each once, in order.

    Raises:
        SpecError: `pages`, for a pattern that fits none, and for too many.
    """
    start = checked(address)
    found: dict[str, str] = {}
    for match in _LINK.finditer(index):
        try:
            url = start.join(match[1] or match[2]).copy_with(fragment=None)
        except (httpx2.InvalidURL, ValueError):
            continue
        if origin(url) == origin(start) and not url.userinfo:
            found[str(url)] = url.path
    fits = {
        pattern: [each for each, path in found.items() if fnmatchcase(path, pattern)]
        for pattern in patterns
    }
    for pattern, these in fits.items():
        if not these:
            raise fault(
                "pages",
                f"no link of {shortened(address)} fits the pattern {pattern!r}",
                hint="a pattern is for the path, such as /api-reference/*",
            )
    wanted = {each for these in fits.values() for each in these}
    if len(wanted) > _MOST_PAGES:
        message = f"{shortened(address)} names {len(wanted):,} pages"
        hint = f"give patterns for at most {_MOST_PAGES:,}"
        raise fault("pages", message, hint=hint)
    return [each for each in found if each in wanted]


async def _all(
    client: httpx2.AsyncClient, request: Request, addresses: Sequence[str]
) -> list[Source]:
    """Fetch pages, a few at a time; the first fault ends it."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(address: str) -> Source:
        async with gate:
            return await _page(client, request, address)

    tasks = [asyncio.create_task(one(each)) for each in addresses]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _page(client: httpx2.AsyncClient, request: Request, address: str) -> Source:
    answer = await fetch(client, replace(request, address=address))
    assert answer.data is not None, "nothing that is known was sent along"
    if answer.data.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html")):
        raise fault(
            "html-page",
            f"{shortened(address)} is an HTML page, so what it holds would be missing",
            hint="name pages that are served as Markdown; often .md is put at the end",
        )
    return Source(shortened(address), answer.data)


def _part(address: str, block: Text) -> str:
    """Write one document under the address of its page."""
    runs = [len(run) for run in _LONGEST_RUN.findall(block.body)]
    fence = "`" * max([2, *runs], default=2) + "`"
    language = "json" if block.body.lstrip().startswith("{") else "yaml"
    return f"# {address}\n\n{fence}{language}\n{block.body}\n{fence}\n"
