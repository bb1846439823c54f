"""Event names that payloads declare: by a constant, or by each option of a choice."""

from __future__ import annotations

from support.documents import record, ref
from support.webhooks import constant, read_webhooks

from flexprice_codegen.diagnostics import DiagnosticSink


def test_a_webhook_with_a_choice_delivers_an_event_for_each_option() -> None:
    sink = DiagnosticSink()
    constants = [record(type=constant("cat.born")), record(type=constant("cat.died"))]
    mapping = {"dog.born": "Dog", "dog.died": "Dog"}
    tag = {"propertyName": "type", "mapping": mapping}
    refs = [ref("Dog"), ref("Cat")]
    api = read_webhooks(
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
    assert api.naming.path == ("type",)
    assert len({each.payload for each in api.events}) == 4
    assert {each.code for each in sink.diagnostics} == {"event-split"}
    assert "event cats > payload" not in api.schemas


def test_a_choice_that_says_nothing_of_its_names_stays_one_event() -> None:
    same = [record(type=constant("cat")), record(type=constant("cat"))]
    api = read_webhooks(DiagnosticSink(), cats={"oneOf": same})
    assert [each.name for each in api.events] == ["cats"]
