"""A client that shares its runtime is up to date if both of their lock files say so.

Each test edits a lock file and gives it a valid checksum again, as another version of
the generator, or another run, would have left it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from flexprice_codegen.cli.main import main
from flexprice_codegen.config import read_config
from flexprice_codegen.vendor import up_to_date
from flexprice_codegen.vendor.directory import (
    JOURNAL_NAME,
    temporary_name,
)
from flexprice_codegen.vendor.lock_location import find_lock_path
from flexprice_codegen.vendor.lock_text import add_checksum

LockEdit: TypeAlias = Callable[[dict[str, Any]], None]
FolderEdit: TypeAlias = Callable[[Path], object]
SPEC = """\
openapi: 3.0.3
info: {title: Zoo API, version: '1.0'}
servers: [{url: https://zoo.example/v1}]
paths:
  /pets:
    get: {operationId: getPet, tags: [Pets], responses: {'204': {description: It.}}}
"""
CONFIG = """
[[client]]
name = "one"
spec = "api.yaml"
output = "zoo/one"
package = "zoo.one"
runtime = "../_runtime"

[[client]]
name = "two"
spec = "api.yaml"
output = "zoo/two"
package = "zoo.two"
runtime = "../_runtime"

[[client]]
name = "alone"
spec = "api.yaml"
output = "alone"
"""
RUNTIME = "zoo/_runtime"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with three clients, two of which share a runtime."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "api.yaml").write_text(SPEC, encoding="utf-8")
    (folder / "flexprice-codegen.toml").write_text(CONFIG, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main(["generate"]) == 0
    return folder


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    """Return a copy of the project."""
    return shutil.copytree(made, tmp_path / "project")


def list_up_to_date(project: Path) -> list[str]:
    """Return the names of the clients that need no run."""
    clients = read_config(project / "flexprice-codegen.toml").clients
    return [
        client.name
        for client in clients
        if up_to_date.get_up_to_date_client(client, project, clients) is not None
    ]


def get_lock_path(folder: Path) -> Path:
    """Return the path of the lock file of a client."""
    path = find_lock_path(folder)
    assert path is not None
    return path


def edit_lock(folder: Path, edit: LockEdit) -> None:
    """Edit a lock file and give it a valid checksum."""
    path = get_lock_path(folder)
    content = json.loads(path.read_text(encoding="utf-8"))
    del content["seal"]
    edit(content)
    text = json.dumps(content).removesuffix("}")
    path.write_text(add_checksum(text), encoding="utf-8")


def leave_as_is(_: dict[str, Any]) -> None:
    """Change nothing."""


def use_other_tools(lock: dict[str, Any]) -> None:
    lock["tools"] = "0" * 16


def use_other_sources(lock: dict[str, Any]) -> None:
    lock["sources"] = ["zoo/one"]


def interrupt_run(lock: dict[str, Any]) -> None:
    lock["writing"] = [lock["files"][0][:3]]


def forget_module(lock: dict[str, Any]) -> None:
    """Leave one out; files without a mark, such as `py.typed`, can be the user's."""
    paths = [row[0] for row in lock["files"]]
    del lock["files"][paths.index("__init__.py")]


def add_file(lock: dict[str, Any]) -> None:
    lock["files"].append(["other.py", "0" * 64, "0" * 16, ""])


def use_other_config(lock: dict[str, Any]) -> None:
    lock["settings"] = "0" * 16


def forget_document(lock: dict[str, Any]) -> None:
    lock["inputs"] = []


def add_document(lock: dict[str, Any]) -> None:
    lock["inputs"].append(["other.yaml", ""])


def test_an_edit_of_a_lock_file_by_this_test_is_no_change(project: Path) -> None:
    for folder in (RUNTIME, "zoo/one", "zoo/two", "alone"):
        edit_lock(project / folder, leave_as_is)
    assert list_up_to_date(project) == ["one", "two", "alone"]


@pytest.mark.parametrize(
    "edit", [use_other_tools, use_other_sources, interrupt_run, forget_module, add_file]
)
def test_both_clients_need_a_run_if_their_runtime_does(
    project: Path, edit: LockEdit
) -> None:
    """An upgraded generator, above all, must not leave a runtime of the version before."""
    edit_lock(project / RUNTIME, edit)
    assert list_up_to_date(project) == ["alone"]


@pytest.mark.parametrize(
    "edit",
    [
        use_other_tools,
        use_other_config,
        forget_document,
        add_document,
        interrupt_run,
        forget_module,
        add_file,
    ],
)
def test_a_client_needs_a_run_if_its_lock_file_says_so(
    project: Path, edit: LockEdit
) -> None:
    edit_lock(project / "zoo/one", edit)
    assert list_up_to_date(project) == ["two", "alone"]


@pytest.mark.parametrize(
    "edit",
    [
        lambda folder: get_lock_path(folder).unlink(),
        lambda folder: get_lock_path(folder).write_text("[]"),
        lambda folder: (folder / JOURNAL_NAME).mkdir(),
        lambda folder: (folder / temporary_name()).touch(),
        lambda folder: next(folder.glob("*.py")).unlink(),
    ],
    ids=["no lock", "no object", "a journal", "a temporary file", "a file is gone"],
)
@pytest.mark.parametrize(
    ("folder", "others"), [(RUNTIME, ["alone"]), ("alone", ["one", "two"])]
)
def test_what_a_killed_run_or_a_person_left_needs_a_run(
    project: Path, folder: str, others: list[str], edit: FolderEdit
) -> None:
    edit(project / folder)
    assert list_up_to_date(project) == others


def test_nothing_is_up_to_date_if_a_library_cannot_be_found(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty hash of the tools equals the empty hash of a run that lacked it, too."""
    for folder in (RUNTIME, "zoo/one", "zoo/two", "alone"):
        edit_lock(project / folder, lambda lock: lock.update(tools=""))
    monkeypatch.setattr(up_to_date, "hash_tools", str)
    assert list_up_to_date(project) == []


def test_a_file_of_the_user_is_no_change_and_a_stray_one_is(project: Path) -> None:
    (project / "alone" / "mine.py").write_text("MINE = 1\n")
    assert list_up_to_date(project) == ["one", "two", "alone"]
    (project / "alone" / "old.py").write_text("# Generated by flexprice-codegen\n")
    assert list_up_to_date(project) == ["one", "two"]
