"""The place of names: the one that explains the most events."""

from __future__ import annotations

from typing import Any

import pytest
from support.documents import document, parameter, read_api, record, ref
from support.webhooks import constant, read_webhooks

from flexprice_codegen.api.model import Api
from flexprice_codegen.diagnostics import DiagnosticSink


def read(**webhooks: dict[str, Any]) -> Api:
    """Read a document with webhooks."""
    return read_webhooks(DiagnosticSink(), **webhooks)


def test_the_constants_that_name_all_events_win_over_a_coincidence() -> None:
    about = {"born": "kitten", "died": "died", "fled": "kitten"}
    api = read(
        **{
            name: record(kind=constant(f"cat.{name}"), about=constant(value))
            for name, value in about.items()
        }
    )
    assert api.naming.path == ("kind",)
    assert [each.name for each in api.events] == ["cat.born", "cat.died", "cat.fled"]


def test_one_constant_that_equals_its_event_says_nothing_of_the_others() -> None:
    more = {f"other{number}": record(about=constant("same")) for number in range(3)}
    api = read(died=record(about=constant("died")), **more)
    assert api.naming.path == ()


def test_an_event_that_the_place_does_not_explain_keeps_its_label() -> None:
    api = read(
        a=record(kind=constant("cat.born")),
        b=record(kind=constant("cat.died")),
        c=record(kind=constant("cat.fled")),
        d=record(kind=constant("cat.fed")),
        e=record(kind=constant("cat.fed")),
    )
    assert api.naming.path == ("kind",)
    names = [each.name for each in api.events]
    assert names == ["cat.born", "cat.died", "cat.fled", "d", "e"]


def test_of_two_places_the_one_whose_values_are_alike_wins() -> None:
    api = read(
        catBorn=record(id=constant("e1"), kind=constant("cat.born")),
        catDied=record(id=constant("e2"), kind=constant("cat.died")),
    )
    assert api.naming.path == ("kind",)


def test_a_place_below_the_top_counts_where_the_top_says_less() -> None:
    same = constant("event")
    api = read(
        born=record(type=same, data=record(type=constant("cat.born"))),
        died=record(type=same, data=record(type=constant("cat.died"))),
    )
    assert api.naming.path == ("data", "type")
    assert [each.name for each in api.events] == ["cat.born", "cat.died"]


def test_the_top_goes_before_what_is_below_it() -> None:
    api = read(
        born=record(type=constant("born"), data=record(type=constant("born"))),
        died=record(type=constant("died"), data=record(type=constant("died"))),
    )
    assert api.naming.path == ("type",)


def test_a_discriminator_below_the_top_names_events() -> None:
    mapping = {"born": "#/components/schemas/Cat", "died": "#/components/schemas/Dog"}
    choice = {
        "oneOf": [ref("Cat"), ref("Dog")],
        "discriminator": {"propertyName": "about", "mapping": mapping},
    }
    api = read(born=record(data=choice), died=record(data=choice))
    assert api.naming.path == ("data", "about")
    assert [each.name for each in api.events] == ["born", "died"]


def test_a_document_with_one_event_has_nothing_to_tell_apart() -> None:
    sink = DiagnosticSink()
    api = read_webhooks(sink, born=record(id={}))
    assert api.naming.default == "born"
    assert not [each for each in sink.diagnostics if each.code == "event-without-name"]


def test_a_constant_deep_in_the_only_payload_is_a_coincidence() -> None:
    api = read(born=record(data=record(kind=constant("cat"))))
    assert api.naming.default == "born"


def with_headers(**values: tuple[str, dict[str, Any]]) -> Api:
    """Read a document whose events have a constant header each."""
    items = {}
    for name, (value, schema) in values.items():
        header = parameter("X-Event", "header", constant(value))
        body = {"content": {"application/json": {"schema": schema}}}
        items[name] = {"post": {"parameters": [header], "requestBody": body}}
    return read_api(document(webhooks=items))


def test_a_header_with_a_constant_tells_events_apart() -> None:
    same = record(action=constant("opened"))
    api = with_headers(first=("issue", same), second=("label", same))
    assert (api.naming.header, api.naming.path) == ("x-event", ())
    (_, (issue,)), (_, (label,)) = api.naming.rules
    assert [each.value for each in (issue, label)] == ["issue", "label"]
    assert {each.name for each in api.events} == {"first", "second"}


def test_a_header_and_the_constants_of_the_body_tell_events_apart() -> None:
    api = with_headers(
        opened=("issue", record(action=constant("opened"), same=constant("x"))),
        closed=("issue", record(action=constant("closed"), same=constant("x"))),
        push=("push", record(ref={})),
    )
    rules = {
        name: [(each.place, each.value) for each in rule]
        for name, rule in api.naming.rules
    }
    assert rules["opened"] == [("header", "issue"), ("body", "opened"), ("body", "x")]
    assert "push" not in rules


@pytest.mark.parametrize("values", [("issue", "issue"), ("", "")])
def test_a_header_that_is_the_same_everywhere_tells_nothing(
    values: tuple[str, str],
) -> None:
    first, second = values
    api = with_headers(a=(first, record(id={})), b=(second, record(id={})))
    assert api.naming.header == ""
