"""The examples of README and docs: a type checker finds nothing that is not reported.

Their clients are generated from edited documents: each error that is new in an example
falls on a line that `impact` reports.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
from support.checked_code import (
    CHECKERS,
    CheckedError,
    Checker,
    check,
    find_unreported,
    generate,
    list_reported,
    write_code,
)
from support.document_edits import edit_document
from support.snippets import iter_snippets

from flexprice_codegen.cli.main import main
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.spec.document import load_document

ROOT = Path(__file__).parents[2]
COUNT = max(3, int(os.environ.get("EDITS", "0")) // 10)
CLIENTS = {
    "shop_client": ("docs/examples/shop.yaml",),
    "flexprice_client": (
        "specs/flexprice.yaml",
        "specs/flexprice.overlay.yaml",
        "tests/data/docs/more-operations.overlay.yaml",
    ),
}


def read_pages(package: str) -> dict[str, str]:
    """Return the Python of each page that uses a client, as files of a repository."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    files = {}
    for page in pages:
        blocks = [
            each.text for each in iter_snippets(page) if each.language == "python"
        ]
        text = "\n".join(blocks)
        if package in text:
            name = page.relative_to(ROOT).with_suffix("").as_posix()
            files[f"src/{name.replace('-', '_').lower()}.py"] = text

    return files


def read_corrected(package: str) -> dict[str, Any]:
    """Return the document of a client with its overlays applied."""
    spec, *overlays = (str(ROOT / each) for each in CLIENTS[package])
    document = load_document((spec,), tuple(overlays), sink=DiagnosticSink())
    return dict(document.root.read_mapping())


@pytest.mark.slow
@pytest.mark.parametrize("checker", CHECKERS)
def test_every_new_error_is_reported(
    checker: Checker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    files: dict[str, str] = {}
    documents = {package: read_corrected(package) for package in CLIENTS}
    for package, document in documents.items():
        files |= read_pages(package)
        generate_client(package, document, "old.json")
    write_code(tmp_path, files)
    before = check_pages(tmp_path, checker, files)
    known = {(each.file, each.line) for each in before}

    found: dict[str, list[CheckedError]] = {}
    total = 0
    for seed in range(COUNT):
        done = []
        for package, document in documents.items():
            edited, edits = edit_document(document, random.Random(seed))  # noqa: S311
            generate_client(package, edited, "new.json")
            done += edits
        errors = {
            each
            for each in check_pages(tmp_path, checker, files)
            if (each.file, each.line) not in known
        }
        total += len(errors)
        reported = {line for each in CLIENTS for line in list_impacts(each, capsys)}
        unreported = find_unreported(errors, reported, tmp_path)
        if unreported:
            found[f"{seed}: {done}"] = unreported

    assert not found, "\n".join(f"{k}: {v}" for k, v in found.items())
    assert total > 0


def generate_client(package: str, document: dict[str, Any], name: str) -> None:
    """Generate a client as if there was none: a lock file would keep names alive."""
    spec = Path(f"{package}.{name}")
    spec.write_text(json.dumps(document), encoding="utf-8")
    shutil.rmtree(Path("src", package), ignore_errors=True)
    generate(Path(), str(spec), package, "--testing")


def check_pages(
    folder: Path, checker: Checker, files: Collection[str]
) -> set[CheckedError]:
    """Return the errors in the examples."""
    return {each for each in check(folder, "", checker) if each.file in files}


def list_impacts(
    package: str, capsys: pytest.CaptureFixture[str]
) -> set[tuple[str, int]]:
    """Return the lines that `impact` reports for a client."""
    capsys.readouterr()
    versions = (f"{package}.old.json", f"{package}.new.json", "--package", package)
    main(["impact", *versions, "--format", "json", "--fail-on", "none"])
    return list_reported(capsys.readouterr().out)
