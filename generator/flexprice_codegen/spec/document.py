"""The OpenAPI document that everything else reads.

In: the paths of documents and overlays. Out: `Document`: the documents merged and
corrected by the overlays, with a way to follow a `$ref` and to find a location.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from flexprice_codegen.diagnostics import (
    Diagnostic,
    DiagnosticError,
    DiagnosticSink,
    FileLocation,
    Origin,
    build_error,
)
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.former_pointers import FormerPointers
from flexprice_codegen.spec.limits import DEFAULT_LIMITS, Limits
from flexprice_codegen.spec.merge import merge
from flexprice_codegen.spec.nodes import Json, Node
from flexprice_codegen.spec.overlay_result import (
    ActionMatch,
    OverlayResult,
    list_unmatched_actions,
)
from flexprice_codegen.spec.parse import ParsedDocument, parse_documents
from flexprice_codegen.spec.references import ReferenceResolver
from flexprice_codegen.spec.sources import Source, compute_source_id, read_source

if TYPE_CHECKING:
    from flexprice_codegen.spec.overlay_file import OverlayAction

# OpenAPI requires `major.minor.patch` (OpenAPI 3.1.1 §4.1); documents also omit the
# patch number or add a suffix such as `-rc1`.
_VERSION = re.compile(r"3\.(?P<minor>[0-9]+)(?:\.[0-9]+)?(?:[-+].*)?", re.DOTALL)
_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


@frozen_value
class Document:
    """An OpenAPI document, ready to be read.

    Attributes:
        name: The name of the first file.
        version: The version of OpenAPI as the first file writes it, such as 3.0.1.
        source_id: The git blob ID of the file that was read. For several files, the git
            blob ID of their sorted IDs, joined without a space. Overlays do not count.
        root: The root, after merging and correction; its resource is "".
        overlay_matches: For each action of the overlays, in order, whether it matched.
    """

    name: str
    version: str
    source_id: str
    root: Node
    overlay_matches: tuple[ActionMatch, ...]
    # The resolver holds the entire document and the referenced files, which would flood
    # a `repr` and slow a comparison down.
    _references: ReferenceResolver = field(repr=False, compare=False)

    def resolve(self, node: Node) -> Node:
        """Return the node that the `$ref` of a node leads to.

        Args:
            node: Any node. A node without a `$ref` is returned as it is; keywords next
                to a `$ref` are the caller's business.

        Raises:
            DiagnosticError: As `ReferenceResolver.resolve`.
        """
        return self._references.resolve(node)

    def list_referenced_files(self) -> tuple[str, ...]:
        """Return the names of the files that references have led to so far."""
        return self._references.list_files()

    def has_remote_references(self) -> bool:
        """Return whether a file of another host was read so far."""
        return self._references.has_remote_files()

    def locate(self, at: Origin | FileLocation) -> FileLocation:
        """Return the file, line and column of a node; a location is returned as it is.

        A node that an overlay added has the location of its nearest ancestor in the
        text.
        """
        return at if isinstance(at, FileLocation) else self._references.locate(at)


def load_document(
    wheres: Sequence[str | Source],
    overlays: Sequence[str] = (),
    *,
    sink: DiagnosticSink,
    limits: Limits = DEFAULT_LIMITS,
    must_match: bool = True,
    folder: Path = Path(),
) -> Document:
    """Read documents, merge them into one, and correct it by overlays.

    Args:
        wheres: The paths or git revisions of the documents, or their sources; at least
            one.
        overlays: The paths of the overlays, in the order of their application.
        sink: Receives the warning about a version that is read as an older one.
        limits: The limits for each file and for the document.
        must_match: Whether an action that matches nothing is an error. A caller that
            applies the same overlays to two documents calls `list_unmatched_actions`
            with both matches instead.
        folder: The directory in which git resolves `git:` revisions.

    Raises:
        DiagnosticError: With the errors of all files together, where possible.
    """
    faults: list[Diagnostic] = []
    sources = _map_collecting_errors(
        wheres, lambda where: _load_source(where, limits.size, folder), faults
    )
    parsed = _map_collecting_errors(
        sources, lambda source: parse_documents(source, limits), faults
    )
    documents = [document for group in parsed for document in group]

    _map_collecting_errors(documents, lambda each: _check_version(each, sink), faults)
    groups = _map_collecting_errors(
        overlays, lambda where: _read_actions(where, limits, folder), faults
    )

    if faults:
        raise DiagnosticError(*faults)

    merged = merge(documents)
    corrected = OverlayResult(merged.data, FormerPointers())

    if groups:
        actions = [action for group in groups for action in group]
        corrected = _correct(merged.data, actions, limits)
        _check_actions(corrected, must_match=must_match)

    return Document(
        name=merged.first.name,
        version=Node(merged.first.data, Origin("", "")).get_string("openapi"),
        source_id=compute_source_id(source.data for source in sources),
        root=Node(corrected.data, Origin("", "")),
        overlay_matches=corrected.matches,
        _references=ReferenceResolver(
            merged, corrected.data, corrected.former_pointers, limits, folder
        ),
    )


def check_document(
    source: Source, sink: DiagnosticSink, limits: Limits = DEFAULT_LIMITS
) -> None:
    """Check that a source holds a complete OpenAPI document.

    Args:
        source: The source; several documents in one page are merged.
        sink: Receives the warning about a version that is read as an older one.
        limits: The limits for the source.

    Raises:
        DiagnosticError: As `load_document`, overlays and references aside.
    """
    documents = parse_documents(source, limits)
    for each in documents:
        _check_version(each, sink)
    merge(documents)


def _load_source(where: str | Source, size: int, folder: Path) -> Source:
    return where if isinstance(where, Source) else read_source(where, size, folder)


def _map_collecting_errors(
    given: Iterable[_Given],
    make: Callable[[_Given], _Made],
    faults: list[Diagnostic],
) -> list[_Made]:
    """Return the results of `make`, and add the errors of failed calls to `faults`.

    So one run reports the errors of all files.
    """
    made: list[_Made] = []
    for each in given:
        try:
            made.append(make(each))
        except DiagnosticError as error:
            faults.extend(error.diagnostics)
    return made


def _read_actions(
    where: str, limits: Limits, folder: Path
) -> tuple[OverlayAction, ...]:
    # Late: most documents have no overlays.
    from flexprice_codegen.spec.overlay_file import read_overlay

    return read_overlay(read_source(where, limits.size, folder), limits)


def _correct(
    data: Mapping[str, Json], actions: Sequence[OverlayAction], limits: Limits
) -> OverlayResult:
    # Late: most documents have no overlays.
    from flexprice_codegen.spec.overlay import apply_actions

    return apply_actions(data, actions, limits)


def _check_actions(corrected: OverlayResult, *, must_match: bool) -> None:
    """Raise an error for overlay actions that do not fit, or that match nothing."""
    faults = corrected.diagnostics
    if must_match:
        faults += list_unmatched_actions(corrected.matches)
    if faults:
        raise DiagnosticError(*faults)


def _check_version(document: ParsedDocument, sink: DiagnosticSink) -> None:
    """Check that a document is one of OpenAPI 3.0 or 3.1 (OpenAPI 3.1.1 §4.1)."""
    if "openapi" not in document.data:
        raise _build_not_openapi_error(document)

    try:
        version = Node(document.data, Origin("", "")).get_string("openapi")
    except DiagnosticError:
        # `_VERSION` does not match this, so the error below reports it.
        version = "of no text"

    found = _VERSION.fullmatch(version)
    match found["minor"] if found else "":
        case "0" | "1":
            return
        case "2":
            sink.add_warning(
                "openapi-version",
                f"OpenAPI {version} is partly supported: read as 3.1, plus new methods, "
                "`in: querystring`, and `itemSchema`",
                at=document.locate("/openapi"),
                hint="review the generated client, or convert the document to OpenAPI 3.1",
            )
        case _:
            raise build_error(
                "openapi-version",
                f"OpenAPI version {version[:40]} is not supported",
                at=document.locate("/openapi"),
                hint="convert the document to OpenAPI 3.0 or 3.1",
            )


def _build_not_openapi_error(document: ParsedDocument) -> DiagnosticError:
    """Build the error for a document without the key `openapi`."""
    if "swagger" in document.data:
        return build_error(
            "swagger-2",
            "Swagger 2.0 is not supported; expected OpenAPI 3",
            at=document.locate("/swagger"),
            hint="convert the document, for example with `npx swagger2openapi FILE`",
        )

    if "overlay" in document.data:
        return build_error(
            "not-openapi",
            "expected an OpenAPI document, got an overlay",
            at=document.locate("/overlay"),
            hint="pass it with --overlay, and pass the document that it corrects",
        )

    return build_error(
        "not-openapi",
        "not an OpenAPI document: the `openapi` key is missing",
        at=document.locate(""),
        hint="pass an OpenAPI document; its root has `openapi: 3.0.3` or similar",
    )
