"""What a schema says of XML, without what says nothing."""

from __future__ import annotations

import json

import pytest
from support.documents import Json, document, load

from flexprice_codegen.api.xml_forms import read_xml_form

LIST: Json = {"type": "array", "items": {"type": "string"}}


def read(schema: Json, name: str = "a") -> str:
    """Return the form of a property in XML."""
    root = load(document(x={"properties": {name: schema}})).root
    owner = root.get_required("x").get_required("properties")
    return read_xml_form(owner.get_required(name))


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string"},
        {"type": "string", "xml": {}},
        {"type": "string", "xml": {"name": "a"}},
        {"type": "string", "xml": {"attribute": False, "wrapped": False}},
        {**LIST, "xml": {"name": "as"}},
        {**LIST, "items": {"type": "string", "xml": {"name": "a"}}},
    ],
)
def test_what_is_so_by_default_is_no_form(schema: Json) -> None:
    assert read(schema) == ""


@pytest.mark.parametrize(
    ("schema", "form"),
    [
        ({"type": "string", "xml": {"name": "b"}}, {"name": "b"}),
        ({"type": "string", "xml": {"attribute": True}}, {"attribute": True}),
        (
            {"type": "string", "xml": {"namespace": "urn:x", "prefix": "p"}},
            {"namespace": "urn:x"},
        ),
        ({**LIST, "xml": {"wrapped": True}}, {"wrapped": True}),
        (
            {**LIST, "xml": {"wrapped": True, "name": "as"}},
            {"wrapped": True, "name": "as"},
        ),
        (
            {**LIST, "items": {"type": "string", "xml": {"name": "b"}}},
            {"items": {"name": "b"}},
        ),
        (
            {"type": "array", "items": {**LIST, "xml": {"wrapped": True}}},
            {"items": {"wrapped": True}},
        ),
    ],
)
def test_what_changes_the_text_is_the_form(schema: Json, form: Json) -> None:
    assert json.loads(read(schema)) == form
