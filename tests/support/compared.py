"""Two versions of a small document, compared, and code that uses the first.

In: two texts of documents. Out: `ComparedVersions`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from flexprice_codegen.impact.client_types import index_types
from flexprice_codegen.impact.code_files import CodeFile
from flexprice_codegen.impact.impacts import CodeImpact
from flexprice_codegen.impact.index import find_uses
from flexprice_codegen.impact.symbols import Symbol, Use
from flexprice_codegen.pipeline.code import CodeSelection
from flexprice_codegen.pipeline.diff import (
    ComparedVersions,
    DiffRequest,
    compare_versions,
)
from flexprice_codegen.pipeline.impact import ImpactRequest, compute_impact

PACKAGE = "ledger_client"
LEDGER = (Path(__file__).parents[1] / "impact" / "old.yaml").read_text(encoding="utf-8")
HEAD = f"from {PACKAGE} import Ledger, models, webhooks\n"


def compare_texts(folder: Path, old: str, new: str) -> ComparedVersions:
    """Compare two documents, without the names of a lock file."""
    for name, text in (("old.yaml", old), ("new.yaml", new)):
        (folder / name).write_text(text, encoding="utf-8")
    return compare_versions(
        DiffRequest(
            old=((folder / "old.yaml").as_posix(),),
            new=((folder / "new.yaml").as_posix(),),
            today=date(2026, 1, 1),
        )
    )


def change(folder: Path, *edits: tuple[str, str]) -> ComparedVersions:
    """Compare the ledger with itself after replacements in its text."""
    new = LEDGER
    for before, after in edits:
        assert before in new
        new = new.replace(before, after)
    return compare_texts(folder, LEDGER, new)


def affect(compared: ComparedVersions, code: str) -> CodeImpact:
    """Return what the changes mean for a module `code.py`."""
    file = CodeFile("code.py", (HEAD + code).encode())
    selection = CodeSelection(
        files=(file,), skipped=(), clients=(), packages=frozenset()
    )
    request = ImpactRequest(code=selection, client_names=frozenset({PACKAGE}))
    return compute_impact(compared, request)


def list_places(impact: CodeImpact) -> set[tuple[int, str, str]]:
    """Return the affected lines of a module, each with its symbol and its rule."""
    return {
        (place.line - 1, str(place.use.symbol), each.finding.rule)
        for each in impact.impacts
        for place in each.places
    }


def index_code(
    compared: ComparedVersions, code: bytes, wanted: Collection[Symbol]
) -> tuple[Use, ...]:
    """Return the uses of symbols of the old client in one file."""
    types = index_types(compared.old)
    return find_uses([CodeFile("code.py", code)], types, {PACKAGE}, wanted).uses
