"""What users see: the packages that small documents become, file by file.

A case is a folder in `tests/golden/`: a document, `options.toml` where it needs options,
and `expected/`, the whole package. The runtime is not repeated: `RUNTIME` names its
modules. `LINES` counts what was written, so that growth shows in a review, and
`MESSAGES` holds what the generator said. `pytest --update` writes `expected/` anew.
"""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from support.corpus import Case, Corpus, Made, golden_cases, shared_corpus

from flexprice_codegen.vendor.lock import LockInputs, read_lock
from flexprice_codegen.vendor.lock_location import LOCK_SUFFIX
from flexprice_codegen.version import VERSION

NAMES_A_VERSION = ("_version.py", "README.md")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    with shared_corpus(tmp_path_factory) as opened:
        yield opened


@pytest.mark.parametrize("case", golden_cases(), ids=lambda case: case.base.name)
def test_a_document_becomes_the_expected_package(
    case: Case, corpus: Corpus, *, update: bool
) -> None:
    expected = case.base / "expected"
    found = _recorded(corpus.made(case))
    if update:
        _record(expected, found)
    differences = list(_differences(_read(expected), found))
    if differences:
        pytest.fail("\n".join(differences), pytrace=False)


def test_a_missing_an_extra_and_a_changed_file_are_all_told() -> None:
    expected = {"gone.py": "a\n", "same.py": "b\n", "changed.py": "c\n"}
    found = {"new.py": "a\n", "same.py": "b\n", "changed.py": "d\n"}

    assert list(_differences(expected, found)) == [
        "--- expected/changed.py",
        "+++ made/changed.py",
        "@@ -1,2 +1,2 @@",
        "-c",
        "+d",
        " ",
        "gone.py: expected, but not made",
        "new.py: made, but not expected",
    ]


def _recorded(made: Made) -> dict[str, str]:
    """Return the files to compare: without the runtime, versions and digests."""
    texts = made.texts()
    own = {
        path: _normal(path, text)
        for path, text in texts.items()
        if not path.startswith("runtime/")
    }
    runtime = sorted(each for each in texts if each.startswith("runtime/"))
    said = ["  ".join(part for part in row if part) for row in made.said]
    return {
        **own,
        "LINES": _lines(own),
        "MESSAGES": "".join(f"{line}\n" for line in said),
        "RUNTIME": "".join(f"{Path(each).stem}\n" for each in runtime),
    }


def _normal(path: str, text: str) -> str:
    if path.endswith(LOCK_SUFFIX):
        return _normal_lock(text)
    return text.replace(VERSION, "VERSION") if path in NAMES_A_VERSION else text


def _normal_lock(text: str) -> str:
    """Leave out what changes with every version, checkout and edit of the runtime."""
    lock = read_lock(text, "lock")
    files = tuple(
        replace(each, content_hash="", code_hash="", inputs_hash="")
        for each in lock.files
        if not each.path.startswith("runtime/")
    )
    return replace(
        lock, generator="VERSION", files=files, inputs=LockInputs(), warnings=()
    ).to_json()


def _lines(texts: Mapping[str, str]) -> str:
    """Count lines: those of the calls, of the models, and of all Python."""
    counted = {
        "calls": ("_client.py", "resources/"),
        "models": ("models/",),
        "everything": ("",),
    }
    rows = {
        what: sum(
            text.count("\n")
            for path, text in texts.items()
            if path.endswith(".py") and path.startswith(starts)
        )
        for what, starts in counted.items()
    }
    return "".join(f"{what} {count}\n" for what, count in rows.items())


def _read(folder: Path) -> dict[str, str]:
    return {
        each.relative_to(folder).as_posix(): each.read_text(encoding="utf-8")
        for each in sorted(folder.rglob("*"))
        if each.is_file() and "__pycache__" not in each.parts
    }


def _record(folder: Path, texts: Mapping[str, str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for path, text in texts.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


def _differences(
    expected: Mapping[str, str], found: Mapping[str, str]
) -> Iterator[str]:
    for path in sorted({*expected, *found}):
        if path not in expected:
            yield f"{path}: made, but not expected"
        elif path not in found:
            yield f"{path}: expected, but not made"
        else:
            yield from difflib.unified_diff(
                expected[path].split("\n"),
                found[path].split("\n"),
                f"expected/{path}",
                f"made/{path}",
                lineterm="",
            )
