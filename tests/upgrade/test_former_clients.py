"""Clients of version 0.1.0 of many documents keep every public name.

The clients are made by commit e2db54c itself, and are never committed.
"""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path

import pytest
from support.public_names import find_lost_names

from flexprice_codegen.cli.main import main

ROOT = Path(__file__).parents[2]
FORMER = "e2db54c"
FORMER_VERSION = "0.1.0"
FLEXPRICE = "flexprice-full.json"
OTHERS = (
    "lago.yaml",
    "mistral.yaml",
    "polar.json",
    "qdrant.json",
    "resend.yaml",
    "served-django-spectacular.json",
    "served-fastapi.json",
    "served-nest.json",
    "speakeasy-bar.yaml",
)

# Each of these fails as soon as the document loses nothing, so that its row goes.
LOST = {
    "lago.yaml": "events have the names of the deliveries, which the former ones had not; "
    "constructors require what the document requires",
    "mistral.yaml": "constructors require what the document requires",
    "qdrant.json": "a choice of one schema or null had a class of its own, also where the "
    "schema has none, such as a map or a string",
}


def list_documents() -> list[object]:
    """Return the documents, those marked that lose names, with the reason."""
    return [
        pytest.param(
            name,
            marks=(
                [pytest.mark.xfail(strict=True, reason=LOST[name])]
                if name in LOST
                else []
            ),
        )
        for name in (FLEXPRICE, *OTHERS)
    ]


@pytest.fixture(scope="module")
def former(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory with the package of that commit, which was `generator`."""
    command = ["git", "archive", FORMER, "generator", "templates"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    folder = tmp_path_factory.mktemp("former")
    with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("name", list_documents())
def test_no_public_name_is_lost(
    name: str,
    former: Path,
    shared: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    document = next((shared / "specs").rglob(name))
    stem = name.partition(".")[0].replace("-", "_")
    before = tmp_path / f"before_{stem}" / f"{stem}_client"
    after = tmp_path / f"after_{stem}" / before.name
    command = ["generate", str(document), "--output", str(before)]
    subprocess.run(
        [sys.executable, "-m", "generator.cli.main", *command],
        cwd=former,
        env=os.environ | {"PYTHONPATH": str(former)},
        capture_output=True,
        check=True,
    )
    (lock,) = before.glob("*.lock.json")
    assert f'"generator": "{FORMER_VERSION}"' in lock.read_text(encoding="utf-8")
    shutil.copytree(before, after)

    assert main(["generate", str(document), "--output", str(after)]) == 0

    # A second run starts from the lock file of the first.
    assert main(["generate", str(document), "--output", str(after)]) == 0
    lost = find_lost_names(
        *(
            importlib.import_module(f"{each.parent.name}.{each.name}")
            for each in (before, after)
        )
    )
    assert lost == [], "\n".join(lost)
