"""What adds to a container: `append` and the like, and the assignment of an item.

In: the expression of the container, and what is added. Out: the container is bound again,
with more in it; a container in a container is followed to the name that has both.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from flexprice_codegen.impact.frame import Frame, PassedArguments, get_dotted_name
from flexprice_codegen.impact.protocols import iterate
from flexprice_codegen.impact.values import (
    OTHER,
    CollectionValue,
    TableValue,
    Value,
    ValueSet,
    join_values,
)

_ADDING = {
    "append": 0,
    "appendleft": 0,
    "add": 0,
    "insert": 1,
    "put": 0,
    "put_nowait": 0,
}
"""Methods that add one argument, by its position."""
_EXTENDING = frozenset({"extend", "extendleft", "update"})
"""Methods that add all items of their argument."""
# `table.setdefault(key, default)` is the item, which is the default at first.
_DEFAULT = 1

_Change = Callable[[ValueSet], ValueSet]


def grow_by_call(frame: Frame, node: ast.Call, arguments: PassedArguments) -> None:
    """Add to a container what a call of one of its methods adds."""
    if not isinstance(node.func, ast.Attribute):
        return
    name = node.func.attr
    if name in _ADDING:
        added = arguments.get(_ADDING[name])
    elif name in _EXTENDING:
        added = iterate(frame, arguments.get(0))
    else:
        return
    tables = frozenset(
        each for each in arguments.get(0) if isinstance(each, TableValue)
    )
    if added or tables:
        _change(frame, node.func.value, lambda known: _add(known, added, tables))


def _add(known: ValueSet, added: ValueSet, tables: ValueSet) -> ValueSet:
    """Return containers with more in them; a table gets the rows of other tables."""
    rows = join_values(
        *(each.values for each in tables if isinstance(each, TableValue))
    )
    return frozenset(
        (
            CollectionValue(each.items | added)
            if isinstance(each, CollectionValue)
            else _add_rows(each, rows)
        )
        for each in known
    )


def _add_rows(value: Value, rows: ValueSet) -> Value:
    if isinstance(value, TableValue) and rows:
        return TableValue(value.keys, value.values | rows)
    return value


def grow_by_assignment(frame: Frame, target: ast.expr, values: ValueSet) -> None:
    """Add to a container what is assigned to an item of it, or what `+=` adds."""
    if values:
        _change(frame, target, lambda known: known | values)


def _change(frame: Frame, node: ast.expr, change: _Change) -> None:
    """Bind what has a container to a changed one: a name, or the container around it."""
    match node:
        case ast.Subscript(value=owner):
            _change(frame, owner, lambda known: _change_items(known, change))
        case ast.Call(func=ast.Attribute(value=owner, attr="setdefault"), args=args):
            default = (
                _evaluate_silently(frame, args[_DEFAULT])
                if len(args) > _DEFAULT
                else OTHER
            )
            _change(
                frame,
                owner,
                lambda known: _change_items(known, lambda each: change(each | default)),
            )
        case _ if get_dotted_name(node):
            known = _evaluate_silently(frame, node)
            changed = change(known)
            if changed != known:
                frame.reader.bind(frame, node, changed)
        case _:
            pass


def _change_items(known: ValueSet, change: _Change) -> ValueSet:
    """Return containers whose items are changed."""
    found: set[Value] = set()
    for each in known:
        match each:
            case TableValue(keys=keys, values=values):
                found.add(TableValue(keys, change(values)))
            case CollectionValue(items=items):
                found.add(CollectionValue(change(items)))
            case _:
                found.add(each)
    return frozenset(found)


def _evaluate_silently(frame: Frame, node: ast.expr) -> ValueSet:
    frame.silence += 1
    values = frame.evaluate(node)
    frame.silence -= 1
    return values
