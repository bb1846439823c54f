"""The chain from two documents to what lies between them.

In: a `Comparison`: where the two versions are, which overlays correct both, and the
names that a client already has. Out: `Changes`, with places in files. Nothing is
written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from flexprice_codegen.api.build import build_api
from flexprice_codegen.api.model import Api
from flexprice_codegen.api.shape import NO_SHAPES, compute_shapes
from flexprice_codegen.config import (
    DEFAULT_NAMING,
    FULL_SELECTION,
    NamingOptions,
    Selection,
)
from flexprice_codegen.diagnostics import (
    Diagnostic,
    DiagnosticError,
    DiagnosticSink,
    FileLocation,
    Level,
    Origin,
)
from flexprice_codegen.diff.changes import Changes, VersionInfo
from flexprice_codegen.diff.compare import ApiVersion, compare
from flexprice_codegen.diff.finding import Finding, sort_findings
from flexprice_codegen.diff.levels.next_version import VersionAdvice, advise_version
from flexprice_codegen.diff.levels.overrides import LevelOverride
from flexprice_codegen.pipeline.locations import locate_diagnostics
from flexprice_codegen.pipeline.version_selection import select_versions
from flexprice_codegen.spec.document import Document, load_document
from flexprice_codegen.spec.limits import DEFAULT_LIMITS, Limits
from flexprice_codegen.spec.overlay import list_unmatched_actions
from flexprice_codegen.spec.sources import Source
from flexprice_codegen.surface.build import build_with_shapes
from flexprice_codegen.surface.client import CLIENT_KIND
from flexprice_codegen.surface.model import Surface
from flexprice_codegen.surface.previous_names import PreviousNames


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffRequest:
    """What is to be compared; `selection` is what a client uses of it.

    `previous` holds the names that a client's lock remembers. It is None where there is
    no client: then an operation whose `operationId` changes gets a new name, as in a
    client that is made for the first time. `naming` is what the configuration says
    of both versions.
    """

    old: tuple[str | Source, ...]
    new: tuple[str | Source, ...]
    overlays: tuple[str, ...] = ()
    previous: PreviousNames | None = None
    naming: NamingOptions = DEFAULT_NAMING
    selection: Selection = FULL_SELECTION
    overrides: tuple[LevelOverride, ...] = ()
    today: date
    limits: Limits = DEFAULT_LIMITS


@dataclass(frozen=True, slots=True)
class _LoadedVersion:
    """A version that was read; `selected` is what of it is compared."""

    document: Document
    api: Api
    selected: Api
    sink: DiagnosticSink


def compute_changes(comparison: DiffRequest) -> Changes:
    """Compare two versions of an API.

    Raises:
        DiagnosticError: One of them cannot be read, or an action of an overlay finds nothing
            in either.
    """
    old, new = _select_used(comparison.selection, *_load_versions(comparison))
    with_lock = comparison.previous is not None
    before = _build_surface(old, comparison.previous or PreviousNames(), comparison)
    kept = _get_starting_names(old.api, new.api, before, all_kept=with_lock)
    after = _build_surface(new, kept, comparison)
    found = compare(
        ApiVersion(old.selected, before),
        ApiVersion(new.selected, after),
        today=comparison.today,
        overrides=comparison.overrides,
    )
    placed = (_locate_finding(each, old.document, new.document) for each in found)
    return Changes(
        old=_build_version_info(comparison.old, old.selected),
        new=_build_version_info(comparison.new, new.selected),
        findings=sort_findings(placed),
        advice=VersionAdvice(bump="none"),
        notices=(*_list_warnings(old), *_list_warnings(new)),
    )


def add_version_advice(found: Changes) -> Changes:
    """Add the advice on the next version, once the findings are final."""
    return replace(found, advice=advise_version(found.findings, found.old.version))


def _load_versions(comparison: DiffRequest) -> tuple[_LoadedVersion, _LoadedVersion]:
    """Read both versions, and tell the faults of both at once."""
    faults: list[Diagnostic] = []
    made: list[_LoadedVersion] = []
    for where in (comparison.old, comparison.new):
        try:
            made.append(_load_version(where, comparison))
        except DiagnosticError as error:
            faults += (each for each in error.diagnostics if each not in faults)
    if not faults:
        faults += list_unmatched_actions(
            *(each.document.overlay_matches for each in made)
        )
    if faults:
        raise DiagnosticError(*faults)
    old, new = made
    return old, new


def _load_version(
    where: tuple[str | Source, ...], comparison: DiffRequest
) -> _LoadedVersion:
    sink = DiagnosticSink()
    document = load_document(
        where,
        comparison.overlays,
        sink=sink,
        must_match=False,
        limits=comparison.limits,
    )
    try:
        api = build_api(document, sink)
    except DiagnosticError as error:
        raise DiagnosticError(
            *locate_diagnostics(error.diagnostics, document)
        ) from error
    return _LoadedVersion(document, api, api, sink)


def _select_used(
    selection: Selection, old: _LoadedVersion, new: _LoadedVersion
) -> tuple[_LoadedVersion, _LoadedVersion]:
    """Take what a client uses of both; a pattern must match in one of them."""
    if not selection:
        return old, new
    before, after = select_versions(selection, old.api, new.api)
    return replace(old, selected=before), replace(new, selected=after)


def _build_surface(
    read: _LoadedVersion, previous: PreviousNames, comparison: DiffRequest
) -> Surface:
    """Name everything; only with a lock is something known again by its shape."""
    part = None if read.selected is read.api else read.selected
    try:
        found = NO_SHAPES if comparison.previous is None else compute_shapes(read.api)
        return build_with_shapes(
            found, read.api, previous, read.sink, part, comparison.naming
        )
    except DiagnosticError as error:
        raise DiagnosticError(
            *locate_diagnostics(error.diagnostics, read.document)
        ) from error


def _get_starting_names(
    old: Api, new: Api, surface: Surface, *, all_kept: bool
) -> PreviousNames:
    """Give the names that the newer client starts from.

    Without a lock a method is called what its operation asks for and stands where its
    tag says, a server after its description, the client after the title, and nothing is
    known again under another key.
    """
    if all_kept:
        return PreviousNames(surface.names, surface.deprecated_aliases)
    before = _map_requested_names(old)
    after = _map_requested_names(new)
    return PreviousNames(
        tuple(
            replace(each, shape="", group="" if each.kind == "method" else each.group)
            for each in surface.names
            if each.kind not in {"server", CLIENT_KIND}
            and (each.kind != "method" or before.get(each.key) == after.get(each.key))
        )
    )


def _map_requested_names(api: Api) -> dict[str, object]:
    return {
        each.key: dict(each.hints).get("name") or each.id for each in api.operations
    }


def _locate_finding(found: Finding, old: Document, new: Document) -> Finding:
    return replace(
        found,
        old=_locate_node(found.old, old),
        new=_locate_node(found.new, new),
        parts=tuple(_locate_finding(each, old, new) for each in found.parts),
    )


def _locate_node(
    at: Origin | FileLocation | None, document: Document
) -> FileLocation | None:
    return None if at is None else document.locate(at)


def _build_version_info(where: tuple[str | Source, ...], api: Api) -> VersionInfo:
    names = (each.name if isinstance(each, Source) else each for each in where)
    return VersionInfo(
        source=", ".join(names),
        title=api.title,
        version=api.version,
        operations=len(api.operations),
        events=len(api.events),
    )


def _list_warnings(read: _LoadedVersion) -> Iterable[Diagnostic]:
    """Give what is missing from a version, and so from the comparison."""
    found = [each for each in read.sink.diagnostics if each.level is Level.WARNING]
    return locate_diagnostics(found, read.document)
