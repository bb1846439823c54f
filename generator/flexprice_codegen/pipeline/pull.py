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

from flexprice_codegen.config import Spec
from flexprice_codegen.diagnostics import Diagnostic, Sink, SpecError, fault
from flexprice_codegen.pipeline.headers import expanded
from flexprice_codegen.pipeline.pages import fetch_pages
from flexprice_codegen.spec.document import examine
from flexprice_codegen.spec.sources import Source, read_source
from flexprice_codegen.spec.web import (
    Answer,
    Request,
    Validators,
    connected,
    fetch,
    shortened,
)
from flexprice_codegen.vendor.fetched import FetchLock, is_edited, read_fetched
from flexprice_codegen.vendor.plan import digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the fetching takes place in.

    Attributes:
        folder: The folder that paths start from.
        environment: The environment variables that headers name.
        now: The time that the locks are given.
        seconds: The time for each document.
    """

    folder: Path
    environment: Mapping[str, str]
    now: datetime
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """What came for one document; `data` is None where nothing is to be written."""

    path: Path
    before: bytes | None
    data: bytes | None
    lock: FetchLock


def pull(specs: Sequence[Spec], setting: Setting, sink: Sink) -> list[Pulled]:
    """Fetch documents.

    Raises:
        SpecError: with the faults of all documents that cannot be had.
    """
    return asyncio.run(_pull_all(specs, setting, sink))


async def _pull_all(
    specs: Sequence[Spec], setting: Setting, sink: Sink
) -> list[Pulled]:
    async with connected(setting.seconds) as client:
        tasks = [_pull(each, setting, client, sink) for each in specs]
        done = await asyncio.gather(*tasks, return_exceptions=True)
    faults: list[Diagnostic] = []
    for each in done:
        match each:
            case SpecError():
                faults += each.diagnostics
            case BaseException():
                raise each
    if faults:
        raise SpecError(*faults)
    return [each for each in done if isinstance(each, Pulled)]


async def _pull(
    spec: Spec, setting: Setting, client: httpx2.AsyncClient, sink: Sink
) -> Pulled:
    path = setting.folder / spec.path
    before, lock = read_fetched(path)
    edited = is_edited(before, lock)
    known = lock
    if before is None or edited or (lock and lock.source != spec.source):
        known = None
    validators = Validators() if known is None else known.validators
    answer = await _answer(spec, setting, client, validators, sink)
    data = answer.data
    if data is not None:
        _examine(spec, path, data, sink)
    is_same = data is None or (before and digest_of(before) == digest_of(data))
    if known is not None and is_same:
        return Pulled(path=path, before=before, data=None, lock=known)
    assert data is not None, "only what is known may be unchanged"
    if edited and not is_same:
        raise _edited(path)
    made = FetchLock(
        source=spec.source,
        digest=digest_of(data),
        fetched=setting.now.isoformat(timespec="seconds").replace("+00:00", "Z"),
        etag=answer.validators.etag,
        modified=answer.validators.modified,
    )
    return Pulled(path=path, before=before, data=data, lock=made)


async def _answer(
    spec: Spec,
    setting: Setting,
    client: httpx2.AsyncClient,
    known: Validators,
    sink: Sink,
) -> Answer:
    """Get the document from its source, whichever kind that is."""
    if spec.source.startswith("git:"):
        source = await asyncio.to_thread(
            read_source, spec.source, folder=setting.folder
        )
        return Answer(source.data, Validators())
    request = Request(
        address=spec.source,
        headers=expanded(spec.headers, setting.environment),
        known=Validators() if spec.pages else known,
        seconds=setting.seconds,
    )
    if spec.pages:
        page = await fetch_pages(client, request, spec.pages, sink)
        return Answer(page, Validators())
    return await fetch(client, request)


def _examine(spec: Spec, path: Path, data: bytes, sink: Sink) -> None:
    """Refuse what is no whole document, and say that the file is kept."""
    try:
        examine(Source(path.as_posix(), data), sink)
    except SpecError as error:
        where = shortened(spec.source)
        raise SpecError(
            *(
                Diagnostic(
                    code=each.code,
                    level=each.level,
                    message=f"{each.message}; this is what {where} gives, and the "
                    "file is as it was",
                    hint=each.hint,
                    at=each.at,
                )
                for each in error.diagnostics
            )
        ) from None


def _edited(path: Path) -> SpecError:
    return fault(
        "edited",
        f"{path.as_posix()} was edited, or was never fetched; nothing was written",
        hint="move your change into an overlay, then restore the file or delete it, "
        "and pull again",
    )
