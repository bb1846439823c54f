"""Mutation testing: which changes it makes, which tests it runs, and what it prints."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

from mutants import checkout
from mutants.__main__ import draw_mutants, main, read_equivalent
from mutants.mutations import find_mutants
from mutants.selection import PACKAGE, select_stages

ROOT = Path(__file__).parent.parent
TINY = '''\
"""A docstring."""

from typing import Literal

KINDS = frozenset({"cat", "dog"})
EDGES = (("cat", "dog"),)


def count(values: list[Literal["a"]], least: int = 2) -> int:
    """Return a number."""
    assert least > 0
    found = [value for value in values if value in KINDS and value]
    if not found:
        raise ValueError("there is none of them")
    while len(found) < least:
        found.append("dog")
    return min(len(found), 9)
'''
CHANGES = """\
'cat' -> nothing
'dog' -> nothing
('cat', 'dog') -> nothing
'cat' -> nothing
'dog' -> nothing
2 -> 3
value in KINDS and value -> True
value in KINDS -> nothing
value in KINDS -> value not in KINDS
value -> nothing
not found -> (found)
not found -> False
raise ValueError('there is none of them') -> pass
len(found) < least -> False
len(found) < least -> len(found) <= least
found.append('dog') -> pass
'dog' -> 'XXdog'
min -> max
9 -> 10
"""
LOOP = """\
def fill(values: list[int], least: int) -> list[int]:
    while len(values) < least:
        values.append(0)
    return values
"""
TEST = """\
from flexprice_codegen import tiny


def test_fill() -> None:
    assert len(tiny.fill([1], 3)) == 3
"""


def test_the_changes_of_a_module() -> None:
    mutants = find_mutants("tiny.py", TINY.encode())
    shown = [f"{each.before} -> {each.after}\n" for each in mutants]
    assert sorted(shown) == sorted(CHANGES.splitlines(keepends=True))
    lines = TINY.split("\n")
    assert all(lines[each.line - 1].strip() == each.source_line for each in mutants)


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("A = b and c\n", {"A = (b)\n", "A = (c)\n"}),
        ("A = {'é': b, **c}\n", {"A = {**c}\n", "A = {'é': b}\n"}),
        ("f(a, b=c)\n", {"f(a)\n", "pass\n"}),
        ("A = b if c else d\n", {"A = (b)\n", "A = (d)\n"}),
        ("A = [*b]\n", {"A = []\n"}),
        ("A = {*b}\n", {"A = set()\n"}),
        ("A: TypeAlias = 'X'\n", set()),
        ("T = TypeVar('T')\n", set()),
        ("def f(a: 'A') -> 'B': ...\n", set()),
        ("@g(1)\nclass A(B, c=True): ...\n", set()),
        ("if TYPE_CHECKING:\n    f(1)\n", set()),
        ("A = f'{b} of {1}'\n", set()),
        ("A = b'x'\n", {"A = b'XXx'\n"}),
        ("A = 'words of a message'\n", set()),
    ],
)
def test_a_change_is_of_one_place(source: str, changed: set[str]) -> None:
    mutants = find_mutants("tiny.py", source.encode())
    assert {each.apply_to(source.encode()).decode() for each in mutants} == changed


def test_an_arm_of_a_match_is_never_or_always_taken() -> None:
    source = b"match a:\n case [1] if b: pass\n case 2 | 3: pass\n case _: pass\n"
    mutants = find_mutants("tiny.py", source)
    assert {(each.before, each.after) for each in mutants} == {
        ("b", "True"),
        ("2", "nothing"),
        ("3", "nothing"),
        ("2 | 3", "2 | 3 if False"),
    }
    for each in mutants:
        ast.parse(each.apply_to(source))


def test_an_edit_of_one_line_draws_the_other_mutants_again(tmp_path: Path) -> None:
    (tmp_path / "tiny.py").write_text(TINY)
    before = draw_mutants(tmp_path, ["tiny.py"], 6, seed=1)
    assert before == draw_mutants(tmp_path, ["tiny.py"], 6, seed=1)
    assert before != draw_mutants(tmp_path, ["tiny.py"], 6, seed=2)

    (tmp_path / "tiny.py").write_text(f"A = {{1}}\n{TINY}")
    after = {each.key for each in draw_mutants(tmp_path, ["tiny.py"], 6, seed=1)}
    assert len(after & {each.key for each in before}) >= 4


def test_the_nearest_tests_come_first() -> None:
    tests = {
        "tests/behaviour/test_faces.py": "",
        "tests/test_other.py": "from flexprice_codegen.diff.wire import (\n    faces,\n)",
        "tests/test_near.py": "import flexprice_codegen.diff.wire.faces",
        "tests/test_far.py": "from flexprice_codegen.diff.wire.faces_of_others import x",
        "tests/unit/diff/test_all.py": "",
        "tests/unit/diff/wire/test_faces.py": "",
        "tests/unit/diff/wire/test_faces_in_rows.py": "",
        "tests/unit/diff/test_rows.py": "",
        "tests/test_map.py": (
            "ONLY_AS_A_WHOLE = {'unit/diff/test_rows.py': ('diff/wire/faces',)}"
        ),
    }
    module = f"{PACKAGE}/diff/wire/faces.py"
    stages = select_stages(module, tests)
    assert [each.files for each in stages] == [
        (
            "tests/unit/diff/wire/test_faces.py",
            "tests/unit/diff/wire/test_faces_in_rows.py",
            "tests/behaviour/test_faces.py",
        ),
        ("tests/unit/diff/test_rows.py",),
        ("tests/test_other.py", "tests/test_near.py"),
        ("tests/unit/diff/test_all.py",),
    ]
    assert [each.with_slow for each in stages] == [True, True, False, False]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a repository with one module and its tests."""
    root = tmp_path / "project"
    package = root / PACKAGE
    tests = root / "tests" / "unit"
    for folder in (package, tests):
        folder.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "tiny.py").write_text(LOOP)
    (tests / "test_tiny.py").write_text(TEST)
    (root / "pyproject.toml").write_text(
        '[tool.pytest.ini_options]\nmarkers = ["slow"]\n'
    )
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)  # noqa: S607
    return root


@pytest.mark.slow
def test_survivors_are_printed_and_the_checkout_stays(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One mutant is an endless loop: `values.append(0) -> pass`."""
    monkeypatch.setattr(checkout, "_TEST_SECONDS", 5)
    assert main(["--room", "tiny"], project) == 0
    assert capsys.readouterr().out == (
        f"{PACKAGE}/tiny.py:3: 0 -> 1\n"
        "    values.append(0)\n"
        "4 mutants: 2 killed, 1 killed by time, 1 survived\n"
    )
    assert (project / PACKAGE / "tiny.py").read_text() == LOOP


@pytest.mark.slow
def test_nothing_is_drawn_from_tests_that_fail(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "tests" / "unit" / "test_tiny.py").write_text("assert False\n")
    assert main(["--room", "tiny"], project) == 2
    assert "fail without a mutant" in capsys.readouterr().err


def test_each_row_of_the_list_is_a_mutant_and_has_a_reason() -> None:
    """A line that was edited has to be looked at again."""
    for key, reason in read_equivalent().items():
        file = key[0]
        keys = {each.key for each in find_mutants(file, (ROOT / file).read_bytes())}
        assert key in keys
        assert reason
