"""The language of the code, counted over the whole package and its runtime."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from support.package_code import MODULES, PACKAGE, list_nodes, read_module

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
MOST_FUNCTIONS_OF_ONE_WORD = 0.4
FEWEST_COMMENTS_IN_100_LINES = 2
NOT_IMPERATIVE = re.compile(r"(?:Give|Tell|Let)s?\b")


def iter_nodes() -> Iterator[tuple[Path, ast.AST]]:
    """Yield the nodes of all modules."""
    for path in MODULES:
        for node in list_nodes(path):
            yield path, node


def format_place(path: Path, node: ast.AST) -> str:
    """Return what a reader looks for."""
    return f"{path.relative_to(PACKAGE)}:{getattr(node, 'lineno', 1)}"


def test_functions_have_a_verb_and_a_noun() -> None:
    names = [
        node.name.strip("_")
        for _, node in iter_nodes()
        if isinstance(node, FUNCTIONS) and not node.name.startswith("__")
    ]
    of_one_word = [name for name in names if "_" not in name]
    assert len(of_one_word) <= MOST_FUNCTIONS_OF_ONE_WORD * len(names)


def test_docstrings_say_what_is_returned() -> None:
    documented = (*FUNCTIONS, ast.ClassDef, ast.Module)
    assert not [
        f"{format_place(path, node)}: {text.splitlines()[0]}"
        for path, node in iter_nodes()
        if isinstance(node, documented)
        and (text := ast.get_docstring(node) or "")
        and NOT_IMPERATIVE.match(text)
    ]


def test_a_statement_makes_one_assignment() -> None:
    """A swap and the parts of one value are one thought."""
    assert not [
        f"{format_place(path, node)}: {ast.unparse(node)}"
        for path, node in iter_nodes()
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Tuple)
        and isinstance(node.targets[0], ast.Tuple)
        and not is_swap(node.targets[0], node.value)
    ]


def is_swap(targets: ast.Tuple, values: ast.Tuple) -> bool:
    """Return whether the values are those of the targets, in another order."""
    return {*map(ast.unparse, targets.elts)} == {*map(ast.unparse, values.elts)}


def test_there_are_comments() -> None:
    lines = 0
    comments = 0
    for path in MODULES:
        text = read_module(path)
        lines += text.count("\n")
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        comments += sum(token.type == tokenize.COMMENT for token in tokens)
    assert 100 * comments / lines >= FEWEST_COMMENTS_IN_100_LINES


def test_a_regular_expression_says_what_it_is_for() -> None:
    assert not [
        format_place(path, statement)
        for path in MODULES
        for statement, following in iter_assignments(path)
        if is_compiled(statement.value)
        # Every client has a copy of the lines of the runtime.
        and "runtime" not in path.parts and not has_reason(path, statement, following)
    ]


Assignment: TypeAlias = ast.Assign | ast.AnnAssign


def iter_assignments(path: Path) -> Iterator[tuple[Assignment, ast.stmt | None]]:
    """Yield the assignments of a module, each with the statement that follows."""
    for node in list_nodes(path):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            for statement, following in zip(body, [*body[1:], None], strict=True):
                if isinstance(statement, Assignment):
                    yield statement, following


def is_compiled(value: ast.expr | None) -> bool:
    """Return whether a value is a compiled regular expression."""
    return isinstance(value, ast.Call) and ast.unparse(value.func) == "re.compile"


def has_reason(path: Path, statement: Assignment, following: ast.stmt | None) -> bool:
    """Return whether there is a comment above or in a statement, or a text below it."""
    lines = read_module(path).splitlines()[statement.lineno - 2 : statement.end_lineno]
    return any("# " in line for line in lines) or (
        isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)
    )
