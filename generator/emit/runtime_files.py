"""The runtime modules that a client needs, copied as they are.

In: the files of a client. Out: files, with all modules that they import.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from generator.emit.files import File

_RUNTIME = re.compile(r"^ *from \.+runtime\.(\w+) import", re.MULTILINE)
_FROM_RUNTIME = re.compile(r"^ *from \.+runtime import ([\w, ]+)$", re.MULTILINE)
_FOLDER = Path(__file__).resolve().parent.parent / "runtime"


def runtime_files(roots: Iterable[str]) -> tuple[File, ...]:
    """Give the runtime modules that some modules need, themselves among them."""
    needed: set[str] = set()
    pending = ["__init__", *roots]
    while pending:
        name = pending.pop()
        if name not in needed:
            needed.add(name)
            pending += _imports(name)
    return tuple(File(f"runtime/{name}.py", _text(name)) for name in sorted(needed))


def roots_of(files: Iterable[File]) -> frozenset[str]:
    """Find the runtime modules that generated modules import, or name for later."""
    found: set[str] = set()
    for file in files:
        if file.path.endswith(".py"):
            found.update(_RUNTIME.findall(file.text))
            for names in _FROM_RUNTIME.findall(file.text):
                found.update(each.strip() for each in names.split(","))
    return frozenset(found)


@cache
def _text(name: str) -> str:
    return (_FOLDER / f"{name}.py").read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _imports(name: str) -> tuple[str, ...]:
    return tuple(
        node.module
        for node in ast.walk(ast.parse(_text(name)))
        if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module
    )
