"""Documents that are refused, and the exact words of the refusal.

A case is a folder in `tests/rejects/`: `spec*.yaml`, `.json` or `.md`, `overlay*.yaml`
where it needs one, and `expected.txt`. `pytest --update` writes the latter anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic, Place, Sink, SpecError
from generator.spec.document import Document, load
from generator.spec.nodes import Node

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
    """Load the case in the current folder and give what was said about it."""
    sink = Sink()
    document: Document | None = None
    said: list[Diagnostic] = []
    try:
        document = load(_files("spec"), _files("overlay"), sink=sink)
    except SpecError as error:
        said += error.diagnostics
    for node in _nodes(document.root) if document else ():
        try:
            assert document
            document.resolve(node)
        except SpecError as error:
            said += error.diagnostics
    return [_line(each, document) for each in sink.collected + said]


def _files(kind: str) -> list[str]:
    return sorted(each.name for each in Path().glob(f"{kind}*"))


def _nodes(node: Node) -> Iterator[Node]:
    """Give a node and everything below it."""
    yield node
    if node.is_object:
        for _, child in node.items():  # noqa: PERF102 - a Node is no dict
            yield from _nodes(child)
    elif isinstance(node.value, list):
        for child in node.elements():
            yield from _nodes(child)


def _line(said: Diagnostic, document: Document | None) -> str:
    at = said.at
    if document is not None and at is not None:
        at = document.locate(at)
    assert isinstance(at, Place)
    return f"{said.level} {said.code} {at} {said.message} | {said.hint}"
