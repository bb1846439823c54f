"""The segments of a JSONPath query that need no library."""

from __future__ import annotations

from typing import cast

import jsonpath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.spec.json_segments import select_nodes, split_segments
from flexprice_codegen.spec.nodes import Json

ROOT: Json = {
    "paths": {
        "/a": {"get": {"parameters": [{"in": "path", "name": "id"}], "x": None}},
        "/b": {"post": {"parameters": [{"in": "query", "name": "limit"}], "x": False}},
        "/c": {"get": {}},
    },
    "flags": [{"on": True}, {"on": False}, {"on": None}, {"on": "true"}, {}, "on"],
}


@pytest.mark.parametrize(
    ("query", "ways"),
    [
        ("$.flags[?@.on]", [0, 1, 2, 3]),
        ("$.flags[?!@.on]", [4, 5]),
        ("$.flags[?@.on == true]", [0]),
        ("$.flags[?@.on != true]", [1, 2, 3, 4, 5]),
        ("$.flags[?@.on==null]", [2]),
        ("$.flags[?@ == 'on']", [5]),
        ("$.flags[? @ .on == 'true' || @.on == false ]", [1, 3]),
        ("$.flags[?(@.on == 'true' || @.on == false) && $.paths['/c']]", [1, 3]),
        ("$.flags[?!(@.on == true || !@.on)]", [1, 2, 3]),
        ("$.flags[?$.paths['/d']]", []),
        ("$.paths[?@.*.parameters[?@.in == 'path']]", ["/a"]),
        ("$.paths[?@.get['parameters', 'x']]", ["/a"]),
    ],
)
def test_a_filter_selects_children(query: str, ways: list[str | int]) -> None:
    segments, rest = split_segments(query)
    assert rest == ""
    assert [way[-1] for way, _ in select_nodes(ROOT, segments, ROOT)] == ways
    assert [match.parts[-1] for match in jsonpath.finditer(query, ROOT)] == ways


def test_the_root_is_that_of_the_document_in_each_filter() -> None:
    """Source: RFC 9535 §2.3.5 (absolute queries in filters)."""
    value: Json = {"a": ["x"], "b": []}
    segments, _ = split_segments("$[?@[?$.a]]")
    assert [way for way, _ in select_nodes(value, segments, value)] == [("a",)]


def test_a_node_exists_whatever_it_is() -> None:
    """Source: RFC 9535 §2.3.5.2.1."""
    segments, _ = split_segments("$[?@]")
    found = select_nodes([0, None, False, ""], segments, None)
    assert [way for way, _ in found] == [(0,), (1,), (2,), (3,)]


@pytest.mark.parametrize(
    "rest",
    [
        "[?@.a > 1]",
        "[?@.a == 1]",
        "[?'a' == @.a]",
        "[?@.a == @.b]",
        "[?count(@.a) == 1]",
        "[?@.a, 'b']",
        "[?@['\\'']]",
        "[?@..a]",
        "[?@[0:1]]",
        "[?@[-1]]",
        "[?!!@.a]",
        "[?!@.a == 'b']",
        "[?@.* == 'b']",
        "[?@['a', 'b'] == 'b']",
        "[?@.a == 'b' ",
        "[?(@.a == 'b']",
        "[?@.a == tru]",
        "[?true]",
        "[?]",
        "[?@.a &&]",
        "[?@.a || || @.b]",
        "..a",
        "[1:2]",
        f"[?{'(' * 5_000}@.a{')' * 5_000}]",
    ],
)
def test_other_segments_are_left_to_the_library(rest: str) -> None:
    segments, left = split_segments(f"$.paths{rest}.b")
    assert (segments, left) == ((("paths",),), f"{rest}.b")


NAMES = st.sampled_from(["a", "b", "c"])
LITERALS = st.sampled_from(["'x'", '"y"', "true", "false", "null"])
SCALARS = st.sampled_from(["x", "y", True, False, None])
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3)
    ),
    max_leaves=12,
)
SEGMENTS = st.one_of(
    NAMES.map(lambda name: f".{name}"),
    NAMES.map(lambda name: f" ['{name}']"),
    st.sampled_from(["[0]", "[1]"]),
)


def draw_queries(least: int) -> st.SearchStrategy[str]:
    """Return queries of at least so many segments."""
    segments = st.lists(SEGMENTS, min_size=least, max_size=2).map("".join)
    return st.tuples(st.sampled_from("@$"), segments).map("".join)


# That the library takes `@` alone as missing if it is false is its own error.
TESTS = draw_queries(1)
BASIC = st.one_of(
    TESTS,
    TESTS.map(lambda query: f"! {query}"),
    TESTS.map(lambda query: f"{query}.*"),
    st.tuples(draw_queries(0), st.sampled_from(["==", " != "]), LITERALS).map("".join),
)
CONDITIONS = st.recursive(
    BASIC,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" && ", "||"]), inner).map("".join),
        inner.map(lambda condition: f"({condition})"),
        inner.map(lambda condition: f"!({condition})"),
        # To the library, `$` in a filter within a filter is not the root.
        inner.map(lambda condition: f"@[?{condition.replace('$', '@')}]"),
    ),
    max_leaves=5,
)


@given(condition=CONDITIONS, root=VALUES)
def test_a_filter_selects_what_the_library_selects(
    condition: str, root: object
) -> None:
    query = f"$[?{condition}]"
    value = cast("Json", root)
    segments, rest = split_segments(query)
    assert rest == "", query
    expected = [match.parts for match in jsonpath.compile(query, strict=True).finditer(root)]  # type: ignore[arg-type]
    assert [way for way, _ in select_nodes(value, segments, value)] == expected
