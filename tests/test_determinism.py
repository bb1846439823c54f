"""Same input, same bytes: whatever the hash seed, the locale, the folder, the order.

The command is run as its users run it, in a process of its own for every machine that
is imitated here.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from support.corpus import GOLDEN, ROOT

from generator.runtime.shapes import Value
from generator.vendor.folder import LOCK_NAME

pytestmark = pytest.mark.slow  # each case generates in a process of its own

CASE = GOLDEN / "names" / "spec.yaml"
"""The document with the most clashes; what is decided in a clash is told by order."""
MACHINES: dict[str, dict[str, str]] = {
    "another hash seed": {"PYTHONHASHSEED": "1"},
    "one more hash seed": {"PYTHONHASHSEED": "31337"},
    "no locale": {"LC_ALL": "C"},
    "a terminal that knows ASCII only": {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
    "a Turkish locale": {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "another time zone": {"TZ": "Pacific/Kiritimati"},
    "optimised code": {"PYTHONOPTIMIZE": "2"},
    "a wide terminal in colour": {"COLUMNS": "400", "FORCE_COLOR": "1"},
}


def generate(
    folder: Path, *specs: str, environment: dict[str, str] | None = None
) -> dict[str, bytes]:
    """Run the command in a folder; give the bytes of what it wrote there."""
    command = [sys.executable, "-m", "generator.cli.main", "generate", *specs]
    subprocess.run(
        [*command, "--output", "client"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        capture_output=True,
        check=True,
    )
    client = folder / "client"
    return {
        each.relative_to(client).as_posix(): each.read_bytes()
        for each in sorted(client.rglob("*"))
        if each.is_file()
    }


def without_lock(files: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out the lock, which names the inputs and the digest of their text."""
    return {path: data for path, data in files.items() if path != LOCK_NAME}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give what a plain run writes."""
    folder = tmp_path_factory.mktemp("usual")
    (folder / "spec.yaml").write_bytes(CASE.read_bytes())
    return generate(folder, "spec.yaml", environment={"PYTHONHASHSEED": "0"})


@pytest.mark.parametrize("environment", MACHINES.values(), ids=MACHINES)
def test_every_machine_writes_the_same_bytes(
    environment: dict[str, str], usual: dict[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / "spec.yaml").write_bytes(CASE.read_bytes())

    assert generate(tmp_path, "spec.yaml", environment=environment) == usual


def test_a_second_run_writes_the_same_bytes(
    usual: dict[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / "spec.yaml").write_bytes(CASE.read_bytes())

    assert generate(tmp_path, "spec.yaml") == usual
    assert generate(tmp_path, "spec.yaml") == usual


def test_the_line_ends_of_the_document_do_not_matter(
    usual: dict[str, bytes], tmp_path: Path
) -> None:
    text = CASE.read_bytes().replace(b"\n", b"\r\n")
    (tmp_path / "spec.yaml").write_bytes(text)

    assert without_lock(generate(tmp_path, "spec.yaml")) == without_lock(usual)


def test_yaml_and_json_of_one_document_give_the_same_files(tmp_path: Path) -> None:
    case = GOLDEN / "customers" / "spec.yaml"
    (tmp_path / "yaml").mkdir()
    (tmp_path / "json").mkdir()
    (tmp_path / "yaml" / "spec.yaml").write_bytes(case.read_bytes())
    write_json(tmp_path / "json" / "spec.json", loaded(case))

    assert without_lock(generate(tmp_path / "yaml", "spec.yaml")) == without_lock(
        generate(tmp_path / "json", "spec.json")
    )


@pytest.mark.parametrize(
    "case", ["names", "customers", "unions", "enums", "read-write"]
)
def test_the_order_of_schemas_and_paths_does_not_matter(
    case: str, tmp_path: Path
) -> None:
    document = loaded(GOLDEN / case / "spec.yaml")
    written = []
    for name, text in (("one", document), ("other", shuffled(document))):
        folder = tmp_path / name
        folder.mkdir()
        write_json(folder / "spec.json", text)
        written.append(without_lock(generate(folder, "spec.json")))

    assert written[0] == written[1]


def test_the_order_of_documents_that_are_merged_does_not_matter(tmp_path: Path) -> None:
    whole = loaded(GOLDEN / "customers" / "spec.yaml")
    written = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        for path in whole["paths"]:
            part = {**whole, "paths": {path: whole["paths"][path]}}
            stem = path.strip("/").replace("/", "-")
            write_json(tmp_path / name / f"{stem}.json", part)
        specs = sorted(each.name for each in (tmp_path / name).glob("*.json"))
        order = specs if name == "one" else specs[::-1]
        written.append(without_lock(generate(tmp_path / name, *order)))

    assert len(whole["paths"]) == 4
    assert written[0] == written[1]


def loaded(path: Path) -> Value:
    """Read a document with PyYAML alone."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


def write_json(path: Path, document: Value) -> None:
    """Write a document; what YAML took for a date goes back to text."""
    path.write_text(json.dumps(document, default=str), encoding="utf-8")


def shuffled(document: Value) -> Value:
    """Put schemas, paths and the methods of each path in another order."""
    mixer = random.Random(4)  # noqa: S311 - nothing is secret here
    paths = {
        path: _mixed(item, mixer)
        for path, item in _mixed(document["paths"], mixer).items()
    }
    components = {
        section: _mixed(members, mixer)
        for section, members in document["components"].items()
    }
    return {**document, "paths": paths, "components": components}


def _mixed(members: Value, mixer: random.Random) -> Value:
    pairs = list(members.items())
    mixer.shuffle(pairs)
    return dict(pairs)
