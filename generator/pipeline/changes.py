"""The chain from two documents to what lies between them.

In: a `Comparison`: where the two versions are, which overlays correct both, and the
names that a client already has. Out: `Changes`, with places in files. Nothing is
written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from generator.api.build import build as build_api
from generator.api.model import Api
from generator.api.shape import NO_SHAPES, shapes
from generator.config import EVERYTHING, Selection
from generator.diagnostics import (
    Diagnostic,
    Level,
    Origin,
    Place,
    Sink,
    SpecError,
)
from generator.diff.changes import Changes, VersionInfo
from generator.diff.compare import ApiVersion, compare
from generator.diff.finding import Finding, sort_findings
from generator.diff.levels.next_version import VersionAdvice, advise_version
from generator.diff.levels.overrides import LevelOverride
from generator.pipeline.places import located
from generator.pipeline.selecting import select_each
from generator.spec.document import Document, load
from generator.spec.limits import DEFAULT_LIMITS, Limits
from generator.spec.overlay import unmatched
from generator.spec.sources import Source
from generator.surface.build import build_by
from generator.surface.client import CLIENT_KIND, UNDECIDED, ClientNames
from generator.surface.memory import Previous
from generator.surface.model import Surface


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What is to be compared; `selection` is what a client uses of it.

    `previous` holds the names that a client's lock remembers. It is None where there is
    no client: then an operation whose `operationId` changes gets a new name, as in a
    client that is made for the first time. `client_names` are what the configuration
    says of both versions.
    """

    old: tuple[str | Source, ...]
    new: tuple[str | Source, ...]
    overlays: tuple[str, ...] = ()
    previous: Previous | None = None
    client_names: ClientNames = UNDECIDED
    selection: Selection = EVERYTHING
    overrides: tuple[LevelOverride, ...] = ()
    today: date
    limits: Limits = DEFAULT_LIMITS


@dataclass(frozen=True, slots=True)
class _Read:
    """A version that was read; `selected` is what of it is compared."""

    document: Document
    api: Api
    selected: Api
    sink: Sink


def changes(comparison: Comparison) -> Changes:
    """Compare two versions of an API.

    Raises:
        SpecError: One of them cannot be read, or an action of an overlay finds nothing
            in either.
    """
    old, new = _selected(comparison.selection, *_both(comparison))
    with_lock = comparison.previous is not None
    before = _surface(old, comparison.previous or Previous(), comparison)
    kept = _kept(old.api, new.api, before, all_kept=with_lock)
    after = _surface(new, kept, comparison)
    found = compare(
        ApiVersion(old.selected, before),
        ApiVersion(new.selected, after),
        today=comparison.today,
        overrides=comparison.overrides,
    )
    placed = (_placed(each, old.document, new.document) for each in found)
    return Changes(
        old=_version(comparison.old, old.selected),
        new=_version(comparison.new, new.selected),
        findings=sort_findings(placed),
        advice=VersionAdvice(bump="none"),
        notices=(*_warnings(old), *_warnings(new)),
    )


def advised(found: Changes) -> Changes:
    """Add the advice on the next version, once the findings are final."""
    return replace(found, advice=advise_version(found.findings, found.old.version))


def _both(comparison: Comparison) -> tuple[_Read, _Read]:
    """Read both versions, and tell the faults of both at once."""
    faults: list[Diagnostic] = []
    made: list[_Read] = []
    for where in (comparison.old, comparison.new):
        try:
            made.append(_read(where, comparison))
        except SpecError as error:
            faults += (each for each in error.diagnostics if each not in faults)
    if not faults:
        faults += unmatched(*(each.document.overlay_matches for each in made))
    if faults:
        raise SpecError(*faults)
    old, new = made
    return old, new


def _read(where: tuple[str | Source, ...], comparison: Comparison) -> _Read:
    sink = Sink()
    document = load(
        where,
        comparison.overlays,
        sink=sink,
        must_match=False,
        limits=comparison.limits,
    )
    try:
        api = build_api(document, sink)
    except SpecError as error:
        raise SpecError(*located(error.diagnostics, document)) from error
    return _Read(document, api, api, sink)


def _selected(selection: Selection, old: _Read, new: _Read) -> tuple[_Read, _Read]:
    """Take what a client uses of both; a pattern must match in one of them."""
    if not selection:
        return old, new
    before, after = select_each(selection, old.api, new.api)
    return replace(old, selected=before), replace(new, selected=after)


def _surface(read: _Read, previous: Previous, comparison: Comparison) -> Surface:
    """Name everything; only with a lock is something known again by its shape."""
    part = None if read.selected is read.api else read.selected
    chosen = comparison.client_names
    try:
        found = NO_SHAPES if comparison.previous is None else shapes(read.api)
        return build_by(found, read.api, previous, read.sink, part, chosen)
    except SpecError as error:
        raise SpecError(*located(error.diagnostics, read.document)) from error


def _kept(old: Api, new: Api, surface: Surface, *, all_kept: bool) -> Previous:
    """Give the names that the newer client starts from.

    Without a lock a method is called what its operation asks for and stands where its
    tag says, a server after its description, the client after the title, and nothing is
    known again under another key.
    """
    if all_kept:
        return Previous(surface.names, surface.old_names)
    before, after = _asked(old), _asked(new)
    return Previous(
        tuple(
            replace(each, shape="", group="" if each.kind == "method" else each.group)
            for each in surface.names
            if each.kind not in {"server", CLIENT_KIND}
            and (each.kind != "method" or before.get(each.key) == after.get(each.key))
        )
    )


def _asked(api: Api) -> dict[str, object]:
    return {
        each.key: dict(each.hints).get("name") or each.id for each in api.operations
    }


def _placed(found: Finding, old: Document, new: Document) -> Finding:
    return replace(
        found,
        old=_place(found.old, old),
        new=_place(found.new, new),
        parts=tuple(_placed(each, old, new) for each in found.parts),
    )


def _place(at: Origin | Place | None, document: Document) -> Place | None:
    return None if at is None else document.locate(at)


def _version(where: tuple[str | Source, ...], api: Api) -> VersionInfo:
    names = (each.name if isinstance(each, Source) else each for each in where)
    return VersionInfo(
        source=", ".join(names),
        title=api.title,
        version=api.version,
        operations=len(api.operations),
        events=len(api.events),
    )


def _warnings(read: _Read) -> Iterable[Diagnostic]:
    """Give what is missing from a version, and so from the comparison."""
    found = [each for each in read.sink.collected if each.level is Level.WARNING]
    return located(found, read.document)
