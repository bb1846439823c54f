"""`flexprice-codegen generate`, as its users meet it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.zoo import CONFIG, SPEC

from flexprice_codegen.cli.main import main

pytestmark = pytest.mark.slow

BROKEN = SPEC.replace("'#/components/schemas/Kind'", "'#/components/schemas/Knd'")
WITH_A_MISSING_PIECE = SPEC.replace("operationId: createPet", "parameters: [{name: x}]")


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return the bytes and the time of change of every file."""
    return {
        str(each): (each.read_bytes(), each.stat().st_mtime_ns)
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }


def test_generate_says_what_was_made_and_how_to_use_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate"]) == 0
    said = capsys.readouterr()
    assert "1 operation, 0 events, 1 dataclass, 1 enum" in said.out
    assert "from zoo_client import Zoo, models" in said.out
    assert "client.pets.create_pet(…)" in said.out
    assert not said.err
    assert (project / "zoo_client" / "zoo.lock.json").is_file()


def test_a_second_run_changes_nothing_and_check_agrees(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["generate"])
    before = state(project)
    assert main(["generate"]) == 0
    assert main(["check"]) == 0
    assert state(project) == before
    assert "zoo_client: up to date" in capsys.readouterr().out


def test_an_edited_file_fails_the_check_and_is_never_overwritten(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["generate"])
    edited = project / "zoo_client" / "models" / "_pet.py"
    edited.write_text(edited.read_text().replace("name: str", "name: int"))
    before = state(project)
    capsys.readouterr()
    assert main(["check"]) == 1
    out = capsys.readouterr().out
    assert "zoo_client/models/_pet.py: edited by hand" in out
    assert "-    name: int\n+    name: str\n" in out
    (project / "zoo.yaml").write_text(SPEC.replace("[cat, dog]", "[cat, dog, eel]"))
    assert main(["generate"]) == 2
    assert "_pet.py was edited; nothing was written" in capsys.readouterr().err
    after = state(project)
    assert {k: v for k, v in after.items() if "zoo_client" in k} == {
        k: v for k, v in before.items() if "zoo_client" in k
    }


def test_a_document_that_shrinks_takes_its_files_along(project: Path) -> None:
    main(["generate"])
    kind = project / "zoo_client" / "models" / "_kind.py"
    mine = project / "zoo_client" / "mine.py"
    mine.write_text("MINE = 1\n")
    assert kind.is_file()
    smaller = "".join(
        line for line in SPEC.splitlines(keepends=True) if "ind:" not in line
    )
    (project / "zoo.yaml").write_text(smaller)
    assert main(["check"]) == 1
    assert main(["generate"]) == 0
    assert not kind.exists()
    assert mine.is_file()
    assert main(["check"]) == 0


def test_a_stray_file_fails_the_check_and_stays(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["generate"])
    stray = project / "zoo_client" / "models" / "_old.py"
    stray.write_text((project / "zoo_client" / "models" / "_pet.py").read_text())
    capsys.readouterr()
    assert main(["check"]) == 1
    assert "models/_old.py: stray" in capsys.readouterr().out
    assert main(["generate"]) == 0
    assert "models/_old.py starts like a generated file" in capsys.readouterr().err
    assert stray.is_file()


def test_a_tampered_lock_fails_the_check(project: Path) -> None:
    main(["generate"])
    lock = project / "zoo_client" / "zoo.lock.json"
    lock.write_text(lock.read_text().replace('"create_pet"', '"make_pet"'))
    assert main(["check"]) == 1


def test_a_folder_that_is_not_ours_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "zoo_client").mkdir()
    (project / "zoo_client" / "mine.py").write_text("MINE = 1\n")
    assert main(["generate"]) == 2
    assert "is not empty and contains no generated client" in capsys.readouterr().err
    assert [each.name for each in (project / "zoo_client").iterdir()] == ["mine.py"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["generate", "zoo.yaml"], "--output is missing"),
        (["generate", "none.yaml", "--output", "c"], "none.yaml"),
        (["generate", "zoo.yaml", "--output", "zoo-client"], "invalid package name"),
        (["generate", "--output", "c"], "--output needs a SPEC"),
        (["generate", "--client", "other"], "unknown client 'other'"),
        (
            ["check", "zoo.yaml", "--output", "c", "--client", "x"],
            "needs a configuration file",
        ),
        (["generate", "--config", "none.toml"], "cannot read none.toml"),
    ],
)
def test_bad_usage_is_explained_and_writes_nothing(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    before = state(project)
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert message in said
    assert "error:" in said
    assert "Traceback" not in said
    assert state(project) == before


def test_without_document_and_configuration_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["generate"]) == 2
    assert (
        "pass SPEC and --output, or create flexprice-codegen.toml"
        in capsys.readouterr().err
    )


def test_a_fault_has_its_place_and_a_hint(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "zoo.yaml").write_text(BROKEN)
    assert main(["generate"]) == 0
    said = capsys.readouterr().err
    assert re.search(r"zoo\.yaml:\d+:\d+: warning: skipped property 'kind': ", said)
    assert "did you mean '#/components/schemas/Kind'?" in said


def test_fail_on_warning_writes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "zoo.yaml").write_text(WITH_A_MISSING_PIECE)
    assert main(["generate", "--fail-on", "warning"]) == 2
    assert "skipped a parameter of POST /pets: " in capsys.readouterr().err
    assert not (project / "zoo_client").exists()
    assert main(["generate"]) == 0


def test_a_second_client_that_cannot_be_written_keeps_the_first_from_being_written(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "blocker").write_text("a file, no folder")
    second = '\n[[client]]\nspec = "zoo.yaml"\noutput = "blocker/zoo2"\n'
    (project / "flexprice-codegen.toml").write_text(CONFIG + second)
    assert main(["generate"]) == 2
    assert "cannot write blocker/zoo2: " in capsys.readouterr().err
    assert not (project / "zoo_client").exists()


def test_a_lost_lock_is_asked_for(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["generate"])
    (project / "zoo_client" / "zoo.lock.json").unlink()
    assert main(["generate"]) == 2
    assert "restore the lock file from version control" in capsys.readouterr().err


def test_one_broken_client_keeps_the_others_from_being_written(project: Path) -> None:
    config = project / "flexprice-codegen.toml"
    config.write_text(
        CONFIG + '\n[[client]]\nspec = "none.yaml"\noutput = "none_client"\n'
    )
    assert main(["generate"]) == 2
    assert not (project / "zoo_client").exists()
    assert main(["generate", "--client", "zoo_client"]) == 0


def test_a_run_finishes_what_an_interrupted_one_began(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["generate"])
    journal = project / "zoo_client" / ".flexprice-codegen-journal"
    journal.mkdir()
    lock = (project / "zoo_client" / "zoo.lock.json").read_text()
    record = {"write": {"zoo.lock.json": lock}, "delete": [], "before": {}}
    (journal / "record.json").write_text(json.dumps(record))
    assert main(["check"]) == 1
    assert main(["generate"]) == 0
    assert "completed an interrupted run" in capsys.readouterr().err
    assert not journal.exists()
    assert main(["check"]) == 0


def test_a_pipe_gets_plain_text(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flexprice_codegen.cli.main", "generate"],
        capture_output=True,
        text=True,
        check=True,
        cwd=project,
    )
    assert "\x1b" not in done.stdout + done.stderr


def test_a_dead_pattern_is_named_with_its_place(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "flexprice-codegen.toml"
    path.write_text(CONFIG + 'operations = ["createPet",\n  "createPets"]\n', "utf-8")
    assert main(["generate"]) == 2
    assert capsys.readouterr().err == (
        f"{path.as_posix()}:6:3: error: no operation "
        "matches 'createPets' [nothing-selected]\n    help: did you mean 'createPet'?\n"
    )
    assert not (project / "zoo_client").exists()


@pytest.mark.usefixtures("project")
def test_a_selection_may_be_given_on_the_command_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = ["generate", "zoo.yaml", "--output", "zoo_client", "--operation"]
    assert main([*line, "createPet"]) == 0
    assert main([*line, "deletePet"]) == 2
    assert "matches 'deletePet'" in capsys.readouterr().err
    assert main(["generate", "--tag", "Pets"]) == 2
    assert "--tag needs a SPEC" in capsys.readouterr().err
