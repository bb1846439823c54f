"""The former shapes: those in lock files of version 0.1.0 (commit e2db54c)."""

from __future__ import annotations

from pathlib import Path

import pytest

from flexprice_codegen.api.build import build_api
from flexprice_codegen.api.canonical import FORMER_FORMAT
from flexprice_codegen.api.model import Api
from flexprice_codegen.api.shape import compute_shapes
from flexprice_codegen.api.shape_format_1 import FORMER, SHOWN, compute_former_shapes
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.spec.document import load_document
from flexprice_codegen.surface.renamed_keys import SENT_SUFFIX
from flexprice_codegen.vendor.directory import LOCK_NAME
from flexprice_codegen.vendor.lock import Lock, read_lock

ROOT = Path(__file__).parents[3]
UPGRADE = ROOT / "tests" / "upgrade" / "repository"
ZOO = ROOT / "tests" / "data" / "lock-of-former-shapes"
LOCKS = [
    (ZOO, ZOO, 12),
    (UPGRADE / "ledger_client", UPGRADE, 37),
    (UPGRADE / "flexprice_client", ROOT, 12),
]
"""Where a lock is, where its documents are, and how many shapes it has."""


def read(client: Path, base: Path) -> tuple[Lock, Api]:
    """Read a lock and its documents; skip those that have changed since."""
    path = client / LOCK_NAME
    lock = read_lock(path.read_text("utf-8"), str(path))
    sources = [str(base / each) for each in lock.sources]
    document = load_document(
        sources, [str(base / each) for each in lock.overlays], sink=DiagnosticSink()
    )
    if document.source_id != lock.source_id:
        pytest.skip("the document has changed since")
    return lock, build_api(document, DiagnosticSink())


@pytest.mark.parametrize(
    ("client", "base", "count"), LOCKS, ids=lambda each: getattr(each, "name", "")
)
def test_the_digests_of_real_locks_are_computed(
    client: Path, base: Path, count: int
) -> None:
    lock, api = read(client, base)
    assert lock.shape_format == FORMER_FORMAT
    found = compute_former_shapes(api)
    homes = {
        site: key
        for key, each in api.schemas.items()
        for site in getattr(each, "sites", ()) or (key,)
    }
    locked, computed = {}, {}
    for row in lock.names:
        if row.shape:
            key = row.key.removesuffix(SENT_SUFFIX)
            is_method = row.kind == "method"
            shape = found.operations[key] if is_method else found.schemas[homes[key]]
            locked[row.kind, row.key] = row.shape
            computed[row.kind, row.key] = f"{shape.whole}:{shape.outer}"
    assert computed == locked
    assert len(locked) == count


def test_one_document_has_everything_that_the_former_text_has_a_way_for() -> None:
    """Else the digests of real locks would say little of the others."""
    _, api = read(ZOO, ZOO)
    forms = [
        *map(FORMER.definition, api.schemas.values()),
        *map(FORMER.operation, api.operations),
        *map(FORMER.event, api.events),
    ]
    text = "".join(each.resolve({"Place": "f00"}) for each in forms)
    for part in (*(f"{name}(" for name, _ in SHOWN.values()), "&f00", "mapping=('"):
        assert part in text, part


def test_the_formats_differ() -> None:
    _, api = read(ZOO, ZOO)
    former, present = compute_former_shapes(api), compute_shapes(api)
    for key, shape in present.schemas.items():
        assert shape != former.schemas[key]
