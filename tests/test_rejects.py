"""Documents that are refused, and the exact words of the refusal.

A case is a folder in `tests/rejects/`: `spec*.yaml`, `.json` or `.md`, `overlay*.yaml`
where it needs one, and `expected.txt`. `pytest --update` writes the latter anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from flexprice_codegen.api.build import build_api
from flexprice_codegen.diagnostics import (
    Diagnostic,
    DiagnosticError,
    DiagnosticSink,
    FileLocation,
)
from flexprice_codegen.emit.python_text import join_lines
from flexprice_codegen.spec.document import Document, load_document
from flexprice_codegen.spec.nodes import Node
from flexprice_codegen.surface.build import build_surface
from flexprice_codegen.surface.previous_names import PreviousNames

REJECTS = Path(__file__).parent / "rejects"
CASES = sorted(each for each in REJECTS.iterdir() if each.is_dir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_bad_document_is_refused_in_so_many_words(
    case: Path, monkeypatch: pytest.MonkeyPatch, *, update: bool
) -> None:
    monkeypatch.chdir(case)
    said = "".join(f"{line}\n" for line in _refusal())
    expected = case / "expected.txt"
    if update:
        expected.write_text(said, encoding="utf-8", newline="\n")
    assert said, "the document is not refused"
    assert said == expected.read_text(encoding="utf-8")


def test_the_first_code_of_a_refusal_is_the_name_of_its_case() -> None:
    for case in CASES:
        first = (case / "expected.txt").read_text(encoding="utf-8").split()[1]
        assert case.name.startswith(first), case.name


def _refusal() -> list[str]:
    """Load the case in the current folder and give what was said about it.

    A document with `servers` is read as a whole, and named; another one is only looked
    through for references.
    """
    sink = DiagnosticSink()
    document: Document | None = None
    said: list[Diagnostic] = []
    try:
        document = load_document(_files("spec"), _files("overlay"), sink=sink)
    except DiagnosticError as error:
        said += error.diagnostics
    if document is not None and document.root.has("servers"):
        said += _of_whole(document, sink)
    elif document is not None:
        said += _of_references(document)
    return [_line(each, document) for each in sink.diagnostics + said]


def _of_whole(document: Document, sink: DiagnosticSink) -> Sequence[Diagnostic]:
    """Read a document to the end, and give the fault that stopped it."""
    try:
        build_surface(build_api(document, sink), PreviousNames(), sink)
    except DiagnosticError as error:
        return error.diagnostics
    return ()


def _of_references(document: Document) -> list[Diagnostic]:
    """Follow every reference, and give the faults of those that lead nowhere."""
    said: list[Diagnostic] = []
    for node in _nodes(document.root):
        try:
            document.resolve(node)
        except DiagnosticError as error:
            said += error.diagnostics
    return said


def _files(kind: str) -> list[str]:
    return sorted(each.name for each in Path().glob(f"{kind}*"))


def _nodes(node: Node) -> Iterator[Node]:
    """Yield a node and everything below it."""
    yield node
    if node.is_object:
        for _, child in node.iter_items():
            yield from _nodes(child)
    elif isinstance(node.value, list):
        for child in node.iter_elements():
            yield from _nodes(child)


def _line(said: Diagnostic, document: Document | None) -> str:
    at = said.location
    if document is not None and at is not None:
        at = document.locate(at)
    assert at is None or isinstance(at, FileLocation)
    message, hint = join_lines(said.message), join_lines(said.help)
    return f"{said.level} {said.code} {at or '-'} {message} | {hint}"
