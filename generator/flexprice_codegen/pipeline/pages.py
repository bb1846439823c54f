"""OpenAPI documents in the pages of an index, as one page.

In: the address of an index in Markdown, such as llms.txt, and patterns for its pages.
Out: one page in Markdown with the fenced OpenAPI documents of all pages, each under the
address of its page, in the order of the index.

Source: CommonMark 0.31 (§ 4.5 fences, § 6.3 links, § 6.5 autolinks).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

import httpx2

from flexprice_codegen.diagnostics import DiagnosticSink, build_error
from flexprice_codegen.spec import markdown
from flexprice_codegen.spec.http_fetch import (
    FetchRequest,
    fetch_address,
    get_origin,
    parse_allowed_url,
)
from flexprice_codegen.spec.source_text import SourceText, decode_source
from flexprice_codegen.spec.sources import Source, redact_url

# The end of an inline link `](target "title")`, or an autolink. Images match as well;
# the patterns select by path.
_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?[^)]*\)|<(https?://[^>\s]+)>")
# A larger index needs more specific patterns: each page is a request to the server.
_MOST_PAGES = 2_000
# Concurrent requests; more could reach the rate limit of a documentation host.
_AT_ONCE = 8
# Runs of characters that could close a fence.
_LONGEST_RUN = re.compile(r"`{3,}|~{3,}")


async def fetch_pages(
    client: httpx2.AsyncClient,
    request: FetchRequest,
    patterns: Sequence[str],
    sink: DiagnosticSink,
) -> bytes:
    """Fetch the pages of an index that match the patterns.

    Only pages with the origin of the index are fetched, so that headers are not sent to
    other hosts.

    Args:
        client: The HTTP client.
        request: The request for the index. Its time limit is for all pages together.
        patterns: Shell patterns for the paths of pages.
        sink: Receives a note with the number of pages that hold a document.

    Returns:
        One page in Markdown, in UTF-8.

    Raises:
        DiagnosticError: Any error of `fetch_address`; `html-page` if a page is not
            Markdown; `pages` if a pattern matches no link, if too many pages match, or
            if no page holds a document; `too-slow` or `file-too-large` for all pages
            together.
    """
    shown = redact_url(request.address)
    try:
        async with asyncio.timeout(request.seconds):
            index = decode_source(await _fetch_page(client, request, request.address))
            addresses = select_links(index.body, request.address, patterns)
            pages = await _fetch_all(client, request, addresses)
    except TimeoutError:
        message = (
            f"the pages of {shown} did not arrive within {request.seconds:g} seconds"
        )
        hint = "select fewer pages, or increase --timeout"
        raise build_error("too-slow", message, hint=hint) from None

    blocks = [
        (address, block)
        for address, page in zip(addresses, pages, strict=True)
        for block in markdown.extract_documents(decode_source(page))
    ]
    if not blocks:
        raise build_error(
            "pages",
            f"no page of {shown} contains an OpenAPI document",
            hint="correct `pages`, so that it selects pages with a document in a fenced block",
        )

    holding = len({address for address, _ in blocks})
    sink.add_note(
        "pages", f"{holding} of {len(addresses)} pages of {shown} contain documents"
    )

    parts = [_format_document(address, block) for address, block in blocks]
    return _check_size("\n".join(parts).encode(), request)


def _check_size(data: bytes, request: FetchRequest) -> bytes:
    """Return the text of all pages, if it is not too large."""
    if len(data) > request.size:
        shown = redact_url(request.address)
        message = f"the pages of {shown} exceed {request.size:,} bytes"
        raise build_error("file-too-large", message, hint="select fewer pages")

    return data


def select_links(index: str, address: str, patterns: Sequence[str]) -> list[str]:
    """Return the addresses of an index whose path matches a pattern, in order, each once.

    Args:
        index: The text of the index.
        address: The address of the index.
        patterns: Shell patterns for paths, such as `/api-reference/*`.

    Raises:
        DiagnosticError: A pattern matches no link, or too many links match (`pages`).
    """
    start = parse_allowed_url(address)
    found: dict[str, str] = {}
    for match in _LINK.finditer(index):
        try:
            url = start.join(match[1] or match[2]).copy_with(fragment=None)
        except (httpx2.InvalidURL, ValueError):
            # Prose can contain anything in brackets.
            continue
        # Another origin must not get the headers; user information would replace them.
        if get_origin(url) == get_origin(start) and not url.userinfo:
            found[str(url)] = url.path

    fits = {
        pattern: [each for each, path in found.items() if fnmatchcase(path, pattern)]
        for pattern in patterns
    }
    for pattern, these in fits.items():
        if not these:
            raise build_error(
                "pages",
                f"no link of {redact_url(address)} matches the pattern {pattern!r}",
                hint="use a pattern for the path, such as /api-reference/*",
            )

    wanted = {each for these in fits.values() for each in these}
    if len(wanted) > _MOST_PAGES:
        message = f"{redact_url(address)} links to {len(wanted):,} matching pages"
        hint = f"use patterns for at most {_MOST_PAGES:,} pages"
        raise build_error("pages", message, hint=hint)
    return [each for each in found if each in wanted]


async def _fetch_all(
    client: httpx2.AsyncClient, request: FetchRequest, addresses: Sequence[str]
) -> list[Source]:
    """Fetch pages, a few at a time; the first error cancels the others."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def fetch_one(address: str) -> Source:
        async with gate:
            return await _fetch_page(client, request, address)

    tasks = [asyncio.create_task(fetch_one(each)) for each in addresses]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for each in tasks:
            each.cancel()
        # Wait for the canceled tasks, so that none uses the client after it is closed.
        await asyncio.gather(*tasks, return_exceptions=True)


async def _fetch_page(
    client: httpx2.AsyncClient, request: FetchRequest, address: str
) -> Source:
    """Fetch one page; an HTML page is an error."""
    answer = await fetch_address(client, replace(request, address=address))
    assert answer.data is not None, "nothing that is known was sent along"
    if answer.data.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html")):
        raise build_error(
            "html-page",
            f"{redact_url(address)} is an HTML page, expected Markdown",
            hint="select pages that are served as Markdown; often their URLs end in .md",
        )
    return Source(redact_url(address), answer.data)


def _format_document(address: str, block: SourceText) -> str:
    """Return one document as a fenced block under the address of its page."""
    runs = [len(run) for run in _LONGEST_RUN.findall(block.body)]
    # A fence must be longer than any run in its content (CommonMark § 4.5).
    fence = "`" * max([2, *runs], default=2) + "`"
    language = "json" if block.body.lstrip().startswith("{") else "yaml"
    return f"# {address}\n\n{fence}{language}\n{block.body}\n{fence}\n"
