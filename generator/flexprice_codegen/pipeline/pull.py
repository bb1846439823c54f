"""The chain from the source of a document to what is to be kept of it.

In: the `Spec`s of a configuration, and what is on the disk. Out: `Pulled` for each: its
bytes and its lock, or that nothing has changed. Nothing is written here, and what is no
whole OpenAPI document is a fault.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx2

from flexprice_codegen.config import DocumentSource
from flexprice_codegen.diagnostics import (
    Diagnostic,
    DiagnosticError,
    DiagnosticSink,
    build_error,
)
from flexprice_codegen.pipeline.headers import expand_headers
from flexprice_codegen.pipeline.pages import fetch_pages
from flexprice_codegen.spec.document import check_document
from flexprice_codegen.spec.http_fetch import (
    CacheValidators,
    FetchRequest,
    FetchResponse,
    fetch_address,
    open_client,
    redact_url,
)
from flexprice_codegen.spec.sources import Source, read_source
from flexprice_codegen.vendor.fetched_document import (
    FetchLock,
    is_edited,
    read_fetched_document,
)
from flexprice_codegen.vendor.plan import hash_content


@dataclass(frozen=True, slots=True, kw_only=True)
class PullContext:
    """What the fetching takes place in.

    Attributes:
        folder: The folder that paths start from.
        environment: The environment variables that headers name.
        now: The time that the locks are given.
        seconds: The time for each document.
    """

    directory: Path
    environment: Mapping[str, str]
    now: datetime
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PulledDocument:
    """What came for one document; `data` is None where nothing is to be written."""

    path: Path
    before: bytes | None
    data: bytes | None
    lock: FetchLock


def pull_documents(
    specs: Sequence[DocumentSource], setting: PullContext, sink: DiagnosticSink
) -> list[PulledDocument]:
    """Fetch documents.

    Raises:
        DiagnosticError: with the faults of all documents that cannot be had.
    """
    return asyncio.run(_pull_all(specs, setting, sink))


async def _pull_all(
    specs: Sequence[DocumentSource], setting: PullContext, sink: DiagnosticSink
) -> list[PulledDocument]:
    async with open_client(setting.seconds) as client:
        tasks = [_pull_document(each, setting, client, sink) for each in specs]
        done = await asyncio.gather(*tasks, return_exceptions=True)
    faults: list[Diagnostic] = []
    for each in done:
        match each:
            case DiagnosticError():
                faults += each.diagnostics
            case BaseException():
                raise each
    if faults:
        raise DiagnosticError(*faults)
    return [each for each in done if isinstance(each, PulledDocument)]


async def _pull_document(
    spec: DocumentSource,
    setting: PullContext,
    client: httpx2.AsyncClient,
    sink: DiagnosticSink,
) -> PulledDocument:
    path = setting.directory / spec.path
    before, lock = read_fetched_document(path)
    edited = is_edited(before, lock)
    known = lock
    if before is None or edited or (lock and lock.source != spec.source):
        known = None
    validators = CacheValidators() if known is None else known.validators
    answer = await _fetch_document(spec, setting, client, validators, sink)
    data = answer.data
    if data is not None:
        _check_fetched(spec, path, data, sink)
    is_same = data is None or (before and hash_content(before) == hash_content(data))
    if known is not None and is_same:
        return PulledDocument(path=path, before=before, data=None, lock=known)
    assert data is not None, "only what is known may be unchanged"
    if edited and not is_same:
        raise _build_edited_error(path)
    made = FetchLock(
        source=spec.source,
        digest=hash_content(data),
        fetched=setting.now.isoformat(timespec="seconds").replace("+00:00", "Z"),
        etag=answer.validators.etag,
        modified=answer.validators.modified,
    )
    return PulledDocument(path=path, before=before, data=data, lock=made)


async def _fetch_document(
    spec: DocumentSource,
    setting: PullContext,
    client: httpx2.AsyncClient,
    known: CacheValidators,
    sink: DiagnosticSink,
) -> FetchResponse:
    """Get the document from its source, whichever kind that is."""
    if spec.source.startswith("git:"):
        source = await asyncio.to_thread(
            read_source, spec.source, folder=setting.directory
        )
        return FetchResponse(source.data, CacheValidators())
    request = FetchRequest(
        address=spec.source,
        headers=expand_headers(spec.headers, setting.environment),
        known=CacheValidators() if spec.pages else known,
        seconds=setting.seconds,
    )
    if spec.pages:
        page = await fetch_pages(client, request, spec.pages, sink)
        return FetchResponse(page, CacheValidators())
    return await fetch_address(client, request)


def _check_fetched(
    spec: DocumentSource, path: Path, data: bytes, sink: DiagnosticSink
) -> None:
    """Refuse what is no whole document, and say that the file is kept."""
    try:
        check_document(Source(path.as_posix(), data), sink)
    except DiagnosticError as error:
        where = redact_url(spec.source)
        raise DiagnosticError(
            *(
                Diagnostic(
                    code=each.code,
                    level=each.level,
                    message=f"{each.message}; this is what {where} gives, and the "
                    "file is as it was",
                    help=each.help,
                    location=each.location,
                )
                for each in error.diagnostics
            )
        ) from None


def _build_edited_error(path: Path) -> DiagnosticError:
    return build_error(
        "edited",
        f"{path.as_posix()} was edited, or was never fetched; nothing was written",
        hint="move your change into an overlay, then restore the file or delete it, "
        "and pull again",
    )
