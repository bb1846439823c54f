"""The tests are a map: whoever opens a module finds its tests by its name.

The tests of `generator/flexprice_codegen/api/containers.py` stand in
`tests/unit/api/test_containers.py`. Where they are many, a file about one aspect stands
beside it: `test_decoding_of_times.py`. What is tested only through the whole chain is
listed below with the tests that do it.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
UNIT = TESTS / "unit"
PACKAGE = TESTS.parent / "generator" / "flexprice_codegen"
MODULES = {
    path.relative_to(PACKAGE).with_suffix("").as_posix(): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.name not in {"__init__.py", "__main__.py"}
}
FILES = sorted(UNIT.rglob("test_*.py"))

TESTED_BY: dict[str, str] = {}
"""Modules that have no test file of their own yet, and the tests that execute them: those
of a rule, of a command, or of a generated client. This list gets shorter, never longer."""


def has_logic(path: Path) -> bool:
    """Return whether a function of a module decides something.

    A module without one holds data: rows of a table, ids, dataclasses, constants.
    """
    decisions = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.Match)
    return any(
        isinstance(node, decisions)
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    )


def get_tested_module(file: Path) -> str | None:
    """Return the module that a test file is about: its name, or what that begins with."""
    room = file.parent.relative_to(UNIT)
    words = file.stem.removeprefix("test_").split("_")
    for count in range(len(words), 0, -1):
        module = (room / "_".join(words[:count])).as_posix()
        if module in MODULES:
            return module
    return None


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_test_file_names_a_module(file: Path) -> None:
    module = get_tested_module(file)
    assert module is not None, "no module has this name; move the tests to their module"
    own = UNIT / Path(module).parent / f"test_{Path(module).name}.py"
    assert own.exists(), f"{file.name} is about an aspect of {module}: write {own.name}"


def test_every_module_with_logic_has_a_test_file() -> None:
    tested = {get_tested_module(file) for file in FILES}
    missing = {
        module
        for module, path in MODULES.items()
        if has_logic(path) and module not in tested and module not in TESTED_BY
    }
    assert not missing, "write tests/unit/<room>/test_<module>.py for each"


def test_the_list_holds_only_what_has_no_test_file() -> None:
    tested = {get_tested_module(file) for file in FILES}
    assert set(TESTED_BY) <= {m for m, path in MODULES.items() if has_logic(path)}
    assert not tested & set(TESTED_BY), "these have tests now: strike them out"


def test_what_the_list_refers_to_is_there() -> None:
    assert [each for each in TESTED_BY.values() if not (TESTS / each).exists()] == []
