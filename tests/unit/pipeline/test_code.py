"""The code is what git lists, without what others or programs wrote."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.pipeline.code import read_code_paths

FILES = {
    "src/shop/__init__.py": "",
    "src/shop/a.py": "x = 1\n",
    "src/shop/a.pyi": "x: int\n",
    "notes.ipynb": '{"cells": []}',
    "bad.py": "x = (\n",
    "readme.md": "",
    "ignored.py": "",
    ".gitignore": "ignored.py\n",
    ".env": "A=1\n",
    "deploy/compose.yml": "a: 1\n",
    "Dockerfile": "ENV A=1\n",
    "src/client/flexprice.lock.json": "{}",
    "src/client/__init__.py": "",
    "src/client/models/_a.py": "",
    ".venv/pyvenv.cfg": "",
    ".venv/lib/b.py": "",
    "env/pyvenv.cfg": "",
    "env/lib/b.py": "",
    "web/node_modules/c.py": "",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


CODE = [
    "bad.py",
    "notes.ipynb",
    "src/shop/__init__.py",
    "src/shop/a.py",
    "src/shop/a.pyi",
]


def test_files_that_git_ignores_are_no_code(folder: Path) -> None:
    command = ["git", "init", "-q"]
    subprocess.run(command, cwd=folder, check=True)
    code = read_code_paths(["."])
    assert sorted(each.path for each in code.files) == CODE
    assert code.clients == ("src/client",)
    assert code.list_client_names("src/client") == {"src.client", "client"}
    assert "src/shop" in code.packages
    assert sorted(each.path for each in code.settings) == [
        ".env",
        "Dockerfile",
        "deploy/compose.yml",
    ]


def test_a_folder_without_a_repository_is_read_as_a_whole(folder: Path) -> None:
    del folder
    code = read_code_paths(["."])
    assert sorted(each.path for each in code.files) == sorted([*CODE, "ignored.py"])


def test_paths_can_be_files_and_folders_once_each(folder: Path) -> None:
    code = read_code_paths(
        ["src/shop/a.py", "./src/shop", str(folder / "src" / "client")]
    )
    assert [each.path for each in code.files] == [
        "src/shop/a.py",
        "src/shop/__init__.py",
        "src/shop/a.pyi",
    ]


def test_a_notebook_that_is_none_is_skipped(folder: Path) -> None:
    (folder / "notes.ipynb").write_text("{}", encoding="utf-8")
    code = read_code_paths(["notes.ipynb"])
    assert code.files == ()
    assert [each.path for each in code.skipped] == ["notes.ipynb"]


def test_what_does_not_exist_is_an_error() -> None:
    with pytest.raises(DiagnosticError, match="no file or directory 'nowhere'"):
        read_code_paths(["nowhere"])
