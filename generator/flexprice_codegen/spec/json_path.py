"""JSONPath queries (RFC 9535).

In: a query and a value. Out: the paths of the nodes that it selects. `json_segments`
evaluates the head of a query, and python-jsonpath the rest. The library is imported only
if needed, because its import takes longer than all other imports of this directory
together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.json_segments import NodePath, select_nodes, split_segments
from flexprice_codegen.spec.nodes import Json

# A `$` in a string is no query. A string with an escape is not cut off, which only
# means that the library evaluates more.
_QUOTED = re.compile(r"""'[^'"\\]*'|"[^'"\\]*\"""")


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

    head, rest = split_segments(text)
    # A filter that refers to `$` needs the root of the document, so the library
    # evaluates all of the query.
    if "$" in _QUOTED.sub("", rest):
        head = ()
        rest = text[1:]

    tail = _compile_with_library(f"${rest}") if rest else _select_root

    def select(root: Json) -> Sequence[NodePath]:
        found = {
            way + further: None
            for way, node in select_nodes(root, head, root)
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


def _get_reason(error: Exception) -> str:
    """Return the first line of the library's message, without its drawing."""
    return str(error).partition("\n")[0]
