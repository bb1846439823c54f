"""`conform.json_paths`: the query of a pointer selects its node."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.conform.json_paths import build_json_path
from flexprice_codegen.json_pointers import build_pointer
from flexprice_codegen.spec.json_path import compile_query

# The library that reads queries has no escapes for control characters.
NAMES = st.text(
    st.characters(min_codepoint=0x20, exclude_categories=["Cs"]), max_size=8
)


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_the_query_of_a_pointer_selects_its_node(keys: list[str]) -> None:
    data: object = "here"
    for key in reversed(keys):
        data = {key: data, f"{key}x": "other"}
    assert isinstance(data, dict)

    query = compile_query(build_json_path(build_pointer(keys)))

    (way,) = query.select(data)
    assert [str(key) for key in way] == keys


@pytest.mark.parametrize(
    ("keys", "query"),
    [
        (["components", "schemas", "A"], "$.components.schemas.A"),
        (["paths", "/a/{b}", "get"], "$.paths['/a/{b}'].get"),
        (["responses", "200"], "$.responses['200']"),
        (["parameters", 2], "$.parameters[2]"),
    ],
)
def test_how_queries_look(keys: list[str | int], query: str) -> None:
    assert build_json_path(build_pointer(keys)) == query
