"""Where a delivery carries the name of its event."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flexprice_codegen.api.build import build_api
from flexprice_codegen.api.model import Api
from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.spec.document import load_document


def payload(**properties: object) -> dict[str, Any]:
    """Make the schema of a payload."""
    return {"type": "object", "properties": properties}


def read(folder: Path, sink: DiagnosticSink, **webhooks: dict[str, Any]) -> Api:
    """Read a document with webhooks; `hints` of a schema go to its operation."""
    items = {}
    for name, schema in webhooks.items():
        hints = schema.pop("hints", {})
        content = {"application/json": {"schema": schema}}
        items[name] = {
            "post": {"x-codegen": hints, "requestBody": {"content": content}}
        }
    names = {"type": "string", "enum": ["born", "died"]}
    spec = {
        "openapi": "3.1.0",
        "info": {"title": "Zoo", "version": "1"},
        "webhooks": items,
        "components": {"schemas": {"Names": names, "Cat": payload(), "Dog": payload()}},
    }
    path = folder / "spec.json"
    path.write_text(json.dumps(spec))
    return build_api(load_document([str(path)], [], sink=sink), sink)


def text(value: str) -> dict[str, str]:
    """Make the schema of a constant."""
    return {"type": "string", "const": value}


NAMES = {"$ref": "#/components/schemas/Names"}
CHOICE = {
    "oneOf": [
        {"$ref": "#/components/schemas/Cat"},
        {"$ref": "#/components/schemas/Dog"},
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
        ([payload(kind=NAMES), payload(kind=NAMES)], "kind"),
        ([payload(kind=NAMES, other={}), payload(id={})], "kind"),
        ([payload(is_=text("born")), payload(is_=text("died"))], "is_"),
        ([CHOICE, CHOICE], "about"),
        ([payload(id={}) | {"hints": {"event": {"property": "id"}}}, payload()], "id"),
        ([payload(id={}), payload(id={})], ""),
    ],
    ids=["enumeration", "most", "constant", "discriminator", "hint", "nothing"],
)
def test_the_property_of_names_is_found(
    tmp_path: Path, schemas: list[dict[str, Any]], name_property: str
) -> None:
    born, died = (json.loads(json.dumps(each)) for each in schemas)
    api = read(tmp_path, DiagnosticSink(), born=born, died=died)
    assert api.naming.property == name_property
    assert [each.name for each in api.events] == ["born", "died"]


def test_a_constant_names_an_event_whose_key_is_only_a_label(tmp_path: Path) -> None:
    sink = DiagnosticSink()
    same = text("event")
    api = read(
        tmp_path,
        sink,
        catBorn=payload(object=same, type=text("cat.born")),
        catDied=payload(object=same, type={"type": "string", "enum": ["cat.died"]}),
    )
    assert [(each.name, each.label) for each in api.events] == [
        ("cat.born", "catBorn"),
        ("cat.died", "catDied"),
    ]
    assert api.naming.property == "type"
    assert {each.code for each in sink.diagnostics} == {"event-renamed"}


def test_two_constants_that_could_be_the_name_decide_nothing(tmp_path: Path) -> None:
    api = read(tmp_path, DiagnosticSink(), catBorn=payload(a=text("x"), b=text("y")))
    assert [each.name for each in api.events] == ["catBorn"]
    assert api.naming.property == ""


def test_a_webhook_with_a_choice_delivers_an_event_for_each_option(
    tmp_path: Path,
) -> None:
    sink = DiagnosticSink()
    constants = [payload(type=text("cat.born")), payload(type=text("cat.died"))]
    mapping = {"dog.born": "Dog", "dog.died": "Dog"}
    tag = {"propertyName": "type", "mapping": mapping}
    refs = [{"$ref": "#/components/schemas/Dog"}, {"$ref": "#/components/schemas/Cat"}]
    api = read(
        tmp_path,
        sink,
        cats={"oneOf": constants},
        dogs={"oneOf": refs, "discriminator": tag},
    )
    assert [(each.name, each.label) for each in api.events] == [
        ("cat.born", "cats"),
        ("cat.died", "cats"),
        ("dog.born", "dogs"),
        ("dog.died", "dogs"),
        ("Cat", "dogs"),
    ]
    assert api.naming.property == "type"
    assert len({each.payload for each in api.events}) == 4
    assert {each.code for each in sink.diagnostics} == {"event-split"}
    assert "event cats > payload" not in api.schemas


def test_a_choice_that_says_nothing_of_its_names_stays_one_event(
    tmp_path: Path,
) -> None:
    same = [payload(type=text("cat")), payload(type=text("cat"))]
    api = read(tmp_path, DiagnosticSink(), cats={"oneOf": same})
    assert [each.name for each in api.events] == ["cats"]


def test_a_hint_keeps_its_name_where_the_payload_says_another(tmp_path: Path) -> None:
    schema = payload(type=text("cat")) | {"hints": {"event": "cat.born"}}
    (event,) = read(tmp_path, DiagnosticSink(), cats=schema).events
    assert event.name == "cat.born"


@pytest.mark.parametrize("others", [1, 2])
def test_most_payloads_must_say_the_name(tmp_path: Path, others: int) -> None:
    more = {f"other{number}": payload(id={}) for number in range(others)}
    schemas = {"catBorn": payload(type=text("born")), "b": payload(type=text("died"))}
    api = read(tmp_path, DiagnosticSink(), **schemas, **more)
    said = {"born", "died"} if others == 1 else {"catBorn", "b"}
    assert {each.name for each in api.events} == said | set(more)


def test_a_name_that_another_event_has_is_not_taken(tmp_path: Path) -> None:
    schemas = {"catBorn": payload(type=text("died")), "b": payload(type=text("born"))}
    api = read(tmp_path, DiagnosticSink(), **schemas, died=payload(id={}))
    assert [each.name for each in api.events] == ["catBorn", "b", "died"]


def test_the_hint_may_give_name_and_property(tmp_path: Path) -> None:
    hint = {"event": {"name": "cat.born", "property": "what"}}
    schema = payload(what={"type": "string"}) | {"hints": hint}
    api = read(tmp_path, DiagnosticSink(), catBorn=schema)
    assert [each.name for each in api.events] == ["cat.born"]
    assert api.naming.property == "what"


def test_an_event_that_cannot_be_told_is_noted(tmp_path: Path) -> None:
    sink = DiagnosticSink()
    rule = {"hints": {"event-when": {"id": {"present": True}}}}
    read(
        tmp_path,
        sink,
        born=payload(kind=NAMES),
        died=payload(id={}),
        fled=payload(id={}) | rule,
    )
    (said,) = [each for each in sink.diagnostics if each.code == "event-without-name"]
    assert "'died'" in said.message
