"""Imports of a generated module, in the order of isort and ruff.

In: imported names, and the location of the module. Out: lines in groups: the future,
the standard library, other packages, the client.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias, assert_never

from flexprice_codegen.emit.expression import ImportedName
from flexprice_codegen.emit.python_text import LINE_WIDTH
from flexprice_codegen.frozen_values import frozen_value

# Pairs of other characters and digits, as isort's natural order splits a name.
_DIGITS = re.compile(r"(\D+|(?=\d))(\d*)")
_Parts: TypeAlias = tuple[tuple[str, int], ...]
_NaturalKey: TypeAlias = tuple[_Parts, _Parts, str]
# Everything else that a client imports is its own or of the library.
_THIRD_PARTY = frozenset({"msgspec", "httpx2"})


@frozen_value
class ModuleLocation:
    """The location of a generated module, from which relative imports start.

    `package` is the dotted path of its package in the client, empty for the client's
    own. `runtime` is the path of a shared runtime, relative to the client's directory,
    such as `../common/_runtime`; empty for a client that has its own.
    """

    package: str = ""
    runtime: str = ""

    def get_module(self, name: ImportedName) -> str:
        """Return the module to import a name from, relative unless it is a library."""
        match name.home:
            case "library":
                return name.module
            case "client":
                return self._relative(name.module)
            case "runtime":
                ups, package = split_runtime(self.runtime)
                path = f"{package}.{name.module}" if name.module else package
                # One dot is the package itself, each further dot a parent (PEP 328).
                return "." * (self._depth + ups) + path
            case _:
                assert_never(name.home)

    @property
    def _depth(self) -> int:
        """The number of dots that lead to the client's own package."""
        return len(self.package.split(".")) + 1 if self.package else 1

    def _relative(self, module: str) -> str:
        beside = f"{self.package}."
        if self.package and module.startswith(beside):
            return f".{module.removeprefix(beside)}"
        return "." * self._depth + module


def split_runtime(runtime: str) -> tuple[int, str]:
    """Return the number of packages to go up, and the dotted path from there.

    `../../common/_runtime` is 2 and `common._runtime`.
    """
    if not runtime:
        return 0, "runtime"
    parts = runtime.split("/")
    ups = parts.count("..")
    return ups, ".".join(parts[ups:])


def format_imports(
    names: Iterable[ImportedName], location: ModuleLocation, indent: int = 0
) -> str:
    """Return import statements, with an empty line between groups.

    Args:
        names: The imported names.
        location: The location of the importing module.
        indent: The indentation of the statements, in spaces.
    """
    by_module: dict[str, set[str]] = defaultdict(set)
    for name in names:
        by_module[location.get_module(name)].add(name.name)

    groups: dict[int, list[str]] = defaultdict(list)
    for module in sorted(by_module, key=_order_module):
        # isort gives each name with an alias a statement of its own.
        aliased = {name for name in by_module[module] if " as " in name}
        statements = [by_module[module] - aliased, *({each} for each in aliased)]
        for some in sorted(filter(None, statements), key=_order_statement):
            groups[_get_group(module)] += _format_statement(
                module, some, LINE_WIDTH - indent
            )

    pad = " " * indent
    texts = [
        "\n".join(f"{pad}{line}" for line in lines)
        for _, lines in sorted(groups.items())
    ]

    return "\n\n".join(texts)


def format_exports(
    names: Iterable[ImportedName], location: ModuleLocation, indent: int
) -> str:
    """Return `from .module import Name as Name` for each name, sorted.

    The alias marks a re-export for type checkers (typing specification, "Import
    conventions").

    Args:
        names: The exported names.
        location: The location of the exporting module.
        indent: The indentation of the statements, in spaces.
    """
    pad = " " * indent
    pairs = [(location.get_module(each), each.name) for each in names]
    lines = []
    for module, name in sorted(
        pairs, key=lambda pair: (_order_module(pair[0]), order_name(pair[1]))
    ):
        line = f"{pad}from {module} import {name} as {name}"
        if len(line) > LINE_WIDTH:
            line = f"{pad}from {module} import (\n{pad}    {name} as {name},\n{pad})"
        lines.append(line)

    return "\n".join(lines)


def _get_group(module: str) -> int:
    if module == "__future__":
        return 0
    if module.startswith("."):
        return 3
    return 2 if module.partition(".")[0] in _THIRD_PARTY else 1


def _order_module(module: str) -> tuple[int, _NaturalKey]:
    """Return the sort key of a module; the most distant relative module is first."""
    dots = len(module) - len(module.lstrip("."))
    return (-dots, _order_naturally(module))


# Each module imports from the same few modules.
@lru_cache(maxsize=10_000)
def _order_naturally(name: str) -> _NaturalKey:
    """Return a sort key that orders numbers by value: `item2` before `item10`."""
    # As ruff has it, capitals decide only where all else is equal. The name itself is
    # last, because `item1` and `item01` have equal numbers.
    return (_split_digits(name.lower()), _split_digits(name), name)


def _split_digits(name: str) -> _Parts:
    return tuple(
        (part.group(1), int(part.group(2) or 0)) for part in _DIGITS.finditer(name)
    )


def _order_statement(names: Iterable[str]) -> tuple[int, _NaturalKey]:
    """Return the sort key of an import among those of its module: its first name."""
    return min(map(order_name, names))


def _format_statement(module: str, names: Iterable[str], width: int) -> list[str]:
    ordered = sorted((name for name in names if name), key=order_name)
    if not ordered:
        return [f"import {module}"]
    line = f"from {module} import {', '.join(ordered)}"
    if len(line) <= width:
        return [line]
    return [f"from {module} import (", *(f"    {name}," for name in ordered), ")"]


def order_name(name: str) -> tuple[int, _NaturalKey]:
    """Return the sort key of an imported name: constants, then classes, then others."""
    return (_get_casing(name), _order_naturally(name))


def order_export(name: str) -> tuple[int, _Parts]:
    """Return the sort key of a name in `__all__`, whose capitals come first for ruff."""
    return (_get_casing(name), _split_digits(name))


def _get_casing(name: str) -> int:
    if name.isupper() and len(name.encode()) > 1:  # ruff counts bytes
        return 0
    return 1 if name[:1].isupper() else 2
