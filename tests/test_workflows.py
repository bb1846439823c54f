"""The workflows in examples/: their own scripts, with git and a stand-in for `gh`."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.patience import PATIENCE

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
SHELL = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
FINDING = "<details>a finding\n<table></table></details>\n\n"
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
    """Return the steps of the only job of a workflow."""
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
        timeout=PATIENCE,
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
    text = text.replace("steps.token.outputs.token", "")  # of another action
    for part in text.split(".outputs.")[1:]:
        assert part.split()[0] in ACTION["outputs"]


@pytest.fixture
def consumer(tmp_path: Path) -> Path:
    """Return a checkout of a consumer, beside its remote and a stand-in for `gh`."""
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
    report.write_text("# What breaks\n\n" + FINDING * 2_000)
    (tmp_path / "impact.md").write_text("## API changes in your code\n")
    (tmp_path / "migrate.patch").write_text("--- a/x.py\n+++ b/x.py\n")
    return here


def update(here: Path, text: str, breaking: str) -> str:
    """Check out the consumer anew, and run the last step with another document."""
    git(here, "checkout", "--quiet", "--detach", "origin/main")
    git(here, "branch", "--quiet", "--delete", "--force", "main")
    git(here, "checkout", "--quiet", "-b", "main")
    git(here, "fetch", "--quiet", "origin")
    (here / "specs" / "openapi.yaml").write_text(text)
    said = open_pull_request(here.parent, here, here.parent / "report.md", breaking)
    git(here, "checkout", "--quiet", "--force", "--detach")
    with suppress(subprocess.CalledProcessError):
        git(here, "branch", "--delete", "--force", "flexprice-codegen")
    return said


def show(here: Path) -> str:
    """Return the document in the branch of the bot."""
    there = here.parent / "there"
    return git(there, "show", "flexprice-codegen:specs/openapi.yaml")


def test_a_pull_request_is_opened_once_and_then_brought_up_to_date(
    consumer: Path,
) -> None:
    for text, breaking in (("new\n", "false"), ("newer\n", "true")):
        update(consumer, text, breaking)
        assert show(consumer) == text.strip()

    folder = consumer.parent
    calls = (folder / "calls").read_text().splitlines()
    assert [call.split()[1] for call in calls] == ["create", "create", "edit"]
    assert "Update the API client: lines of this repository break" in calls[-1]
    count = git(folder / "there", "rev-list", "--count", "main..flexprice-codegen")
    assert count == "1"
    body = (folder / "body.md").read_text()
    assert body.startswith("## API changes in your code\n")
    assert "\n~~~~diff\n--- a/x.py\n+++ b/x.py\n\n~~~~\n</details>\n" in body
    assert "\n# What breaks\n" in body
    findings = body.partition("# What breaks\n\n")[2]
    assert set(findings.split("\n\n")) == {FINDING.strip(), ""}, "cut at a finding"
    assert len(body) <= 60_000


def test_a_commit_of_a_person_is_not_overwritten(consumer: Path) -> None:
    update(consumer, "new\n", "false")
    git(consumer, "fetch", "--quiet", "origin")
    git(consumer, "checkout", "--quiet", "--detach", "origin/flexprice-codegen")
    (consumer / "specs" / "openapi.yaml").write_text("mine\n")
    git(consumer, "commit", "--quiet", "--all", "--message", "mine")
    git(consumer, "push", "--quiet", "origin", "HEAD:flexprice-codegen")

    said = update(consumer, "newer\n", "true")
    assert "has other commits" in said
    assert show(consumer) == "mine"


def test_a_commit_that_arrives_meanwhile_is_not_overwritten(consumer: Path) -> None:
    """The bot has not fetched it, so the remote refuses the push."""
    git(consumer, "push", "--quiet", "origin", "HEAD:flexprice-codegen")
    git(consumer, "update-ref", "-d", "refs/remotes/origin/flexprice-codegen")
    step = steps("spec-repository")[-1]["run"]
    assert "git fetch" not in step
    (consumer / "specs" / "openapi.yaml").write_text("new\n")
    with pytest.raises(subprocess.CalledProcessError):
        open_pull_request(consumer.parent, consumer, consumer / "x.md", "false")
    assert show(consumer) == "old"


def open_pull_request(folder: Path, here: Path, report: Path, breaking: str) -> str:
    """Run the last step of the workflow, as a runner would; return what it printed."""
    step = steps("spec-repository")[-1]
    environment = os.environ | {
        **workflow("spec-repository")["jobs"]["update"]["env"],
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
    done = subprocess.run(
        [*SHELL, step["run"]],
        cwd=here,
        env=environment,
        check=True,
        timeout=PATIENCE,
        capture_output=True,
        text=True,
    )
    return done.stdout


def test_the_gitlab_example_respects_commits_as_well() -> None:
    text = (EXAMPLES / "gitlab" / "consumer.yml").read_text("utf-8")
    (push,) = re.findall(r"git push[^$]*--force\S*", text)
    assert "--force-with-lease=" in push
    assert 'grep -vxF "$BOT"' in text


SHOP = """
openapi: 3.1.0
info: {title: Shop, version: "1"}
servers: [{url: "https://shop.example.com"}]
paths:
  /orders:
    get: {operationId: OPERATION, tags: [orders], responses: {"204": {description: ok}}}
"""
CODE = """from shop_client import Shop


def read(client: Shop) -> None:
    client.orders.list_orders()
"""


@pytest.mark.slow
def test_the_gitlab_example_says_which_lines_break(tmp_path: Path) -> None:
    job = yaml.safe_load((EXAMPLES / "gitlab" / "consumer.yml").read_text())["impact"]
    spec = tmp_path / job["variables"]["SPEC"]
    spec.parent.mkdir()
    spec.write_text(SHOP.replace("OPERATION", "listOrders"))
    (tmp_path / "code.py").write_text(CODE)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "old")
    base = git(tmp_path, "rev-parse", "HEAD")
    spec.write_text(SHOP.replace("OPERATION", "findOrders"))
    # Stands in for uvx: it runs the command of this checkout, for a client elsewhere.
    stand_in = tmp_path / "bin" / "uvx"
    stand_in.parent.mkdir()
    program = Path(sys.executable).with_name("flexprice-codegen")
    stand_in.write_text(f'#!/bin/sh\nshift\n"{program}" "$@" --package shop_client\n')
    stand_in.chmod(0o755)

    done = subprocess.run(
        [*SHELL, "\n".join(job["script"])],
        cwd=tmp_path,
        env=os.environ
        | job["variables"]
        | {
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
            "PATH": f"{stand_in.parent}{os.pathsep}{os.environ['PATH']}",
        },
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert done.returncode == 1, done.stderr
    assert "code.py:5:19" in done.stdout
    assert "code.py" in (tmp_path / "impact.md").read_text("utf-8")
    patch = (tmp_path / "migrate.patch").read_text("utf-8")
    assert "-    client.orders.list_orders()" in patch
    assert "+    client.orders.find_orders()" in patch
    assert {"impact.md", "migrate.patch"} == set(job["artifacts"]["paths"])


def test_renovate_finds_versions_where_this_project_writes_them() -> None:
    managers = json.loads((EXAMPLES / "renovate.json").read_text("utf-8"))
    texts = ('required-version = "==0.4.1"', "run: uvx flexprice-codegen@0.4.1 check")
    for manager, text in zip(managers["customManagers"], texts, strict=True):
        (pattern,) = manager["matchStrings"]
        # JavaScript writes named groups without the P.
        found = re.search(pattern.replace("(?<", "(?P<"), text)
        assert found is not None
        assert found["currentValue"] == "0.4.1"
