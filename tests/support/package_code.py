"""The modules of the package as syntax trees, read once for all tests that look at them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

SOURCES = Path(__file__).parent.parent.parent / "generator"
PACKAGE = SOURCES / "flexprice_codegen"
MODULES = sorted(PACKAGE.rglob("*.py"))


@cache
def read_module(path: Path) -> str:
    """Return the text of a module."""
    return path.read_text(encoding="utf-8")


@cache
def parse_module(path: Path) -> ast.Module:
    """Return the syntax tree of a module, which nobody may change."""
    return ast.parse(read_module(path))


@cache
def list_nodes(path: Path) -> tuple[ast.AST, ...]:
    """Return all nodes of the syntax tree of a module."""
    return tuple(ast.walk(parse_module(path)))
