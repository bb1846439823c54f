"""The chain from documents to the files of a client.

In: one `Client` of the configuration, and the folder that its paths start from. Out: a
`Result`: the plan for its output folder, all files and the lock, and what there is to
say. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flexprice_codegen.api.build import build as build_api
from flexprice_codegen.api.model import Api
from flexprice_codegen.api.selection import concerns, select
from flexprice_codegen.config import Client
from flexprice_codegen.diagnostics import Diagnostic, Level, Place, Sink, SpecError
from flexprice_codegen.emit.emit import Options, emit
from flexprice_codegen.emit.files import File, Keep
from flexprice_codegen.emit.package import About
from flexprice_codegen.pipeline.locking import (
    believable,
    lock_of,
    new_lock,
    referred_inputs,
    remembered,
)
from flexprice_codegen.pipeline.places import located
from flexprice_codegen.spec.document import Document, load
from flexprice_codegen.spec.limits import DEFAULT_LIMITS, Limits
from flexprice_codegen.spec.sources import is_revision
from flexprice_codegen.surface.build import build as build_surface
from flexprice_codegen.surface.memory import Previous
from flexprice_codegen.surface.model import Surface
from flexprice_codegen.vendor.folder import LOCK_NAME, read_folder
from flexprice_codegen.vendor.inputs import read_inputs
from flexprice_codegen.vendor.lock import Lock
from flexprice_codegen.vendor.plan import Plan, keeper, plan
from flexprice_codegen.version import VERSION


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document gives before anything is printed; `api` is what was selected."""

    document: Document
    api: Api
    surface: Surface


@dataclass(frozen=True, slots=True)
class Result:
    """What a run would leave in the output folder, and what it has to say.

    A runtime that clients share has no surface. `before` is the lock file on the disk,
    `after` that of this run, and `lock` the text of the latter.
    """

    client: Client
    folder: Path
    surface: Surface | None
    files: tuple[File, ...]
    before: Lock | None
    after: Lock
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
        surface = build_surface(api, previous, sink, part, client.naming)
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


STEPS = ("reading the folder", "reading the document", "writing models and methods")


def generate(
    client: Client,
    base: Path,
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
    previous = remembered(lock, disk, prune=manner.prunes)
    reading = read(client, base, previous, sink, limits)
    step(STEPS[2])
    keep = keeper(believed, disk)
    files = _files(client, reading, keep)
    diagnostics = _sorted(located(sink.collected, reading.document))
    inputs += referred_inputs(reading.document, base)
    if _has_more_to_say(diagnostics, reading.document):
        inputs = ()
    new = new_lock(
        client, reading.document, files, reading.surface, inputs=inputs, before=believed
    )
    return Result(
        client=client,
        folder=folder,
        surface=reading.surface,
        files=files,
        before=lock,
        after=new,
        lock=new.text(),
        plan=plan(files, disk, lock),
        disk=disk,
        diagnostics=diagnostics,
    )


def _has_more_to_say(diagnostics: tuple[Diagnostic, ...], document: Document) -> bool:
    """Return whether a run of unchanged inputs still has to warn, or to fetch."""
    warned = any(each.level is Level.WARNING for each in diagnostics)
    return warned or document.leads_away()


def _files(client: Client, reading: Reading, keep: Keep) -> tuple[File, ...]:
    about = About(
        package=client.package,
        generator_version=VERSION,
        spec_version=reading.api.version,
        lock_name=LOCK_NAME,
    )
    options = Options(
        docstrings=client.docstrings, testing=client.testing, runtime=client.runtime
    )
    return emit(reading.surface, about, options, keep)


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
