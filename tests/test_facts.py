"""One place for each fact: a format, a limit, or an escape stands in one module.

What a client has to know as well stands in its runtime once more: the runtime is copied
into repositories, so it imports nothing of the generator. The generator does not import
the runtime either, because that needs msgspec, which only clients depend on. So tests
compare the two.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.nasty import deterministic

from flexprice_codegen.api.path_templates import PLACEHOLDER, find_placeholders
from flexprice_codegen.runtime.parameters import path_text

PACKAGE = Path(__file__).parent.parent / "generator" / "flexprice_codegen"
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.name != "__init__.py" and path.parent.name != "runtime"
}


@dataclass(frozen=True)
class Fact:
    """A fact: the code that states it, and the modules that may have such code."""

    code: str
    homes: frozenset[str]


FACTS = {
    "hashes and their lengths": Fact(
        r"\bhashlib\b|hexdigest|\[:(8|10|12|16|32)\]", frozenset({"hashes"})
    ),
    "placeholders of a path": Fact(
        r"\[\^\{\}\]|'\{' (not )?in", frozenset({"api.path_templates", "api.events"})
    ),
    "escapes in JSON pointers": Fact(r"'~[01]'", frozenset({"json_pointers"})),
}


@cache
def read_code(module: str) -> str:
    """Return the code of a module, without comments and docstrings."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            texts = [each for each in body if is_text(each)]
            node.body = [each for each in body if each not in texts] or [ast.Pass()]  # type: ignore[attr-defined]
    return ast.unparse(tree)


def is_text(node: ast.AST) -> bool:
    """Return whether a statement is a docstring, or a text below an attribute."""
    return isinstance(node, ast.Expr) and (
        isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    )


@pytest.mark.parametrize("fact", FACTS.values(), ids=FACTS)
def test_a_fact_stands_in_one_place(fact: Fact) -> None:
    found = {name for name in MODULES if re.search(fact.code, read_code(name))}
    assert found == fact.homes


@given(st.text("{}ab/", max_size=12))
@deterministic()
def test_the_client_fills_in_the_placeholders_that_the_generator_finds(
    path: str,
) -> None:
    values = dict.fromkeys(find_placeholders(path), "value")
    assert path_text(path, values, {}) == PLACEHOLDER.sub("value", path)
