"""From a JSON pointer to a line and column of a JSON text."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexprice_codegen.json_pointers import build_pointer
from flexprice_codegen.spec.parse import parse_documents
from flexprice_codegen.spec.sources import Source

JSON = """\
{
  "paths": {"/a/b~": [1, {"x": {}}, "\u20ac", []]},
  "\\u0062": true
}
"""
YAML = """\
# A comment.
paths:
  /a/b~:
    - 1
    - x: {}
    - "\u20ac"
    - []
base: &base {y: 1}
more:
  <<: *base
  z: 2
"""


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ("", "1:1"),
        ("/paths", "2:3"),
        ("/paths/~1a~1b~0", "2:13"),
        ("/paths/~1a~1b~0/0", "2:23"),
        ("/paths/~1a~1b~0/1", "2:26"),
        ("/paths/~1a~1b~0/1/x", "2:27"),
        ("/paths/~1a~1b~0/3", "2:42"),
        ("/b", "3:3"),
    ],
)
def test_a_pointer_leads_to_a_place_in_json(pointer: str, place: str) -> None:
    (parsed,) = parse_documents(Source("f", JSON.encode()))
    assert str(parsed.locate(pointer)) == f"f:{place}"


@pytest.mark.parametrize("body", [JSON, YAML])
@pytest.mark.parametrize(
    "rest", ["/new", "/new/below", "/4", "/01", "/-1", "/-", "/0/a", "/2/length"]
)
def test_what_is_not_in_the_text_is_placed_at_its_nearest_ancestor(
    body: str, rest: str
) -> None:
    (parsed,) = parse_documents(Source("f", body.encode()))
    array = "/paths/~1a~1b~0"
    nearest = {"/0/a": f"{array}/0", "/2/length": f"{array}/2"}.get(rest, array)
    assert parsed.locate(array + rest) == parsed.locate(nearest)


def test_places_do_not_depend_on_the_order_of_the_questions() -> None:
    (parsed,) = parse_documents(Source("f", JSON.encode()))
    places = [parsed.locate(each) for each in ("/b", "/paths", "/b", "")]
    assert [place.line for place in places] == [3, 2, 3, 1]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def ways(
    value: object, way: tuple[str | int, ...] = ()
) -> Iterator[tuple[str | int, ...]]:
    """Yield the ways to all nodes of a value."""
    yield way
    if isinstance(value, dict):
        for key, each in value.items():
            yield from ways(each, (*way, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from ways(each, (*way, index))


@given(
    st.dictionaries(st.text(max_size=5), VALUES, max_size=4), st.sampled_from([None, 2])
)
def test_every_node_of_a_json_text_is_found_where_it_is_written(
    value: dict[str, object], indent: int | None
) -> None:
    body = json.dumps(value, indent=indent)
    (parsed,) = parse_documents(Source("f.json", body.encode()))
    lines = body.split("\n")
    for way in ways(value):
        place = parsed.locate(build_pointer(way))
        here = lines[place.line - 1][place.column - 1 :]
        if way and isinstance(way[-1], str):
            assert here.startswith(f"{json.dumps(way[-1])}:")
        elif way:
            assert here[0] not in ",:]} "


@given(
    st.permutations(["", "/paths", "/paths/~1a~1b~0/1/x", "/paths/~1a~1b~0/0", "/b"])
)
def test_the_order_of_questions_changes_no_place(pointers: list[str]) -> None:
    (parsed,) = parse_documents(Source("f", JSON.encode()))
    for pointer in pointers:
        (fresh,) = parse_documents(Source("f", JSON.encode()))
        assert parsed.locate(pointer) == fresh.locate(pointer)
