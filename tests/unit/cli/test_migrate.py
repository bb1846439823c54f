"""`flexprice-codegen migrate`, as its users meet it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from support.zoo import Run

CODE = "# coding: latin-1\r\nfrom zoo_client import Zoo\r\ndef f(client: Zoo) -> None:\r\n    print('é', client.keepers.list_keepers())\r\n"
BOTH = ("old.yaml", "new.yaml", "--package", "zoo_client")


def git(*arguments: str) -> None:
    name = ("-c", "user.name=a", "-c", "user.email=a@b.example")
    command = ["git", *name, *arguments]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def code(run: Run, tmp_path: Path) -> Path:
    """Return a committed file that uses a method with another name now."""
    del run
    path = tmp_path / "zoo.py"
    path.write_bytes(CODE.encode("latin-1"))
    path.chmod(0o755)
    git("init", "-q")
    git("add", "zoo.py")
    git("commit", "-q", "-m", "start")
    return path


def test_a_diff_is_printed_and_nothing_written(run: Run, code: Path) -> None:
    before = code.read_bytes()
    status, out, err = run("migrate", *BOTH)
    assert status == 0
    assert out.startswith("--- a/zoo.py\n+++ b/zoo.py\n")
    assert "-    print('é', client.keepers.list_keepers())\r\n" in out
    assert "+    print('é', client.keepers.all_keepers())\r\n" in out
    assert err == "would rename 1 name in 1 file\nWrite it with --write.\n"
    assert code.read_bytes() == before


def test_only_the_name_is_written(run: Run, code: Path) -> None:
    before = code.read_bytes()
    status, _, err = run("migrate", *BOTH, "--write")
    assert (status, err) == (0, "renamed 1 name in 1 file\n")
    assert code.read_bytes() == before.replace(b"list_keepers", b"all_keepers")
    assert os.access(code, os.X_OK)
    # A second run has nothing to do.
    git("commit", "-q", "-a", "-m", "migrate")
    assert run("migrate", *BOTH, "--write") == (0, "", "there is nothing to rename\n")


def test_a_file_with_changes_is_not_written(run: Run, code: Path) -> None:
    code.write_bytes(code.read_bytes() + b"# more\r\n")
    before = code.read_bytes()
    status, _, err = run("migrate", *BOTH, "--write")
    assert status == 2
    assert "zoo.py:1:1: error: the file has changes that are not committed" in err
    assert code.read_bytes() == before
    assert run("migrate", *BOTH, "--write", "--force")[0] == 0
    assert b"all_keepers" in code.read_bytes()


def test_a_file_in_no_repository_is_not_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "zoo.py").write_bytes(CODE.encode("latin-1"))
    status, _, err = run("migrate", *BOTH, "--write")
    assert status == 2
    assert "the file is in no git repository" in err


def test_a_link_stays_a_link(run: Run, code: Path, tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    code.rename(real)
    code.symlink_to("real.txt")
    assert run("migrate", *BOTH, "--write", "--force")[0] == 0
    assert code.is_symlink()
    assert b"all_keepers" in real.read_bytes()


def test_a_rename_that_the_user_says(run: Run, code: Path, tmp_path: Path) -> None:
    del code
    new = (tmp_path / "old.yaml").read_text(encoding="utf-8").replace("age:", "years:")
    (tmp_path / "new.yaml").write_text(new, encoding="utf-8")
    (tmp_path / "pets.py").write_text(
        "from zoo_client import models\n"
        "def f(pet: models.Pet) -> int | None:\n"
        "    return pet.age\n"
    )
    rename = ("--rename", "models.Pet.age=years")
    status, out, _ = run("migrate", *BOTH, *rename)
    assert status == 0
    assert "+    return pet.years\n" in out
    assert run("migrate", *BOTH, *rename, "--only", "method")[1] == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("models.Pet.years=x", "names nothing of the old client"),
        ("models.Pet.age", "names nothing of the old client"),
        ("models.Pet.age=years", "the newer client has no models.Pet.years"),
    ],
)
def test_a_rename_of_nothing_is_an_error(
    run: Run, code: Path, text: str, message: str
) -> None:
    del code
    status, out, err = run("migrate", *BOTH, "--rename", text)
    assert (status, out) == (2, "")
    assert message in err


def test_deprecated_names_are_moved_off(run: Run, tmp_path: Path) -> None:
    """A schema with another name leaves an alias, which works and is deprecated."""
    old = (tmp_path / "old.yaml").read_text(encoding="utf-8")
    new = old.replace("schemas/Pet", "schemas/Animal").replace(
        "    Pet:", "    Animal:"
    )
    (tmp_path / "api.yaml").write_text(old, encoding="utf-8")
    assert run("generate", "api.yaml", "--output", "zoo_client")[0] == 0
    (tmp_path / "zoo.py").write_text(
        "from zoo_client import models\n"
        "from zoo_client.models import Pet\n"
        "def f(one: models.Pet, two: Pet) -> None: ...\n"
    )
    (tmp_path / "new.yaml").write_text(new, encoding="utf-8")
    versions = ("zoo_client", "new.yaml")
    assert run("migrate", *versions)[1] == ""
    _, out, err = run("migrate", *versions, "--aliases")
    assert "+from zoo_client.models import Animal\n" in out
    assert "+def f(one: models.Animal, two: Animal) -> None: ...\n" in out
    assert err.startswith("would rename 3 names in 1 file\n")
    _, out, _ = run("impact", *versions)
    assert "Deprecated: models.Pet is models.Animal now\n" in out

    # The same with the client that has the alias already.
    (tmp_path / "api.yaml").write_text(new, encoding="utf-8")
    assert run("generate", "api.yaml", "--output", "zoo_client")[0] == 0
    _, out, _ = run("migrate", "zoo_client", "new.yaml", "--aliases")
    assert "+def f(one: models.Animal, two: Animal) -> None: ...\n" in out


def test_deprecated_members_are_moved_off(run: Run, tmp_path: Path) -> None:
    """A member that the document renames leaves an alias as well."""
    old = (
        (tmp_path / "old.yaml")
        .read_text(encoding="utf-8")
        .replace(
            "age: {type: integer}",
            "kind: {type: string, enum: [a, b], x-enum-varnames: [FIRST, SECOND]}",
        )
    )
    new = old.replace("FIRST", "PRIMARY")
    (tmp_path / "api.yaml").write_text(old, encoding="utf-8")
    assert run("generate", "api.yaml", "--output", "zoo_client")[0] == 0
    (tmp_path / "zoo.py").write_text(
        "from zoo_client import models\n"
        "def f(one: models.Pet) -> bool:\n"
        "    return one.kind in (models.PetKind.FIRST, 'a')\n"
    )
    (tmp_path / "new.yaml").write_text(new, encoding="utf-8")
    _, out, _ = run("migrate", "zoo_client", "new.yaml", "--aliases")
    assert "+    return one.kind in (models.PetKind.PRIMARY, 'a')\n" in out
    _, out, _ = run("impact", "zoo_client", "new.yaml")
    assert "Deprecated: models.PetKind.FIRST is models.PetKind.PRIMARY now\n" in out

    # The same with the client that has the alias already.
    (tmp_path / "api.yaml").write_text(new, encoding="utf-8")
    assert run("generate", "api.yaml", "--output", "zoo_client")[0] == 0
    _, out, _ = run("migrate", "zoo_client", "zoo_client", "--aliases")
    assert "+    return one.kind in (models.PetKind.PRIMARY, 'a')\n" in out
