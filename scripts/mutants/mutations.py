"""The mutants of a module: small changes, each of which some test ought to notice.

In: the source of a module. Out: `Mutant`s. Docstrings, annotations, decorators, and
assertions stay, as no caller can rely on them. So does prose, the words of messages: a
test that repeats it proves nothing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

_COMPARISONS: Mapping[type[ast.cmpop], ast.cmpop] = {
    ast.Eq: ast.NotEq(),
    ast.NotEq: ast.Eq(),
    ast.Lt: ast.LtE(),
    ast.LtE: ast.Lt(),
    ast.Gt: ast.GtE(),
    ast.GtE: ast.Gt(),
    ast.Is: ast.IsNot(),
    ast.IsNot: ast.Is(),
    ast.In: ast.NotIn(),
    ast.NotIn: ast.In(),
}
_OPERATORS: Mapping[type[ast.operator], ast.operator] = {
    ast.Add: ast.Sub(),
    ast.Sub: ast.Add(),
    ast.Mult: ast.FloorDiv(),
    ast.FloorDiv: ast.Mult(),
    ast.BitOr: ast.BitAnd(),
    ast.BitAnd: ast.BitOr(),
}
_FUNCTIONS = {"min": "max", "max": "min", "any": "all", "all": "any"}
# Their arguments are for type checkers, or they are never reached.
_FOR_TYPES = {"TypeVar", "ParamSpec", "cast", "assert_never"}
_GENERICS = {"dict", "frozenset", "list", "set", "tuple", "type"}
_NOTHING = "nothing"
# A space between two words, two quotes or two braces, as identifiers do not have it.
_PROSE = re.compile(r"[a-z}`'\"],? [a-z{`'\"]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Mutant:
    """A change of one place of a file: `text` replaces the bytes `start` to `end`."""

    file: str
    line: int
    start: int
    end: int
    text: str
    before: str
    after: str
    source_line: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What says which mutant this is, wherever the line moves to."""
        return self.file, self.source_line, self.before, self.after

    def apply_to(self, source: bytes) -> bytes:
        """Return the source with the change."""
        return source[: self.start] + self.text.encode() + source[self.end :]

    def is_valid(self, source: bytes) -> bool:
        """Return whether the source with the change is Python."""
        try:
            compile(self.apply_to(source), self.file, "exec", dont_inherit=True)
        except SyntaxError:
            return False
        return True


class _Edit(NamedTuple):
    """A node to replace, its new text, and how both are shown."""

    node: Any
    text: str
    before: str = ""
    after: str = ""
    shown: Any = None
    """The node whose line is shown, if it is only a part of the replaced one."""


_Rule: TypeAlias = Callable[[Any], Iterator[_Edit]]


def find_mutants(file: str, source: bytes) -> list[Mutant]:
    """Return all mutants of a module, in the order of its text.

    Args:
        file: The path that they are shown with.
        source: The text of the module.
    """
    tree = ast.parse(source)
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    found = set()
    for edit in _iter_edits(tree):
        node = edit.node
        shown = edit.shown or node
        mutant = Mutant(
            file=file,
            line=shown.lineno,
            start=starts[node.lineno - 1] + node.col_offset,
            end=starts[node.end_lineno - 1] + node.end_col_offset,
            text=edit.text,
            before=_join_lines(edit.before or ast.unparse(shown)),
            after=_join_lines(edit.after or edit.text),
            source_line=lines[shown.lineno - 1].decode().strip(),
        )
        found.add(mutant)
    return sorted(found)


def _join_lines(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text)


def _iter_edits(tree: ast.Module) -> Iterator[_Edit]:
    # A tuple is a table at the top of a module and after `except`; elsewhere it is a
    # result or an argument, which fails at once without one of its parts.
    tables = {
        id(node)
        for statement in tree.body
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        for node in ast.walk(statement)
    } | {
        id(node.type) for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)
    }
    for node in _iter_nodes(tree):
        if isinstance(node, ast.Tuple) and id(node) not in tables:
            continue
        for kind, rule in _RULES:
            if isinstance(node, kind):
                yield from rule(node)


def _iter_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that may change, from the outside in."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in _SKIPPED.get(type(node), ()) or _is_for_types(node, name):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or _is_without_effect(child):
                continue
            # Without this item is the same as with another one.
            if name in {"elts", "keys"} and isinstance(child, ast.Constant):
                continue
            yield from _iter_nodes(child)


_SKIPPED: Mapping[type[ast.AST], tuple[str, ...]] = {
    ast.FunctionDef: ("returns", "decorator_list"),
    ast.AsyncFunctionDef: ("returns", "decorator_list"),
    ast.ClassDef: ("decorator_list", "keywords", "bases"),
    ast.AnnAssign: ("annotation",),
    ast.arg: ("annotation",),
    # Their positions are wrong before Python 3.12.
    ast.JoinedStr: ("values",),
    # Never to match is the same as to match another value.
    ast.MatchValue: ("value",),
}


def _is_for_types(node: ast.AST, name: str) -> bool:
    """Return whether a field of a node says something to type checkers only."""
    match node:
        case ast.Subscript(value=ast.Name(id=generic)) if name == "slice":
            is_class = generic[:1].isupper() and not generic.isupper()
            return is_class or generic in _GENERICS
        case ast.AnnAssign(annotation=ast.Name(id="TypeAlias")):
            return True
        case ast.Call(func=ast.Name(id=function)) if function in _FOR_TYPES:
            return name == "args"
        case _:
            return False


def _is_without_effect(node: ast.AST) -> bool:
    match node:
        case ast.Assert() | ast.Import() | ast.ImportFrom():
            return True
        case ast.Expr(value=ast.Constant()):  # a docstring
            return True
        case ast.Expr(value=ast.Call(func=ast.Name(id="assert_never"))):
            return True
        case ast.match_case(body=[only]):
            return _is_without_effect(only)
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case _:
            return False


def _replace(node: ast.AST, **fields: object) -> str:
    """Return the text of a node with other fields."""
    changed = copy(node)
    vars(changed).update(fields)
    return ast.unparse(changed)


def _without(items: list[Any], index: int) -> list[Any]:
    return [*items[:index], *items[index + 1 :]]


def _mutate_compare(node: ast.Compare) -> Iterator[_Edit]:
    for index, operator in enumerate(node.ops):
        other = [*node.ops]
        other[index] = _COMPARISONS[type(operator)]
        yield _Edit(node, _replace(node, ops=other))


def _mutate_operands(node: ast.BoolOp) -> Iterator[_Edit]:
    for index, operand in enumerate(node.values):
        rest = _without(node.values, index)
        text = _replace(node, values=rest) if len(rest) > 1 else ast.unparse(rest[0])
        yield _Edit(node, f"({text})", ast.unparse(operand), _NOTHING, operand)


def _mutate_not(node: ast.UnaryOp) -> Iterator[_Edit]:
    if isinstance(node.op, ast.Not):
        yield _Edit(node, f"({ast.unparse(node.operand)})")


def _mutate_constant(node: ast.Constant) -> Iterator[_Edit]:
    match node.value:
        case bool():
            yield _Edit(node, str(not node.value))
        case int() | float():
            yield _Edit(node, str(node.value + 1))
        case str() if not _PROSE.search(node.value):
            yield _Edit(node, repr(f"XX{node.value}"))
        case bytes():
            yield _Edit(node, repr(b"XX" + node.value))


def _mutate_operator(node: ast.BinOp | ast.AugAssign) -> Iterator[_Edit]:
    other = _OPERATORS.get(type(node.op))
    if other is not None:
        text = _replace(node, op=other)
        yield _Edit(node, text if isinstance(node, ast.AugAssign) else f"({text})")


def _mutate_items(node: ast.Set | ast.List | ast.Tuple) -> Iterator[_Edit]:
    for index, item in enumerate(node.elts):
        text = _replace(node, elts=_without(node.elts, index))
        text = "set()" if text == "{*()}" else text
        yield _Edit(node, text, ast.unparse(item), _NOTHING, item)


def _mutate_rows(node: ast.Dict) -> Iterator[_Edit]:
    for index, (key, value) in enumerate(zip(node.keys, node.values, strict=True)):
        text = _replace(
            node, keys=_without(node.keys, index), values=_without(node.values, index)
        )
        shown = value if key is None else key
        yield _Edit(node, text, ast.unparse(shown), _NOTHING, shown)


def _mutate_call(node: ast.Call) -> Iterator[_Edit]:
    for index, keyword in enumerate(node.keywords):
        text = _replace(node, keywords=_without(node.keywords, index))
        yield _Edit(node, text, ast.unparse(keyword), _NOTHING, keyword)
    if isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS:
        yield _Edit(node.func, _FUNCTIONS[node.func.id])


def _mutate_branch(node: ast.If | ast.While) -> Iterator[_Edit]:
    yield _Edit(node.test, "False")


def _mutate_choice(node: ast.IfExp) -> Iterator[_Edit]:
    for branch in (node.body, node.orelse):
        yield _Edit(node, f"({ast.unparse(branch)})")


def _mutate_filter(node: ast.comprehension) -> Iterator[_Edit]:
    for condition in node.ifs:
        yield _Edit(condition, "True")


def _mutate_case(node: ast.match_case) -> Iterator[_Edit]:
    pattern = ast.unparse(node.pattern)
    if node.guard is not None:
        yield _Edit(node.guard, "True")
    elif pattern != "_":
        yield _Edit(node.pattern, f"{pattern} if False")


def _mutate_alternatives(node: ast.MatchOr) -> Iterator[_Edit]:
    for index, pattern in enumerate(node.patterns):
        rest = _without(node.patterns, index)
        text = " | ".join(map(ast.unparse, rest))
        yield _Edit(node, text, ast.unparse(pattern), _NOTHING, pattern)


def _mutate_statement(node: ast.stmt) -> Iterator[_Edit]:
    yield _Edit(node, "pass")


def _mutate_jump(node: ast.Continue | ast.Break) -> Iterator[_Edit]:
    yield _Edit(node, "break" if isinstance(node, ast.Continue) else "continue")


_RULES: tuple[tuple[Any, _Rule], ...] = (
    (ast.Compare, _mutate_compare),
    (ast.BoolOp, _mutate_operands),
    (ast.UnaryOp, _mutate_not),
    (ast.Constant, _mutate_constant),
    (ast.BinOp | ast.AugAssign, _mutate_operator),
    (ast.Set | ast.List | ast.Tuple, _mutate_items),
    (ast.Dict, _mutate_rows),
    (ast.Call, _mutate_call),
    (ast.If | ast.While, _mutate_branch),
    (ast.IfExp, _mutate_choice),
    (ast.comprehension, _mutate_filter),
    (ast.match_case, _mutate_case),
    (ast.MatchOr, _mutate_alternatives),
    (ast.Expr | ast.Raise, _mutate_statement),
    (ast.Continue | ast.Break, _mutate_jump),
)
