"""A lock whose shapes are of the former format, taken up by the command.

What the document renames in the very run that brings the new format is still found.
"""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path

import pytest

from flexprice_codegen.api.canonical import FORMAT
from flexprice_codegen.cli.main import main
from flexprice_codegen.vendor.directory import LOCK_NAME

DATA = Path(__file__).parent / "data" / "lock-of-former-shapes"
CLIENT = "zoo_client"


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a directory with a lock of version 0.1.0 and its document, and enter it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / CLIENT).mkdir()
    lock = json.loads((DATA / LOCK_NAME).read_text("utf-8"))
    lock["files"] = []  # they are not in here
    Path(CLIENT, LOCK_NAME).write_text(json.dumps(lock), "utf-8")
    write_document()
    return tmp_path


def write_document(**names: str) -> None:
    """Write the document, with other names for some of its schemas."""
    text = (DATA / "openapi.yaml").read_text("utf-8")
    for old, new in names.items():
        text = re.sub(rf"\b{old}\b(?=[:\"}},]|$)", new, text, flags=re.MULTILINE)
    Path("openapi.yaml").write_text(text, "utf-8")


def generate() -> dict[str, str]:
    """Generate the client; return each deprecated alias with the name of today."""
    assert main(["generate", "openapi.yaml", "--output", CLIENT]) == 0
    lock = json.loads(Path(CLIENT, LOCK_NAME).read_text("utf-8"))
    assert lock["shapes"] == FORMAT
    return {old: new for *_, old, new in lock["old_names"]}


def test_what_is_renamed_in_the_run_that_updates_keeps_its_alias() -> None:
    """Also in a circle, behind a tag, and for an enum with an apostrophe in its values."""
    write_document(Zebra="Horse", Animal="Beast", Rank="Grade", Problem="Trouble")
    assert generate() == {
        "models.Animal": "models.Beast",
        "models.Problem": "models.Trouble",
        "models.Rank": "models.Grade",
        "models.Zebra": "models.Horse",
    }
    models = importlib.import_module(f"{CLIENT}.models")
    with pytest.warns(DeprecationWarning, match="Horse"):
        assert models.Zebra is models.Horse


def test_the_digests_of_the_lock_are_what_finds_it() -> None:
    lock = Path(CLIENT, LOCK_NAME)
    lock.write_text(re.sub(r'"shape": "[^"]*"', '"shape": "f:f"', lock.read_text()))
    write_document(Place="Spot")
    assert generate() == {}


def test_the_run_after_it_finds_what_is_renamed_by_the_new_digests() -> None:
    assert generate() == {}
    write_document(Place="Spot")
    assert generate() == {"models.Place": "models.Spot"}


def test_an_unchanged_document_keeps_every_name() -> None:
    before = json.loads((DATA / LOCK_NAME).read_text("utf-8"))
    assert generate() == {}
    after = json.loads(Path(CLIENT, LOCK_NAME).read_text("utf-8"))
    names = [row[:3] for row in after["names"]]
    assert [row[:3] for row in before["names"]] == [
        row for row in names if row[0] not in {"client", "member"}
    ]


def test_diff_finds_it_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    """A class of an inline schema keeps its name where what it is in is renamed."""
    write_document(Ape="Monkey")
    old, new = Path("old.yaml"), Path("openapi.yaml")
    old.write_text(new.read_text("utf-8"), "utf-8")
    new.write_text(
        old.read_text("utf-8").replace("[ape, chimp]", "[ape, chimp, orang]")
    )
    Path("flexprice-codegen.toml").write_text(
        f'[[client]]\nname = "zoo"\nspec = "openapi.yaml"\noutput = "{CLIENT}"\n'
    )
    main(["diff", "old.yaml", "openapi.yaml", "--client", "zoo", "--format", "json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [each["python"] for each in found] == ["models.ApeKind.ORANG"]


@pytest.mark.parametrize("number", ["0", "3", "true", '"2"', "null", "[2]"])
def test_a_format_that_is_not_known_is_rejected(
    number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its digests would find nothing, and each rename would cost an alias in silence."""
    path = Path(CLIENT, LOCK_NAME)
    text = path.read_text("utf-8")
    path.write_text(text.replace('"format": 1,', f'"format": 1, "shapes": {number},'))
    assert main(["generate", "openapi.yaml", "--output", CLIENT]) == 2
    said = capsys.readouterr().err
    assert "lock-format" in said
    assert "this version knows 1 and 2" in said
