"""JSONPath queries (RFC 9535).

In: a query and a value. Out: the paths of the nodes that it selects. The head of a
query, up to its first filter, slice or descendant segment, is evaluated here;
python-jsonpath evaluates the rest. It is imported only if needed, because its import
takes longer than all other imports of this directory together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.nodes import Json

NodePath: TypeAlias = tuple[str | int, ...]
"""The keys and indices that lead from the root to a node."""

_BLANK = r"[ \t\n\r]*"
# A name without escapes, an index or a wildcard. An index has at most 9 digits, far
# more than an array can have elements; python-jsonpath reports longer ones.
_SELECTOR = r"""(?:'[^'"\\\x00-\x1f]*'|"[^'"\\\x00-\x1f]*"|0|[1-9][0-9]{0,8}|\*)"""
# One segment (RFC 9535 §2.5) of names, indices and wildcards, without escapes.
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
    """The text is not a JSONPath query; the message has the reason and the column."""


@frozen_value
class Query:
    """A compiled query, for any number of values."""

    text: str
    select: Callable[[Json], Sequence[NodePath]]
    """Return the paths of the selected nodes, each once, in the order of the query.

    Raises `QueryError` if the value is too deep for the query.
    """


def compile_query(text: str) -> Query:
    """Compile a query.

    Args:
        text: A JSONPath query, such as `$.paths[*].get`.

    Raises:
        QueryError: The text is not a JSONPath query.
    """
    if not text.startswith("$"):
        raise QueryError("it must start with '$'")

    head, rest = _split_simple_segments(text)
    # A filter that refers to `$` needs the root of the document, so the library
    # evaluates all of the query.
    if "$" in _QUOTED.sub("", rest):
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
    """Return the segments that are evaluated here, and the rest of the query."""
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
    """Return the nodes that some segments select, with their paths."""
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
    """Return the children of a node that a selector selects (RFC 9535 §2.3)."""
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
    """Return the first line of the library's message, without its drawing."""
    return str(error).partition("\n")[0]
