"""Whatever a document says, a generated module does nothing but define what it should.

The judge is `support/permitted.py`. It looks at the hostile golden case, and at documents
that hypothesis builds of nasty strings: names, texts, values, defaults, paths, tags.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import event, given
from hypothesis.strategies import booleans
from support.corpus import Corpus, golden_cases, shared_corpus
from support.nasty import DOCUMENT, deterministic
from support.permitted import offences
from support.values import Value

from flexprice_codegen.api.build import build_api
from flexprice_codegen.diagnostics import DiagnosticError, DiagnosticSink
from flexprice_codegen.emit.emit import EmitOptions, emit_files
from flexprice_codegen.emit.package import PackageInfo
from flexprice_codegen.spec.document import load_document
from flexprice_codegen.surface.build import build_surface
from flexprice_codegen.surface.previous_names import PreviousNames

TRIED = 100
"""The documents that are tried in a run of the tests."""


def files_of(
    document: Value, folder: Path, *, typed_inputs: bool = False
) -> dict[str, str]:
    """Make the files of a document, all in this process."""
    path = folder / "openapi.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    sink = DiagnosticSink()
    api = build_api(load_document([str(path)], [], sink=sink), sink)
    surface = build_surface(api, PreviousNames(), sink)
    about = PackageInfo(
        package="client",
        generator_version="0",
        spec_version=api.version,
        lock_name="lock.json",
    )
    files = emit_files(
        surface, about, EmitOptions(testing=True, typed_inputs=typed_inputs)
    )
    return {each.path: each.text for each in files}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    with shared_corpus(tmp_path_factory) as opened:
        yield opened


@pytest.mark.parametrize("case", golden_cases(), ids=lambda case: case.base.name)
def test_a_golden_package_holds_only_what_a_template_writes(
    case: Value, corpus: Corpus
) -> None:
    assert offences(corpus.made(case).texts()) == []


@pytest.mark.slow
@given(document=DOCUMENT, typed_inputs=booleans())
@deterministic(max_examples=TRIED)
def test_no_document_smuggles_anything_into_a_module(
    *, tmp_path_factory: pytest.TempPathFactory, document: Value, typed_inputs: bool
) -> None:
    folder = tmp_path_factory.getbasetemp()
    try:
        files = files_of(document, folder, typed_inputs=typed_inputs)
    except DiagnosticError:
        event("refused")
        return
    event("made")
    assert offences(files) == []
    assert strange_paths(files) == []
    for path, text in files.items():
        if path.endswith(".py"):
            compile(text, path, "exec", dont_inherit=True)


DEVICES = {"con", "prn", "aux", "nul", *(f"{kind}1" for kind in ("com", "lpt"))}


def strange_paths(files: Mapping[str, str]) -> list[str]:
    """Return the paths that some system cannot hold, or takes for something else."""
    folded = Counter(each.casefold() for each in files)
    return [
        path
        for path in files
        if folded[path.casefold()] > 1
        or not re.fullmatch(r"[A-Za-z0-9_.]+(/[A-Za-z0-9_.]+)*", path)
        or any(_is_strange(part) for part in path.split("/"))
    ]


def _is_strange(part: str) -> bool:
    stem = part.partition(".")[0].casefold()
    return part.endswith(".") or part == ".." or stem in DEVICES or len(part) > 200


@pytest.mark.parametrize(
    ("smuggled", "said"),
    [
        ("import os", "an import of os"),
        ("from subprocess import run", "an import of subprocess"),
        ("from ..other import x", "an import of other"),
        ("print(1)", "the statement print(1)"),
        ("x = [each for each in ()]", "a ListComp"),
        ("x: int = eval('1')", "a call of eval"),
        ("class A(B): pass", "the bases of A"),
        ("@x\nclass A: pass", "the decorator x"),
        (
            "class A:\n    def f(self):\n        x = 1\n        return x",
            "the function f",
        ),
        ("class A:\n    def f(self, x=(1, 2)): return x", "the default (1, 2)"),
        ("x: str = __builtins__", "the name __builtins__"),
        ("x: str = ''.__class__", "the attribute ''.__class__"),
        ("while True: pass", "the statement while True"),
        ("# \u202e", "the hidden character"),
    ],
)
def test_the_judge_finds_what_does_not_belong(smuggled: str, said: str) -> None:
    found = offences({"models/_x.py": f"{smuggled}\n"})

    assert any(said in each for each in found), found
