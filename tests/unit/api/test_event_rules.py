"""Rules that tell deliveries without a name apart: read, checked and used."""

from __future__ import annotations

import pytest
from support.documents import Json, document, load, operation, read_api

from flexprice_codegen.api.model import EventCondition
from flexprice_codegen.diagnostics import Diagnostic, DiagnosticError, DiagnosticSink
from flexprice_codegen.surface.build import build_surface as surface_of
from flexprice_codegen.surface.previous_names import PreviousNames


def zoo(**rules: object) -> Json:
    """Return a document with an event for each rule."""
    paths = {
        f"/webhook-events/{name}": {
            "post": {
                "x-codegen": {"event-when": rule},
                "responses": operation(answer={"type": "object"})["responses"],
            }
        }
        for name, rule in rules.items()
    }
    return document(paths)


def faults_of(**rules: object) -> tuple[Diagnostic, ...]:
    """Return the faults for which such a document is refused."""
    with pytest.raises(DiagnosticError) as info:
        read_api(zoo(**rules))
    return info.value.diagnostics


def test_a_rule_is_tests_of_properties() -> None:
    rule = {"kind": "cat", "age": {"not": 3}, "tail": {"present": False}}
    api = read_api(zoo(born=rule))
    tests = (
        EventCondition(path=("kind",), kind="is", value="cat"),
        EventCondition(path=("age",), kind="not", value=3),
        EventCondition(path=("tail",), kind="present", value=False),
    )
    assert api.naming.rules == (("born", tests),)
    (row,) = surface_of(api, PreviousNames(), DiagnosticSink()).events.rows
    assert row.rule == tests


@pytest.mark.parametrize(
    "rule",
    [
        None,
        "kind",
        {},
        ["kind"],
        {"kind": None},
        {"kind": ["cat"]},
        {"kind": {}},
        {"kind": {"not": None}},
        {"kind": {"present": "yes"}},
        {"kind": {"not": "cat", "present": True}},
    ],
)
def test_what_is_no_rule_is_refused_with_the_forms(rule: object) -> None:
    (fault,) = faults_of(born=rule)
    assert fault.code == "event-rule"
    assert "of event 'born'" in fault.message
    assert "{not: VALUE}" in fault.help


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"kind": "cat"}, {"kind": "cat"}),
        ({"kind": "cat"}, {"age": 3}),
        ({"kind": "cat"}, {"kind": {"not": "dog"}}),
        ({"kind": {"not": "cat"}}, {"kind": {"not": "dog"}}),
        ({"kind": "cat"}, {"kind": {"present": True}}),
        ({"kind": "cat"}, {"kind": "cat", "age": 3}),
        ({"age": 1}, {"age": 1.0}),
    ],
)
def test_two_rules_that_can_both_fit_are_refused_at_both_places(
    one: object, other: object
) -> None:
    faults = faults_of(one=one, other=other)
    assert [each.code for each in faults] == ["event-rules-overlap"] * 2
    document = load(zoo(one=one, other=other))
    lines = [
        document.locate(each.location).line
        for each in faults
        if each.location is not None
    ]
    assert len(set(lines)) == 2
    assert "'one'" in faults[0].message
    assert "'other'" in faults[0].message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"kind": "cat"}, {"kind": "dog"}),
        ({"kind": "cat"}, {"kind": {"not": "cat"}}),
        ({"tail": {"present": True}}, {"tail": {"present": False}}),
        ({"tail": {"not": "long"}}, {"tail": {"present": False}}),
        ({"kind": "cat", "age": 3}, {"kind": "cat", "age": 4}),
        ({"kind": True}, {"kind": 1}),
    ],
)
def test_rules_that_exclude_each_other_are_taken(one: object, other: object) -> None:
    assert len(read_api(zoo(one=one, other=other)).naming.rules) == 2
