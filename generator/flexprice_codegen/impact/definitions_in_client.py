"""Where the names of a client are defined in its files.

In: the text of the files. Out: positions of the names of each symbol. The attributes of
`with_raw_response` are definitions of their own.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping

from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.impact.client_types import ClientTypes
from flexprice_codegen.impact.symbols import Symbol


@frozen_value(order=True)
class Definition:
    """The position of a defined name: a file of the client, a line, and a column.

    Both count from zero; generated code before a name is ASCII.
    """

    path: str
    line: int
    column: int


def find_definitions(
    files: Mapping[str, str], types: ClientTypes
) -> dict[Symbol, list[Definition]]:
    """Return the definitions of all symbols of a client.

    Args:
        files: The texts of its modules, by path in the client.
        types: The client.
    """
    found: dict[Symbol, list[Definition]] = defaultdict(list)
    for path, text in files.items():
        lines = text.splitlines()
        for symbol, node, name in _iter_definitions(path, ast.parse(text), types):
            line = node.lineno - 1
            column = lines[line].find(name, node.col_offset)
            found[symbol].append(Definition(path, line, column))
    return dict(found)


def _iter_definitions(
    path: str, tree: ast.Module, types: ClientTypes
) -> Iterator[tuple[Symbol, ast.stmt | ast.arg, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            if path.startswith("models/"):
                yield from _iter_model(node, types)
            elif node.name in types.resources:
                yield from _iter_resource(node, types.resources[node.name])
        elif path == "webhooks.py" and isinstance(node, ast.AnnAssign):
            name = ast.unparse(node.target)
            if name in types.events:
                yield Symbol("event", "", name), node, name


def _iter_model(
    node: ast.ClassDef, types: ClientTypes
) -> Iterator[tuple[Symbol, ast.stmt, str]]:
    yield Symbol("class", "", node.name), node, node.name
    for each in node.body:
        name = _get_assigned(each)
        if name in types.fields.get(node.name, {}):
            yield Symbol("field", node.name, name), each, name
        elif name in types.members.get(node.name, {}):
            yield Symbol("member", node.name, name), each, name


def _iter_resource(
    node: ast.ClassDef, resource: str
) -> Iterator[tuple[Symbol, ast.stmt | ast.arg, str]]:
    for each in node.body:
        name = _get_assigned(each)
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
            name = each.name
            for argument in each.args.kwonlyargs:
                owner = f"{resource}.{name}"
                yield Symbol("keyword", owner, argument.arg), argument, argument.arg
        if name and not name.startswith("_"):
            yield Symbol("method", resource, name), each, name


def _get_assigned(node: ast.stmt) -> str:
    """Return the name that a statement assigns; empty for any other statement."""
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    return ""
