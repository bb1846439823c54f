"""JSONPath queries."""

from __future__ import annotations

import json
from typing import cast

import jsonpath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.spec.json_path import QueryError, compile_query
from flexprice_codegen.spec.nodes import Json

ROOT: Json = {
    "paths": {"/a": {"get": {"tags": ["x", "y"], "deprecated": True}}, "/b": {}},
    "x-list": [[1], {"name": "n"}],
    "": {"'": 1},
}


@pytest.mark.parametrize(
    ("query", "ways"),
    [
        ("$", [()]),
        ("$.paths", [("paths",)]),
        ("$.paths['/a'].get.tags[1]", [("paths", "/a", "get", "tags", 1)]),
        ('$["paths"]["/b"]', [("paths", "/b")]),
        ("$.paths['/a'].get.tags[2]", []),
        ("$.paths['/c'].get", []),
        ("$['x-list'][1].name", [("x-list", 1, "name")]),
        ("$['x-list'].name", []),
        ("$.paths[0]", []),
        ("$['']['\\'']", [("", "'")]),
        ("$['x-list'][-1]", [("x-list", 1)]),
        ("$.paths.*", [("paths", "/a"), ("paths", "/b")]),
        ("$.paths[?@.get.deprecated == true]", [("paths", "/a")]),
        ("$.paths['/b', '/a', '/b']", [("paths", "/b"), ("paths", "/a")]),
        ("$..tags[?@ == 'y']", [("paths", "/a", "get", "tags", 1)]),
    ],
)
def test_a_query_selects_the_ways_to_nodes(
    query: str, ways: list[tuple[str | int, ...]]
) -> None:
    assert list(compile_query(query).select(ROOT)) == ways


@pytest.mark.parametrize(
    "query",
    [
        "",
        "paths",
        ".paths",
        "$.",
        "$[",
        "$['a",
        "$.a b",
        " $.a",
        "$.a ",
        "$[01]",
        "$[?@.a == 1e999]",
        "$[" * 3000,
        "$[?" + "(" * 3000,
        "$.paths | $.x",
        "$[?@.a = 1]",
        "$" + "[?(" * 500,
        "/paths",
    ],
)
def test_what_is_no_query_is_refused_with_a_reason(query: str) -> None:
    with pytest.raises(QueryError, match=r"\w"):
        compile_query(query)


NAMES = st.sampled_from(
    ["paths", "/a", "get", "tags", "x-list", "name", "", "_b1", "0"]
)
SEGMENTS = (
    NAMES.map(lambda name: f"['{name}']")
    | NAMES.map(lambda name: f'["{name}"]')
    | NAMES.filter(str.isidentifier).map(lambda name: f".{name}")
    | st.integers(0, 3).map(lambda index: f"[{index}]")
)


@given(st.lists(SEGMENTS, max_size=5).map(lambda parts: "$" + "".join(parts)))
def test_a_query_that_names_one_node_is_what_it_is_to_the_library(query: str) -> None:
    library = jsonpath.compile(query, strict=True)
    ways = [match.parts for match in library.finditer(cast("dict[str, object]", ROOT))]
    assert list(compile_query(query).select(ROOT)) == ways


def test_a_value_that_is_too_deep_for_a_query_is_a_fault_not_a_crash() -> None:
    root: Json = json.loads('{"a":' * 400 + "1" + "}" * 400)
    with pytest.raises(QueryError):
        compile_query("$..[?@.b]").select(root)
