"""How deliveries hold their events: lists, forms, CloudEvents, and hints about them."""

from __future__ import annotations

from typing import Any

import pytest
from support.documents import TEXT, document, read_api, record, ref

from flexprice_codegen.api.model import Api, DeliveryFormat
from flexprice_codegen.api.types import Reference, Type
from flexprice_codegen.diagnostics import DiagnosticError

FORM = "application/x-www-form-urlencoded"
CAT = Reference(key="Cat")
CLOUD = record(id=TEXT, source=TEXT, specversion=TEXT, type=TEXT)
INSIDE = {
    "type": "string",
    "contentMediaType": "application/json",
    "contentSchema": ref("Cat"),
}


def read(*contents: tuple[str, object], hint: object = None) -> Api:
    """Read a document with one webhook, whose body has media types and schemas."""
    body = {"content": {media: {"schema": schema} for media, schema in contents}}
    schemas = {"Cat": record(n=TEXT), "Cats": {"type": "array", "items": ref("Cat")}}
    hooks = {"born": {"post": {"requestBody": body}}}
    root: dict[str, Any] = {} if hint is None else {"x-codegen": {"event": hint}}
    return read_api(document(schemas=schemas, webhooks=hooks, **root))


def read_payload(api: Api) -> tuple[Type, bool]:
    (event,) = api.events
    return event.payload, event.is_list


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "array", "items": ref("Cat")},
        ref("Cats"),
        {"type": ["array", "null"], "items": ref("Cat")},
    ],
)
def test_the_payload_of_a_list_is_that_of_its_elements(schema: object) -> None:
    api = read(("application/json", schema))
    assert read_payload(api) == (CAT, True)
    assert api.delivery_format == DeliveryFormat()


def test_an_object_is_a_delivery_as_usual() -> None:
    api = read(("application/json", ref("Cat")))
    assert read_payload(api) == (CAT, False)
    assert api.delivery_format is None


@pytest.mark.parametrize(
    ("items", "schema", "path"),
    [
        ("cats[]", record(cats=ref("Cats")), ("cats", "[]")),
        (
            "a.cats[].cat",
            record(a=record(cats={"type": "array", "items": record(cat=ref("Cat"))})),
            ("a", "cats", "[]", "cat"),
        ),
        ("[].cat", {"type": "array", "items": record(cat=ref("Cat"))}, ("[]", "cat")),
        # The document describes a single event.
        ("cats[]", ref("Cat"), ("cats", "[]")),
    ],
)
def test_a_hint_leads_to_the_events(
    items: str, schema: object, path: tuple[str, ...]
) -> None:
    api = read(("application/json", schema), hint={"items": items})
    assert read_payload(api) == (CAT, False)
    assert api.delivery_format == DeliveryFormat(items=path)


@pytest.mark.parametrize(
    ("contents", "hint", "form"),
    [
        ([(FORM, record(payload=INSIDE))], None, "payload"),
        ([(FORM, record(data=ref("Cat")))], {"form": "data"}, "data"),
        ([(FORM, ref("Cat"))], None, ""),
        ([(FORM, record(p=TEXT)), ("application/json", ref("Cat"))], None, ""),
    ],
)
def test_forms_hold_json_or_the_members(
    contents: list[tuple[str, object]], hint: object, form: str
) -> None:
    api = read(*contents, hint=hint)
    assert read_payload(api) == (CAT, False)
    assert api.delivery_format == DeliveryFormat(form=form)


def test_cloud_events_are_known_by_their_attributes() -> None:
    api = read(("application/json", CLOUD))
    assert api.delivery_format == DeliveryFormat(has_cloud_events=True)


@pytest.mark.parametrize(
    ("hint", "said"),
    [
        ("born", "is not an object"),
        ({}, "is not an object"),
        ({"property": "a"}, "has no member 'property'"),
        ({"header": 1}, "has no text for 'header'"),
        ({"form": ""}, "has no text for 'form'"),
        ({"items": "cats"}, "needs one []"),
        ({"items": "a[].b[]"}, "needs one []"),
        ({"items": "a..b[]"}, "needs one []"),
    ],
)
def test_an_invalid_hint_is_an_error(hint: object, said: str) -> None:
    with pytest.raises(DiagnosticError) as info:
        read(("application/json", ref("Cat")), hint=hint)
    (fault,) = info.value.diagnostics
    assert fault.code == "event-hint"
    assert said in fault.message
