"""Which tests can notice a mutant, the nearest first.

In: a module, and the test files of a checkout. Out: stages of test files. A mutant goes
through them in order, until a test fails.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path("generator/flexprice_codegen")
_TESTS = Path("tests")
_GENERATED = ("test_golden.py", "test_rejects.py", "test_former_locks.py", "behaviour")
_FOLDERS: Mapping[str, tuple[str, ...]] = {
    "spec": ("unit/spec", "unit/cli", "test_rejects.py", "behaviour"),
    "api": ("unit/api", *_GENERATED, "unit/diff", "diff"),
    "surface": ("unit/surface", *_GENERATED, "unit/diff", "diff"),
    "emit": ("unit/emit", *_GENERATED, "test_readme.py", "test_readme_calls.py"),
    "diff": ("unit/diff", "diff", "unit/report", "unit/cli"),
    "vendor": ("unit/vendor", "unit/pipeline", "unit/cli", "test_incremental.py"),
    "report": ("unit/report", "unit/cli", "diff", *_GENERATED),
    "pipeline": ("unit/pipeline", "unit/cli", "diff", *_GENERATED),
    "cli": ("unit/cli", "unit/pipeline", "diff", *_GENERATED),
    # Not the golden files: they hold copies of its text, and notice any change of it.
    "runtime": ("unit/runtime", "behaviour"),
}
"""The folders and files of tests that are known to reach a room; the nearest first."""
_SLOW: Mapping[str, tuple[str, ...]] = {
    "spec": ("test_remote_fetch.py", "test_pull.py"),
    "surface": ("test_client_names.py", "test_old_names.py"),
    "vendor": (
        "test_shared_runtime.py",
        "test_incremental.py",
        "test_client_selection.py",
    ),
    "pipeline": ("test_shared_runtime.py", "test_client_selection.py", "test_pull.py"),
    "cli": (
        "test_generate.py",
        "test_client_selection.py",
        "test_init.py",
        "test_machine_output.py",
    ),
    "report": (
        "test_generate.py",
        "test_client_selection.py",
        "test_machine_output.py",
    ),
    "runtime": ("test_batching.py", "test_async_batching.py", "test_batch_spool.py"),
}
"""Files for the last stage, with their slow tests."""
_MAP = "tests/test_map.py"
_MAP_NAME = "ONLY_AS_A_WHOLE"
"""The table of modules that have no test file of their own, by the tests of each."""
_LEFT_OUT = {
    "test_architecture.py",  # reads the source, and runs none of it
    "test_mutants.py",  # the same
    "test_crash_reports.py",  # a minute and more
    "test_upgrade.py",
}


class Stage(NamedTuple):
    """Test files of one run, and whether their slow tests run as well."""

    files: tuple[str, ...]
    with_slow: bool


def list_modules(root: Path, room: str) -> list[str]:
    """Return the modules of a room, such as `diff/wire`, or one module of it.

    Args:
        root: The checkout.
        room: A path below the package, with or without `.py`.
    """
    path = root / PACKAGE / room
    found = path.rglob("*.py") if path.is_dir() else [path.with_suffix(".py")]
    return sorted(each.relative_to(root).as_posix() for each in found)


def list_tests(root: Path) -> dict[str, str]:
    """Return the test files of a checkout with their text."""
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((root / _TESTS).rglob("test_*.py"))
        if path.name not in _LEFT_OUT
        and not {"golden", "repository"} & set(path.relative_to(root).parts)
    }


def select_stages(module: str, tests: Mapping[str, str]) -> list[Stage]:
    """Return the stages of tests for one module.

    Args:
        module: Its path in the checkout.
        tests: The test files of the checkout with their text.
    """
    path = Path(module).relative_to(PACKAGE)
    room = path.parts[0].removesuffix(".py")

    named = _find_named(path, tests)
    mapped = [each for each in _find_mapped(path, tests) if each not in named]
    importing = _find_importing(path, tests)
    folders = _find_below(_FOLDERS.get(room, ("unit", *_GENERATED)), tests)
    slow = [each for each in tests if Path(each).name in _SLOW.get(room, ())]

    first = {*named, *mapped}
    near = {*first, *importing}
    stages = [
        Stage(tuple(named), with_slow=True),
        Stage(tuple(mapped), with_slow=True),
        Stage(tuple(each for each in importing if each not in first), with_slow=False),
        Stage(tuple(each for each in folders if each not in near), with_slow=False),
        Stage(tuple(each for each in slow if each not in named), with_slow=True),
    ]
    return [each for each in stages if each.files]


def _find_named(module: Path, tests: Iterable[str]) -> list[str]:
    """Return `test_<module>.py` and files whose names say more, the module's room first."""
    name = re.compile(rf"test_{re.escape(module.stem)}(?:_\w+)?\.py")
    own = {_TESTS / "unit" / folder for folder in module.parents}
    found = [each for each in tests if name.fullmatch(Path(each).name)]
    return sorted(found, key=lambda each: Path(each).parent not in own)


def _find_mapped(module: Path, tests: Mapping[str, str]) -> list[str]:
    """Return the test files that a module has by the map of the tests."""
    name = module.with_suffix("").as_posix()
    return [
        (_TESTS / file).as_posix()
        for statement in ast.parse(tests.get(_MAP, "")).body
        if isinstance(statement, ast.Assign)
        and ast.unparse(statement.targets[0]) == _MAP_NAME
        for file, modules in ast.literal_eval(statement.value).items()
        if name in modules
    ]


def _find_importing(module: Path, tests: Mapping[str, str]) -> list[str]:
    """Return the test files that import a module."""
    *rooms, name = module.with_suffix("").parts
    package = r"\.".join((PACKAGE.name, *rooms))
    # Also on one of several lines in brackets.
    imported = re.compile(
        rf"from {package} import (?:\([^)]*|.*)\b{name}\b|{package}\.{name}\b"
    )
    return [each for each, text in tests.items() if imported.search(text)]


def _find_below(places: Sequence[str], tests: Iterable[str]) -> list[str]:
    """Return the test files in some folders, or with some names, in that order."""
    return [
        each
        for place in places
        for each in tests
        if _TESTS / place in (Path(each), *Path(each).parents)
    ]
