"""JSONPath queries (RFC 9535).

In: a query and a value. Out: the ways to the nodes that it selects. The head of a query,
up to its first filter, slice or descendant, is followed here; the rest is the business of
python-jsonpath, which is not imported before it is needed: it takes longer to import
than everything else in this folder together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flexprice_codegen.spec.nodes import Json

NodePath: TypeAlias = tuple[str | int, ...]
"""The keys and indices that lead from the root to a node."""

_BLANK = r"[ \t\n\r]*"
_SELECTOR = r"""(?:'[^'"\\\x00-\x1f]*'|"[^'"\\\x00-\x1f]*"|0|[1-9][0-9]{0,8}|\*)"""
# One segment (§ 2.5) of names, indices and wildcards, in which nothing is escaped.
_SEGMENT = re.compile(
    rf"{_BLANK}(?:\.(?P<name>[A-Za-z_][A-Za-z0-9_]*|\*)"
    rf"|\[{_BLANK}(?P<list>{_SELECTOR}(?:{_BLANK},{_BLANK}{_SELECTOR})*){_BLANK}\])"
)
_IN_LIST = re.compile(_SELECTOR)
_QUOTED = re.compile(r"""'[^'"\\]*'|"[^'"\\]*\"""")
_EVERY = object()

_Segment: TypeAlias = tuple[object, ...]
"""Names, indices, and `_EVERY`."""


class QueryError(Exception):
    """The text is no JSONPath query; the message says why and at which column."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query that may be asked of any number of values."""

    text: str
    select: Callable[[Json], Sequence[NodePath]]
    """Gives the ways to the selected nodes, each once, in the order of the query.

    Raises `QueryError` where the value is too deep for the query.
    """


def compile_query(text: str) -> Query:
    """Read a query.

    Raises:
        QueryError: if the text is no JSONPath query.
    """
    if not text.startswith("$"):
        raise QueryError("it must begin with '$'")
    head, rest = _split_simple_segments(text)
    if "$" in _QUOTED.sub("", rest):  # it asks about the root again
        head = ()
        rest = text[1:]
    tail = _compile_with_library(f"${rest}") if rest else _select_root

    def select(root: Json) -> Sequence[NodePath]:
        found = {
            way + further: None
            for way, node in _iter_nodes(root, head)
            for further in tail(node)
        }
        return list(found)

    return Query(text, select)


def _select_root(_: Json) -> Sequence[NodePath]:
    return [()]


def _compile_with_library(text: str) -> Callable[[Json], Sequence[NodePath]]:
    # See the top of the module for why it is imported here.
    import jsonpath

    try:
        path = jsonpath.compile(text, strict=True)
    except (jsonpath.JSONPathError, RecursionError, ArithmeticError) as error:
        raise QueryError(_get_reason(error)) from None

    def select(root: Json) -> Sequence[NodePath]:
        try:
            return [match.parts for match in path.finditer(root)]
        except (jsonpath.JSONPathError, RecursionError) as error:
            raise QueryError(_get_reason(error)) from None

    return select


def _split_simple_segments(text: str) -> tuple[tuple[_Segment, ...], str]:
    """Read the segments that are followed here; gives what is behind them, too."""
    segments: list[_Segment] = []
    offset = 1
    while found := _SEGMENT.match(text, offset):
        name = found["name"]
        parts = [name] if name else _IN_LIST.findall(found["list"])
        segments.append(tuple(map(_parse_selector, parts)))
        offset = found.end()
    return tuple(segments), text[offset:]


def _parse_selector(text: str) -> object:
    if text == "*":
        return _EVERY
    return int(text) if text.isdigit() else text.strip("'\"")


def _iter_nodes(
    root: Json, segments: Sequence[_Segment]
) -> Iterator[tuple[NodePath, Json]]:
    """Give the nodes at the ends of some segments, and the ways to them."""
    found: list[tuple[NodePath, Json]] = [((), root)]
    for segment in segments:
        found = [
            ((*way, key), child)
            for way, node in found
            for selector in segment
            for key, child in _iter_children(node, selector)
        ]
    return iter(found)


def _iter_children(node: Json, selector: object) -> Iterable[tuple[str | int, Json]]:
    """Give the members or elements of a node that a selector means."""
    if isinstance(node, dict):
        if selector is _EVERY:
            return node.items()
        if isinstance(selector, str) and selector in node:
            return [(selector, node[selector])]
    if isinstance(node, list):
        if selector is _EVERY:
            return enumerate(node)
        if isinstance(selector, int) and selector < len(node):
            return [(selector, node[selector])]
    return []


def _get_reason(error: Exception) -> str:
    """Give the library's sentence without its drawing of the query."""
    return str(error).partition("\n")[0]
