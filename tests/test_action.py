"""action.yml: its steps in a shell, as a runner would call them; hooks and examples."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.patience import PATIENCE

ROOT = Path(__file__).parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
SPEC = """openapi: 3.0.3
info: {title: Zoo, version: '1'}
servers: [{url: 'https://zoo.example'}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      parameters: [{name: limit, in: query, schema: {type: integer}}]
      responses: {'204': {description: Ok}}
"""
CONFIG = '[[client]]\nspec = "zoo.yaml"\noutput = "zoo_client"\n'
SHELL = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
PYTHON = """#!/usr/bin/env bash
# Stands in for Python: makes an environment with itself in it, and notes its calls.
printf '%s\\n' "$*" >>"$CALLS"
if [ "$1 $2 $3" = "-I -m venv" ]; then mkdir -p "$5/bin"; cp "$0" "$5/bin/python"; fi
"""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="the steps are for bash"),
]


@dataclass(frozen=True, slots=True)
class Done:
    """What a step left: its exit code, its log, its outputs and its summary."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str


@dataclass(frozen=True, slots=True)
class Runner:
    """The folders and files that a runner has for a job."""

    folder: Path

    def run(self, step: int, **inputs: str) -> Done:
        """Run a step of the action in `workspace`, with inputs as its caller gives them.

        Programs in the folder `tools` come first.
        """
        chosen = {name: it.get("default", "") for name, it in ACTION["inputs"].items()}
        chosen |= {name.replace("_", "-"): value for name, value in inputs.items()}
        given = ACTION["runs"]["steps"][step]
        files = ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_PATH")
        for name in files:
            (self.folder / name).write_text("")
        environment = {
            name: _filled(value, chosen) for name, value in given["env"].items()
        }
        environment |= {name: str(self.folder / name) for name in files}
        environment["RUNNER_TEMP"] = str(self.folder)
        environment["GITHUB_WORKSPACE"] = str(self.folder / "workspace")
        environment["CALLS"] = str(self.folder / "calls")
        programs = (self.folder / "tools", Path(sys.executable).parent)
        search = [*(str(each) for each in programs), os.environ["PATH"]]
        environment["PATH"] = os.pathsep.join(search)
        done = subprocess.run(
            [*SHELL, given["run"]],
            env=environment,
            cwd=self.folder / "workspace" / chosen["working-directory"],
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        lines = (self.folder / "GITHUB_OUTPUT").read_text().splitlines()
        return Done(
            done.returncode,
            done.stdout + done.stderr,
            dict(line.split("=", 1) for line in lines),
            (self.folder / "GITHUB_STEP_SUMMARY").read_text(),
        )


def _filled(value: str, inputs: dict[str, str]) -> str:
    """Put in what a runner puts into an expression."""
    if value == "${{ github.action_path }}":
        return str(ROOT)
    found = re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", value)
    assert found, value
    return inputs[found[1]]


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """Return a runner whose workspace holds a document and a configuration."""
    folder = tmp_path / "workspace" / "billing"
    folder.mkdir(parents=True)
    (folder / "zoo.yaml").write_text(SPEC)
    (folder / "flexprice-codegen.toml").write_text(CONFIG)
    return Runner(tmp_path)


def test_generate_check_and_drift(runner: Runner) -> None:
    billing = runner.folder / "workspace" / "billing"
    missing = runner.run(1, command="check", working_directory="billing")
    assert missing.code == 1
    assert "::error file=billing/zoo_client/_client.py,line=1" in missing.log
    assert missing.outputs == {"changed": "true"}
    assert "| _client.py | missing |" in missing.summary

    made = runner.run(1, command="generate", working_directory="billing")
    assert (made.code, made.outputs) == (0, {"changed": "true"})
    assert (billing / "zoo_client" / "_client.py").is_file()

    same = runner.run(1, command="check", working_directory="billing")
    assert (same.code, same.outputs) == (0, {"changed": "false"})
    assert "the clients are up to date" in same.summary
    assert same.log == "flexprice-codegen: zoo_client: nothing to report\n"

    (billing / "zoo.yaml").write_text("openapi: 3.0.3\npaths: [")
    broken = runner.run(1, command="check", working_directory="billing")
    assert (broken.code, broken.outputs) == (2, {})
    assert "::error file=billing/zoo.yaml,line=2,col=9" in broken.log
    assert "stopped" in broken.summary


def test_a_comparison_says_what_breaks_and_where(runner: Runner) -> None:
    billing = runner.folder / "workspace" / "billing"
    old = SPEC.replace(
        "  /pets:", "  /owls: {get: {responses: {'204': {description: Ok}}}}\n  /pets:"
    )
    (billing / "old.yaml").write_text(old)
    versions = {"working_directory": "billing", "old": "old.yaml", "new": "zoo.yaml"}

    done = runner.run(1, command="diff", **versions)
    assert done.code == 1
    assert "::error file=billing/old.yaml,line=5,col=11,title=" in done.log
    report = Path(done.outputs["report"])
    assert report.is_relative_to(runner.folder)
    assert done.outputs == {
        "changed": "true",
        "breaking": "true",
        "next-version": "2.0.0",
        "report": str(report),
    }
    assert "GET /owls" in report.read_text()
    assert done.summary == report.read_text()

    assert runner.run(1, command="diff", fail_on="none", **versions).code == 0
    same = runner.run(1, command="diff", **{**versions, "old": "zoo.yaml"})
    assert (same.code, same.outputs["changed"], same.outputs["breaking"]) == (
        0,
        "false",
        "false",
    )


def test_the_lines_that_break_and_their_patch(runner: Runner) -> None:
    billing = runner.folder / "workspace" / "billing"
    (billing / "new.yaml").write_text(SPEC.replace("listPets", "allPets"))
    code = "from zoo_client import Zoo\n\ndef f(zoo: Zoo):\n    zoo.pets.list_pets()\n"
    for folder in ("one", "two"):
        (billing / folder).mkdir()
        (billing / folder / "a.py").write_text(code)
    versions = {"working_directory": "billing", "old": "zoo.yaml", "new": "new.yaml"}
    none = runner.run(1, command="impact", **versions)
    assert (none.code, none.outputs) == (2, {"report": none.outputs["report"]})

    assert runner.run(1, command="generate", working_directory="billing").code == 0
    # The lock file would keep the name of the method.
    (billing / "zoo_client" / "zoo.lock.json").unlink()
    (billing / "code.py").write_text("")
    config = billing / "flexprice-codegen.toml"
    config.write_text(CONFIG + 'name = "zoo"\n')
    done = runner.run(
        1, command="impact", code="one\n\ncode.py", client="zoo", **versions
    )
    assert done.code == 1, done.log
    assert (
        "::error file=billing/one/a.py,line=4,col=14,title=method-renamed" in done.log
    )
    assert "two/a.py" not in done.log
    assert done.outputs["affected"] == "true"
    assert "one/a.py:4:14" in Path(done.outputs["report"]).read_text()
    patch = Path(done.outputs["patch"]).read_text()
    assert "+    zoo.pets.all_pets()\n" in patch


def test_no_input_becomes_code_or_an_option(runner: Runner) -> None:
    hostile = '"; touch pwned; $(touch pwned) `touch pwned` --help\n::warning::x'
    for name in ("command", "config", "client", "fail_on"):
        done = runner.run(1, working_directory="billing", **{name: hostile})
        assert done.code == 2
        assert not done.outputs
    for command in ("check", "diff", "impact"):
        done = runner.run(1, command=command, old="--help", new=hostile)
        assert done.code == 2
    assert not list(runner.folder.rglob("pwned"))


@pytest.mark.parametrize(
    ("version", "installed"), [("1.2.3", "flexprice-codegen==1.2.3"), ("", str(ROOT))]
)
def test_what_is_installed_is_the_version_or_the_action_itself(
    runner: Runner, version: str, installed: str
) -> None:
    tools = runner.folder / "tools"
    tools.mkdir()
    (tools / "python3").write_text(PYTHON)
    (tools / "python3").chmod(0o755)
    done = runner.run(0, version=version)
    assert done.code == 0, done.log
    calls = (runner.folder / "calls").read_text().splitlines()
    assert calls[-1].endswith(
        f"install --quiet --disable-pip-version-check {installed}"
    )
    programs = (runner.folder / "GITHUB_PATH").read_text()
    assert programs == f"{runner.folder}/flexprice-codegen/bin\n"
    assert runner.run(0, version=version).code == 0
    assert (runner.folder / "calls").read_text().splitlines() == calls
    assert runner.run(0, version="9").code == 0
    assert "flexprice-codegen==9" in (runner.folder / "calls").read_text()


def test_no_expression_stands_in_a_script() -> None:
    files = [ROOT / "action.yml", *sorted((ROOT / "examples").glob("*.yml"))]
    assert len(files) == 3
    for file in files:
        for script in _scripts(yaml.safe_load(file.read_text())):
            assert "${{" not in script, file


def _scripts(value: object) -> list[str]:
    """Return every script of a workflow or action."""
    match value:
        case dict():
            own = [text for key, text in value.items() if key == "run"]
            inner = [each for child in value.values() for each in _scripts(child)]
            return own + inner
        case list():
            return [each for child in value for each in _scripts(child)]
        case _:
            return []


def test_every_input_is_used_and_every_output_is_written() -> None:
    text = (ROOT / "action.yml").read_text()
    for name in ACTION["inputs"]:
        assert f"${{{{ inputs.{name} }}}}" in text
    assert {"changed", "breaking", "next-version", "affected", "patch"} < ACTION[
        "outputs"
    ].keys()


def test_the_hook_for_pre_commit_is_the_check() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert {"id", "name", "entry", "language"} <= hook.keys()
    assert hook["entry"] == "flexprice-codegen check"
    assert hook["pass_filenames"] is False


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("flexprice-codegen.toml", True),
        ("svc/one/specs/api.yaml", True),
        ("openapi.json", True),
        ("specs/api.overlay.yaml", True),
        ("src/billing/flexprice_client/models/_a.py", True),
        ("src/billing/client/flexprice.lock.json", True),
        ("README.md", False),
        ("src/billing/app.py", False),
        (".github/workflows/ci.yml", False),
    ],
)
def test_the_hook_runs_for_commits_that_concern_a_client(
    file: str, *, expected: bool
) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert bool(re.search(hook["files"], file)) is expected
