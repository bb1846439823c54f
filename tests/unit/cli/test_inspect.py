"""`flexprice-codegen inspect`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from flexprice_codegen.cli.main import main

pytestmark = pytest.mark.slow


def test_inspect_shows_names_as_a_table_and_as_json(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect"]) == 0
    table = capsys.readouterr().out
    assert re.search(r"POST /pets +pets\.create_pet +Pet", table)
    assert main(["inspect", "zoo.yaml", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["client"] == "Zoo"
    assert found["operations"] == [
        {"operation": "POST /pets", "method": "pets.create_pet", "returns": "Pet"}
    ]
    assert {each["schema"]: each["class"] for each in found["schemas"]} == {
        "Kind": "Kind",
        "Pet": "Pet",
    }
    assert not (project / "zoo_client").exists()
