"""The pipeline from documents to the files of a client.

In: one `Client` of the configuration file, and the directory that its paths start from.
Out: a `GenerateResult`: the plan for its output directory, all files, the lock file,
and the diagnostics. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from flexprice_codegen.api.build import build_api
from flexprice_codegen.api.model import Api
from flexprice_codegen.api.selection import build_relevance_test, select_api
from flexprice_codegen.config import Client
from flexprice_codegen.diagnostics import (
    Diagnostic,
    DiagnosticError,
    DiagnosticSink,
    FileLocation,
    Level,
)
from flexprice_codegen.emit.emit import EmitOptions, emit_files
from flexprice_codegen.emit.files import GeneratedFile, ReuseFunction
from flexprice_codegen.emit.package import PackageInfo
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.pipeline.locations import locate_diagnostics
from flexprice_codegen.pipeline.lock_file import (
    build_lock,
    find_lock,
    get_previous_names,
    get_trusted_lock,
    hash_referenced_files,
)
from flexprice_codegen.spec.document import Document, load_document
from flexprice_codegen.spec.limits import DEFAULT_LIMITS, Limits
from flexprice_codegen.spec.sources import (
    STANDARD_INPUT,
    Source,
    is_git_revision,
    is_url,
)
from flexprice_codegen.surface.build import build_surface
from flexprice_codegen.surface.earlier_names import (
    list_earlier_names,
    restore_earlier_names,
)
from flexprice_codegen.surface.method_patterns import resolve_method_patterns
from flexprice_codegen.surface.model import Surface
from flexprice_codegen.surface.previous_names import PreviousNames
from flexprice_codegen.vendor.directory import read_directory
from flexprice_codegen.vendor.inputs import hash_input_files
from flexprice_codegen.vendor.lock import Lock
from flexprice_codegen.vendor.lock_location import build_lock_name, find_lock_name
from flexprice_codegen.vendor.plan import WritePlan, build_plan, build_reuse_function
from flexprice_codegen.vendor.stored_warnings import (
    get_path_from_here,
    list_stored_warnings,
)
from flexprice_codegen.version import VERSION


@frozen_value
class LoadedApi:
    """A document, the selected part of its API, and the surface for it."""

    document: Document
    api: Api
    surface: Surface


@frozen_value
class GenerateResult:
    """The files that a run would write to the output directory, and its diagnostics.

    A runtime that clients share has no surface. `before` is the lock file on the disk,
    `after` that of this run, `lock_text` the text of the latter, and `lock_name` its path.
    """

    client: Client
    directory: Path
    surface: Surface | None
    files: tuple[GeneratedFile, ...]
    before: Lock | None
    after: Lock
    lock_name: str
    lock_text: str
    plan: WritePlan
    disk: dict[str, bytes]
    diagnostics: tuple[Diagnostic, ...]


def collect_diagnostics(results: Iterable[GenerateResult]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of all results."""
    return tuple(line for each in results for line in each.diagnostics)


def load_api(
    client: Client,
    base: Path,
    previous: PreviousNames,
    sink: DiagnosticSink,
    limits: Limits = DEFAULT_LIMITS,
) -> LoadedApi:
    """Read the documents of a client and assign every name.

    Args:
        client: The client.
        base: The directory that its paths start from.
        previous: The names of its lock file.
        sink: Receives the diagnostics; those outside of the selection are removed.
        limits: The limits for the documents.

    Raises:
        DiagnosticError: The documents cannot be read, or no client can be generated
            from them. The diagnostics have locations in files.
    """
    document = load_document(
        [_find_document(base, each, limits) for each in client.spec],
        [_get_path_from_here(base, each) for each in client.overlay],
        sink=sink,
        folder=base,
        limits=limits,
    )
    previous = restore_earlier_names(previous, document.source_id)
    try:
        api = build_api(document, sink)
        selection = resolve_method_patterns(client.selection, api, previous)
        selected = select_api(api, selection)
        part = selected if selection else None
        surface = build_surface(api, previous, sink, part, client.options)
    except DiagnosticError as error:
        raise DiagnosticError(
            *locate_diagnostics(error.diagnostics, document)
        ) from error

    is_inside = build_relevance_test(api, selected, selection)
    sink.diagnostics[:] = [each for each in sink.diagnostics if is_inside(each)]
    return LoadedApi(document, selected, surface)


def _find_document(base: Path, where: str, limits: Limits) -> str | Source:
    """Return the path of a document, or its text if it has to be fetched."""
    if not is_url(where):
        return _get_path_from_here(base, where)
    # Late: httpx2 takes 0.1 s to import, and only addresses need it.
    from flexprice_codegen.pipeline.source_fetch import fetch_source

    return fetch_source(where, size=limits.size)


def _get_path_from_here(base: Path, where: str) -> str:
    """Return a path relative to the current directory; other sources are unchanged."""
    is_path = where != STANDARD_INPUT and not is_git_revision(where)
    return get_path_from_here(base, where) if is_path else where


@frozen_value(kw_only=True)
class GenerateOptions:
    """Options of a run.

    `ignore_previous` renders all texts again instead of reusing unchanged ones.
    `prune_aliases` removes the deprecated aliases of the lock file.
    """

    ignore_previous: bool = False
    prune_aliases: bool = False


DEFAULT_OPTIONS = GenerateOptions()


PROGRESS_STEPS = (
    "reading the folder",
    "reading the document",
    "writing models and methods",
)


def generate_client(
    client: Client,
    base: Path,
    step: Callable[[str], None] = lambda _: None,
    *,
    limits: Limits = DEFAULT_LIMITS,
    manner: GenerateOptions = DEFAULT_OPTIONS,
) -> GenerateResult:
    """Generate the files of a client and compare them with its directory; write nothing.

    Texts that an earlier run generated from the same inputs are read from the disk.

    Args:
        client: The client.
        base: The directory that its paths start from.
        step: Called with each entry of `PROGRESS_STEPS`.
        limits: The limits for the documents.
        manner: The options of the run.

    Raises:
        DiagnosticError: The directory, the lock file, or a document is invalid.
    """
    folder = base / client.output
    step(PROGRESS_STEPS[0])
    disk = read_directory(folder)
    lock = find_lock(disk, folder)
    believed = get_trusted_lock(lock)
    reused = None if manner.ignore_previous else believed
    sink = DiagnosticSink()

    step(PROGRESS_STEPS[1])
    # Hashed before they are read: a change in between makes the next run read again.
    inputs = hash_input_files((*client.spec, *client.overlay), base)
    previous = get_previous_names(lock, disk, prune=manner.prune_aliases)
    reading = load_api(client, base, previous, sink, limits)

    step(PROGRESS_STEPS[2])
    files, version = _build_current_files(
        client, reading, disk, lock, build_reuse_function(reused, disk)
    )
    diagnostics = _locate_sorted(sink, reading.document)
    inputs = _complete_inputs(inputs, reading.document, base)
    new = build_lock(
        client, reading.document, files, reading.surface, inputs=inputs, before=believed
    )
    warnings = list_stored_warnings(diagnostics, base)
    new = _complete_lock(new, version, previous, warnings)
    return GenerateResult(
        client=client,
        directory=folder,
        surface=reading.surface,
        files=files,
        before=lock,
        after=new,
        lock_name=_get_lock_name(disk, reading.surface),
        lock_text=new.to_json(),
        plan=build_plan(files, disk, lock),
        disk=disk,
        diagnostics=diagnostics,
    )


def _complete_lock(
    lock: Lock,
    version: str,
    previous: PreviousNames,
    warnings: tuple[Diagnostic, ...],
) -> Lock:
    """Return a lock with the names that its document has not, and earlier ones had.

    Args:
        lock: The lock.
        version: The version that the files state.
        previous: The names that the run started with.
        warnings: The warnings of the run, with the paths of the configuration.
    """
    earlier = list_earlier_names(
        previous, lock.source_id, lock.names, lock.deprecated_aliases
    )
    return replace(lock, generator=version, warnings=warnings, earlier=earlier)


def _get_lock_name(disk: Mapping[str, bytes], surface: Surface) -> str:
    """Return the name of the lock file; a client keeps the one that it has."""
    return find_lock_name(disk) or build_lock_name(surface.client)


def _complete_inputs(
    inputs: tuple[tuple[str, str], ...], document: Document, base: Path
) -> tuple[tuple[str, str], ...]:
    """Return the input hashes for the lock file, with those of referenced files.

    Without input hashes, the next run does not skip: it fetches what can have changed.
    """
    if document.has_remote_references():
        return ()
    return inputs + hash_referenced_files(document, base)


def _locate_sorted(sink: DiagnosticSink, document: Document) -> tuple[Diagnostic, ...]:
    return _sort_diagnostics(locate_diagnostics(sink.diagnostics, document))


def _build_current_files(
    client: Client,
    reading: LoadedApi,
    disk: Mapping[str, bytes],
    lock: Lock | None,
    keep: ReuseFunction,
) -> tuple[tuple[GeneratedFile, ...], str]:
    """Generate the files of a client, and return them with the version they state.

    If nothing else would change, a client keeps the version that it has: an upgrade of
    the generator alone changes no client.
    """
    former = VERSION if lock is None else lock.generator
    lock_name = _get_lock_name(disk, reading.surface)
    files = _build_files(client, reading, keep, former, lock_name)
    if former == VERSION or not build_plan(files, disk, lock).has_changes:
        return files, former

    texts = {(each.path, each.inputs_hash): each.text for each in files}
    again = _build_files(
        client,
        reading,
        lambda path, inputs: texts.get((path, inputs)),
        VERSION,
        lock_name,
    )
    return again, VERSION


def _build_files(
    client: Client,
    reading: LoadedApi,
    keep: ReuseFunction,
    version: str,
    lock_name: str,
) -> tuple[GeneratedFile, ...]:
    """Generate the files of a client; `keep` finds reusable texts."""
    about = PackageInfo(
        package=client.package,
        generator_version=version,
        spec_version=reading.api.version,
        lock_name=lock_name,
    )
    options = EmitOptions(
        docstrings=client.docstrings,
        request_options=client.request_options,
        typed_inputs=client.inputs == "both",
        testing=client.testing,
        recording=client.recording,
        agents=client.agents,
        runtime=client.runtime,
    )
    return emit_files(reading.surface, about, options, keep)


_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}


def _sort_diagnostics(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Sort diagnostics by level, location, code, and message."""
    return tuple(
        sorted(
            diagnostics,
            key=lambda each: (
                _ORDER[each.level],
                (
                    each.location
                    if isinstance(each.location, FileLocation)
                    else FileLocation("", 0, 0)
                ),
                each.code,
                each.message,
            ),
        )
    )
