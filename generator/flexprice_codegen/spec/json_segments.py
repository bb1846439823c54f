"""The segments of a JSONPath query that need no library (RFC 9535 §2.3, §2.5).

In: a query. Out: its first segments: names, indices, wildcards, and filters of existence
tests and of comparisons with strings, Booleans and null. A segment of another kind ends
them, such as a slice, a descendant segment, a function or a comparison of numbers; so does
one that is invalid.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flexprice_codegen.spec.nodes import Json

NodePath: TypeAlias = tuple[str | int, ...]
"""The keys and indices that lead from the root to a node."""
Segment: TypeAlias = tuple[object, ...]
"""Names, indices, `_EVERY`, and conditions of filters."""
_Condition: TypeAlias = Callable[[Json, Json], bool]
"""Whether a filter selects a node; the second argument is the root of the document."""

_BLANK = r"[ \t\n\r]*"
_TEXT = r"""(?:'[^'"\\\x00-\x1f]*'|"[^'"\\\x00-\x1f]*")"""
# A name without escapes, an index or a wildcard. An index has at most 9 digits, far
# more than an array can have elements; python-jsonpath reports longer ones.
_SELECTOR = rf"(?:{_TEXT}|0|[1-9][0-9]{{0,8}}|\*)"
# One segment (RFC 9535 §2.5) of names, indices and wildcards, without escapes.
_SEGMENT = re.compile(
    rf"{_BLANK}(?:\.(?P<name>[A-Za-z_][A-Za-z0-9_]*|\*)"
    rf"|\[{_BLANK}(?P<list>{_SELECTOR}(?:{_BLANK},{_BLANK}{_SELECTOR})*){_BLANK}\])"
)
# The parts below have the names of the grammar in RFC 9535 §2.3.5.1.
_IN_LIST = re.compile(_SELECTOR)
# `?` begins a filter; the conditions in it are of existence and of equality.
_FILTER = re.compile(rf"{_BLANK}\[{_BLANK}\?{_BLANK}")
# Anything but the bracket is a part of the grammar that the library reads.
_FILTER_END = re.compile(rf"{_BLANK}\]")
# It binds less than `&&`, and both less than `!` (RFC 9535, Table 10).
_OR = re.compile(rf"{_BLANK}\|\|{_BLANK}")
# Conditions that must all hold.
_AND = re.compile(rf"{_BLANK}&&{_BLANK}")
# It can be before parentheses and a test, not before a comparison.
_NOT = re.compile(rf"!{_BLANK}")
# Parentheses group conditions.
_OPEN = re.compile(rf"\({_BLANK}")
# White space is allowed on both sides of each sign.
_CLOSE = re.compile(rf"{_BLANK}\)")
# Numbers are left to the library: `1` and `1.0` are equal there.
_COMPARISON = re.compile(
    rf"{_BLANK}(?P<sign>[=!]=){_BLANK}(?P<value>{_TEXT}|true|false|null)"
)
_EVERY = object()
_CONSTANTS: dict[str, Json] = {"true": True, "false": False, "null": None}


class _OtherSyntaxError(Exception):
    """A part that is not read here, or is invalid; the library decides which."""


@dataclass(slots=True)
class _Reader:
    """A query, and how far it is read."""

    text: str
    offset: int

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return what comes next if a pattern matches it."""
        found = pattern.match(self.text, self.offset)
        if found is not None:
            self.offset = found.end()
        return found


def split_segments(text: str) -> tuple[tuple[Segment, ...], str]:
    """Return the first segments of a query after its `$`, and the text of the others."""
    reader = _Reader(text, 1)
    segments = _read_segments(reader)
    return segments, text[reader.offset :]


def select_nodes(
    start: Json, segments: Sequence[Segment], root: Json
) -> list[tuple[NodePath, Json]]:
    """Return the nodes that segments select, with their paths.

    Args:
        start: The node that the segments start from.
        segments: The segments.
        root: The root of the document, to which filters can refer.
    """
    found: list[tuple[NodePath, Json]] = [((), start)]
    for segment in segments:
        found = [
            ((*way, key), child)
            for way, node in found
            for selector in segment
            for key, child in _iter_children(node, selector, root)
        ]
    return found


def _iter_children(
    node: Json, selector: object, root: Json
) -> Iterable[tuple[str | int, Json]]:
    """Return the children of a node that a selector selects (RFC 9535 §2.3)."""
    children: Iterable[tuple[str | int, Json]] = ()
    if isinstance(node, dict):
        if isinstance(selector, str):
            return [(selector, node[selector])] if selector in node else ()
        children = node.items()
    elif isinstance(node, list):
        if isinstance(selector, int):
            return [(selector, node[selector])] if selector < len(node) else ()
        children = enumerate(node)

    if selector is _EVERY:
        return children
    if callable(selector):
        return [(key, child) for key, child in children if selector(child, root)]
    return ()


def _read_segments(reader: _Reader) -> tuple[Segment, ...]:
    """Read as many segments as there are."""
    segments: list[Segment] = []
    while True:
        begin = reader.offset
        try:
            segment = _read_segment(reader)
        except (_OtherSyntaxError, RecursionError):
            # The library reads the rest, or reports what is wrong with it.
            segment = None
        if segment is None:
            reader.offset = begin
            return tuple(segments)
        segments.append(segment)


def _read_segment(reader: _Reader) -> Segment | None:
    found = reader.take(_SEGMENT)
    if found is not None:
        name = found["name"]
        parts = [name] if name else _IN_LIST.findall(found["list"])
        return tuple(map(_parse_selector, parts))

    if reader.take(_FILTER) is None:
        return None
    condition = _read_alternatives(reader)
    if reader.take(_FILTER_END) is None:
        raise _OtherSyntaxError
    return (condition,)


def _parse_selector(text: str) -> object:
    if text == "*":
        return _EVERY
    return int(text) if text.isdigit() else text.strip("'\"")


def _read_alternatives(reader: _Reader) -> _Condition:
    """Read conditions of which one must hold (RFC 9535 §2.3.5.1)."""
    options = [_read_conjunction(reader)]
    while reader.take(_OR):
        options.append(_read_conjunction(reader))
    if len(options) == 1:
        return options[0]
    return lambda node, root: any(each(node, root) for each in options)


def _read_conjunction(reader: _Reader) -> _Condition:
    """Read conditions which must all hold."""
    parts = [_read_condition(reader)]
    while reader.take(_AND):
        parts.append(_read_condition(reader))
    if len(parts) == 1:
        return parts[0]
    return lambda node, root: all(each(node, root) for each in parts)


def _read_condition(reader: _Reader) -> _Condition:
    """Read a test, a comparison, or what is in parentheses."""
    is_negated = reader.take(_NOT) is not None
    if reader.take(_OPEN):
        condition = _read_alternatives(reader)
        if reader.take(_CLOSE) is None:
            raise _OtherSyntaxError
    else:
        condition = _read_query(reader, can_compare=not is_negated)
    return (lambda node, root: not condition(node, root)) if is_negated else condition


def _read_query(reader: _Reader, *, can_compare: bool) -> _Condition:
    """Read a query within a filter: a test that it selects anything, or a comparison."""
    is_absolute = reader.text.startswith("$", reader.offset)
    if not is_absolute and not reader.text.startswith("@", reader.offset):
        raise _OtherSyntaxError
    reader.offset += 1
    segments = _read_segments(reader)

    compared = reader.take(_COMPARISON)
    if compared is None:
        return lambda node, root: bool(
            select_nodes(root if is_absolute else node, segments, root)
        )
    if not can_compare or not all(map(_is_singular, segments)):
        raise _OtherSyntaxError

    value = _parse_literal(compared["value"])
    is_equal = compared["sign"] == "=="

    def compare(node: Json, root: Json) -> bool:
        found = select_nodes(root if is_absolute else node, segments, root)
        # A query that selects nothing differs from each value (RFC 9535 §2.3.5.2.2).
        return (bool(found) and _is_same(found[0][1], value)) is is_equal

    return compare


def _is_singular(segment: Segment) -> bool:
    """Return whether a segment selects one node at most (RFC 9535 §2.3.5.1)."""
    return len(segment) == 1 and isinstance(segment[0], (str, int))


def _parse_literal(text: str) -> Json:
    return _CONSTANTS[text] if text in _CONSTANTS else text[1:-1]


def _is_same(found: Json, value: Json) -> bool:
    """Return whether a node is a string, a Boolean or null."""
    return found == value if isinstance(value, str) else found is value
