"""The examples of README and docs: a type checker finds nothing that is not reported.

Their clients are generated from edited documents: each error that is new in an example
falls on a line that `impact` reports.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from support.checked_code import (
    CHECKERS,
    CheckedError,
    Checker,
    check_all,
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
    documents = {package: read_corrected(package) for package in CLIENTS}
    files = {name: text for each in CLIENTS for name, text in read_pages(each).items()}
    edits: dict[int, list[str]] = {}
    folders = [tmp_path / "unedited"]
    write_project(folders[0], files, documents, documents)
    for seed in range(COUNT):
        folders.append(tmp_path / str(seed))
        edits[seed] = []
        edited = {}
        for package, document in documents.items():
            edited[package], done = edit_document(
                document,
                random.Random(seed),  # noqa: S311
            )
            edits[seed] += done
        write_project(folders[-1], files, documents, edited)
    before, *after = check_all(folders, "", checker)
    known = {(each.file, each.line) for each in before}

    found: dict[str, list[CheckedError]] = {}
    total = 0
    for (seed, done), folder, all_errors in zip(
        edits.items(), folders[1:], after, strict=True
    ):
        errors = {
            each
            for each in all_errors
            if each.file in files and (each.file, each.line) not in known
        }
        total += len(errors)
        monkeypatch.chdir(folder)
        reported = {line for each in CLIENTS for line in list_impacts(each, capsys)}
        unreported = find_unreported(errors, reported, folder)
        if unreported:
            found[f"{seed}: {done}"] = unreported

    assert not found, "\n".join(f"{k}: {v}" for k, v in found.items())
    assert total > 0


Documents: TypeAlias = Mapping[str, Mapping[str, Any]]


def write_project(
    folder: Path, files: Mapping[str, str], old: Documents, new: Documents
) -> None:
    """Write the examples with clients of new documents, which nobody has made before."""
    write_code(folder, files)
    for package, document in new.items():
        (folder / f"{package}.old.json").write_text(json.dumps(old[package]), "utf-8")
        spec = folder / f"{package}.new.json"
        spec.write_text(json.dumps(document), "utf-8")
        generate(folder, str(spec), package, "--testing")


def list_impacts(
    package: str, capsys: pytest.CaptureFixture[str]
) -> set[tuple[str, int]]:
    """Return the lines that `impact` reports for a client."""
    capsys.readouterr()
    versions = (f"{package}.old.json", f"{package}.new.json", "--package", package)
    main(["impact", *versions, "--format", "json", "--fail-on", "none"])
    return list_reported(capsys.readouterr().out)
