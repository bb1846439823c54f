"""Type hints of the user's code.

In: the expression of a hint. Out: the values of that type; uses in it are recorded.
"""

from __future__ import annotations

import ast

from flexprice_codegen.impact.frame import Frame
from flexprice_codegen.impact.values import (
    OTHER,
    UNKNOWN,
    ClassValue,
    CollectionValue,
    EventValue,
    GuardValue,
    HolderValue,
    LibraryValue,
    ReturningValue,
    RowValue,
    TableValue,
    UserInstance,
    Value,
    ValueSet,
    join_values,
    list_instances,
)

_COLLECTIONS = frozenset(
    {
        "list",
        "List",
        "Sequence",
        "MutableSequence",
        "Iterable",
        "Iterator",
        "Generator",
        "AsyncIterator",
        "AsyncIterable",
        "AsyncGenerator",
        "set",
        "Set",
        "AbstractSet",
        "frozenset",
        "FrozenSet",
        "Collection",
        "Container",
        "Reversible",
        "deque",
        "Queue",
        "Pages",
        "AsyncPages",
        "Streamed",
        "AsyncStreamed",
    }
)
_TABLES = frozenset(
    {"dict", "Dict", "Mapping", "MutableMapping", "defaultdict", "OrderedDict"}
)
# Their value is what is in the brackets, or can be.
_TRANSPARENT = frozenset(
    {
        "Optional",
        "Union",
        "Final",
        "ClassVar",
        "Unpack",
        "Awaitable",
        "Coroutine",
        "Required",
        "NotRequired",
        "ReadOnly",
        "ContextManager",
        "AbstractContextManager",
        "AsyncContextManager",
        "AbstractAsyncContextManager",
        "InitVar",
        "Mapped",
    }
)
# They hold a value that an attribute or a method returns.
_HOLDERS = frozenset({"RawResponse", "Future", "Task", "ServerSentEvent"})
_TUPLES = frozenset({"tuple", "Tuple"})


def read_hint(frame: Frame, node: ast.expr) -> ValueSet:
    """Return the values of a type hint, and record the uses in it."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            return _read_text(frame, node, node.value)
        return OTHER
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return read_hint(frame, node.left) | read_hint(frame, node.right)
    if isinstance(node, ast.Subscript):
        return _read_subscript(frame, node)
    if isinstance(node, ast.Starred):
        return read_hint(frame, node.value)
    if get_last_name(node) == "Self" and frame.owner is not None:
        return frozenset({UserInstance(frame.owner)})
    return _read_name(frame.evaluate(node))


def _read_name(values: ValueSet) -> ValueSet:
    """Return the instances of what a name in a hint means."""
    found: set[Value] = set(list_instances(values))
    for each in values:
        if not isinstance(each, LibraryValue):
            continue
        if each.name in _ANYTHING:
            found |= UNKNOWN
        elif each.name in _FIXTURES:
            found.add(LibraryValue(_FIXTURES[each.name]))
    return frozenset(found)


# Attributes of these say nothing about the client.
_ANYTHING = frozenset(
    {
        "typing.Any",
        "typing_extensions.Any",
        "unittest.mock.Mock",
        "unittest.mock.MagicMock",
        "unittest.mock.AsyncMock",
    }
)


_FIXTURES = {
    "pytest.MonkeyPatch": "pytest.MonkeyPatch",
    "pytest_mock.MockerFixture": "unittest.mock",
}
"""Types of fixtures whose methods take names as texts."""


def get_last_name(node: ast.expr) -> str:
    """Return the last name of a chain of attributes; empty for any other node."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _read_text(frame: Frame, node: ast.Constant, text: str) -> ValueSet:
    """Return the values of a hint that is written as a text."""
    try:
        inner = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError):
        # A string in a type hint can be anything, such as the value of a `Literal`.
        return OTHER
    # The columns are those of the text; only in a plain one of a single line do they
    # follow from the column of its quote.
    width = (node.end_col_offset or 0) - node.col_offset
    is_plain = node.lineno == node.end_lineno and width == len(text.encode()) + _QUOTES
    for each in ast.walk(inner):
        if isinstance(each, ast.expr):
            _move(each, node, node.col_offset + 1 if is_plain else None)
    return read_hint(frame, inner)


# One on each side: a string with a prefix or with three quotes has more.
_QUOTES = 2


def _move(each: ast.expr, node: ast.Constant, shift: int | None) -> None:
    """Move a node of a text to where the text is in its file."""
    each.lineno = node.lineno
    each.end_lineno = node.lineno
    if shift is None:
        each.col_offset = node.col_offset
        each.end_col_offset = node.col_offset + 1
        return
    each.col_offset += shift
    each.end_col_offset = (each.end_col_offset or 0) + shift


def _read_subscript(frame: Frame, node: ast.Subscript) -> ValueSet:
    head = get_last_name(node.value)
    items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if head == "Literal" or not items:
        return OTHER
    if head == "Callable":
        return _read_callable(frame, items)
    if head == "Annotated":
        for each in items[1:]:
            frame.evaluate(each)
        return read_hint(frame, items[0])

    read = [read_hint(frame, each) for each in items]
    made = _build_generic(head, items, read)
    if made is not None:
        return made
    return _read_user_generic(frame, node.value, read)


def _build_generic(
    head: str, items: list[ast.expr], read: list[ValueSet]
) -> ValueSet | None:
    """Return the values of a generic type of the standard library or the client."""
    if head in _COLLECTIONS:
        return frozenset({CollectionValue(read[0], is_paged=head.endswith("Pages"))})
    if head in _TUPLES:
        if len(items) > 1 and _is_ellipsis(items[-1]):
            return frozenset({CollectionValue(read[0])})
        return frozenset({RowValue(tuple(read))})
    if head in _TABLES and len(read) > 1:
        return frozenset({TableValue(read[0], read[1])})
    if head in ("type", "Type"):
        return frozenset(ClassValue(each) for each in read[0])
    if head in _TRANSPARENT:
        # The result of a coroutine is its last argument.
        return read[-1] if head == "Coroutine" else join_values(*read)
    if head in _HOLDERS:
        return frozenset({HolderValue(read[0])})
    if head in ("TypeGuard", "TypeIs"):
        return frozenset({GuardValue(read[0])})
    if head == "Event":
        return frozenset({EventValue(read[0])})
    return None


def _read_user_generic(
    frame: Frame, node: ast.expr, arguments: list[ValueSet]
) -> ValueSet:
    """Return instances of a generic class of the user, with its arguments."""
    joined = join_values(*arguments)
    return frozenset(
        UserInstance(each.number, joined) if isinstance(each, UserInstance) else each
        for each in list_instances(frame.evaluate(node))
    )


def _read_callable(frame: Frame, items: list[ast.expr]) -> ValueSet:
    for each in items[:-1]:
        for hint in each.elts if isinstance(each, ast.List) else [each]:
            read_hint(frame, hint)
    return frozenset({ReturningValue(read_hint(frame, items[-1]))})


def _is_ellipsis(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...
