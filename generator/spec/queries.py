"""JSONPath queries (RFC 9535).

In: a query and a value. Out: the ways to the nodes that it selects. A query that only
names members and elements one by one is followed here; any other is the business of
python-jsonpath, which is not imported before it is needed: it takes longer to import
than everything else in this folder together.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import TypeAlias

from generator.spec.nodes import Json

Way: TypeAlias = tuple[str | int, ...]
"""The keys and indices that lead from the root to a node."""

# One segment of a singular query (§ 2.3.5.1) whose names have nothing escaped.
_SEGMENT = re.compile(
    r"""\.(?P<name>[A-Za-z_][A-Za-z0-9_]*)
    | \[(?:'(?P<single>[^'"\\\x00-\x1f]*)'|"(?P<double>[^'"\\\x00-\x1f]*)")\]
    | \[(?P<index>0|[1-9][0-9]{0,8})\]
    """,
    re.VERBOSE,
)


class QueryError(Exception):
    """The text is no JSONPath query; the message says why and at which column."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query that may be asked of any number of values."""

    text: str
    select: Callable[[Json], Sequence[Way]]
    """Gives the ways to the selected nodes, each once, in the order of the query.

    Raises `QueryError` where the value is too deep for the query.
    """


def compile_query(text: str) -> Query:
    """Read a query.

    Raises:
        QueryError: if the text is no JSONPath query.
    """
    way = _singular(text)
    if way is not None:
        return Query(text, lambda root: [way] if _exists(root, way) else [])
    if not text.startswith("$"):
        raise QueryError("it must begin with '$'")
    library = _library()
    try:
        path = library.compile(text, strict=True)
    except (library.JSONPathError, RecursionError) as error:
        raise QueryError(_reason(error)) from None

    def select(root: Json) -> Sequence[Way]:
        try:
            return list(dict.fromkeys(match.parts for match in path.finditer(root)))
        except (library.JSONPathError, RecursionError) as error:
            raise QueryError(_reason(error)) from None

    return Query(text, select)


def _singular(text: str) -> Way | None:
    """Read a query that names one node, None if it is of another kind."""
    if not text.startswith("$"):
        return None
    way: list[str | int] = []
    offset = 1
    while offset < len(text):
        found = _SEGMENT.match(text, offset)
        if found is None:
            return None
        index = found["index"]
        names = (found["name"], found["single"], found["double"])
        way.append(
            int(index) if index else next(each for each in names if each is not None)
        )
        offset = found.end()
    return tuple(way)


def _exists(root: Json, way: Way) -> bool:
    """Tell whether the way leads to a node of `root`."""
    node = root
    for key in way:
        if not isinstance(node, dict if isinstance(key, str) else list):
            return False
        try:
            node = node[key]  # type: ignore[index]  # the key fits the container
        except (KeyError, IndexError):
            return False
    return True


def _reason(error: Exception) -> str:
    """Give the library's sentence without its drawing of the query."""
    return str(error).partition("\n")[0]


@cache
def _library() -> ModuleType:
    return importlib.import_module("jsonpath")
