"""A format is one row: the codec of the client knows its type, and nothing else has to."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.documents import document, operation

from flexprice_codegen.runtime.decoding import decode
from flexprice_codegen.runtime.encoding import encode
from flexprice_codegen.runtime.samples import Samples
from flexprice_codegen.runtime.shapes import resolve_hint
from flexprice_codegen.surface.scalar_types import SCALAR_ROWS, ScalarRow

ROOT = Path(__file__).parent.parent.parent.parent
NEW_ROW = '    ScalarRow("money", "Decimal", "decimal"),\n'
SCRIPT = """
from decimal import Decimal
from client import models
from client.testing import FakeTransport
from client import Shop

fake = FakeTransport()
with Shop(http_client=fake.client()) as shop:
    trip = shop.things.get_trip()
    assert trip == models.Trip(price=Decimal("1.5")), trip
    shop.things.add_trip(models.Trip(price=Decimal("2.50")))
    assert fake.requests[-1].content == b'{"price":"2.50"}', fake.requests[-1].content
"""


@pytest.mark.parametrize("row", SCALAR_ROWS, ids=lambda row: row.format)
def test_the_codec_reads_and_writes_every_format(row: ScalarRow) -> None:
    home = "flexprice_codegen.runtime." if row.is_optional else ""
    name = f"{home}{row.module}" if row.module else "builtins"
    hint = resolve_hint(row.type, name, "")
    assert hint is getattr(importlib.import_module(name), row.type)

    sample = json.dumps(Samples({}).of(hint)).encode()
    found = decode(sample, hint, [])
    assert type(found) is hint
    assert decode(encode(found), hint, []) == found


@pytest.mark.slow
def test_a_new_format_is_one_row(tmp_path: Path) -> None:
    for name in ("generator", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    table = tmp_path / "generator/flexprice_codegen/surface/scalar_types.py"
    head, rows = table.read_text("utf-8").split("SCALAR_ROWS = (\n")
    table.write_text(f"{head}SCALAR_ROWS = (\n{NEW_ROW}{rows}", "utf-8")

    trip = {
        "type": "object",
        "required": ["price"],
        "properties": {"price": {"type": "string", "format": "money"}},
    }
    ref = {"$ref": "#/components/schemas/Trip"}
    paths = {
        "/trip": {"get": operation("getTrip", ref)},
        "/trips": {"post": operation("addTrip", None, ref)},
    }
    (tmp_path / "api.json").write_text(json.dumps(document(paths, {"Trip": trip})))

    command = ["-m", "flexprice_codegen", "generate", "api.json", "--testing"]
    run(tmp_path, *command, "--output", "client")
    assert "price: Decimal" in (tmp_path / "client/models/_trip.py").read_text()
    run(tmp_path, "-c", SCRIPT)


def run(folder: Path, *arguments: str) -> None:
    """Run Python with the generator and the clients of a folder."""
    path = os.pathsep.join([str(folder / "generator"), str(folder)])
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
