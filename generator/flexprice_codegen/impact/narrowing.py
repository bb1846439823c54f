"""What a condition says about names.

In: the test of an `if`, an `and`, or an `assert`. Out: a frame in which it holds, or does
not hold.
"""

from __future__ import annotations

import ast

from flexprice_codegen.impact.frame import Frame, get_dotted_name
from flexprice_codegen.impact.values import (
    OTHER,
    UNKNOWN,
    AliasValue,
    ClassValue,
    FunctionValue,
    GuardValue,
    RowValue,
    UnknownValue,
    Value,
    ValueSet,
    list_instances,
)


def narrow(frame: Frame, test: ast.expr, *, is_true: bool) -> None:
    """Narrow names in a frame to what they are where a condition holds.

    Args:
        frame: The frame, which changes.
        test: The condition.
        is_true: Whether it holds.
    """
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            narrow(frame, operand, is_true=not is_true)
        case ast.BoolOp(op=ast.And(), values=values) if is_true:
            for each in values:
                narrow(frame, each, is_true=True)
        case ast.BoolOp(op=ast.Or(), values=values) if not is_true:
            for each in values:
                narrow(frame, each, is_true=False)
        case ast.Call(func=ast.Name(id="isinstance"), args=[subject, classes]):
            _narrow_instance(frame, subject, classes, is_true=is_true)
        case ast.Compare(
            left=ast.Call(func=ast.Name(id="type"), args=[subject]),
            ops=[ast.Is() | ast.Eq()],
            comparators=[only],
        ) if is_true:
            _narrow_instance(frame, subject, only, is_true=True)
        case ast.Call(args=[subject, *_]) if is_true:
            _narrow_by_guard(frame, test, subject)
        case _:
            pass


def _narrow_by_guard(frame: Frame, test: ast.Call, subject: ast.expr) -> None:
    """Narrow what a function of the user with `TypeGuard` says of its argument."""
    path = get_dotted_name(subject)
    if not path:
        return
    frame.silence += 1
    callees = frame.evaluate(test.func)
    frame.silence -= 1
    for each in callees:
        if not isinstance(each, FunctionValue):
            continue
        for result in frame.project.results.get(each.number) or OTHER:
            if isinstance(result, GuardValue):
                frame.narrow(path, result.of)


def _narrow_instance(
    frame: Frame, subject: ast.expr, classes: ast.expr, *, is_true: bool
) -> None:
    if isinstance(subject, ast.NamedExpr):
        subject = subject.target
    path = get_dotted_name(subject)
    if not path:
        return
    # The test itself was evaluated before, with its uses.
    frame.silence += 1
    wanted = _list_classes(frame.evaluate(classes))
    before = frame.evaluate(subject)
    frame.silence -= 1
    if is_true:
        frame.narrow(path, _keep(before, wanted))
    elif UNKNOWN.isdisjoint(wanted):
        frame.narrow(path, before - wanted)


def _list_classes(values: ValueSet) -> ValueSet:
    """Return the instances of the classes that `isinstance` tests."""
    found: set[Value] = set()
    for each in values:
        if isinstance(each, RowValue):
            for item in each.items:
                found |= _list_classes(item)
        elif isinstance(each, ClassValue | AliasValue):
            found |= list_instances(frozenset({each}))
        elif isinstance(each, UnknownValue):
            found.add(each)
    return frozenset(found)


def _keep(before: ValueSet, wanted: ValueSet) -> ValueSet:
    """Return what a value is if it is an instance of one of some classes.

    A class that the value was not known to be is what it is now: a subclass, or a value
    of which nothing was known.
    """
    kept = before & wanted
    if kept:
        return kept
    return wanted or OTHER
