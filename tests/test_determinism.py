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
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from support.corpus import GOLDEN, ROOT, full_case, own_cases
from support.values import Value

from flexprice_codegen.vendor.lock_location import LOCK_SUFFIX

pytestmark = pytest.mark.slow  # each case generates in a process of its own

CASE = GOLDEN / "names" / "spec.yaml"
"""The document with the most clashes; what is decided in a clash is told by order."""
ERRORS = ("400", "401", "403", "404", "409", "422", "429", "500")
SEEDS = range(8)
REVERSED = """
import os

class Entries:
    def __init__(self, entries):
        self.entries = iter(entries)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.entries)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def close(self):
        self.entries = iter(())

listdir, scandir = os.listdir, os.scandir
os.listdir = lambda *path: sorted(listdir(*path), reverse=True)
os.scandir = lambda *path: Entries(sorted(scandir(*path), key=str, reverse=True))
"""
"""A `sitecustomize` that lists folders backward."""
MACHINES: dict[str, dict[str, str]] = {
    "another hash seed": {"PYTHONHASHSEED": "1"},
    "one more hash seed": {"PYTHONHASHSEED": "31337"},
    "no locale": {"LC_ALL": "C"},
    "a terminal that knows ASCII only": {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
    "a Turkish locale": {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "another time zone": {"TZ": "Pacific/Kiritimati"},
    "optimised code": {"PYTHONOPTIMIZE": "2"},
    "a wide terminal in colour": {"COLUMNS": "400", "FORCE_COLOR": "1"},
    "folders listed in another order": {"PYTHONPATH": f"site{os.pathsep}{ROOT}"},
}


def generate(
    folder: Path, *specs: str, environment: dict[str, str] | None = None
) -> dict[str, bytes]:
    """Make a client in a folder; give the bytes of what was written there."""
    run(folder, "generate", *specs, "--output", "client", environment=environment)
    return files_of(folder / "client")


def run(folder: Path, *command: str, environment: dict[str, str] | None = None) -> None:
    """Run the command in a folder."""
    subprocess.run(
        [sys.executable, "-m", "flexprice_codegen.cli.main", *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        capture_output=True,
        check=True,
    )


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the bytes of the files of a folder."""
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }


def without_lock(files: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out the lock, which names the inputs and the digest of their text."""
    return {
        path: data for path, data in files.items() if not path.endswith(LOCK_SUFFIX)
    }


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return what a plain run writes."""
    return made_on(tmp_path_factory.mktemp("usual"), {"PYTHONHASHSEED": "0"})


def made_on(folder: Path, environment: dict[str, str]) -> dict[str, bytes]:
    """Make the client of the two documents on a machine."""
    (folder / "spec.yaml").write_bytes(CASE.read_bytes())
    write_json(folder / "more.json", calls_with_the_same_errors())
    (folder / "site").mkdir()
    (folder / "site" / "sitecustomize.py").write_text(REVERSED)
    return generate(folder, "spec.yaml", "more.json", environment=environment)


def calls_with_the_same_errors() -> Value:
    """Make a document whose calls all have some errors, of which it says nothing."""
    answers = {status: {"description": "error"} for status in ERRORS}
    call = {"responses": {"200": {"description": "ok"}, **answers}}
    head = {key: loaded(CASE)[key] for key in ("openapi", "info")}
    return {**head, "paths": {f"/calls/{n}": {"get": call} for n in range(24)}}


@pytest.mark.parametrize("environment", MACHINES.values(), ids=MACHINES)
def test_every_machine_writes_the_same_bytes(
    environment: dict[str, str], usual: dict[str, bytes], tmp_path: Path
) -> None:
    assert made_on(tmp_path, environment) == usual


def test_other_hash_seeds_make_the_same_clients_and_locks(tmp_path: Path) -> None:
    """Of all small documents, in one run for each seed."""
    cases = own_cases()
    tables = [
        f"[[client]]\noutput = '{each.name}'\nspec = '{each.document.as_posix()}'\n"
        for each in cases
    ]
    made = []
    for seed in SEEDS[:3]:
        folder = tmp_path / str(seed)
        folder.mkdir()
        (folder / "flexprice-codegen.toml").write_text("".join(tables))
        run(folder, "generate", environment={"PYTHONHASHSEED": str(seed)})
        made.append(files_of(folder))

    assert sum(path.endswith(LOCK_SUFFIX) for path in made[0]) == len(cases)
    assert made[1] == made[0]
    assert made[2] == made[0]


def test_eight_hash_seeds_make_one_client_of_the_full_document(
    tmp_path: Path,
) -> None:
    case = full_case()
    overlays = [each for path in case.overlay for each in ("--overlay", path)]
    digests = set()
    for seed in SEEDS:
        folder = tmp_path / str(seed)
        folder.mkdir()
        line = (case.document.as_posix(), *overlays, "--testing")
        made = generate(folder, *line, environment={"PYTHONHASHSEED": str(seed)})
        assert "flexprice.lock.json" in made
        digests.add(sha256(repr(sorted(made.items())).encode()).hexdigest())

    assert len(digests) == 1


def test_a_second_run_writes_the_same_bytes(
    usual: dict[str, bytes], tmp_path: Path
) -> None:
    assert made_on(tmp_path, {}) == usual
    assert generate(tmp_path, "spec.yaml", "more.json") == usual


def test_the_line_ends_of_the_document_do_not_matter(tmp_path: Path) -> None:
    made = []
    for name, end in (("unix", b"\n"), ("windows", b"\r\n")):
        (tmp_path / name).mkdir()
        text = CASE.read_bytes().replace(b"\n", end)
        (tmp_path / name / "spec.yaml").write_bytes(text)
        made.append(without_lock(generate(tmp_path / name, "spec.yaml")))

    assert made[0] == made[1]


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
