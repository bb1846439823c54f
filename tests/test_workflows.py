"""The workflows in examples/: their own scripts, with git and a stand-in for `gh`."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
SHELL = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
GH = """#!/usr/bin/env bash
# Stands in for gh: notes its calls; there is a pull request once one was created.
printf '%s\\n' "$*" >>"$CALLS"
if [ "$2" = create ]; then [ ! -e "$CALLS.open" ] || exit 1; touch "$CALLS.open"; fi
"""
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the steps are for bash")


def workflow(name: str) -> dict[str, Any]:
    text = (EXAMPLES / f"{name}.yml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read


def steps(name: str) -> list[dict[str, Any]]:
    """Give the steps of the only job of a workflow."""
    (job,) = workflow(name)["jobs"].values()
    found: list[dict[str, Any]] = job["steps"]
    return found


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, as somebody without settings."""
    done = subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments],  # noqa: S607
        cwd=folder,
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    return done.stdout.strip()


@pytest.mark.parametrize("name", ["consumer-repository", "spec-repository"])
def test_a_workflow_may_do_no_more_than_it_must_and_calls_the_action_as_it_is(
    name: str,
) -> None:
    assert workflow(name)["permissions"] == {"contents": "read"}
    calls = [
        each for each in steps(name) if "flexprice-codegen@" in each.get("uses", "")
    ]
    assert calls
    for call in calls:
        assert call["with"].keys() <= ACTION["inputs"].keys()
        assert call["with"]["command"] in ("generate", "check", "diff", "impact")


def test_outputs_that_a_workflow_reads_are_outputs_of_the_action() -> None:
    text = (EXAMPLES / "spec-repository.yml").read_text(encoding="utf-8")
    for part in text.split(".outputs.")[1:]:
        assert part.split()[0] in ACTION["outputs"]


def test_a_pull_request_is_opened_once_and_then_brought_up_to_date(
    tmp_path: Path,
) -> None:
    there, here = tmp_path / "there", tmp_path / "consumer"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(there))
    git(tmp_path, "clone", "--quiet", str(there), str(here))
    (here / "specs").mkdir()
    (here / "specs" / "openapi.yaml").write_text("old\n")
    git(here, "add", ".")
    git(here, "commit", "--quiet", "--message", "old")
    git(here, "push", "--quiet", "origin", "HEAD:main")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "gh").write_text(GH)
    (tmp_path / "bin" / "gh").chmod(0o755)
    report = tmp_path / "report.md"
    report.write_text("# What breaks\n" + "a line of the report\n" * 5_000)
    (tmp_path / "impact.md").write_text("## API changes in your code\n")
    (tmp_path / "migrate.patch").write_text("--- a/x.py\n+++ b/x.py\n")

    for text, breaking in (("new\n", "false"), ("newer\n", "true")):
        git(here, "checkout", "--quiet", "--detach", "origin/main")
        git(here, "branch", "--quiet", "--delete", "--force", "main")
        git(here, "checkout", "--quiet", "-b", "main")
        (here / "specs" / "openapi.yaml").write_text(text)
        open_pull_request(tmp_path, here, report, breaking)
        git(here, "checkout", "--quiet", "--detach")
        git(here, "branch", "--delete", "--force", "flexprice-codegen")
        shown = git(there, "show", "flexprice-codegen:specs/openapi.yaml")
        assert shown == text.strip()

    calls = (tmp_path / "calls").read_text().splitlines()
    assert [call.split()[1] for call in calls] == ["create", "create", "edit"]
    assert "The API has moved, and breaks lines of this repository" in calls[-1]
    assert git(there, "rev-list", "--count", "main..flexprice-codegen") == "1"
    body = (tmp_path / "body.md").read_text()
    assert body.startswith("## API changes in your code\n")
    assert "\n~~~~diff\n--- a/x.py\n+++ b/x.py\n\n~~~~\n</details>\n" in body
    assert "\n# What breaks\n" in body
    assert len(body) <= 60_000


def open_pull_request(folder: Path, here: Path, report: Path, breaking: str) -> None:
    """Run the last step of the workflow, as a runner would."""
    step = steps("spec-repository")[-1]
    environment = os.environ | {
        "BRANCH": workflow("spec-repository")["jobs"]["update"]["env"]["BRANCH"],
        "GH_TOKEN": "x",
        "REPORT": str(report),
        "BREAKING": breaking,
        "IMPACT": str(folder / "impact.md"),
        "PATCH": str(folder / "migrate.patch"),
        "AFFECTED": breaking,
        "RUNNER_TEMP": str(folder),
        "CALLS": str(folder / "calls"),
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
    }
    subprocess.run(
        [*SHELL, step["run"]],
        cwd=here,
        env=environment,
        check=True,
        timeout=60,
    )
