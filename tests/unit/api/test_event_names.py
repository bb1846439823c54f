"""Where a delivery carries the name of its event."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support.documents import record, ref
from support.webhooks import constant, read_webhooks

from flexprice_codegen.diagnostics import DiagnosticSink

NAMES = ref("Names")
CHOICE = {
    "oneOf": [
        ref("Cat"),
        ref("Dog"),
    ],
    "discriminator": {
        "propertyName": "about",
        "mapping": {
            "born": "#/components/schemas/Cat",
            "died": "#/components/schemas/Dog",
        },
    },
}


@pytest.mark.parametrize(
    ("schemas", "name_property"),
    [
        ([record(kind=NAMES), record(kind=NAMES)], "kind"),
        ([record(kind=NAMES, other={}), record(id={})], "kind"),
        ([record(is_=constant("born")), record(is_=constant("died"))], "is_"),
        ([CHOICE, CHOICE], "about"),
        ([record(id={}) | {"hints": {"event": {"property": "id"}}}, record()], "id"),
        ([record(id={}), record(id={})], ""),
    ],
    ids=["enumeration", "most", "constant", "discriminator", "hint", "nothing"],
)
def test_the_property_of_names_is_found(
    schemas: list[dict[str, Any]], name_property: str
) -> None:
    born, died = (json.loads(json.dumps(each)) for each in schemas)
    api = read_webhooks(DiagnosticSink(), born=born, died=died)
    assert ".".join(api.naming.path) == name_property
    assert [each.name for each in api.events] == ["born", "died"]


def test_a_constant_names_an_event_whose_key_is_only_a_label() -> None:
    sink = DiagnosticSink()
    same = constant("event")
    api = read_webhooks(
        sink,
        catBorn=record(object=same, type=constant("cat.born")),
        catDied=record(object=same, type={"type": "string", "enum": ["cat.died"]}),
    )
    assert [(each.name, each.label) for each in api.events] == [
        ("cat.born", "catBorn"),
        ("cat.died", "catDied"),
    ]
    assert api.naming.path == ("type",)
    assert {each.code for each in sink.diagnostics} == {"event-renamed"}


def test_two_constants_that_could_be_the_name_decide_nothing() -> None:
    api = read_webhooks(
        DiagnosticSink(), catBorn=record(a=constant("x"), b=constant("y"))
    )
    assert [each.name for each in api.events] == ["catBorn"]
    assert api.naming.path == ()


def test_a_hint_keeps_its_name_where_the_payload_says_another() -> None:
    schema = record(type=constant("cat")) | {"hints": {"event": "cat.born"}}
    (event,) = read_webhooks(DiagnosticSink(), cats=schema).events
    assert event.name == "cat.born"


@pytest.mark.parametrize("others", [1, 2])
def test_most_payloads_must_say_the_name(others: int) -> None:
    more = {f"other{number}": record(id={}) for number in range(others)}
    schemas = {
        "catBorn": record(type=constant("born")),
        "b": record(type=constant("died")),
    }
    api = read_webhooks(DiagnosticSink(), **schemas, **more)
    said = {"born", "died"} if others == 1 else {"catBorn", "b"}
    assert {each.name for each in api.events} == said | set(more)


def test_a_name_that_another_event_has_is_not_taken() -> None:
    schemas = {
        "catBorn": record(type=constant("died")),
        "b": record(type=constant("born")),
    }
    api = read_webhooks(DiagnosticSink(), **schemas, died=record(id={}))
    assert [each.name for each in api.events] == ["catBorn", "b", "died"]


def test_the_hint_may_give_name_and_property() -> None:
    hint = {"event": {"name": "cat.born", "property": "what"}}
    schema = record(what={"type": "string"}) | {"hints": hint}
    api = read_webhooks(DiagnosticSink(), catBorn=schema)
    assert [each.name for each in api.events] == ["cat.born"]
    assert api.naming.path == ("what",)


def test_an_event_that_cannot_be_told_is_noted() -> None:
    sink = DiagnosticSink()
    rule = {"hints": {"event-when": {"id": {"present": True}}}}
    read_webhooks(
        sink,
        born=record(kind=NAMES),
        died=record(id={}),
        fled=record(id={}) | rule,
    )
    (said,) = [each for each in sink.diagnostics if each.code == "event-without-name"]
    assert "'died'" in said.message
