"""Hints about names of events, and those that no delivery can match."""

from __future__ import annotations

from typing import Any

import pytest
from support.documents import record
from support.webhooks import constant, read_webhooks

from flexprice_codegen.api.model import Api
from flexprice_codegen.diagnostics import DiagnosticError, DiagnosticSink


def hinted(schema: dict[str, Any], **hints: object) -> Api:
    """Read a document with an event that has hints, and another."""
    webhooks = {"born": schema | {"hints": hints}, "died": record(id={})}
    return read_webhooks(DiagnosticSink(), **webhooks)


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        (record(data=record(type={"type": "string"})), ("data", "type")),
        (record(**{"data.type": {"type": "string"}}), ("data.type",)),
        ({"type": "object"}, ("data", "type")),
        (record(data={"type": "object"}), ("data", "type")),
        (record(data=record(type=constant("born"))), ("data", "type")),
    ],
    ids=["below", "dot", "any", "below any", "constant"],
)
def test_a_hint_leads_through_objects(
    schema: dict[str, Any], path: tuple[str, ...]
) -> None:
    assert hinted(schema, event={"property": "data.type"}).naming.path == path


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        (record(id={}), "has no property 'data'"),
        (record(data=record(id={})), "has no property 'type'"),
        (record(data={"type": "string"}), "a value that is not an object"),
        (record(data=record(type=constant("cat"))), "is never 'born'"),
        (record(data=record(type=record(id={}))), "is not a string"),
    ],
)
def test_a_hint_that_no_delivery_can_match_is_refused(
    schema: dict[str, Any], said: str
) -> None:
    with pytest.raises(DiagnosticError) as info:
        hinted(schema, event={"property": "data.type"})
    (fault,) = info.value.diagnostics
    assert fault.code == "event-hint"
    assert said in fault.message


def test_a_header_holds_the_name_or_a_value_of_its_own() -> None:
    api = hinted(record(id={}), event={"header": "X-Event"})
    assert (api.naming.header, api.naming.rules) == ("X-Event", ())
    api = hinted(record(id={}), event={"header": {"X-Event": "birth"}})
    ((name, (condition,)),) = api.naming.rules
    assert (name, condition.place, condition.value) == ("born", "header", "birth")


@pytest.mark.parametrize(
    "hint",
    [
        {"header": ""},
        {"header": {}},
        {"header": {"a": "b", "c": "d"}},
        {"header": {"a": 1}},
        {"property": 1},
        {"property": ""},
    ],
)
def test_a_hint_of_another_form_is_refused(hint: object) -> None:
    with pytest.raises(DiagnosticError) as info:
        hinted(record(id={}), event=hint)
    assert [each.code for each in info.value.diagnostics] == ["event-hint"]


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ({"data.kind": "cat"}, ""),
        ({"data.kind": "cow"}, "is never 'cow'"),
        ({"data.gone": {"present": True}}, "has no property 'gone'"),
        ({"data.gone": {"present": False}}, ""),
    ],
)
def test_a_rule_has_dotted_paths_and_can_match(
    test: dict[str, object], said: str
) -> None:
    kind = {"type": "string", "enum": ["cat", "dog"]}
    schema = record(data=record(kind=kind))
    if not said:
        _, (condition,) = hinted(schema, **{"event-when": test}).naming.rules[0]
        assert ".".join(condition.path) in test
        return
    with pytest.raises(DiagnosticError) as info:
        hinted(schema, **{"event-when": test})
    (fault,) = info.value.diagnostics
    assert fault.code == "event-rule"
    assert said in fault.message
