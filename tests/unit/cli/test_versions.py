"""The versions that the command line names: files, addresses, revisions, locks."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from support.loopback import Loopback, Reply
from support.values import Value
from support.zoo import NEW_SPEC, OLD_SPEC, Run, rules_of

from flexprice_codegen.config import Client
from flexprice_codegen.pipeline.generate import generate_client
from flexprice_codegen.vendor.directory import LOCK_NAME


@pytest.mark.slow
def test_an_address(run: Run) -> None:
    with Loopback() as server:
        server.reply(Reply(body=OLD_SPEC.encode()))
        code, out, _ = run("diff", f"{server.url}/zoo.yaml?key=secret", "new.yaml")
    assert code == 1
    assert f"{server.url}/zoo.yaml -> new.yaml: 2 breaking" in out
    assert "secret" not in out


@pytest.fixture
def repository(tmp_path: Path) -> Callable[..., str]:
    """Make the folder a git repository, and give what runs git in it."""

    def git(*arguments: str) -> str:
        settings = ("-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "gc.auto=0")
        done = subprocess.run(
            ("git", *settings, *arguments),  # noqa: S607
            cwd=tmp_path,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    git("init", "--quiet")
    return git


def a_client(folder: Path, spec: str) -> Value:
    """Generate a client of a document into `zoo_client`."""
    client = Client(name="zoo_client", spec=(spec,), output="zoo_client", package="zoo")
    made = generate_client(client, folder)
    (folder / "zoo_client").mkdir(exist_ok=True)
    (folder / "zoo_client" / LOCK_NAME).write_text(made.lock_text, encoding="utf-8")
    return made


@pytest.mark.slow
def test_a_lock_names_the_document_that_git_remembers(
    run: Run, tmp_path: Path, repository: Callable[..., str]
) -> None:
    (tmp_path / "spec.yaml").write_text(OLD_SPEC, encoding="utf-8")
    repository("add", ".")
    repository("commit", "--quiet", "--message", "one")
    a_client(tmp_path, "spec.yaml")
    (tmp_path / "spec.yaml").write_text(NEW_SPEC, encoding="utf-8")
    code, out, _ = run(
        "diff", f"zoo_client/{LOCK_NAME}", "spec.yaml", "--format", "json"
    )
    assert code == 1
    assert "response-optional-property-removed" in rules_of(out)
    assert "method-renamed" not in rules_of(out), "a lock keeps names"
    by_revision = run("diff", "git:HEAD:spec.yaml", "spec.yaml", "--format", "json")
    assert "method-renamed" in rules_of(by_revision[1])


@pytest.mark.slow
def test_a_lock_whose_document_is_gone(
    run: Run, tmp_path: Path, repository: Callable[..., str]
) -> None:
    repository("status")
    (tmp_path / "spec.yaml").write_text(OLD_SPEC, encoding="utf-8")
    a_client(tmp_path, "spec.yaml")
    same = run("diff", "zoo_client", "spec.yaml")
    assert same[0] == 0, "git never had it, but it still stands where it stood"
    (tmp_path / "spec.yaml").write_text(NEW_SPEC, encoding="utf-8")
    code, out, err = run("diff", "zoo_client", "spec.yaml")
    assert (code, out) == (2, "")
    assert "git does not have this document" in err
