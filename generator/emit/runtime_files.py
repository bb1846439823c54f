"""The runtime modules that a client needs, copied as they are.

In: the files of a client. Out: files, with all modules that they import.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from generator.emit.files import File

_FROM_BESIDE = re.compile(r"^ *from \.(\w+) import", re.MULTILINE)
_FOLDER = Path(__file__).resolve().parent.parent / "runtime"


def runtime_files(roots: Iterable[str], folder: str = "runtime/") -> tuple[File, ...]:
    """Give the runtime modules that some modules need, themselves among them."""
    needed: set[str] = set()
    pending = ["__init__", *roots]
    while pending:
        name = pending.pop()
        if name not in needed:
            needed.add(name)
            pending += _imports(name)
    return tuple(File(f"{folder}{name}.py", _text(name)) for name in sorted(needed))


def roots_of(files: Iterable[File], runtime: str = "runtime") -> frozenset[str]:
    """Find the runtime modules that generated modules import, or name for later.

    `runtime` is the dotted path of its package, behind the dots.
    """
    known = _modules()
    imports = re.compile(
        rf"from \.+{re.escape(runtime)}(?:\.(\w+) import| import ([\w, ]+)$)",
        re.MULTILINE,
    )
    return known & {
        name
        for file in files
        if file.path.endswith(".py")
        for name in _named_in(file.text, imports)
    }


def _named_in(text: str, imports: re.Pattern[str]) -> Iterator[str]:
    for found in imports.finditer(text):
        if not text[text.rfind("\n", 0, found.start()) + 1 : found.start()].strip(" "):
            module, names = found.groups()
            yield from [module] if module else map(str.strip, names.split(","))


@cache
def _modules() -> frozenset[str]:
    return frozenset(each.stem for each in _FOLDER.glob("*.py"))


@cache
def _text(name: str) -> str:
    return (_FOLDER / f"{name}.py").read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _imports(name: str) -> tuple[str, ...]:
    return tuple(_FROM_BESIDE.findall(_text(name)))
