"""The runtime modules that a client needs, copied as they are.

In: the modules that the files of a client import. Out: these, with all modules that they
import themselves.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from flexprice_codegen.emit.files import GeneratedFile
from flexprice_codegen.emit.imports import split_runtime

# A module of the runtime is real Python of ours, formatted; all its imports look like this.
_FROM_BESIDE = re.compile(r"^ *from \.(\w+) import", re.MULTILINE)
_FOLDER = Path(__file__).resolve().parent.parent / "runtime"


def collect_runtime_files(
    roots: Iterable[str], folder: str = "runtime/"
) -> tuple[GeneratedFile, ...]:
    """Give the runtime modules that some modules need, themselves among them."""
    needed: set[str] = set()
    pending = ["__init__", *roots]
    while pending:
        name = pending.pop()
        if name not in needed:
            needed.add(name)
            pending += _find_sibling_imports(name)
    return tuple(
        GeneratedFile(f"{folder}{name}.py", _read_module(name))
        for name in sorted(needed)
    )


def read_runtime_imports(text: str, runtime: str) -> frozenset[str]:
    """Return the modules of a shared runtime that a module of a client imports.

    Args:
        text: A Python module as it is on the disk; one that is no Python imports none.
        runtime: Where the runtime is, seen from the client's folder.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return frozenset()
    _, package = split_runtime(runtime)
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            if node.module == package:
                found.update(alias.name for alias in node.names)
            elif node.module and node.module.startswith(f"{package}."):
                found.add(node.module.removeprefix(f"{package}."))
    return frozenset(found) & list_runtime_modules()


@cache
def list_runtime_modules() -> frozenset[str]:
    """Return the names of all modules of the runtime."""
    return frozenset(path.stem for path in _FOLDER.glob("*.py"))


@cache
def _read_module(name: str) -> str:
    return (_FOLDER / f"{name}.py").read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _find_sibling_imports(name: str) -> tuple[str, ...]:
    return tuple(_FROM_BESIDE.findall(_read_module(name)))
