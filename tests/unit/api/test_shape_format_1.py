"""The former shapes: those in lock files of version 0.1.0 (commit e2db54c)."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.api.build import build
from generator.api.canonical import FORMER_FORMAT
from generator.api.model import Api
from generator.api.shape import shapes
from generator.api.shape_format_1 import FORMER, SHOWN, compute_former_shapes
from generator.diagnostics import Sink
from generator.spec.document import load
from generator.surface.moves import SENT
from generator.vendor.folder import LOCK_NAME
from generator.vendor.lock import Lock, read_lock

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
    document = load(sources, [str(base / each) for each in lock.overlays], sink=Sink())
    if document.source_id != lock.source_id:
        pytest.skip("the document has changed since")
    return lock, build(document, Sink())


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
        for key, each in api.definitions.items()
        for site in getattr(each, "sites", ()) or (key,)
    }
    locked, computed = {}, {}
    for row in lock.names:
        if row.shape:
            key = row.key.removesuffix(SENT)
            is_method = row.kind == "method"
            shape = (
                found.operations[key] if is_method else found.definitions[homes[key]]
            )
            locked[row.kind, row.key] = row.shape
            computed[row.kind, row.key] = f"{shape.whole}:{shape.outer}"
    assert computed == locked
    assert len(locked) == count


def test_one_document_has_everything_that_the_former_text_has_a_way_for() -> None:
    """Else the digests of real locks would say little of the others."""
    _, api = read(ZOO, ZOO)
    forms = [
        *map(FORMER.definition, api.definitions.values()),
        *map(FORMER.operation, api.operations),
        *map(FORMER.event, api.events),
    ]
    text = "".join(each.resolve({"Place": "f00"}) for each in forms)
    for part in (*(f"{name}(" for name, _ in SHOWN.values()), "&f00", "mapping=('"):
        assert part in text, part


def test_the_formats_differ() -> None:
    _, api = read(ZOO, ZOO)
    former, present = compute_former_shapes(api), shapes(api)
    for key, shape in present.definitions.items():
        assert shape != former.definitions[key]
