"""`flexprice-codegen impact`, as its users meet it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from support.zoo import Run

CODE = """\
from zoo_client import Zoo, models


def ages(client: Zoo) -> list[int | None]:
    client.keepers.list_keepers()
    return [client.pets.list_pets().age]
"""
BOTH = ("old.yaml", "new.yaml", "--package", "zoo_client")


@pytest.fixture
def code(run: Run, tmp_path: Path) -> Path:
    """Return a folder with code that uses both changes."""
    del run
    folder = tmp_path / "src"
    folder.mkdir()
    (folder / "zoo.py").write_text(CODE, encoding="utf-8")
    return folder


def test_the_lines_that_break_are_listed(run: Run, code: Path) -> None:
    del code
    status, out, err = run("impact", *BOTH)
    assert (status, err) == (1, "")
    assert out.startswith(
        "Your code is affected by 2 of 2 breaking changes (2 places in 1 file; "
        "1 file read, 0 skipped).\n\n"
    )
    assert "  src/zoo.py:5:20  client.keepers.list_keepers · attribute · sure\n" in out
    assert "  src/zoo.py:6:37  models.Pet.age · attribute · sure\n" in out


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ([], 1),
        (["--fail-on", "none"], 0),
        (["--only", "source"], 1),
        (["--level", "*=info"], 0),
        (["--code", "other.py"], 0),
        (["--code", "src/zoo.py"], 1),
    ],
)
def test_what_fails(run: Run, code: Path, options: list[str], status: int) -> None:
    (code.parent / "other.py").write_text("import zoo_client\n", encoding="utf-8")
    assert run("impact", *BOTH, *options)[0] == status


def test_a_name_alone_fails_only_if_asked_for(run: Run, code: Path) -> None:
    (code / "zoo.py").write_text("def f(x):\n    return x.age\n", encoding="utf-8")
    assert run("impact", *BOTH)[0] == 0
    status, out, _ = run("impact", *BOTH, "--confidence", "maybe")
    assert status == 1
    assert "  src/zoo.py:2:14  models.Pet.age · by name only · maybe\n" in out
    assert "1 place only has the name of something affected" in out


def test_a_file_that_cannot_be_read_is_named(run: Run, code: Path) -> None:
    (code / "bad.py").write_text("x = (\n", encoding="utf-8")
    status, out, _ = run("impact", *BOTH, "--fail-on", "none")
    assert status == 0
    assert "1 file read, 1 skipped" in out
    assert "not read: src/bad.py: line 1: '(' was never closed\n" in out
    assert run("impact", *BOTH, "--strict")[0] == 2


def test_an_ignored_finding_affects_nothing(
    run: Run, code: Path, tmp_path: Path
) -> None:
    del code
    entry = '[[ignore]]\nrule = "{}"\nreason = "we know"\n'
    rules = ("method-renamed", "response-optional-property-removed")
    (tmp_path / "a.toml").write_text("".join(map(entry.format, rules)))
    status, out, _ = run("impact", *BOTH, "--ignore", "a.toml")
    assert status == 0
    assert out.startswith("Your code is affected by no breaking change: there is none")


@pytest.mark.parametrize("form", ["text", "markdown", "json", "github", "sarif"])
def test_every_format_goes_to_a_file(
    run: Run, code: Path, tmp_path: Path, form: str
) -> None:
    del code
    direct = run("impact", *BOTH, "--format", form)[1]
    status, out, _ = run("impact", *BOTH, "--format", form, "--output", "report")
    assert (status, out) == (1, "")
    assert (tmp_path / "report").read_text(encoding="utf-8") == direct


def test_a_workflow_gets_outputs_and_a_summary(
    run: Run, code: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del code
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
    run("impact", *BOTH, "--format", "github")
    assert "affected=true\n" in (tmp_path / "output").read_text(encoding="utf-8")
    assert "src/zoo.py:6:37" in (tmp_path / "summary").read_text(encoding="utf-8")


def test_the_client_is_the_one_in_the_code(run: Run, code: Path) -> None:
    status, _, err = run("impact", "old.yaml", "new.yaml")
    assert status == 2
    assert "the code contains no generated client" in err

    assert run("generate", "old.yaml", "--output", "src/zoo_client")[0] == 0
    status, out, _ = run("impact", "old.yaml", "new.yaml")
    assert status == 1
    # Its own files are no code of the user.
    assert "1 file read" in out
    assert run("impact", "src/zoo_client", "new.yaml", "--code", str(code))[0] == 1

    # The client can be beside the code.
    (code.parent / "app").mkdir()
    (code / "zoo.py").rename(code.parent / "app" / "zoo.py")
    assert run("impact", "old.yaml", "new.yaml", "--code", "app")[0] == 1

    assert run("generate", "old.yaml", "--output", "src/other")[0] == 0
    status, _, err = run("impact", "old.yaml", "new.yaml")
    assert status == 2
    assert "the code contains 2 generated clients" in err


def test_versions_are_named_as_for_diff(run: Run, code: Path, tmp_path: Path) -> None:
    """A lock file, and a document of a revision, which is not on the disk any longer."""
    del code
    document = tmp_path / "api.yaml"
    document.write_bytes((tmp_path / "old.yaml").read_bytes())
    assert run("generate", "api.yaml", "--output", "src/zoo_client")[0] == 0
    subprocess.run(["git", "init", "-q"], check=True)  # noqa: S607
    subprocess.run(["git", "add", "api.yaml"], check=True)  # noqa: S607
    user = ("-c", "user.name=a", "-c", "user.email=a@b.example")
    subprocess.run(["git", *user, "commit", "-qm", "1"], check=True)  # noqa: S607
    document.write_bytes((tmp_path / "new.yaml").read_bytes())

    (lock,) = (tmp_path / "src" / "zoo_client").glob("*.lock.json")
    _, by_lock, _ = run("impact", str(lock), "api.yaml")
    _, by_revision, _ = run("impact", "git:HEAD:api.yaml", "api.yaml")

    assert "src/zoo.py:6:37  models.Pet.age" in by_lock
    assert by_revision == by_lock


def test_an_installed_client_has_its_names_in_its_lock_file(
    run: Run, code: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever generates its next version keeps them, so that only the field is gone."""
    del code
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    packages = tmp_path / ".venv" / "lib" / "python3.11" / "site-packages"
    assert run("impact", *BOTH)[1].startswith("Your code is affected by 2 of 2 ")
    assert run("generate", "old.yaml", "--output", str(packages / "zoo_client"))[0] == 0
    assert run("impact", *BOTH)[1].startswith("Your code is affected by 1 of 1 ")


def test_a_client_of_the_configuration(run: Run, code: Path, tmp_path: Path) -> None:
    code.joinpath("zoo.py").rename(tmp_path / "zoo.py")
    config = '[[client]]\nname = "zoo"\nspec = "api.yaml"\noutput = "zoo_client"\n'
    (tmp_path / "flexprice-codegen.toml").write_text(config, encoding="utf-8")
    (tmp_path / "api.yaml").write_bytes((tmp_path / "old.yaml").read_bytes())
    assert run("generate")[0] == 0
    subprocess.run(["git", "init", "-q"], check=True)  # noqa: S607
    subprocess.run(["git", "add", "api.yaml"], check=True)  # noqa: S607
    (tmp_path / "api.yaml").write_bytes((tmp_path / "new.yaml").read_bytes())
    status, out, err = run("impact", "--client", "zoo", "--format", "json")
    assert (status, err) == (1, "")
    report = json.loads(out)
    # The lock file keeps the name of the method, so that only the field is gone.
    assert report["summary"]["error"] == {"affected": 1, "possible": 0, "total": 1}


def test_a_path_that_does_not_exist(run: Run) -> None:
    status, _, err = run("impact", *BOTH, "--code", "nowhere")
    assert status == 2
    assert "no file or directory 'nowhere'" in err
