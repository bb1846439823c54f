"""The pipeline from two documents to the changes between them.

In: a `DiffRequest`: the documents of both versions, the overlays that correct both, and
the names that a client already has. Out: `Changes` with locations in files. Nothing is
written.
"""

from __future__ import annotations

from datetime import date

from flexprice_codegen.api import canonical
from flexprice_codegen.api.build import build_api
from flexprice_codegen.api.model import Api
from flexprice_codegen.api.shape import NO_SHAPES, Shapes, compute_shapes
from flexprice_codegen.config import (
    DEFAULT_OPTIONS,
    FULL_SELECTION,
    PythonOptions,
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
from flexprice_codegen.diff.finding import Finding, sort_findings
from flexprice_codegen.diff.levels.next_version import VersionAdvice, advise_version
from flexprice_codegen.diff.levels.overrides import LevelOverride
from flexprice_codegen.diff.wire.deprecation_policy import DeprecationPolicy
from flexprice_codegen.frozen_values import frozen_value, replace
from flexprice_codegen.pipeline.locations import locate_diagnostics
from flexprice_codegen.spec.document import Document, load_document
from flexprice_codegen.spec.limits import DEFAULT_LIMITS, Limits
from flexprice_codegen.spec.overlay_result import list_unmatched_actions
from flexprice_codegen.spec.sources import Source, compute_source_id, read_source
from flexprice_codegen.surface.build import (
    ComparedSurface,
    add_shapes,
    build_compared_surface,
)
from flexprice_codegen.surface.model import Surface
from flexprice_codegen.surface.previous_names import PreviousNames
from flexprice_codegen.surface.renamed_keys import (
    compute_rename_shapes,
    find_renamed_keys,
)


@frozen_value(kw_only=True)
class DiffRequest:
    """The two versions to compare, and the options for both.

    `selection` is the part of the API that a client uses. `previous` has the names of
    the lock file of a client. It is None without a client. Then both versions have the
    names of a client that is generated for the first time. `options` are those of the
    configuration file for both versions.
    """

    old: tuple[str | Source, ...]
    new: tuple[str | Source, ...]
    overlays: tuple[str, ...] = ()
    previous: PreviousNames | None = None
    options: PythonOptions = DEFAULT_OPTIONS
    selection: Selection = FULL_SELECTION
    overrides: tuple[LevelOverride, ...] = ()
    today: date
    policy: DeprecationPolicy | None = None
    """What a team has agreed on about deprecation; None if nothing."""
    limits: Limits = DEFAULT_LIMITS


@frozen_value(kw_only=True)
class ComparedVersions:
    """The changes between two versions, and what Python sees of both.

    `found` has the findings with the nodes of the documents that they are about, by
    fingerprint. `versions` are the older and the newer version, and `built` is the surface
    of the newer one without the shapes of this comparison.
    """

    versions: tuple[LoadedVersion, LoadedVersion]
    built: ComparedSurface
    changes: Changes
    found: tuple[Finding, ...]
    old: Surface
    new: Surface


@frozen_value
class LoadedVersion:
    """A version of an API; `selected` is the part that is compared."""

    name: str
    document: Document
    api: Api
    selected: Api
    sink: DiagnosticSink


def compute_changes(comparison: DiffRequest) -> Changes:
    """Compare two versions of an API; see `compare_versions`."""
    return compare_versions(comparison).changes


def compare_versions(comparison: DiffRequest) -> ComparedVersions:
    """Compare two versions of an API.

    Args:
        comparison: The versions and the options.

    Returns:
        The findings with their locations. `advice` is not set yet, see
        `add_version_advice`.

    Raises:
        DiagnosticError: A version cannot be read, a pattern of the selection matches in
            neither, or an overlay action matches in neither.
    """
    old, new = _load_versions(comparison)
    return compare_loaded(old, new, comparison)


def compare_loaded(
    old: LoadedVersion,
    new: LoadedVersion,
    comparison: DiffRequest,
    built: ComparedSurface | None = None,
) -> ComparedVersions:
    """Compare two versions that are loaded.

    Args:
        old: The older version.
        new: The newer version.
        comparison: The options; its documents are not read.
        built: The surface of `old`, if it was built without a lock file before.

    Returns:
        The changes, and what Python sees of both.

    Raises:
        DiagnosticError: A pattern of the selection matches in neither, or a name
            cannot be assigned.
    """
    old, new = _select_used(comparison, old, new)
    shapes = _compute_shapes(old, new, with_lock=comparison.previous is not None)
    if built is None:
        names = comparison.previous or PreviousNames()
        built = _build_surface(old, names, shapes[0], comparison)
    before = add_shapes(built, shapes[0])
    if new.document is old.document:
        return ComparedVersions(
            versions=(old, new),
            built=built,
            changes=_build_changes(old, new, ()),
            found=(),
            old=before,
            new=before,
        )

    # Late: copies of a document need no comparison, whose modules are a sixth of a run.
    from flexprice_codegen.diff.compare import ApiVersion, compare

    kept = _get_starting_names(new, before, comparison.previous)
    built = _build_surface(new, kept, shapes[1], comparison)
    after = _complete_newer(built, before, shapes[1], comparison)
    found = compare(
        ApiVersion(old.selected, before, shapes[0]),
        ApiVersion(new.selected, after, shapes[1]),
        today=comparison.today,
        policy=comparison.policy,
        overrides=comparison.overrides,
    )

    placed = (_locate_finding(each, old.document, new.document) for each in found)
    return ComparedVersions(
        versions=(old, new),
        built=built,
        changes=_build_changes(old, new, sort_findings(placed)),
        found=found,
        old=before,
        new=after,
    )


def _complete_newer(
    built: ComparedSurface, before: Surface, found: Shapes, comparison: DiffRequest
) -> Surface:
    """Return the surface of the newer version, with what was renamed since the older.

    Args:
        built: The surface of the newer version.
        before: That of the older version.
        found: The shapes of the newer version.
        comparison: The options.
    """
    return replace(
        add_shapes(built, _choose_shapes(found, comparison)),
        renamed=find_renamed_keys(before.names, built.api, found),
    )


def _build_changes(
    old: LoadedVersion, new: LoadedVersion, findings: tuple[Finding, ...]
) -> Changes:
    notices = _list_warnings(old)
    if new.sink is not old.sink:
        notices += _list_warnings(new)
    return Changes(
        old=_build_version_info(old),
        new=_build_version_info(new),
        findings=findings,
        advice=VersionAdvice(bump="none"),
        notices=notices,
    )


def add_version_advice(found: Changes) -> Changes:
    """Add the advice on the next version number.

    It depends on levels and ignored findings, so it comes after both are final.
    """
    return replace(found, advice=advise_version(found.findings, found.old.version))


def _load_versions(comparison: DiffRequest) -> tuple[LoadedVersion, LoadedVersion]:
    """Read both versions, and raise the errors of both together."""
    faults: list[Diagnostic] = []
    made: list[LoadedVersion] = []
    for where in (comparison.old, comparison.new):
        try:
            if not made:
                made.append(load_version(where, comparison))
                continue
            sources = _read_sources(where, comparison)
            found = (
                made[0]
                if _has_same_content(made[0], sources)
                else load_version(sources, comparison)
            )
            made.append(replace(found, name=_format_names(where)))
        except DiagnosticError as error:
            faults += (each for each in error.diagnostics if each not in faults)

    if not faults:
        # An overlay action can be meant for one of the versions only.
        faults += list_unmatched_actions(
            *(each.document.overlay_matches for each in made)
        )
    if faults:
        raise DiagnosticError(*faults)

    old, new = made
    return old, new


def load_version(
    where: tuple[str | Source, ...], comparison: DiffRequest
) -> LoadedVersion:
    """Read one version.

    Args:
        where: Its documents.
        comparison: The overlays and the limits.

    Raises:
        DiagnosticError: It cannot be read; the errors have locations in files.
    """
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

    return LoadedVersion(_format_names(where), document, api, api, sink)


def _format_names(where: tuple[str | Source, ...]) -> str:
    return ", ".join(each.name if isinstance(each, Source) else each for each in where)


def _read_sources(
    where: tuple[str | Source, ...], comparison: DiffRequest
) -> tuple[str | Source, ...]:
    """Return documents that are read; as they are if one of them cannot be read."""
    limit = comparison.limits.size
    try:
        return tuple(
            each if isinstance(each, Source) else read_source(each, limit)
            for each in where
        )
    except DiagnosticError:
        # `load_version` reports the errors of all files together.
        return where


def _has_same_content(loaded: LoadedVersion, sources: tuple[str | Source, ...]) -> bool:
    """Return whether documents have the bytes of a version that is loaded.

    A reference to another file can lead to another content there, so that such a
    version has to be loaded again.
    """
    document = loaded.document
    if document.list_referenced_files() or document.has_remote_references():
        return False
    read = [each for each in sources if isinstance(each, Source)]
    if len(read) < len(sources):
        return False
    return compute_source_id(each.data for each in read) == document.source_id


def _select_used(
    comparison: DiffRequest, old: LoadedVersion, new: LoadedVersion
) -> tuple[LoadedVersion, LoadedVersion]:
    """Select the part of both that a client uses; a pattern must match in one of them."""
    if not comparison.selection:
        return old, new
    # Late: most comparisons are of entire documents.
    from flexprice_codegen.pipeline.version_selection import select_versions
    from flexprice_codegen.surface.method_patterns import (
        join_resolved,
        resolve_method_patterns,
    )

    previous = comparison.previous or PreviousNames()
    resolved = [
        resolve_method_patterns(comparison.selection, version.api, previous)
        for version in (old, new)
    ]
    selection = join_resolved(comparison.selection, resolved)
    before, after = select_versions(selection, old.api, new.api)
    return replace(old, selected=before), replace(new, selected=after)


def _compute_shapes(
    old: LoadedVersion, new: LoadedVersion, *, with_lock: bool
) -> tuple[Shapes, Shapes]:
    """Return the shapes of both versions; all of them only if a lock file has some."""
    if with_lock:
        return compute_shapes(old.api), compute_shapes(new.api)
    if new.api is old.api:
        return NO_SHAPES, NO_SHAPES
    return (
        compute_rename_shapes(old.api, new.api),
        compute_rename_shapes(new.api, old.api),
    )


def _build_surface(
    read: LoadedVersion,
    previous: PreviousNames,
    found: Shapes,
    comparison: DiffRequest,
) -> ComparedSurface:
    """Build the surface of a version.

    Args:
        read: The version.
        previous: The names that it starts with.
        found: The shapes that detect renames.
        comparison: The options.
    """
    # Names are assigned over the entire API, so that the selection changes none.
    part = None if read.selected is read.api else read.selected
    try:
        return build_compared_surface(
            _choose_shapes(found, comparison),
            read.api,
            previous,
            read.sink,
            part,
            comparison.options,
        )
    except DiagnosticError as error:
        raise DiagnosticError(
            *locate_diagnostics(error.diagnostics, read.document)
        ) from error


def _choose_shapes(found: Shapes, comparison: DiffRequest) -> Shapes:
    """Return the shapes by which names are found again; without a lock file, none."""
    return found if comparison.previous is not None else NO_SHAPES


def _get_starting_names(
    new: LoadedVersion, surface: Surface, previous: PreviousNames | None
) -> PreviousNames:
    """Return the names that the newer client starts from.

    With a lock file these are the names of the older client, as `generate` keeps them.
    Without one, both clients get the names that a first run assigns: nothing keeps a name
    for somebody who generates the newer one. What was renamed is found by other means.

    Args:
        new: The newer version.
        surface: The older client.
        previous: The names of its lock file, if there is one.
    """
    if previous is None:
        return PreviousNames()

    # Late: only a lock file has names of earlier documents.
    from flexprice_codegen.surface.earlier_names import restore_earlier_names

    kept = replace(
        previous,
        names=surface.names,
        deprecated_aliases=surface.deprecated_aliases,
        shape_format=canonical.FORMAT,
        has_members=True,
    )
    return restore_earlier_names(kept, new.document.source_id)


def _locate_finding(found: Finding, old: Document, new: Document) -> Finding:
    """Replace the origins of a finding and its parts by locations in files."""
    if found.old is None and found.new is None and not found.parts:
        return found
    return replace(
        found,
        old=_locate_node(found.old, old),
        new=_locate_node(found.new, new),
        parts=tuple(_locate_finding(each, old, new) for each in found.parts),
    )


def _locate_node(
    at: Origin | FileLocation | None, document: Document
) -> FileLocation | None:
    """Return the location of a node, if there is one."""
    return None if at is None else document.locate(at)


def _build_version_info(read: LoadedVersion) -> VersionInfo:
    """Return the summary of a version."""
    api = read.selected
    return VersionInfo(
        source=read.name,
        title=api.title,
        version=api.version,
        operations=len(api.operations),
        events=len(api.events),
    )


def _list_warnings(read: LoadedVersion) -> tuple[Diagnostic, ...]:
    """Return the warnings of a version: skipped parts are not compared."""
    found = [each for each in read.sink.diagnostics if each.level is Level.WARNING]
    return locate_diagnostics(found, read.document)
