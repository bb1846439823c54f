"""Known faults of the runtime, and the clients that have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from flexprice_codegen.pipeline.advisories import (
    Advisory,
    find_advisories,
    read_advisories,
)
from flexprice_codegen.vendor.lock import Lock, LockedFile

KNOWN = Advisory(
    versions=">=0.3,<0.3.2", modules=frozenset({"retry"}), fault="It fails", remedy=""
)


def lock(version: str, path: str) -> Lock:
    return Lock(
        generator=version,
        sources=(),
        overlays=(),
        source_id="",
        files=(LockedFile(path, "", ""),),
        names=(),
    )


@pytest.mark.parametrize(
    ("version", "path", "expected"),
    [
        ("0.3.1", "runtime/retry.py", 1),
        ("0.3.1", "retry.py", 1),
        ("0.3.1", "runtime/paging.py", 0),
        ("0.3.2", "runtime/retry.py", 0),
        ("0.2.9", "runtime/retry.py", 0),
    ],
)
def test_a_fault_is_of_some_versions_and_modules(
    version: str, path: str, expected: int
) -> None:
    found = list(find_advisories(lock(version, path), Path("c"), (KNOWN,)))
    assert len(found) == expected


def test_a_client_without_a_lock_file_has_no_version() -> None:
    assert not list(find_advisories(None, Path("c"), (KNOWN,)))


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "advisories.toml"
    path.write_text(
        '[[advisory]]\nversions = ">=0.3,<0.3.2"\nmodules = ["retry"]\n'
        'fault = "It fails"\nremedy = ""\n'
    )
    assert read_advisories(path) == (KNOWN,)


def test_the_file_of_this_version_is_valid() -> None:
    runtime = Path(__file__).parents[3] / "generator/flexprice_codegen/runtime"
    for each in read_advisories():
        assert each.modules <= {path.stem for path in runtime.glob("*.py")}
        assert not list(find_advisories(lock("0", "retry.py"), Path("c"), (each,)))
