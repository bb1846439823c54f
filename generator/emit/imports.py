"""Imports of a generated module, sorted as isort and ruff sort them.

In: pairs of module and name; no name for the module itself. Out: lines in groups: the future, the standard library,
other packages, our own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from generator.emit.quoting import WIDTH
from generator.surface.python import NEEDS_IMPORT, PyType, classes_in, plain_names

_PARTS = re.compile(r"(\D+|(?=\d))(\d*)")
_HOMES = {
    "Literal": "typing",
    "FileContent": "~runtime.forms",
    "Stream": "~runtime.uploads",
}
_THIRD_PARTY = frozenset({"msgspec", "httpx2"})


def import_lines(names: Iterable[tuple[str, str]], indent: int = 0) -> list[str]:
    """Write the imports, an empty line between the groups.

    The lines are for a depth of `indent` blanks, which they do not hold.
    """
    by_module: dict[str, set[str]] = defaultdict(set)
    for module, name in names:
        by_module[module].add(name)
    groups: dict[int, list[str]] = defaultdict(list)
    for module in sorted(by_module, key=module_order):
        groups[_group(module)] += _statement(module, by_module[module], WIDTH - indent)
    lines: list[str] = []
    for number in sorted(groups):
        lines += ["", *groups[number]] if lines else groups[number]
    return lines


def _group(module: str) -> int:
    if module == "__future__":
        return 0
    if module.startswith("."):
        return 3
    return 2 if module.partition(".")[0] in _THIRD_PARTY else 1


def module_order(module: str) -> tuple[int, tuple[tuple[str, int], ...]]:
    """Sort relative modules as isort does: the furthest first."""
    dots = len(module) - len(module.lstrip("."))
    return (-dots, _natural(module))


def _natural(name: str) -> tuple[tuple[str, int], ...]:
    """Let numbers count as numbers: `item2` before `item10`."""
    return tuple(
        (part.group(1), int(part.group(2) or 0)) for part in _PARTS.finditer(name)
    )


def _statement(module: str, names: Iterable[str], width: int) -> list[str]:
    ordered = sorted((each for each in names if each), key=name_order)
    if not ordered:
        return [f"import {module}"]
    line = f"from {module} import {', '.join(ordered)}"
    if len(line) <= width:
        return [line]
    return [f"from {module} import (", *(f"    {name}," for name in ordered), ")"]


def name_order(name: str) -> tuple[int, tuple[tuple[str, int], ...]]:
    """Sort constants, then classes, then the rest."""
    if name.isupper() and len(name.encode()) > 1:  # ruff counts bytes
        return (0, _natural(name))
    return (1 if name[:1].isupper() else 2, _natural(name))


def imports_of_type(type_: PyType, root: str) -> Iterator[tuple[str, str]]:
    """Give what an annotation needs; `root` are the dots that lead to the package."""
    if next(classes_in(type_), None) is not None:
        yield root, "models"
    for name in plain_names(type_):
        if name in NEEDS_IMPORT:
            yield NEEDS_IMPORT[name], name
        elif name in _HOMES:
            yield _HOMES[name].replace("~", root), name


def exports(names: Iterable[tuple[str, str]], indent: int) -> list[str]:
    """Write `from .module import Name as Name` for pairs of module and name, sorted."""
    pad = " " * indent
    lines = []
    for module, name in sorted(
        names, key=lambda pair: (module_order(pair[0]), name_order(pair[1]))
    ):
        line = f"{pad}from {module} import {name} as {name}"
        if len(line) > WIDTH:
            line = f"{pad}from {module} import (\n{pad}    {name} as {name},\n{pad})"
        lines.append(line)
    return lines
