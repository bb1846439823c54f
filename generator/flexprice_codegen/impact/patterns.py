"""The patterns of `match` statements.

In: a pattern and what its subject can be. Out: recorded uses, and names that are bound.
"""

from __future__ import annotations

import ast

from flexprice_codegen.impact.frame import Frame, get_position
from flexprice_codegen.impact.members import get_attribute
from flexprice_codegen.impact.symbols import Position, Symbol
from flexprice_codegen.impact.values import (
    OTHER,
    MemberValue,
    RowValue,
    UserInstance,
    ValueSet,
    iterate_values,
    join_values,
    list_instances,
)


def match_pattern(frame: Frame, pattern: ast.pattern, values: ValueSet) -> ValueSet:
    """Bind the names of a pattern, and return what the subject is if it matches.

    Args:
        frame: The scope, which gets the names.
        pattern: The pattern.
        values: What the subject can be.
    """
    match pattern:
        case ast.MatchClass():
            return _match_class(frame, pattern)
        case ast.MatchValue(value=value):
            frame.evaluate(value)
            _record_text(frame, value, values)
            return values
        case ast.MatchAs(pattern=inner, name=name):
            if inner is not None:
                values = match_pattern(frame, inner, values)
            if name is not None:
                frame.assign(name, values)
            return values
        case ast.MatchOr(patterns=patterns):
            return join_values(
                *(match_pattern(frame, each, values) for each in patterns)
            )
        case ast.MatchSequence(patterns=patterns):
            _match_items(frame, patterns, values)
        case ast.MatchStar(name=str() as name):
            frame.assign(name, values)
        case ast.MatchMapping(keys=keys, patterns=patterns):
            for key in keys:
                frame.evaluate(key)
            for each in patterns:
                match_pattern(frame, each, OTHER)
        case _:
            pass
    return values


def _match_items(frame: Frame, patterns: list[ast.pattern], values: ValueSet) -> None:
    rows = [each for each in values if isinstance(each, RowValue)]
    for index, each in enumerate(patterns):
        items = [row.items[index] for row in rows if len(row.items) == len(patterns)]
        match_pattern(
            frame, each, join_values(*items) if items else iterate_values(values)
        )


def _match_class(frame: Frame, pattern: ast.MatchClass) -> ValueSet:
    instances = list_instances(frame.evaluate(pattern.cls))
    for name, inner in zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True):
        position = _find_keyword(frame, pattern, name, inner)
        values = get_attribute(frame, instances, name, position, "pattern")
        match_pattern(frame, inner, values)
    for index, inner in enumerate(pattern.patterns):
        match_pattern(frame, inner, _get_positional(frame, instances, index))
    return instances


def _get_positional(frame: Frame, instances: ValueSet, index: int) -> ValueSet:
    """Return what a positional pattern of a dataclass of the user matches."""
    found = []
    for each in instances:
        if isinstance(each, UserInstance):
            fields = frame.project.classes[each.number].fields
            if index < len(fields):
                key = (each.number, fields[index])
                found.append(frame.project.attributes.get(key) or OTHER)
    # `case Class() as x` and `case Class(x)` of a builtin bind the subject itself.
    return join_values(*found) if found else instances


def _find_keyword(
    frame: Frame, pattern: ast.MatchClass, name: str, inner: ast.pattern
) -> Position:
    """Return where the keyword of a class pattern is: the syntax tree has no node."""
    width = len(name.encode())
    line = frame.module.get_line(inner.lineno)
    start = line.rfind(name.encode(), 0, inner.col_offset)
    if start < 0:
        return Position(pattern.lineno, pattern.col_offset, pattern.col_offset + 1)
    return Position(inner.lineno, start, start + width)


def _record_text(frame: Frame, node: ast.expr, values: ValueSet) -> None:
    if not isinstance(node, ast.Constant):
        return
    for each in values:
        if isinstance(each, MemberValue):
            for symbol in frame.project.types.find_members(each.name, node.value):
                frame.record(get_position(node), symbol, "text")


def record_choice(frame: Frame, node: ast.Match, values: ValueSet) -> None:
    """Record a `match` over an enum that has no case for anything else.

    Args:
        frame: The scope.
        node: The statement.
        values: What its subject can be.
    """
    is_whole = any(
        isinstance(each.pattern, ast.MatchAs)
        and each.pattern.pattern is None
        and each.guard is None
        for each in node.cases
    )
    if is_whole:
        return
    for each in values:
        if isinstance(each, MemberValue):
            frame.record(
                get_position(node.subject), Symbol("choice", "", each.name), "missing"
            )
