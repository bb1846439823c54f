"""The OpenAPI document that everything else reads.

In: where documents and overlays are. Out: `Document`: the documents merged, corrected
by the overlays, with `$ref`s that can be followed and places that can be found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from flexprice_codegen.diagnostics import (
    Diagnostic,
    DiagnosticError,
    DiagnosticSink,
    FileLocation,
    Origin,
    build_error,
)
from flexprice_codegen.spec.former_indices import FormerIndices
from flexprice_codegen.spec.limits import DEFAULT_LIMITS, Limits
from flexprice_codegen.spec.merge import merge
from flexprice_codegen.spec.nodes import Node
from flexprice_codegen.spec.overlay import (
    ActionMatch,
    OverlayResult,
    apply_actions,
    list_unmatched_actions,
)
from flexprice_codegen.spec.overlay_file import OverlayAction, read_overlay
from flexprice_codegen.spec.parse import ParsedDocument, parse_documents
from flexprice_codegen.spec.references import ReferenceResolver
from flexprice_codegen.spec.sources import Source, compute_git_blob_id, read_source

_VERSION = re.compile(r"3\.(?P<minor>[0-9]+)(?:\.[0-9]+)?(?:[-+].*)?", re.DOTALL)
_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Document:
    """An OpenAPI document, ready to be read.

    Attributes:
        name: The name of the first file.
        version: The version of OpenAPI as the first file writes it, such as 3.0.1.
        source_id: What the document was read from. For one file its git blob id; for
            several, the git blob id of their sorted ids, joined without a space.
            Overlays do not count.
        root: The root, after merging and correction; its resource is "".
        overlay_matches: For each action of the overlays, in order, whether it found
            something.
    """

    name: str
    version: str
    source_id: str
    root: Node
    overlay_matches: tuple[ActionMatch, ...]
    # Holds the whole document once more, and what was read of other files so far.
    _references: ReferenceResolver = field(repr=False, compare=False)

    def resolve(self, node: Node) -> Node:
        """Follow the `$ref` of a node to the node that it means.

        A node without a `$ref` is given as it is; keywords beside one are left to
        the caller. See `References.resolve` for what is raised.
        """
        return self._references.resolve(node)

    def list_referenced_files(self) -> tuple[str, ...]:
        """Give the names of the files that references have led to so far."""
        return self._references.list_files()

    def has_remote_references(self) -> bool:
        """Tell whether a file of another host was read so far."""
        return self._references.has_remote_files()

    def locate(self, at: Origin | FileLocation) -> FileLocation:
        """Give the file, line and column of a node; a place is given as it is.

        What an overlay added is placed at its nearest ancestor in the text.
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
    """Read documents as one, and correct it by overlays.

    Args:
        wheres: Where the documents are, or what was read there; at least one.
        overlays: Where the overlays are, in the order of their application.
        sink: Takes the warning about a version that is read as an older one.
        limits: The bounds for each file and for the whole.
        must_match: Whether an action that finds nothing is a fault. Who applies the
            same overlays to two documents asks `unmatched` about both instead.
        folder: Where git is asked for what `git:` names.

    Raises:
        DiagnosticError: with the faults of all files together, where possible.
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
    corrected = OverlayResult(merged.data, FormerIndices())
    if groups:
        actions = [action for group in groups for action in group]
        corrected = apply_actions(merged.data, actions, limits)
        _check_actions(corrected, must_match=must_match)
    return Document(
        name=merged.first.name,
        version=Node(merged.first.data, Origin("", "")).get_string("openapi"),
        source_id=_compute_source_id(sources),
        root=Node(corrected.data, Origin("", "")),
        overlay_matches=corrected.matches,
        _references=ReferenceResolver(
            merged, corrected.data, corrected.former_indices, limits, folder
        ),
    )


def check_document(
    source: Source, sink: DiagnosticSink, limits: Limits = DEFAULT_LIMITS
) -> None:
    """Look whether a source holds an OpenAPI document, whole and of one piece.

    Raises:
        DiagnosticError: what `load` would raise for it, overlays and references aside.
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
    """Make something of each given thing, and collect the faults of those that fail."""
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
    return read_overlay(read_source(where, limits.size, folder), limits)


def _check_actions(corrected: OverlayResult, *, must_match: bool) -> None:
    """Refuse overlays with an action that does not fit, or that finds nothing."""
    faults = corrected.diagnostics
    if must_match:
        faults += list_unmatched_actions(corrected.matches)
    if faults:
        raise DiagnosticError(*faults)


def _compute_source_id(sources: Sequence[Source]) -> str:
    ids = sorted(compute_git_blob_id(source.data) for source in sources)
    return ids[0] if len(ids) == 1 else compute_git_blob_id("".join(ids).encode())


def _check_version(document: ParsedDocument, sink: DiagnosticSink) -> None:
    """Check that a document is one of OpenAPI 3.0 or 3.1 (OpenAPI, § 4.1)."""
    if "openapi" not in document.data:
        raise _build_not_openapi_error(document)
    at = document.locate("/openapi")
    try:
        version = Node(document.data, Origin("", "")).get_string("openapi")
    except DiagnosticError:
        version = "of no text"
    found = _VERSION.fullmatch(version)
    match found["minor"] if found else "":
        case "0" | "1":
            return
        case "2":
            sink.add_warning(
                "openapi-version",
                f"OpenAPI {version} is read as 3.1; of what is new, methods, whole "
                "queries and streams are read too",
                at=at,
                hint="check the client, or give the document in OpenAPI 3.1",
            )
        case _:
            raise build_error(
                "openapi-version",
                f"version {version[:40]} of OpenAPI is not supported",
                at=at,
                hint="give a document in OpenAPI 3.0 or 3.1",
            )


def _build_not_openapi_error(document: ParsedDocument) -> DiagnosticError:
    """Say what a document without the key `openapi` is."""
    if "swagger" in document.data:
        return build_error(
            "swagger-2",
            "this is a Swagger 2.0 document, and only OpenAPI 3 is read",
            at=document.locate("/swagger"),
            hint="convert it, for example with `npx swagger2openapi FILE`",
        )
    if "overlay" in document.data:
        return build_error(
            "not-openapi",
            "this is an overlay, not an OpenAPI document",
            at=document.locate("/overlay"),
            hint="give it as an overlay, beside the document that it corrects",
        )
    return build_error(
        "not-openapi",
        "this is no OpenAPI document: the key 'openapi' is missing",
        at=document.locate(""),
        hint="give an OpenAPI document; its root has 'openapi: 3.0.3' or similar",
    )
