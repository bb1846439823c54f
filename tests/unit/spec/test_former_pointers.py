"""A node of a corrected document is located where the original text has it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.examples import count_examples
from support.nasty import deterministic

from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.json_pointers import build_pointer
from flexprice_codegen.spec.document import load_document
from flexprice_codegen.spec.nodes import Json
from flexprice_codegen.spec.overlay import apply_actions
from flexprice_codegen.spec.overlay_file import read_overlay
from flexprice_codegen.spec.overlay_result import OverlayResult
from flexprice_codegen.spec.sources import Source

Way: TypeAlias = tuple[str | int, ...]
KEYS = st.sampled_from(["a", "b", "c"])


def contents(leaf: Json) -> st.SearchStrategy[Json]:
    """Return values of objects and lists, whose leaves are all alike."""
    return st.recursive(
        st.just(leaf),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=4),
            st.dictionaries(KEYS, inner, min_size=1, max_size=3),
        ),
        max_leaves=8,
    )


LISTS = st.lists(contents("original"), min_size=2, max_size=8)
ROOTS = st.fixed_dictionaries({"a": LISTS, "b": contents("original"), "c": LISTS})
# An object, because an update of a string by a string replaces it where it is.
ADDED = contents({"new": "added"})


def replace_child(owner: str, key: str | int, times: int, added: Json) -> list[Json]:
    """Return actions that remove a child some times, and then add something new."""
    step, update = (
        (f"[{key}]", added) if isinstance(key, int) else (f".{key}", {key: added})
    )
    removal: Json = {"target": f"{owner}{step}", "remove": True}
    return [*[removal] * times, {"target": owner, "update": update}]


OWNERS = st.sampled_from(["$", "$.a", "$.a[0]", "$.b", "$.b.a", "$.c"])
CHILDREN = st.one_of(KEYS, st.integers(0, 1))
STEPS = st.builds(replace_child, OWNERS, CHILDREN, st.integers(0, 6), ADDED)
ACTIONS = st.lists(STEPS, min_size=1, max_size=4).map(
    lambda steps: [action for step in steps for action in step]
)


def walk(node: Json, way: Way = ()) -> Iterator[tuple[Way, Json]]:
    """Yield every node of a value, parents first."""
    yield way, node
    if isinstance(node, Mapping):
        for key, each in node.items():
            yield from walk(each, (*way, key))
    elif isinstance(node, list):
        for index, each in enumerate(node):
            yield from walk(each, (*way, index))


def mark(value: Json, way: Way = ()) -> Json:
    """Return a copy in which every object and every string names its JSON pointer."""
    if isinstance(value, Mapping):
        marked = {key: mark(each, (*way, key)) for key, each in value.items()}
        return {"at": f"original {build_pointer(way)}", **marked}
    if isinstance(value, list):
        return [mark(each, (*way, index)) for index, each in enumerate(value)]
    return f"original {build_pointer(way)}"


def correct(text: Json, actions: list[Json]) -> OverlayResult:
    """Apply the actions of an overlay; those that do not fit have no effect."""
    overlay = {
        "overlay": "1.0.0",
        "info": {"title": "t", "version": "1"},
        "actions": actions,
    }
    source = Source("overlay.json", json.dumps(overlay).encode())
    assert isinstance(text, Mapping)
    return apply_actions(text, read_overlay(source))


def find_in(text: Json, result: OverlayResult, way: Way) -> str:
    """Return the node of the text at which a node of the result is located."""
    former = result.former_pointers
    pointer = former.get_former_pointer(result.data, build_pointer(way))
    known = {build_pointer(each) for each, _ in walk(text)}
    while pointer not in known:
        pointer = pointer.rpartition("/")[0]
    return pointer


def list_owners(text: Json, data: Json, way: Way) -> set[str]:
    """Return the nodes of the text that something new can belong to.

    They are the object around it that the text has, and the lists in between.
    """
    owner = ""
    for end in range(len(way)):
        node = dict(walk(data))[way[:end]]
        if isinstance(node, Mapping) and "at" in node:
            owner = str(node["at"]).removeprefix("original ")
    lists = {
        build_pointer(each)
        for each, node in walk(text)
        if isinstance(node, list) and build_pointer(each).startswith(f"{owner}/")
    }
    return {owner, *lists}


@given(ROOTS, ACTIONS)
@deterministic(max_examples=count_examples(150))
def test_no_node_is_located_at_another_one(
    root: dict[str, Json], actions: list[Json]
) -> None:
    text = mark(root)
    result = correct(text, actions)
    for way, node in walk(result.data):
        found = find_in(text, result, way)
        if isinstance(node, str) and node.startswith("original "):
            owner = way[:-1] if way[-1] == "at" else way
            assert find_in(text, result, owner) == node.removeprefix("original ")
        elif node == "added":
            assert found in list_owners(text, result.data, way)


@pytest.mark.parametrize(
    ("actions", "way", "at"),
    [
        # Ten elements, of which two are left: index 2 + 3 would be one of the ten.
        (
            [
                *[{"target": "$.list[0]", "remove": True}] * 8,
                {"target": "$.list", "update": {"new": "added"}},
            ],
            ("list", 2),
            "/list",
        ),
        (
            [
                {"target": "$.list", "remove": True},
                {"target": "$", "update": {"list": [{"new": "added"}]}},
            ],
            ("list", 0),
            "",
        ),
        (
            [
                {"target": "$.owner.a", "remove": True},
                {"target": "$.owner", "update": {"a": {"b": "added"}}},
            ],
            ("owner", "a", "b"),
            "/owner",
        ),
    ],
    ids=["element", "list", "property"],
)
def test_something_new_is_located_at_its_owner(
    actions: list[Json], way: Way, at: str
) -> None:
    text: Json = {"list": [*range(10)], "owner": {"a": {"b": 1}}}
    assert find_in(text, correct(text, actions), way) == at


def test_a_diagnostic_about_an_added_element_names_no_line_of_another(
    tmp_path: Path,
) -> None:
    spec = tmp_path / "spec.json"
    tags = [{"name": f"tag {number}"} for number in range(10)]
    head = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}}
    spec.write_text(json.dumps({**head, "tags": tags}, indent=1))
    overlay = tmp_path / "overlay.json"
    actions = [
        *[{"target": "$.tags[0]", "remove": True}] * 8,
        {"target": "$.tags", "update": {"name": "new"}},
    ]
    overlay.write_text(
        json.dumps(
            {
                "overlay": "1.0.0",
                "info": {"title": "t", "version": "1"},
                "actions": actions,
            }
        )
    )
    document = load_document([str(spec)], [str(overlay)], sink=DiagnosticSink())
    lines = spec.read_text().split("\n")
    places = [
        lines[document.locate(each.origin).line - 1].strip()
        for each in document.root.get_required("tags").iter_elements()
    ]
    assert places == ["{", "{", '"tags": [']
