"""What an action of an overlay does, and what it says when it cannot."""

from __future__ import annotations

import json

import pytest

from flexprice_codegen.spec.limits import Limits
from flexprice_codegen.spec.nodes import Json
from flexprice_codegen.spec.overlay import apply_actions
from flexprice_codegen.spec.overlay_file import read_overlay
from flexprice_codegen.spec.overlay_result import OverlayResult
from flexprice_codegen.spec.sources import Source


def correct(
    data: dict[str, Json], *actions: object, values: int = 1000
) -> OverlayResult:
    overlay = {
        "overlay": "1.1.0",
        "info": {"title": "t", "version": "1", "x-a": 1},
        "extends": "api.yaml",
        "x-b": 1,
        "actions": actions,
    }
    source = Source("overlay.json", json.dumps(overlay).encode())
    return apply_actions(data, read_overlay(source), Limits(values=values, depth=20))


def corrected(data: dict[str, Json], *actions: object) -> Json:
    result = correct(data, *actions)
    assert not result.diagnostics
    return result.data


def fault(data: dict[str, Json], *actions: object) -> str:
    (only,) = correct(data, *actions).diagnostics
    assert only.code == "overlay-mismatch"
    return only.message


def test_an_object_is_merged_member_by_member() -> None:
    data: dict[str, Json] = {"a": {"b": {"c": 1, "d": 2}, "list": [1], "e": None}}
    update = {"b": {"c": 3, "x": {"y": 4}}, "list": [1, 2], "e": "text"}
    assert corrected(data, {"target": "$.a", "update": update}) == {
        "a": {"b": {"c": 3, "d": 2, "x": {"y": 4}}, "list": [1, 1, 2], "e": "text"}
    }


@pytest.mark.parametrize(
    ("update", "tags"),
    [("c", ["a", "c"]), (["c", "d"], ["a", "c", "d"]), ({"x": 1}, ["a", {"x": 1}])],
)
def test_a_selected_array_grows(update: Json, tags: Json) -> None:
    data: dict[str, Json] = {"tags": ["a"]}
    assert corrected(data, {"target": "$.tags", "update": update}) == {"tags": tags}


def test_a_selected_scalar_is_replaced() -> None:
    data: dict[str, Json] = {"a": "x", "b": ["y"]}
    actions = [
        {"target": "$.a", "update": None},
        {"target": "$.b[0]", "update": 2},
    ]
    assert corrected(data, *actions) == {"a": None, "b": [2]}


def test_every_selected_node_is_removed() -> None:
    data: dict[str, Json] = {
        "a": [1, 2, 1, 3, 1],
        "b": {"x": {"x": 1, "y": 2}},
        "c": 1,
    }
    actions = [
        {"target": "$.a[?@ == 1]", "remove": True},
        {"target": "$.b..x", "remove": True},
        {"target": "$.c", "remove": True, "update": {"no": "effect"}},
    ]
    assert corrected(data, *actions) == {"a": [2, 3], "b": {}}


def test_a_node_is_copied_and_moved() -> None:
    data: dict[str, Json] = {"paths": {"/a": {"get": {"tags": ["x"]}}}}
    actions = [
        {"target": "$.paths", "update": {"/b": {}}},
        {"target": "$.paths['/b']", "copy": "$.paths['/a']"},
        {"target": "$.paths['/a']", "remove": True},
    ]
    assert corrected(data, *actions) == {"paths": {"/b": {"get": {"tags": ["x"]}}}}


def test_what_is_put_into_several_places_is_not_shared_by_them() -> None:
    data: dict[str, Json] = {"a": {}, "b": {}}
    actions = [
        {"target": "$.*", "update": {"list": []}},
        {"target": "$.a.list", "update": 1},
    ]
    assert corrected(data, *actions) == {"a": {"list": [1]}, "b": {"list": []}}


def test_the_given_document_stays_as_it_was() -> None:
    data: dict[str, Json] = {"a": {"b": [1]}}
    corrected(data, {"target": "$.a.b", "update": 2}, {"target": "$.a", "remove": True})
    assert data == {"a": {"b": [1]}}


def test_aliases_of_one_value_are_corrected_one_by_one() -> None:
    one: dict[str, Json] = {"x": 1}
    data: dict[str, Json] = {"a": one, "b": one}
    assert corrected(data, {"target": "$.a", "update": {"x": 2}}) == {
        "a": {"x": 2},
        "b": {"x": 1},
    }


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (
            {"target": "$.a", "update": 1},
            "/a is an object, but the update is a number",
        ),
        ({"target": "$.a", "update": [1]}, "/a is an object"),
        ({"target": "$", "update": {"b": {}}}, "/b is an array"),
        ({"target": "$.c", "update": {"x": 1}}, "/c is a string"),
        ({"target": "$", "update": {"c": None, "a": {"x": []}}}, "/a/x is a number"),
        ({"target": "$.*", "update": {"x": 1}}, "a scalar and an array and an object"),
        ({"target": "$", "remove": True}, "the document root cannot be removed"),
        ({"target": "$.a", "copy": "$.*"}, "selects 3"),
        ({"target": "$.a", "copy": "$.nothing"}, "selects 0"),
    ],
)
def test_an_action_that_does_not_fit_says_why(action: object, message: str) -> None:
    data: dict[str, Json] = {"a": {"x": 1}, "b": [], "c": "text"}
    assert message in fault(data, action)


def test_an_overlay_cannot_make_a_document_beyond_the_limits() -> None:
    data: dict[str, Json] = {"a": {"x": 1}}
    double = [{"target": "$.a", "update": {f"x{n}": {}}} for n in range(30)]
    copies = [{"target": f"$.a.x{n}", "copy": "$"} for n in range(30)]
    result = correct(data, *double, *copies)
    assert result.diagnostics
    assert all("too large or too deep" in each.message for each in result.diagnostics)


def test_each_action_is_noted_as_matched_or_not() -> None:
    data: dict[str, Json] = {"a": {}}
    result = correct(
        data,
        {"target": "$.b", "update": {}},
        {"target": "$.a", "update": {"b": {}}},
        {"target": "$.a.b", "remove": True},
        {"target": "$.c", "remove": True, "x-optional": True},
        {"target": "$.c", "copy": "$.d"},
    )
    assert [each.matched for each in result.matches] == [
        False,
        True,
        True,
        False,
        False,
    ]
