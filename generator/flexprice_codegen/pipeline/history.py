"""The pipeline from the versions of a document to the changes between them.

In: versions of a file in git, and the options of a comparison. Out: one step for each
version, as soon as it is known. Each version is read once, and only two are in memory.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator

from flexprice_codegen.diagnostics import Diagnostic, DiagnosticError
from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.pipeline.diff import (
    DiffRequest,
    LoadedVersion,
    compare_loaded,
    load_version,
)
from flexprice_codegen.spec.git_history import FileVersion
from flexprice_codegen.spec.sources import Source
from flexprice_codegen.surface.build import ComparedSurface


@frozen_value(kw_only=True)
class HistoryStep:
    """A version, and what it changes.

    `changes` is None for the first version, and for one that was skipped: `problems`
    says why it cannot be read or compared.
    """

    version: FileVersion
    operations: int = 0
    events: int = 0
    changes: Changes | None = None
    problems: tuple[Diagnostic, ...] = ()


def iter_history(
    versions: Iterable[FileVersion],
    read: Callable[[FileVersion], Source],
    request: DiffRequest,
) -> Iterator[HistoryStep]:
    """Yield what each version changes in comparison to the one before it.

    Args:
        versions: The versions, the oldest first.
        read: Returns the content of a version.
        request: The options; its documents are not read.
    """
    # A command runs without the collector, and documents refer to themselves. The program
    # itself is not searched again after each version.
    gc.freeze()
    try:
        for step in _iter_steps(versions, read, request):
            yield step
            gc.collect()
    finally:
        gc.unfreeze()


def _iter_steps(
    versions: Iterable[FileVersion],
    read: Callable[[FileVersion], Source],
    request: DiffRequest,
) -> Iterator[HistoryStep]:
    before: LoadedVersion | None = None
    built: ComparedSurface | None = None
    for version in versions:
        try:
            after = load_version((read(version),), request)
            changes = None
            if before is not None:
                changes, built = _compare(before, after, request, built)
        except DiagnosticError as error:
            yield HistoryStep(version=version, problems=error.diagnostics)
            continue

        before = after
        yield HistoryStep(
            version=version,
            operations=len(after.api.operations),
            events=len(after.api.events),
            changes=changes,
        )


def _compare(
    before: LoadedVersion,
    after: LoadedVersion,
    request: DiffRequest,
    built: ComparedSurface | None,
) -> tuple[Changes, ComparedSurface]:
    """Return what differs, and the surface of the newer version for the next step."""
    compared = compare_loaded(before, after, request, built)
    return compared.changes, compared.built
