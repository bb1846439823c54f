"""What a formatter changes of a generated file, and what only a person changes."""

from __future__ import annotations

import ast
import io
import re
import shutil
import subprocess
import sys
import tokenize
from pathlib import Path

import black
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.vendor.code_hashes import (
    hash_without_layout,
    is_reformatted,
    is_tree_hash,
)

TESTS = Path(__file__).parents[2]
RUNTIME = TESTS.parent / "generator" / "flexprice_codegen" / "runtime"
GENERATED = sorted((TESTS / "golden").glob("*/expected/**/*.py"))
FILES = [*GENERATED[::9], *sorted(RUNTIME.glob("*.py"))[::3]]
LAYOUTS = {
    "black, short lines": black.Mode(line_length=60),
    "black, long lines": black.Mode(line_length=140, magic_trailing_comma=False),
    "black, quotes as they are": black.Mode(
        line_length=100, string_normalization=False
    ),
}
RUFF = {
    "ruff, short lines": ["--line-length=60"],
    "ruff, single quotes": ["--config=format.quote-style='single'"],
    "ruff, tabs": ["--config=format.indent-style='tab'"],
    "ruff, two spaces": ["--config=indent-width=2", "--line-length=120"],
    "ruff, no magic": ["--config=format.skip-magic-trailing-comma=true"],
}


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_black_does_is_no_edit(layout: str) -> None:
    changed = 0
    for path in FILES:
        text = path.read_text("utf-8")
        formatted = black.format_str(text, mode=LAYOUTS[layout])
        changed += formatted != text
        assert is_reformatted("a.py", text.encode(), formatted.encode()), path
    assert changed


@pytest.mark.slow
@pytest.mark.parametrize("layout", RUFF)
def test_what_ruff_does_is_no_edit(layout: str, tmp_path: Path) -> None:
    for number, path in enumerate(FILES):
        shutil.copyfile(path, tmp_path / f"m{number}.py")
    line = [sys.executable, "-m", "ruff", "format", "--isolated", "--quiet", "."]
    subprocess.run([*line, *RUFF[layout]], cwd=tmp_path, check=True)
    changed = 0
    for number, path in enumerate(FILES):
        formatted = (tmp_path / f"m{number}.py").read_bytes()
        changed += formatted != path.read_bytes()
        assert is_reformatted("a.py", path.read_bytes(), formatted), path
    assert changed


SOURCE = '''\
"""A module."""

from a import (
    b,
    c,
)

x: int = 1  # one
y = "a" "b"
z = x + 2 if x else (b, c)


def f(a: int, *, d: str | None = None) -> tuple[int, ...]:
    """Do it."""
    return (a, a)[a:][0](d)
'''
EDITS = {
    "a comment": ("x: int = 1  # one", "x: int = 1  # two"),
    "a new comment": ("z = x", "z = x  # type: ignore[misc]\nz = x"),
    "an ignored type": ('y = "a" "b"', 'y = "a" "b"  # type: ignore[assignment]'),
    "a comment that moved": (
        'x: int = 1  # one\ny = "a" "b"',
        'x: int = 1\ny = "a" "b"  # one',
    ),
    "a comment that is gone": ("  # one", ""),
    "a comment at the end": ("[0](d)\n", "[0](d)\n# mine\n"),
    "a tuple of one": ("x: int = 1", "x: int = (1,)"),
    "a call": ("x + 2", "x() + 2"),
    "another order": ("x + 2 if x else (b, c)", "x + (2 if x else (b, c))"),
    "a nested tuple": ("(a, a)", "((a, a),)"),
    "an argument that is a tuple": ("(d)", "((d,))"),
    "a string": ('"a" "b"', '"a" "c"'),
    "a docstring": ("Do it.", "Do it now."),
    "a number of the same value": ("= 1 ", "= 1.0 "),
    "a raw string of other text": ('"a" "b"', r'r"a\n" "b"'),
    "a type hint": ("a: int,", "a: float,"),
    "no type hint": (" -> tuple[int, ...]", ""),
    "no Python": ("x + 2", "x + 2 ((((,,,,))))"),
}


@pytest.mark.parametrize(("old", "new"), EDITS.values(), ids=EDITS)
def test_what_a_person_does_is_an_edit(old: str, new: str) -> None:
    assert SOURCE.count(old) == 1
    edited = SOURCE.replace(old, new)
    assert not is_reformatted("a.py", SOURCE.encode(), edited.encode())
    assert hash_without_layout("a.py", SOURCE.encode()) != hash_without_layout(
        "a.py", edited.encode()
    )


def describe(code: str) -> object:
    """Return a syntax tree and the comments of a module, as the library reads them."""
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    comments = [each.string for each in tokens if each.type == tokenize.COMMENT]
    return ast.dump(ast.parse(code)), comments


PIECES = [
    "a",
    "b",
    "1",
    "(",
    ")",
    ",",
    "\n",
    " or ",
    " and ",
    "+",
    '"c"',
    "#d\n",
    "=",
    "#",
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=8),
    st.lists(st.sampled_from(PIECES), max_size=8),
)
def test_equal_code_has_equal_trees_and_comments(
    one: list[str], other: list[str]
) -> None:
    """Python's own reading of a module decides: what counts as equal is equal to it."""
    texts = ["".join(one), "".join(other)]
    if is_reformatted("a.py", *(each.encode() for each in texts)):
        assert describe(texts[0]) == describe(texts[1])


def test_the_hash_is_the_same_in_every_version_of_python() -> None:
    """Lock files are shared by people and machines with several versions."""
    assert hash_without_layout("a.py", SOURCE.encode()) == "tree:e5b1998929975f8e"


def test_the_code_of_a_page_may_be_formatted_and_its_prose_not() -> None:
    page = "# A\n\nText.\n\n```python\na = f(1, 2)\n```\n"
    formatted = page.replace("f(1, 2)", "f(\n    1,\n    2,\n)")
    assert is_reformatted("README.md", page.encode(), formatted.encode())
    edited = page.replace("Text.", "Texts.")
    assert not is_reformatted("README.md", page.encode(), edited.encode())
    assert hash_without_layout("README.md", page.encode()) == hash_without_layout(
        "README.md", formatted.encode()
    )


@pytest.mark.parametrize(
    "data", [b"(" * 5_000, b"\xff", b"a\0b", b"a = (", b"-" * 100_000 + b"1"]
)
def test_what_is_no_python_has_no_hash(data: bytes) -> None:
    assert hash_without_layout("a.py", data) == ""
    assert not is_reformatted("a.py", b"a = 1\n", data)
    assert not is_tree_hash("")


def test_other_files_have_no_layout() -> None:
    assert hash_without_layout("py.typed", b"") == ""
    assert not is_reformatted(".gitattributes", b"a\n", b"a\n\n")


def test_line_ends_and_a_byte_order_mark_are_layout() -> None:
    other = b"\xef\xbb\xbf" + re.sub(rb"\n", b"\r\n", SOURCE.encode())
    assert is_reformatted("a.py", SOURCE.encode(), other)
