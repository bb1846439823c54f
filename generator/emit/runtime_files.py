"""The runtime modules that a client needs, copied as they are.

In: which parts of a client there are. Out: files, with all modules that they import.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from generator.emit.files import File
from generator.surface.model import EnumClass, Surface, UnionClass

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


def roots_of(surface: Surface) -> tuple[str, ...]:
    """Give the runtime modules that the parts of a client start from."""
    roots = ["lazy"]
    if surface.resources:
        roots += ["client", "operation", "parameters", "bodies"]
    roots += ["client", "errors", "auth"]
    kinds = {type(each) for each in surface.models}
    roots += ["open_enum"] if EnumClass in kinds else []
    roots += ["one_of"] if UnionClass in kinds else []
    roots += ["events"] if surface.events.rows else []
    return tuple(dict.fromkeys(roots))


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
