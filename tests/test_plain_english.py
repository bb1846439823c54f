"""The check of texts finds what readers stumble over, and takes names as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from plain_english import list_matches, main

FOUND = {
    "page.md": ("The batch is full.\n\nIt is no\nlist.\n", 3, "is no"),
    "quoted.md": ("> It must be\n> given.\n", 1, "must be given"),
    "code.py": ('X = 1\nY = "the server refuses it"\n', 2, "refuses"),
    "joined.py": ('X = f"{1} is left " "out of it"\n', 1, "left out"),
    "docs.py": ('"""One.\n\nWhat stands here.\n"""\n', 3, "stands"),
    "client.py.jinja": ('{% if a %}\n"""Judge it."""\n', 2, "Judge"),
}
NAMES = {
    "page.md": "`refused` counts them. It is no longer new.\n\n```text\ntold\n```\n",
    "code.py": 'told = {"refused": 1}\n# What stands here is for authors.\n',
    "client.py.jinja": "from .runtime.fake import Told\n",
    "more.md": "connection refused\n",
}


@pytest.mark.parametrize("name", FOUND)
def test_a_word_is_found_where_it_is(name: str, tmp_path: Path) -> None:
    text, line, words = FOUND[name]
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert [(each.line, each.words) for each in list_matches(path)] == [(line, words)]
    assert main([str(path)]) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_no_word(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(NAMES[name], "utf-8")
    assert main([str(path)]) == 0


@pytest.mark.slow
def test_no_text_of_the_project_has_such_words() -> None:
    assert main([]) == 0
