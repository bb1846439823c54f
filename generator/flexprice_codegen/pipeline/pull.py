"""The pipeline from the source of a document to its file.

In: the `DocumentSource`s of a configuration file, and the files on the disk. Out: a
`PulledDocument` for each: its bytes and its lock file, or that nothing has changed.
Nothing is written here. An incomplete OpenAPI document is an error.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
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
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.hashes import hash_content
from flexprice_codegen.pipeline.headers import expand_headers
from flexprice_codegen.pipeline.pages import fetch_pages
from flexprice_codegen.spec.document import check_document
from flexprice_codegen.spec.http_fetch import (
    CacheValidators,
    FetchRequest,
    FetchResponse,
    fetch_address,
    open_client,
)
from flexprice_codegen.spec.sources import Source, read_source, redact_url
from flexprice_codegen.vendor.fetched_document import (
    FetchRecord,
    is_edited,
    read_fetched_document,
)


@frozen_value(kw_only=True)
class PullContext:
    """The environment of a pull.

    Attributes:
        directory: The directory that paths start from.
        environment: The environment variables for headers.
        now: The time for the lock files, in UTC.
        seconds: The time limit for each document, in seconds.
    """

    directory: Path
    environment: Mapping[str, str]
    now: datetime
    seconds: float


@frozen_value(kw_only=True)
class PulledDocument:
    """The result for one document; `data` is None if nothing is to be written."""

    path: Path
    before: bytes | None
    data: bytes | None
    lock: FetchRecord


def pull_documents(
    specs: Sequence[DocumentSource], setting: PullContext, sink: DiagnosticSink
) -> list[PulledDocument]:
    """Fetch documents concurrently, and compare them with the files on the disk.

    Args:
        specs: The sources.
        setting: The environment of the pull.
        sink: Receives notes and warnings.

    Returns:
        One result per source, in order.

    Raises:
        DiagnosticError: One or more documents cannot be fetched, are invalid, or were
            edited. It has the diagnostics of all of them.
    """
    return asyncio.run(_pull_all(specs, setting, sink))


async def _pull_all(
    specs: Sequence[DocumentSource], setting: PullContext, sink: DiagnosticSink
) -> list[PulledDocument]:
    """Fetch all documents, and raise the errors of all together."""
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
    """Fetch one document, and compare it with its file."""
    path = setting.directory / spec.path
    before, lock = read_fetched_document(path)
    edited = is_edited(before, lock)
    known = lock
    # Validators are sent only if the file is what the same source returned. Otherwise
    # "304 Not Modified" (RFC 9110, section 15.4.5) would leave no document.
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

    made = FetchRecord(
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
    """Fetch a document from git, from the pages of an index, or from an address."""
    if spec.source.startswith("git:"):
        # git is a blocking subprocess; in a thread, the other documents go on.
        source = await asyncio.to_thread(
            read_source, spec.source, folder=setting.directory
        )
        return FetchResponse(source.data, CacheValidators())

    # An unchanged index does not imply unchanged pages, so it is fetched every time.
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
    """Raise an error if a document is incomplete; its message says the file is kept."""
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
    """Build the error for a file that was edited or never fetched."""
    return build_error(
        "edited",
        f"{path.as_posix()} was edited, or was not written by `pull`; nothing was written",
        hint="move your change into an overlay, then restore the file or delete it, "
        "and pull again",
    )
