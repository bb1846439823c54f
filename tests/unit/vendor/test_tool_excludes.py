"""Excludes are added to a `pyproject.toml`, and all else of it stays."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.vendor.tool_excludes import SETTINGS, add_excludes

CLIENT = "src/shop_client"
MINE = """\
# mine
[project]
name = "shop"

[tool.ruff] # fast
line-length = 99
extend-exclude = ["build"] # why

[tool.mypy]
exclude = [
    "^build/", # why
]

[tool.pyright]
ignore = []
"""
WITH_EXCLUDES = """\
# mine
[project]
name = "shop"

[tool.ruff] # fast
line-length = 99
extend-exclude = ["src/shop_client", "build"] # why

[tool.mypy]
exclude = [
    "^src/shop_client/",
    "^build/", # why
]

[tool.pyright]
ignore = ["src/shop_client"]

[tool.black]
extend-exclude = "^/src/shop_client/"

[tool.coverage.run]
omit = ["src/shop_client/*"]

[tool.pylint.main]
ignore-paths = ["^src/shop_client/"]
"""
PARTS = (
    '[tool.ruff]\nextend-exclude = ["a"]\n',
    "[tool.ruff]\nline-length = 90\n",
    "[tool.ruff.lint]\nselect = []\n",
    'tool.ruff.extend-exclude = ["a"]\n',
    "tool = { black = { line-length = 90 } }\n",
    '[tool.black]\nextend-exclude = "a"\n',
    '[tool.black]\nextend-exclude = """\n[tool.mypy]\n"""\n',
    '[tool.mypy]\nexclude = "a"\n',
    "[tool.mypy]\nexclude = [ # all\n  'a',\n  # last\n]\n",
    "[[tool.mypy.overrides]]\nmodule = 'a'\n",
    "[tool.pyright]\nignore = 1\n",
    "[tool.coverage]\nrun.branch = true\n",
    "[tool.coverage.run]\r\nbranch = true\r\n",
    "[tool]\npylint = 1\n",
    "# no end",
)


def test_the_text_of_the_user_stays() -> None:
    edit = add_excludes(MINE, [CLIENT])
    assert edit.text == WITH_EXCLUDES
    assert edit.by_hand == ()


def test_a_second_run_adds_nothing() -> None:
    assert add_excludes(WITH_EXCLUDES, [CLIENT]).text == WITH_EXCLUDES


def test_a_pattern_of_the_user_is_left_to_the_user() -> None:
    text = '[tool.black]\nextend-exclude = "build"\n'
    edit = add_excludes(text, [CLIENT])
    assert edit.text.startswith(f"{text}\n[tool.ruff]\n")
    assert edit.by_hand == ('[tool.black] extend-exclude = "^/src/shop_client/"',)


def test_a_file_that_is_no_toml_is_an_error() -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        add_excludes("[tool", [CLIENT])


@given(
    parts=st.lists(st.sampled_from(PARTS), max_size=4),
    folders=st.lists(
        st.sampled_from([CLIENT, "a.b/c", "it's", 'a"b', "ä"]), min_size=1, unique=True
    ),
)
def test_an_edit_adds_and_changes_nothing_else(
    parts: list[str], folders: list[str]
) -> None:
    text = "\n".join(parts)
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    edit = add_excludes(text, folders)

    # Each line of the user is there, in its order.
    lines = iter(edit.text.split("\n"))
    kept = [line for line in text.split("\n") if "exclude" not in line]
    assert all(line in lines for line in kept)
    again = add_excludes(edit.text, folders)
    assert again == edit
    assert len(edit.by_hand) <= len(SETTINGS)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("tool", "where"),
    [("ruff check", "."), ("black --check", "."), ("mypy --no-incremental", "src")],
)
def test_the_tools_skip_the_client(tool: str, where: str, tmp_path: Path) -> None:
    client = tmp_path / CLIENT
    client.mkdir(parents=True)
    (client / "a.py").write_text("import os\nx : int='1'\n", "utf-8")
    (tmp_path / "src/b.py").write_text("B = 1\n", "utf-8")
    line = [sys.executable, "-m", *tool.split(), where]
    config = tmp_path / "pyproject.toml"
    config.write_text("", "utf-8")
    assert _run(line, tmp_path) != 0

    config.write_text(add_excludes("", [CLIENT]).text, "utf-8")
    assert _run(line, tmp_path) == 0


def _run(line: list[str], folder: Path) -> int:
    return subprocess.run(line, cwd=folder, capture_output=True, check=False).returncode
