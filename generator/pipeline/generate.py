"""The chain from documents to the files of a client.

In: one `Client` of the configuration, and the folder that its paths start from. Out: a
`Result`: the plan for its output folder, all files and the lock, and what there is to
say. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.api.build import build as build_api
from generator.api.model import Api
from generator.api.selection import concerns, select
from generator.config import Client
from generator.diagnostics import Diagnostic, Level, Place, Sink, SpecError
from generator.emit.emit import Options, emit
from generator.emit.files import File, Keep
from generator.emit.package import About
from generator.emit.workers import ModelWorker
from generator.pipeline.locking import (
    believable,
    chosen_names,
    lock_of,
    new_lock,
    referred_inputs,
    remembered,
)
from generator.pipeline.places import located
from generator.spec.document import Document, load
from generator.spec.limits import DEFAULT_LIMITS, Limits
from generator.spec.sources import is_revision
from generator.surface.build import build as build_surface
from generator.surface.memory import Previous
from generator.surface.model import Surface
from generator.vendor.folder import LOCK_NAME, read_folder
from generator.vendor.inputs import read_inputs
from generator.vendor.plan import Plan, keeper, plan
from generator.version import VERSION


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document gives before anything is printed; `api` is what was selected."""

    document: Document
    api: Api
    surface: Surface


@dataclass(frozen=True, slots=True)
class Result:
    """What a run would leave in the output folder, and what it has to say.

    A runtime that clients share has no surface.
    """

    client: Client
    folder: Path
    surface: Surface | None
    files: tuple[File, ...]
    lock: str
    plan: Plan
    disk: dict[str, bytes]
    diagnostics: tuple[Diagnostic, ...]


def read(
    client: Client,
    base: Path,
    previous: Previous,
    sink: Sink,
    limits: Limits = DEFAULT_LIMITS,
) -> Reading:
    """Read the documents of a client and name everything.

    Raises:
        SpecError: Nothing can be made of them; places are found.
    """
    document = load(
        [_under(base, each) for each in client.spec],
        [_under(base, each) for each in client.overlay],
        sink=sink,
        folder=base,
        limits=limits,
    )
    try:
        api = build_api(document, sink)
        selected = select(api, client.selection)
        part = selected if client.selection else None
        surface = build_surface(api, previous, sink, part, chosen_names(client))
    except SpecError as error:
        raise SpecError(*located(error.diagnostics, document)) from error
    is_inside = concerns(api, selected, client.selection)
    sink.collected[:] = [each for each in sink.collected if is_inside(each)]
    return Reading(document, selected, surface)


def _under(base: Path, where: str) -> str:
    """Give a path as it is reached from here, as short as it was written."""
    here = base == Path() or Path(where).is_absolute()
    return where if here or is_revision(where) else str(base / where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a run is made: all texts `afresh`, or the old names of the lock pruned."""

    afresh: bool = False
    prunes: bool = False


_LARGE = 4 * 1024 * 1024
"""The bytes of documents from which two processes write models."""
STEPS = ("reading the folder", "reading the document", "writing models and methods")


def generate(
    client: Client,
    base: Path,
    worker: ModelWorker,
    step: Callable[[str], None] = lambda _: None,
    *,
    limits: Limits = DEFAULT_LIMITS,
    manner: Manner = Manner(),
) -> Result:
    """Make the files of a client and compare them with its folder.

    `step` is told of each of `STEPS` when it begins. What an earlier run made from the
    same inputs is taken from the disk.

    Raises:
        SpecError: Nothing can be made; nothing has been written.
    """
    folder = base / client.output
    step(STEPS[0])
    disk = read_folder(folder)
    lock = lock_of(disk, folder)
    believed = None if manner.afresh else believable(lock)
    sink = Sink()
    step(STEPS[1])
    inputs = read_inputs((*client.spec, *client.overlay), base)
    _prepare(worker, client, base)
    previous = remembered(lock, disk, prune=manner.prunes)
    reading = read(client, base, previous, sink, limits)
    step(STEPS[2])
    keep = keeper(believed, disk)
    files = _files(client, reading, worker, keep)
    diagnostics = _sorted(located(sink.collected, reading.document))
    warned = any(each.level is Level.WARNING for each in diagnostics)
    if warned or reading.document.leads_away():
        inputs = ()  # the next run has something to say, or to fetch
    else:
        inputs += referred_inputs(reading.document, base)
    new = new_lock(
        client, reading.document, files, reading.surface, inputs=inputs, before=believed
    )
    return Result(
        client=client,
        folder=folder,
        surface=reading.surface,
        files=files,
        lock=new.text(),
        plan=plan(files, disk, lock),
        disk=disk,
        diagnostics=diagnostics,
    )


def _files(
    client: Client, reading: Reading, worker: ModelWorker, keep: Keep
) -> tuple[File, ...]:
    about = About(
        package=client.package,
        generator_version=VERSION,
        spec_version=reading.api.version,
        lock_name=LOCK_NAME,
    )
    options = Options(
        docstrings=client.docstrings, testing=client.testing, runtime=client.runtime
    )
    return emit(reading.surface, about, options, worker.written, keep)


_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}


def _sorted(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    return tuple(
        sorted(
            diagnostics,
            key=lambda each: (
                _ORDER[each.level],
                each.at if isinstance(each.at, Place) else Place("", 0, 0),
                each.code,
                each.message,
            ),
        )
    )


def _prepare(worker: ModelWorker, client: Client, base: Path) -> None:
    """Let a further process warm itself where the documents are large."""
    paths = [base / each for each in client.spec]
    with suppress(OSError):  # what cannot be read is for the reading to explain
        if sum(each.stat().st_size for each in paths if each.is_file()) > _LARGE:
            worker.expect_much()
