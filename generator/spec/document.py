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

from generator.diagnostics import (
    Diagnostic,
    Origin,
    Place,
    Sink,
    SpecError,
    fault,
)
from generator.spec.limits import DEFAULT_LIMITS, Limits
from generator.spec.merge import merge
from generator.spec.moves import Moves
from generator.spec.nodes import Node
from generator.spec.overlay import ActionMatch, Corrected, apply_actions, unmatched
from generator.spec.overlay_file import Action, read_overlay
from generator.spec.parse import Parsed, parse
from generator.spec.references import References
from generator.spec.sources import Source, git_blob_id, read_source

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
    _references: References = field(repr=False, compare=False)

    def resolve(self, node: Node) -> Node:
        """Follow the `$ref` of a node to the node that it means.

        A node without a `$ref` is given as it is; keywords beside one are left to
        the caller. See `References.resolve` for what is raised.
        """
        return self._references.resolve(node)

    def referred(self) -> tuple[str, ...]:
        """Give the names of the files that references have led to so far."""
        return self._references.files()

    def leads_away(self) -> bool:
        """Tell whether a file of another host was read so far."""
        return self._references.leads_away()

    def locate(self, at: Origin | Place) -> Place:
        """Give the file, line and column of a node; a place is given as it is.

        What an overlay added is placed at its nearest ancestor in the text.
        """
        return at if isinstance(at, Place) else self._references.locate(at)


def load(
    wheres: Sequence[str | Source],
    overlays: Sequence[str] = (),
    *,
    sink: Sink,
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
        SpecError: with the faults of all files together, where possible.
    """
    faults: list[Diagnostic] = []
    sources = _each(wheres, lambda where: _source(where, limits.size, folder), faults)
    parsed = _each(sources, lambda source: parse(source, limits), faults)
    documents = [document for group in parsed for document in group]
    _each(documents, lambda each: _check_version(each, sink), faults)
    groups = _each(overlays, lambda where: _read_actions(where, limits, folder), faults)
    if faults:
        raise SpecError(*faults)
    merged = merge(documents)
    corrected = Corrected(merged.data, Moves())
    if groups:
        actions = [action for group in groups for action in group]
        corrected = apply_actions(merged.data, actions, limits)
        _check_actions(corrected, must_match=must_match)
    return Document(
        name=merged.first.name,
        version=Node(merged.first.data, Origin("", "")).text_of("openapi"),
        source_id=_source_id(sources),
        root=Node(corrected.data, Origin("", "")),
        overlay_matches=corrected.matches,
        _references=References(merged, corrected.data, corrected.moves, limits, folder),
    )


def examine(source: Source, sink: Sink, limits: Limits = DEFAULT_LIMITS) -> None:
    """Look whether a source holds an OpenAPI document, whole and of one piece.

    Raises:
        SpecError: what `load` would raise for it, overlays and references aside.
    """
    documents = parse(source, limits)
    for each in documents:
        _check_version(each, sink)
    merge(documents)


def _source(where: str | Source, size: int, folder: Path) -> Source:
    return where if isinstance(where, Source) else read_source(where, size, folder)


def _each(
    given: Iterable[_Given],
    make: Callable[[_Given], _Made],
    faults: list[Diagnostic],
) -> list[_Made]:
    """Make something of each given thing, and collect the faults of those that fail."""
    made: list[_Made] = []
    for each in given:
        try:
            made.append(make(each))
        except SpecError as error:
            faults.extend(error.diagnostics)
    return made


def _read_actions(where: str, limits: Limits, folder: Path) -> tuple[Action, ...]:
    return read_overlay(read_source(where, limits.size, folder), limits)


def _check_actions(corrected: Corrected, *, must_match: bool) -> None:
    """Refuse overlays with an action that does not fit, or that finds nothing."""
    faults = corrected.faults
    if must_match:
        faults += unmatched(corrected.matches)
    if faults:
        raise SpecError(*faults)


def _source_id(sources: Sequence[Source]) -> str:
    ids = sorted(git_blob_id(source.data) for source in sources)
    return ids[0] if len(ids) == 1 else git_blob_id("".join(ids).encode())


def _check_version(document: Parsed, sink: Sink) -> None:
    """Check that a document is one of OpenAPI 3.0 or 3.1 (OpenAPI, § 4.1)."""
    if "openapi" not in document.data:
        raise _not_openapi(document)
    at = document.locate("/openapi")
    try:
        version = Node(document.data, Origin("", "")).text_of("openapi")
    except SpecError:
        version = "of no text"
    found = _VERSION.fullmatch(version)
    match found["minor"] if found else "":
        case "0" | "1":
            return
        case "2":
            sink.warning(
                "openapi-version",
                f"OpenAPI {version} is read as 3.1; of what is new, methods, whole "
                "queries and streams are read too",
                at=at,
                hint="check the client, or give the document in OpenAPI 3.1",
            )
        case _:
            raise fault(
                "openapi-version",
                f"version {version[:40]} of OpenAPI is not supported",
                at=at,
                hint="give a document in OpenAPI 3.0 or 3.1",
            )


def _not_openapi(document: Parsed) -> SpecError:
    """Say what a document without the key `openapi` is."""
    if "swagger" in document.data:
        return fault(
            "swagger-2",
            "this is a Swagger 2.0 document, and only OpenAPI 3 is read",
            at=document.locate("/swagger"),
            hint="convert it, for example with `npx swagger2openapi FILE`",
        )
    if "overlay" in document.data:
        return fault(
            "not-openapi",
            "this is an overlay, not an OpenAPI document",
            at=document.locate("/overlay"),
            hint="give it as an overlay, beside the document that it corrects",
        )
    return fault(
        "not-openapi",
        "this is no OpenAPI document: the key 'openapi' is missing",
        at=document.locate(""),
        hint="give an OpenAPI document; its root has 'openapi: 3.0.3' or similar",
    )
