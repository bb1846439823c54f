"""The runtime modules that a client needs, copied but for the header of linters.

In: the runtime modules that a client imports. Out: files of these modules, and of all
modules that they import.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from flexprice_codegen.emit.files import GeneratedFile
from flexprice_codegen.emit.imports import split_runtime
from flexprice_codegen.emit.linter_header import RUNTIME_CODES, add_exemptions

# The runtime is our own formatted Python, so all its imports of itself look like this.
_FROM_BESIDE = re.compile(r"^ *from \.(\w+) import", re.MULTILINE)
_FOLDER = Path(__file__).resolve().parent.parent / "runtime"


def collect_runtime_files(
    roots: Iterable[str], folder: str = "runtime/"
) -> tuple[GeneratedFile, ...]:
    """Return the files of some runtime modules and of all modules that they import.

    Args:
        roots: Names of runtime modules.
        folder: The directory of the files, with a final slash.
    """
    needed: set[str] = set()
    # Without `__init__`, the directory would be a namespace package.
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
        text: The content of a Python module on the disk. Invalid Python imports
            nothing.
        runtime: The path of the runtime, relative to the client's directory.
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
    """Return the names of all runtime modules."""
    return frozenset(path.stem for path in _FOLDER.glob("*.py"))


@cache
def _read_module(name: str) -> str:
    # A checkout on Windows can have CRLF, but generated files always have LF.
    text = (_FOLDER / f"{name}.py").read_text(encoding="utf-8").replace("\r\n", "\n")
    return add_exemptions(text, RUNTIME_CODES)


@cache
def _find_sibling_imports(name: str) -> tuple[str, ...]:
    return tuple(_FROM_BESIDE.findall(_read_module(name)))
